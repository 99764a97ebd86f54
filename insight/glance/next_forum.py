"""What the next forum should be about: the candidates by the usual weights, and why the first leads."""

from collections.abc import Sequence

from insight.drawing.charts import Brush
from insight.drawing.sketch import BarRow, bars
from insight.glance.answer import GlanceAnswer
from insight.themes.ranking import Candidate

ROWS = 4
REASONS = 2


def next_answer(found: Sequence[Candidate], brush: Brush) -> GlanceAnswer:
    if not found:
        return GlanceAnswer("next", brush.t("glance.next.nothing"), "", ("issues",))
    first = found[0]
    strongest = sorted(first.tests, key=lambda test: -test.score)[:REASONS]
    said = brush.t(
        "glance.next.said",
        name=_name(first, brush),
        enterprises=first.enterprises,
        n=first.cases,
        why=brush.t("glance.next.and").join(brush.t(f"glance.next.why.{test.code}") for test in strongest),
    )
    rows = [
        BarRow(_name(one, brush), brush.number(one.total), ((one.total, "blue" if one is first else "pale"),))
        for one in found[:ROWS]
    ]
    return GlanceAnswer("next", said, _worth(found, brush), ("issues",), sketch=bars(rows))


def _worth(found: Sequence[Candidate], brush: Brush) -> str:
    if len(found) < 2:
        return ""
    key = "tied" if found[1].rank == found[0].rank else "second"
    return brush.t(f"glance.next.{key}", name=_name(found[1], brush), total=brush.number(found[1].total))


def _name(one: Candidate, brush: Brush) -> str:
    return brush.names.of(one.kind, one.code)
