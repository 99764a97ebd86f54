"""How is the economy: the first indicator with its growth and its pace, and which run ahead and behind."""

from itertools import pairwise

import i18n
from insight import wording
from insight.drawing.charts import Brush
from insight.drawing.sketch import BarRow, bars
from insight.economy.published import Indicator, Point
from insight.glance.answer import GlanceAnswer

ROWS = 5
FEWEST_MOVES = 5  # between neighbouring periods; with fewer, nothing is usual
ORDINARY = 0.2  # of the earlier moves were at least as large
_AGAIN = "亿美元"  # exports once more, in another currency


def economy_answer(found: tuple[Indicator, ...], brush: Brush) -> GlanceAnswer:
    growing = [one for one in found if one.latest.growth is not None and one.unit != _AGAIN]
    if not growing:
        return GlanceAnswer("economy", brush.t("glance.economy.nothing"), "")
    worth = _alike(growing[0], brush) + (_others(growing, brush) if len(growing) > 1 else "")
    drawn = growing[:ROWS]
    rows = [_row(one, brush) for one in drawn]
    return GlanceAnswer(
        "economy", _first(growing[0], brush), worth + brush.t("glance.economy.worth"),
        sketch=bars(rows),
    )  # fmt: skip


def _first(indicator: Indicator, brush: Brush) -> str:
    point, language = indicator.latest, brush.language
    facts = {
        "period": wording.dated_period(indicator, point, language),
        "name": indicator.say(language),
        "growth": wording.growth(point.growth or 0, language),
    }
    before = _before(indicator)
    if before is None or before.growth is None:
        return brush.t("glance.economy.first", **facts, level=_level(indicator, brush))
    pace = (point.growth or 0) - before.growth
    way = "same" if abs(pace) < 0.05 else "up" if pace > 0 else "down"
    return brush.t(
        f"glance.economy.first_{way}", **facts, level=_level(indicator, brush),
        moved=i18n.number(abs(pace), language, 1), since=wording.dated_period(indicator, before, language),
        usual=_usual(indicator, brush),
    )  # fmt: skip


def _level(indicator: Indicator, brush: Brush) -> str:
    point = indicator.latest
    if not indicator.has_level or point.value is None:
        return ""
    return brush.t(
        "glance.economy.level", value=wording.amount(point.value, indicator.unit, point.decimals, brush.language)
    )


def _before(indicator: Indicator) -> Point | None:
    """The period published before the newest, of this year or the end of the last."""
    earlier = [p for month, p in sorted(indicator.this_year.items()) if month < indicator.latest.end.month]
    return (earlier or [p for _, p in sorted(indicator.last_year.items())] or [None])[-1]


def _past(indicator: Indicator) -> tuple[int, int] | None:
    """Of how many earlier moves how many were at least as large. Published growth has no interval: its own past says
    whether a move is an ordinary one."""
    known = [point.growth for point in indicator.points if point.growth is not None]
    moves = [i18n.rounded(abs(later - earlier), 1) for earlier, later in pairwise(known)]
    if len(moves) <= FEWEST_MOVES or not moves[-1]:
        return None
    return len(moves) - 1, sum(move >= moves[-1] for move in moves[:-1])


def _usual(indicator: Indicator, brush: Brush) -> str:
    past = _past(indicator)
    if past is None:
        return ""
    return brush.t(f"glance.economy.{'ordinary' if past[1] >= ORDINARY * past[0] else 'unusual'}")


def _alike(indicator: Indicator, brush: Brush) -> str:
    past = _past(indicator)
    return brush.t("glance.economy.alike", n=past[0], alike=past[1]) if past else ""


def _others(growing: list[Indicator], brush: Brush) -> str:
    ordered = sorted(growing, key=lambda one: one.latest.growth or 0)
    slow, fast = ordered[0], ordered[-1]
    language = brush.language
    return brush.t(
        "glance.economy.others", n=len(growing), up=sum((one.latest.growth or 0) > 0 for one in growing),
        fast=fast.say(language), fast_growth=wording.growth(fast.latest.growth or 0, language),
        slow=slow.say(language), slow_growth=wording.growth(slow.latest.growth or 0, language),
    )  # fmt: skip


def _row(indicator: Indicator, brush: Brush) -> BarRow:
    point, language = indicator.latest, brush.language
    period = wording.period(indicator.period_kind, point.start, point.end, language)
    growth = point.growth or 0
    return BarRow(
        brush.t("glance.economy.row", name=indicator.say(language), period=period),
        wording.growth(growth, language),
        ((growth, "blue" if growth >= 0 else "quiet"),),
    )
