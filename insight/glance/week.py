"""The week in three parts, each a sentence and a chart: what came, what was settled, what falls due in the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go

import i18n
from db.figures.weeks import DAYS, WEEKS, WeekCounts, Weeks
from insight.drawing.charts import Brush, Chart, steps, ticks

SHOWN = 3  # kinds that are named
THICK = 0.62  # of a bar's place


@dataclass(frozen=True)
class WeekPart:
    """`said` is its finding, `more` of what kinds it is; the chart has its numbers on its bars."""

    name: str
    said: str
    more: str
    chart: Chart


def week_parts(found: Weeks, late: int, brush: Brush) -> tuple[WeekPart, ...]:
    """`late`: how many are overdue beside those that fall due."""
    came = _past("came", found.came, found.as_of, lambda code: brush.names.of("category", code), brush)
    settled = _past("settled", found.settled, found.as_of, lambda code: brush.t(f"case.answer.{code}"), brush)
    return came, settled, _due(found, late, lambda code: _body(code, brush), brush)


def _body(code: str, brush: Brush) -> str:
    return brush.names.of("body", code) if code else brush.t("queue.no_lead")


def _past(name: str, part: WeekCounts, as_of: date, say: Callable[[str], str], brush: Brush) -> WeekPart:
    """This week beside the last eleven."""
    counts, kinds = part.counts, part.kinds
    n, before = counts[-1], counts[-2]
    way = "same" if n == before else "up" if n > before else "down"
    said = brush.t(f"leaf.{name}_{way}", n=n, moved=abs(n - before))
    days = [as_of - timedelta(days=DAYS * back) for back in reversed(range(WEEKS))]
    ends = [i18n.span(day, day, brush.language) for day in days]
    chart = _bars(counts, ends, [WEEKS - 1], brush, every=2)
    return WeekPart(brush.t(f"leaf.{name}"), said, _kinds(kinds, say, brush), chart)


def _due(found: Weeks, late: int, say: Callable[[str], str], brush: Brush) -> WeekPart:
    """By day; what is late already stands beside it in words."""
    days = [found.as_of + timedelta(days=n + 1) for n in range(DAYS)]
    n = sum(found.due.counts)
    said = brush.t("leaf.due_none") if not n else brush.t("leaf.due_some", n=n)
    more = [_kinds(found.due.kinds, say, brush), brush.t("leaf.late", n=late) if late else ""]
    chart = _bars(found.due.counts, [i18n.span(day, day, brush.language) for day in days], range(DAYS), brush)
    return WeekPart(brush.t("leaf.due"), said, i18n.LANGUAGES[brush.language].notes.join(filter(None, more)), chart)


def _kinds(kinds: Sequence[tuple[str, int]], say: Callable[[str], str], brush: Brush) -> str:
    return i18n.listed((brush.t("leaf.kind", name=say(code), n=n) for code, n in kinds[:SHOWN]), brush.language)


def _bars(counts: Sequence[int], names: Sequence[str], strong: Sequence[int], brush: Brush, *, every: int = 1) -> Chart:
    """From zero, each with its number; the week that is told is strong."""
    p, x = brush.palette, list(range(len(counts)))
    marks = ticks(*steps(0, max([*counts, 3])))
    shown = [place for place in x if (len(x) - 1 - place) % every == 0]
    figure = go.Figure(
        {
            "data": [{"type": "bar", "x": x, "y": list(counts), "width": THICK, "text": [str(n) for n in counts],
                      "marker": {"color": [p.blue if place in strong else p.pale for place in x]}}],
            "layout": {
                "xaxis": {"range": [-0.5, len(x) - 0.5], "tickvals": shown, "ticktext": [names[i] for i in shown]},
                "yaxis": {"range": [0, marks[-1] * 1.12], "tickvals": marks},
            },
        }
    )  # fmt: skip
    return Chart("", "", figure)
