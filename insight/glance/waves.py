"""The mood: the satisfaction index wave by wave with its intervals, and the dimension that is lowest now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from i18n.names import Named
from insight import wording
from insight.drawing.charts import Brush, escaped
from insight.drawing.pinned import dotted
from insight.glance.picture import Canvas, Picture, Room, bold, pressed
from insight.measures import Measure
from insight.noise import decimals, way
from insight.survey.mood import OVERALL, Mood, Score

SHOWN = 8
HALF = 50  # scores in the upper half are drawn on it, others on the whole scale: never closer
APART = 6  # points between two labels at the end


@dataclass(frozen=True)
class WaveScore(Named):
    """A wave with its index, and the lowest dimension of the newest wave as it was then; `begins` and `lowest_begins`
    say why each is another figure than in the wave before, where it is."""

    number: int
    title_zh: str
    title_en: str
    day: date
    index: Measure
    lowest: Measure | None
    begins: str = ""
    lowest_begins: str = ""


def waves(found: Sequence[WaveScore], mood: Mood, brush: Brush, room: Room) -> Picture:
    """`found` oldest first."""
    overall, lowest = overall_of(mood), lowest_of(mood)
    shown = [one for one in found if one.index.value is not None]
    if overall is None or overall.measure.value is None or not shown:
        return Picture(brush.t("glance.mood.nothing"), "", None)
    p, plan = brush.palette, Canvas(brush, room)
    ends = [end for one in shown for m in (one.index, one.lowest) if m for end in (m.low, m.value) if end is not None]
    low = HALF if min(ends) >= HALF else 0
    days, edge = [one.day for one in shown], timedelta(days=60)
    room_right = max((days[-1] - days[0]) * 0.36, timedelta(days=200))
    ticks = [tick for tick in (0, 25, 50, 75, 100) if tick >= low]
    on = plan.panel(
        {"type": "date", "range": [days[0] - edge, days[-1] + room_right],
         "tickvals": [date(year, 1, 1) for year in range(days[0].year + 1, days[-1].year + 1)],
         "ticktext": [str(year) for year in range(days[0].year + 1, days[-1].year + 1)], "tickangle": 0},
        {"range": [low, 102], "tickvals": ticks, "ticktext": [str(tick) for tick in ticks]},
    )  # fmt: skip
    lines: list[tuple[str, list[Measure | None], list[str], str]] = [
        (OVERALL, [one.index for one in shown], [one.begins for one in shown], p.blue)
    ]
    if lowest is not None:
        lines.append((lowest.dimension, [one.lowest for one in shown], [one.lowest_begins for one in shown], p.teal))
    for code, measures, begins, colour in lines:
        starts = [place for place, why in enumerate(begins) if why and place]
        for first, end in pairwise([0, *starts, len(shown)]):  # nothing joins what begins anew to what was before
            plan.traces.append(_trace(code, measures[first:end], shown[first:end], (colour, brush, room)) | on)
        last = next((m for m in reversed(measures) if m and m.value is not None), None)
        close = code != OVERALL and last and abs((last.value or 0) - (overall.measure.value or 0)) < APART
        if last and last.value is not None:
            name = brush.t("glance.mood.index" if code == OVERALL else f"mood.dimension.{code}")
            words = f"{bold(wording.plain(last, brush.language))} {name}"
            plan.say(words, days[-1] + edge / 2, last.value, xref="x", yref="y", size=11, colour=colour,  # type: ignore[arg-type]
                     yanchor="top" if close else "middle")  # fmt: skip
    _mark_breaks(shown, plan)
    figure = plan.finish(
        hovermode="closest", hoverdistance=90, margin={"l": room.px(26), "r": 0, "t": room.px(8), "b": room.px(20)}
    )
    names = ("wave", "index", "interval", "n")
    return Picture(
        _finding(overall, shown[-1].begins, brush), brush.t("glance.method.mood"), figure, height=230,
        columns=tuple(brush.t(f"glance.column.{name}") for name in names),
        rows=tuple(_row(one, brush) for one in reversed(list(found))),
    )  # fmt: skip


def _mark_breaks(shown: Sequence[WaveScore], plan: Canvas) -> None:
    """Half way between two waves where a line begins anew: a dotted line, and why."""
    for before, now in pairwise(shown):
        if why := now.begins or now.lowest_begins:
            place = before.day + (now.day - before.day) / 2
            plan.shapes.append({**dotted(place, plan.brush), "yref": "paper"})
            plan.say(plan.brush.t(f"results.begins.{why}"), place, 1, xref="x", xanchor="center", size=10,  # type: ignore[arg-type]
                     colour=plan.brush.palette.quiet, bgcolor=plan.brush.palette.card)  # fmt: skip


def overall_of(mood: Mood) -> Score | None:
    return next((score for score in mood.scores if score.dimension == OVERALL), None)


def lowest_of(mood: Mood) -> Score | None:
    known = [s for s in mood.scores if s.dimension != OVERALL and s.measure.value is not None]
    return min(known, key=lambda score: score.measure.value or 0, default=None)


def _trace(
    code: str, measures: Sequence[Measure | None], shown: Sequence[WaveScore], look: tuple[str, Brush, Room]
) -> dict[str, object]:
    colour, brush, room = look
    values = [m.value if m else None for m in measures]
    above = [(m.high - m.value) if m and m.high is not None and m.value is not None else None for m in measures]
    below = [(m.value - m.low) if m and m.low is not None and m.value is not None else None for m in measures]
    name = brush.t(f"mood.dimension.{code}")
    said = [
        f"{escaped(one.say(brush.language, 'title'))}<br>{name} {worth(m, brush) if m else '—'}"
        for one, m in zip(shown, measures, strict=True)
    ]
    return {
        "type": "scatter", "x": [one.day for one in shown], "y": values, "mode": "lines+markers", "connectgaps": False,
        "line": {"color": colour, "width": room.px(1.8)}, "marker": {"color": colour, "size": room.px(6)},
        "error_y": {"type": "data", "symmetric": False, "array": above, "arrayminus": below, "color": colour,
                    "thickness": room.px(1.2), "width": room.px(3)},
        **pressed(f"mood:{code}", said),
    }  # fmt: skip


def worth(measure: Measure, brush: Brush) -> str:
    if measure.value is None or measure.low is None or measure.high is None:
        return wording.plain(measure, brush.language)
    value, low, high = _ends(measure, brush)
    return brush.t("glance.mood.worth", value=value, low=low, high=high)


def _finding(overall: Score, begins: str, brush: Brush) -> str:
    """A change that chance could bring is no change in the first words that one reads; nor is one between two figures
    that are made otherwise."""
    if begins:
        value, why = wording.plain(overall.measure, brush.language), brush.t(f"results.begins.{begins}")
        return brush.t("glance.mood.finding_anew", value=value, why=why)
    value, said = wording.plain(overall.measure, brush.language), way(overall.moved)
    moved = brush.number(abs(overall.moved.by), decimals(overall.moved.by)) if overall.moved else ""
    return brush.t(f"glance.mood.finding_{said}", value=value, moved=moved)


def _row(one: WaveScore, brush: Brush) -> tuple[str, ...]:
    index, title = one.index, one.say(brush.language, "title")
    if one.begins:
        title = brush.t("results.begins.after", wave=title, why=brush.t(f"results.begins.{one.begins}"))
    if index.value is None:
        return title, "—" if index.suppressed else wording.measured(index, brush.language), "—", "—"
    value, low, high = _ends(index, brush)
    return title, value, "—" if index.low is None else f"{low}–{high}", brush.number(index.n)


def _ends(one: Measure, brush: Brush) -> list[str]:
    """The value and both ends of its interval, with as many decimals as it has."""
    return ["—" if end is None else brush.number(end, wording.decimals(one)) for end in (one.value, one.low, one.high)]
