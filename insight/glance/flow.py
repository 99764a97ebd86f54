"""The backlog as a line, with what came in and what was settled month by month."""

from collections.abc import Sequence
from datetime import date, timedelta

import i18n
from db.figures.case_figures import Month
from insight import wording
from insight.cases.board import Board
from insight.drawing.charts import Brush, as_of
from insight.glance.picture import Canvas, Picture, Room, bold, coloured, pressed
from insight.glance.strip import MONTHS, Number
from insight.noise import measured, way


def backlog(board: Board, unsettled: Number, brush: Brush, room: Room) -> Picture:
    months, p, plan = board.months[-MONTHS:], brush.palette, Canvas(brush, room)
    names = [i18n.month(one.month, brush.language) for one in months]
    values = [int(one.value or 0) for one in unsettled.past]
    on = plan.panel({"range": [-1.2, MONTHS + 0.9], **_ticks(months, brush)}, _cases(brush, values, months))
    for of, colour in (("received", p.pale), ("settled", p.blue)):
        counts = [getattr(one, of) for one in months]
        word = brush.t(f"chart.flow.{of}")
        said = [f"{name}　{word} {n}" for name, n in zip(names, counts, strict=True)]
        where = [_desk(one.month) for one in months] if of == "received" else "numbers:backlog"
        plan.traces.append({"type": "bar", "x": list(range(MONTHS)), "y": counts, "marker": {"color": colour}, **on,
                            **pressed(where, said)})  # fmt: skip
    word = brush.t("glance.backlog")
    said = [f"{name}　{word} {n}" for name, n in zip(names, values, strict=True)]
    plan.traces.append({"type": "scatter", "x": list(range(MONTHS)), "y": values, "mode": "lines+markers", **on,
                        "marker": {"size": room.px(3), "color": p.text},
                        "line": {"color": p.text, "width": room.px(2.4)},
                        **pressed("figure:unsettled", said)})  # fmt: skip
    plan.say(bold(str(values[-1])), MONTHS - 0.4, values[-1], size=12, xref="x", yref="y", yanchor="middle")
    keys = (
        (brush.t("chart.flow.received"), p.pale, "■"),
        (brush.t("chart.flow.settled"), p.blue, "■"),
        (word, p.text, "━"),
    )
    plan.say("　".join(f"{coloured(mark, colour)} {name}" for name, colour, mark in keys), 0, 1, colour=p.quiet,
             yanchor="bottom")  # fmt: skip
    figure = plan.finish(hovermode="closest", bargap=0.25, bargroupgap=0.05,
                         margin={"l": room.px(30), "r": 4, "t": room.px(20), "b": room.px(34)})  # fmt: skip
    columns = (brush.t("glance.column.month"), brush.t("chart.flow.received"), brush.t("chart.flow.settled"), word)
    rows = [
        (name, str(one.received), str(one.settled), str(n)) for name, one, n in zip(names, months, values, strict=True)
    ]
    source = brush.t("glance.method.backlog") + as_of(board.facts.as_of, brush)
    return Picture(said_of(board, brush), source, figure, height=260, columns=columns, rows=tuple(rows[::-1]),
                   leads=tuple(_desk(one.month) for one in reversed(months)))  # fmt: skip


def said_of(board: Board, brush: Brush) -> str:
    """How many are unsettled, and how many more or fewer than before."""
    if not board.facts.counts["issues"]:
        return brush.t("chart.empty")
    now, before = board.measures["unsettled"], board.before["unsettled"]
    moved = abs(int((now.value or 0) - (before.value or 0)))
    facts = {"open": brush.number(now.value or 0), "moved": brush.number(moved), "n": now.value or 0}
    return brush.t(f"glance.stuck.open_{way(measured(now, before))}", **facts)


def _ticks(months: Sequence[Month], brush: Brush) -> dict[str, object]:
    """Each quarter of a year by its first month; the year below January and below the first."""
    places = [i for i, one in enumerate(months) if one.month.month in (1, 4, 7, 10)]
    texts = []
    for i in places:
        month = wording.tick("month", months[i].month.month, brush.language)
        first = i == places[0] or months[i].month.month == 1
        texts.append(f"{month}<br>{months[i].month.year}" if first else month)
    return {"tickvals": places, "ticktext": texts, "tickangle": 0}


def _cases(brush: Brush, values: Sequence[int], months: Sequence[Month]) -> dict[str, object]:
    """From zero, with room above for the keys; whole cases alone."""
    most = max([*values, *(n for one in months for n in (one.received, one.settled)), 4])
    return {"range": [0, most * 1.12], "nticks": 4, "tickformat": ",d", "title": {"text": ""}}


def _desk(month: date) -> str:
    last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return f"desk?submitted_from={month}&submitted_to={last}"
