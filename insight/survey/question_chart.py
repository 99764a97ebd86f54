"""The answers to one question, drawn: shares with their intervals, or where the middle of the numbers lies."""

from collections.abc import Sequence

import plotly.graph_objects as go

from i18n.names import name_in
from insight import wording
from insight.drawing.charts import THICK, Brush, Chart, label_rows, tall
from insight.survey.questions import NUMBERS, ToldAnswer, ToldQuestion
from insight.survey.report_words import Speech, places

NOT_TOLD = "—"


def question_chart(found: ToldQuestion, brush: Brush, say: Speech) -> Chart:
    """Its words are the title; a choice that is not told stays, in words."""
    drawn = [row for row in found.rows if row.value is not None]
    table = [(answer_name(row, say), said(row, found, say), span(row, say)) for row in found.rows]
    if not found.rows:
        return Chart(found.say(say.language), say.word("questions.few"), None)
    figure = go.Figure()
    y = list(range(len(found.rows)))[::-1]
    _add_rows(figure, found.rows, y, brush)
    values = [said(row, found, say) for row in found.rows]
    label_rows(figure, [answer_name(row, say) for row in found.rows], values, y, brush)
    if found.form != NUMBERS:
        figure.update_xaxes(range=[0, 100])
    digits = max([1, *(places(x) for row in drawn for x in (row.value, row.low, row.high) if x is not None)])
    return Chart(found.say(say.language), source(found, say), figure, height=tall(found.rows), decimals=digits,
                 columns=columns(found, say), rows=table)  # fmt: skip


def columns(found: ToldQuestion, say: Speech) -> tuple[str, ...]:
    return tuple(say.word(f"questions.column.{name}") for name in ("answer", found.form, "interval"))


def source(found: ToldQuestion, say: Speech) -> str:
    """What its figures are: a number is no share."""
    return say.word("questions.source_number" if found.form == NUMBERS else "questions.source", n=found.n)


def _add_rows(figure: go.Figure, rows: Sequence[ToldAnswer], y: list[int], brush: Brush) -> None:
    ends = [(row.value, row.low, row.high) if row.value is not None else (0, 0, 0) for row in rows]
    up = [high - value if high is not None else 0 for value, _, high in ends]
    down = [value - low if low is not None else 0 for value, low, _ in ends]
    figure.add_bar(
        x=[value for value, *_ in ends], y=y, orientation="h", width=THICK, hoverinfo="skip",
        marker_color=brush.palette.blue,
        error_x={"type": "data", "symmetric": False, "array": up, "arrayminus": down, "color": brush.palette.quiet,
                 "thickness": 1.2, "width": 3},
    )  # fmt: skip


def answer_name(row: ToldAnswer, say: Speech) -> str:
    return row.say(say.language) or say.word(f"questions.{row.code}")


def said(row: ToldAnswer, found: ToldQuestion, say: Speech) -> str:
    if row.value is not None:
        if found.form == NUMBERS:
            unit = name_in(vars(found), "unit", say.language)
            return say.exact(row.value) + (f" {unit}" if unit else "")
        return say.number(row.value, 0) + "%"
    if row.low is None or row.high is None:
        return say.word("questions.hidden")
    return wording.at_end(row.low, row.high, say.language) + "%"


def span(row: ToldAnswer, say: Speech) -> str:
    if row.value is None or row.low is None or row.high is None:
        return NOT_TOLD
    return f"{say.exact(row.low)} – {say.exact(row.high)}"
