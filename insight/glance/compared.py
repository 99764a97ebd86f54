"""Two periods beside each other: of every indicator that was published for both, its growth then and now."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

import i18n
from insight import wording
from insight.drawing.charts import Brush, Chart, escaped, steps
from insight.economy.published import Indicator, Point
from insight.glance.growth import kind_of
from insight.glance.picture import DESK, Canvas

FAR = 36  # months back from the newest that may be chosen
ROW, HEAD = 46, 24  # pixels of a row, and of a panel's heading
Pair = tuple[Indicator, Point, Point]
Row = tuple[str, ...]


def month_choices(found: Sequence[Indicator]) -> list[date]:
    """The ends of periods of which growth was published, the newest first."""
    ends = sorted({p.end for one in found for p in one.points if p.growth is not None}, reverse=True)
    return [end for end in ends if (ends[0].year - end.year) * 12 + ends[0].month - end.month <= FAR]


def compared(found: Sequence[Indicator], now: date, before: date, brush: Brush) -> Chart:
    """A row an indicator: a pale dot for the earlier period, a blue one for the later."""
    known = [pair for one in found if (pair := _pair(one, now, before))]
    pairs = sorted(known, key=lambda pair: _kinds(known).index(kind_of(pair[0])))
    names = [i18n.month(day, brush.language) for day in (now, before)]
    facts = {"now": names[0], "before": names[1], "n": len(pairs),
             "up": sum((later.growth or 0) > (earlier.growth or 0) for _, later, earlier in pairs)}  # fmt: skip
    if not pairs:
        return Chart(brush.t("economy.compared_none", **facts), "", None)
    keys = ((names[0], brush.palette.blue), (names[1], brush.palette.pale))
    columns = [brush.t("import.field.indicator"), *names, brush.t("economy.compared_moved")]
    rows = [(one.say(brush.language), _said(later, brush), _said(earlier, brush), _moved(later, earlier, brush))
            for one, later, earlier in pairs]  # fmt: skip
    return Chart(brush.t("economy.compared", **facts), brush.t("economy.compared_how"), _drawn(pairs, rows, brush),
                 keys, height=ROW * len(pairs) + HEAD * len(_kinds(pairs)) + 8, columns=columns, rows=rows)  # fmt: skip


def _pair(one: Indicator, now: date, before: date) -> Pair | None:
    known = {p.end: p for p in one.points if p.growth is not None}
    return (one, known[now], known[before]) if now in known and before in known else None


def _drawn(pairs: Sequence[Pair], rows: Sequence[Row], brush: Brush) -> go.Figure:
    """A panel for each kind of growth and of period: they share no axis."""
    plan, below, whole = Canvas(brush, DESK), 1.0, ROW * len(pairs) + HEAD * len(_kinds(pairs))
    for kind in _kinds(pairs):
        of = [place for place, pair in enumerate(pairs) if kind_of(pair[0]) == kind]
        high = ROW * len(of) / whole
        top = below - HEAD / whole
        plan.say(_kind_words(pairs[of[0]][0], brush), 0, below, size=12, colour=brush.palette.quiet)
        _panel(plan, [pairs[n] for n in of], [rows[n] for n in of], (top - high, top))
        below = top - high
    return plan.finish(hovermode="closest", margin={"l": 0, "r": 0, "t": 4, "b": 4})


def _kinds(pairs: Sequence[Pair]) -> list[tuple[str, str]]:
    return list(dict.fromkeys(kind_of(one) for one, _, _ in pairs))


def _kind_words(one: Indicator, brush: Brush) -> str:
    period = brush.t(f"glance.period.{one.period_kind}")
    return brush.t("glance.economy.axis", period=period, basis=brush.t(f"glance.basis.{one.growth_basis}"))


def _panel(plan: Canvas, pairs: Sequence[Pair], rows: Sequence[Row], domain: tuple[float, float]) -> None:
    """The name over its line on the left, both numbers on the right."""
    p, y = plan.brush.palette, list(range(len(pairs)))[::-1]
    later, earlier = [pair[1].growth or 0 for pair in pairs], [pair[2].growth or 0 for pair in pairs]
    low, high, _ = steps(min([0.0, *later, *earlier]), max([0.0, *later, *earlier]))
    room = (high - low) * 0.03
    on = plan.panel(
        {"range": [low - room, high + room], "showticklabels": False, "zeroline": False},
        {"range": [-0.5, len(y) - 0.5], "domain": [max(0.0, domain[0]), domain[1]], "visible": False},
    )
    ends = [x for pair in zip(earlier, later, strict=True) for x in (*pair, None)]
    zero = {"type": "line", "xref": on["xaxis"], "yref": on["yaxis"], "x0": 0, "x1": high,
            "line": {"color": p.line, "width": 1}, "layer": "below"}  # fmt: skip
    plan.shapes += [{**zero, "y0": row - 0.2, "y1": row - 0.2} for row in y]
    places = [place for row in y for place in (row - 0.2, row - 0.2, None)]
    plan.traces.append({"type": "scatter", "x": ends, "y": places, "mode": "lines", "hoverinfo": "skip", **on,
                        "line": {"color": p.line, "width": 4}})  # fmt: skip
    for values, colour, column in ((earlier, p.pale, 2), (later, p.blue, 1)):
        said = [f"{row[0]}　{row[column]}" for row in rows]
        plan.traces.append({"type": "scatter", "x": values, "y": [row - 0.2 for row in y], "mode": "markers", **on,
                            "marker": {"color": colour, "size": 11}, "customdata": said,
                            "hovertemplate": "%{customdata}<extra></extra>"})  # fmt: skip
    for row, place in zip(rows, y, strict=True):
        at = {"yref": on["yaxis"], "yanchor": "bottom"}
        plan.say(escaped(row[0]), 0, place, size=13, **at)
        plan.say(f"{row[2]} → {row[1]}", 1, place, size=13, xanchor="right", **at)


def _said(point: Point, brush: Brush) -> str:
    return wording.growth(point.growth or 0, brush.language)


def _moved(later: Point, earlier: Point, brush: Brush) -> str:
    """In percentage points."""
    moved = i18n.signed((later.growth or 0) - (earlier.growth or 0), brush.language)
    return brush.t("unit.pp", x=moved)
