"""A report as tables that leave the house, and the facts of its Word form."""

import io
from datetime import datetime

import pandas as pd

import i18n
from casework.documents import documents
from db import clock
from insight.survey.question_chart import answer_name
from insight.survey.report import TABLES, Report, ReportRow
from insight.survey.report_words import Speech, method, sentence, trust
from insight.survey.wave_numbers import INDEX

COLUMNS = ("table", "group", "figure", "value", "low", "high", "n", "effective", "deff", "by", "by_low", "by_high",
           "rank", "importance")  # fmt: skip
Line = list[str | float | int | None]


def lines(found: Report, say: Speech) -> list[Line]:
    """Every figure that the page can show, a row each, in words and numbers."""
    whole = say.word("file.whole")
    made = [_line(whole, "", say.figure(row.code), row) for row in (*found.figures, *found.dimensions)]
    made += [_line(say.word("file.open"), "", say.figure(row.code), row) for row in found.open]
    made += [
        [say.word("file.question"), answer_name(row, say), one.say(say.language), row.value, row.low, row.high, one.n,
         *[None] * 5, "", None]
        for one in found.questions for row in one.rows
    ]  # fmt: skip
    for table in TABLES:
        for figure, rows in found.tables.get(table, {}).items():
            made += [_line(say.word(f"where.{table}"), say.group(table, r.code), say.figure(figure), r) for r in rows]
    return made


def columns(say: Speech) -> list[str]:
    return [say.word(f"file.{name}") for name in COLUMNS]


def rates(found: Report, say: Speech) -> list[Line]:
    made: list[Line] = [[say.word("file.whole"), "", found.answered, found.drawn, i18n.rounded(found.rate, 1)]]
    for one in found.rates:
        percent = i18n.rounded(100 * one.answered / one.drawn, 1) if one.drawn else None
        made.append([say.word(f"where.{one.table}"), say.group(one.table, one.code), one.answered, one.drawn, percent])
    return made


def rate_columns(say: Speech) -> list[str]:
    return [*(say.word(f"file.{name}") for name in ("table", "group", "answered", "drawn")), say.word("rate")]


def notes(found: Report, say: Speech) -> list[str]:
    """The method sheet: what was found, how far to trust it, how it was made."""
    return [sentence(found, say), *trust(found, say), *method(found, say)]


def to_parquet(found: Report) -> bytes:
    """For machines: codes and full precision, the same in every language."""
    rows = [("", row.code, "", row) for row in (*found.figures, *found.dimensions)]
    rows += [("open", row.code, "", row) for row in found.open]
    rows += [
        (table, figure, row.code, row)
        for table, figures in found.tables.items()
        for figure, cells in figures.items()
        for row in cells
    ]
    asked = [("question", one.item, one.n, row) for one in found.questions for row in one.rows]
    made = [{"wave": found.number, "table": t, "figure": f, "group": g} | _numbers(row) for t, f, g, row in rows]
    made += [{"wave": found.number, "table": t, "figure": f, "group": row.code, "value": row.value, "low": row.low,
              "high": row.high, "n": n} for t, f, n, row in asked]  # fmt: skip
    buffer = io.BytesIO()
    pd.DataFrame(made).to_parquet(buffer, index=False)
    return buffer.getvalue()


def to_word(found: Report, say: Speech, *, issuer: str, at: datetime) -> bytes:
    """The report as an official document, from the built-in template."""
    return documents.fill(documents.built_in("survey"), _word_facts(found, say, issuer, at))


def _word_facts(found: Report, say: Speech, issuer: str, at: datetime) -> dict[str, object]:
    where = {
        f"{table}s": f"{say.word('index')} · {say.word(f'where.{table}')}" for table in ("town", "section", "size")
    }
    return {
        "issuer": issuer,
        "title": say.word("word_title", wave=found.title(say.language)),
        "summary": sentence(found, say),
        "titles": where
        | {"figures": say.word("public.figures"), "dimensions": say.word("section.dimensions")}
        | {"trust": say.word("section.trust"), "method": say.word("take.method")},
        "head": {"name": say.word("file.figure")}
        | {name: say.word(f"file.{name}") for name in ("value", "interval", "n", "rank")}
        | {"change": say.word("file.by")},
        "figures": [_word_row(say.figure(row.code), row, say) for row in found.figures],
        "dimensions": [_word_row(say.figure(row.code), row, say) for row in found.dimensions],
        **{table + "s": _word_cells(found, table, say) for table in ("town", "section", "size")},
        "trust": [{"line": line} for line in trust(found, say)],
        "method": [{"line": line} for line in method(found, say)],
        "date": i18n.day(clock.day_of(at), say.language),
    }


def _word_cells(found: Report, table: str, say: Speech) -> list[dict[str, str]]:
    return [_word_row(say.group(table, row.code), row, say) for row in found.tables.get(table, {}).get(INDEX, ())]


def _word_row(name: str, row: ReportRow, say: Speech) -> dict[str, str]:
    if row.value is None:
        return dict.fromkeys(("interval", "n", "change", "rank"), "") | {"name": name, "value": say.nothing(row)}
    by = say.signed(row.by) + ("*" if row.surely_moved else "") if row.by is not None else ""
    return {
        "name": name,
        "value": say.number(row.value, row.decimals),
        "interval": f"{_text(row.low, row, say)}–{_text(row.high, row, say)}" if row.low is not None else "—",
        "n": say.number(row.n, 0),
        "change": by,
        "rank": _rank(row),
    }


def _line(table: str, group: str, figure: str, row: ReportRow) -> Line:
    moved = (row.by, row.by_low, row.by_high)
    return [table, group, figure, row.value, row.low, row.high, row.n, row.effective, row.deff, *moved, _rank(row),
            row.importance]  # fmt: skip


def _rank(row: ReportRow) -> str:
    if row.best is None:
        return ""
    return str(row.best) if row.best == row.worst else f"{row.best}–{row.worst}"


def _numbers(row: ReportRow) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name != "code"}


def _text(value: float | None, row: ReportRow, say: Speech) -> str:
    return say.number(value, row.decimals) if value is not None else "—"
