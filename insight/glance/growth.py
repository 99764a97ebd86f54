"""The economy as small multiples of published growth: one axis for one kind of growth and one kind of period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import i18n
from db.figures.chart_notes import ChartNote
from insight import wording
from insight.drawing.charts import Brush, escaped, steps, ticks
from insight.drawing.pinned import between, dotted, told
from insight.economy.published import Indicator, Point
from insight.glance.picture import (
    ANYWHERE,
    Box,
    Canvas,
    Layout,
    Picture,
    Room,
    bold,
    boxes,
    broken,
    coloured,
    pressed,
    sized,
)
from insight.glance.strip import MONTHS

GAP = 40  # days between the ends of two months; more, and nothing joins them
FLOOR = 0.02  # of a panel lies below its plot
BELOW = 16  # pixels for the years under the last row
_AGAIN = "亿美元"  # exports once more, in another currency

COUNTED = ""  # no growth is published of it
Kind = tuple[str, str]
Scale = tuple[float, float, float]  # from, to, step


@dataclass(frozen=True)
class _Panel:
    """One indicator in its box: `first` of its kind in the row carries the numbers of the axis."""

    indicator: Indicator
    name: str
    box: Box
    scale: Scale
    first: bool


def growth(found: Sequence[Indicator], brush: Brush, room: Room, notes: Sequence[ChartNote] = ()) -> Picture:
    return multiples([one for one in found if one.latest.growth is not None and one.unit != _AGAIN], brush, room, notes)


def multiples(known: Sequence[Indicator], brush: Brush, room: Room, notes: Sequence[ChartNote] = ()) -> Picture:
    """A panel an indicator: its growth, or what was counted each year where no growth is published. A panel has no room
    for the words of a note: it has its line, and the words stand with the method."""
    if not known:
        return Picture(brush.t("glance.economy.nothing"), "", None)
    plan, panels, last = (
        Canvas(brush, room),
        _panels(_by_kind(known), brush, room),
        max(one.latest.end for one in known),
    )
    roof = room.roofs[any("<br>" in one.name for one in panels)]
    shown = [one for one in notes if between(*_ends(last))(one.day)]
    for panel in panels:
        counted = kind_of(panel.indicator)[0] == COUNTED
        on = (_draw_counts if counted else _draw)(plan, panel, last, roof)
        plan.shapes += [] if counted else [_noted(one.day, on, brush) for one in shown]
    names = ("indicator", "period", "growth", "level")
    method = i18n.DOT.join((brush.t("glance.method.growth"), *(told(one, brush) for one in shown)))
    return Picture(
        _finding(known, brush), method,
        plan.finish(**ANYWHERE, margin={"l": 0, "r": 0, "t": 0, "b": room.px(BELOW), "pad": 0}),
        height=(152 if room.narrow else 150) * -(-len(panels) // room.panels),
        columns=tuple(brush.t(f"glance.column.{name}") for name in names),
        rows=tuple(_row(one.indicator, brush) for one in panels),
    )  # fmt: skip


def _panels(ordered: Sequence[Indicator], brush: Brush, room: Room) -> list[_Panel]:
    columns = room.panels
    counts = [len(ordered[i : i + columns]) for i in range(0, len(ordered), columns)]
    gap = (0.025, min(0.07, 0.2 / len(counts)))
    placed = boxes(counts if room.scale == 1 and not room.narrow else [columns] * len(counts), gap)
    kinds = [kind_of(one) for one in ordered]
    last = max(one.latest.end for one in ordered)
    scales = {kind: _scale([one for one in ordered if kind_of(one) == kind], last) for kind in kinds}
    return [
        _Panel(one, broken(escaped(one.say(brush.language)), int((box.x1 - box.x0) * room.wide)), box,
               scales[kinds[i]], first=i % columns == 0 or kinds[i] != kinds[i - 1])
        for i, (one, box) in enumerate(zip(ordered, placed, strict=False))
    ]  # fmt: skip


def kind_of(indicator: Indicator) -> Kind:
    if all(point.growth is None for point in indicator.points):
        return COUNTED, indicator.code
    return indicator.growth_basis, indicator.period_kind


def _by_kind(known: Sequence[Indicator]) -> list[Indicator]:
    """The kind with most indicators first; within it the order of the list."""
    kinds = [kind_of(one) for one in known]
    return sorted(known, key=lambda one: (-kinds.count(kind_of(one)), kinds.index(kind_of(one))))


def _window(indicator: Indicator, last: date) -> list[Point]:
    since = (last.year - MONTHS // 12, last.month)
    return [point for point in indicator.points if (point.end.year, point.end.month) > since]


def _scale(same: Sequence[Indicator], last: date) -> Scale:
    """From zero, or below where any was, in whole steps: one axis for all of a kind."""
    counted = kind_of(same[0])[0] == COUNTED
    values = (
        [point.value for point in same[0].same_period if point.value is not None]
        if counted
        else [point.growth for one in same for point in _window(one, last) if point.growth is not None]
    )
    return steps(min([0.0, *values]), max([0.0, *values]))


def _noted(day: date, on: Layout, brush: Brush) -> Layout:
    return {**dotted(day, brush), "xref": on["xaxis"], "yref": f"{on['yaxis']} domain"}


def _draw(plan: Canvas, panel: _Panel, last: date, roof: float) -> Layout:
    brush, p, room, one, box = plan.brush, plan.brush.palette, plan.room, panel.indicator, panel.box
    on = plan.panel(_across(box, last, plan), _upwards(panel, roof, plan))
    x, y, said = _line(one, _window(one, last), brush)
    plan.traces.append({"type": "scatter", "x": x, "y": y, "mode": "lines+markers", "connectgaps": False, **on,
                        "name": one.say(brush.language),
                        "line": {"color": p.blue, "width": room.px(1.8)}, "marker": {"size": room.px(3.5)},
                        **pressed(f"economy:{one.code}", said)})  # fmt: skip
    kind = brush.t("glance.economy.axis", period=brush.t(f"glance.period.{one.period_kind}"),
                   basis=brush.t(f"glance.basis.{one.growth_basis}"))  # fmt: skip
    known = one.latest.growth
    _name(plan, panel, roof, "—" if known is None else wording.growth(known, brush.language), kind)
    return on


def _name(plan: Canvas, panel: _Panel, roof: float, value: str, kind: str) -> None:
    """On its plot, so that the numbers of a row stand in one line: the indicator, its newest number, and its kind."""
    room, box = plan.room, panel.box
    above = box.y0 + roof * (box.y1 - box.y0)
    number, quiet = sized(bold(value), room.px(13)), plan.brush.palette.quiet
    plan.say(f"{panel.name}<br>{number} {coloured(sized(kind, room.px(10)), quiet)}", box.x0, above, size=11.5,
             yanchor="bottom", yshift=room.px(7))  # fmt: skip


def _draw_counts(plan: Canvas, panel: _Panel, last: date, roof: float) -> Layout:
    """The same period of every year, from zero."""
    brush, one, box = plan.brush, panel.indicator, panel.box
    points = [point for point in one.same_period if point.value is not None]
    years = [point.end.year for point in points]
    across = {"domain": [box.x0 + plan.room.axis, box.x1], "range": [years[0] - 0.6, years[-1] + 0.6],
              "tickvals": [years[0], years[-1]], "ticktext": [str(years[0]), str(years[-1])]}  # fmt: skip
    on = plan.panel(across, _upwards(panel, roof, plan, ""))
    said = [f"{wording.dated_period(one, point, brush.language)}　{_amount(one, point, brush)}" for point in points]
    plan.traces.append({"type": "bar", "x": years, "y": [point.value for point in points], "width": 0.6, **on,
                        "name": one.say(brush.language), "marker": {"color": brush.palette.blue},
                        **pressed(f"economy:{one.code}", said)})  # fmt: skip
    _name(plan, panel, roof, _amount(one, points[-1], brush), wording.dated_period(one, points[-1], brush.language))
    return on


def _amount(one: Indicator, point: Point, brush: Brush) -> str:
    return wording.amount(point.value or 0, one.unit, point.decimals, brush.language)


def _ends(last: date) -> tuple[date, date]:
    """Of a panel's time: two years and what is gone of this one, to its end. The first year's number has room beside
    the edge at the end of a year too."""
    return date(last.year - 2, min(last.month, 10), 15), date(last.year, 12, 31)


def _across(box: Box, last: date, plan: Canvas) -> Layout:
    """Two years, each begun by a line with its number."""
    years = [date(last.year - 1, 1, 1), date(last.year, 1, 1)]
    return {
        "domain": [box.x0 + plan.room.axis, box.x1], "type": "date", "tickangle": 0,
        "range": _ends(last), "tickvals": years,
        "ticktext": [str(day.year) for day in years], "showgrid": True, "gridcolor": plan.brush.palette.line,
    }  # fmt: skip


def _upwards(panel: _Panel, roof: float, plan: Canvas, unit: str = "%") -> Layout:
    (low, high, _), box, marks = panel.scale, panel.box, ticks(*panel.scale)
    texts = [plan.brush.number(mark) + unit * (mark == marks[-1]) for mark in marks]
    return {
        "domain": [box.y0 + part * (box.y1 - box.y0) for part in (FLOOR, roof)], "range": [low, high * 1.04],
        "tickvals": marks, "ticktext": texts if panel.first else [""] * len(marks), "zeroline": True,
        "zerolinecolor": plan.brush.palette.quiet, "zerolinewidth": 1, "automargin": False,
    }  # fmt: skip


def _line(one: Indicator, points: Sequence[Point], brush: Brush) -> tuple[list[date], list[float | None], list[str]]:
    """Nothing joins two points where a period is missing between them or a cumulative series has begun a new year."""
    x: list[date] = []
    y: list[float | None] = []
    said: list[str] = []
    for before, point in zip([None, *points], points, strict=False):
        new_year = before is not None and one.period_kind.startswith("ytd") and point.end.year != before.end.year
        long = GAP * (3 if "quarter" in one.period_kind else 1)
        if before is not None and (new_year or (point.end - before.end).days > long):
            x, y, said = [*x, before.end], [*y, None], [*said, ""]
        shown = "—" if point.growth is None else wording.growth(point.growth, brush.language)
        x, y = [*x, point.end], [*y, point.growth]
        said = [*said, f"{wording.dated_period(one, point, brush.language)}　{shown}"]
    return x, y, said


def _finding(known: Sequence[Indicator], brush: Brush) -> str:
    grown = [one for one in known if one.latest.growth is not None]
    first, up = (grown or known)[0], sum((one.latest.growth or 0) > 0 for one in grown)
    return brush.t("glance.economy.finding", name=first.say(brush.language), n=len(grown), up=up,
                   growth=wording.growth(first.latest.growth or 0, brush.language))  # fmt: skip


def _row(one: Indicator, brush: Brush) -> tuple[str, ...]:
    point, language = one.latest, brush.language
    level = wording.amount(point.value, one.unit, point.decimals, language) if one.has_level and point.value else "—"
    grew = "—" if point.growth is None else wording.growth(point.growth, language)
    return one.say(language), wording.dated_period(one, point, language), grew, level
