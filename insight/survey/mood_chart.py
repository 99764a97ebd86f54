"""Satisfaction by dimension, drawn."""

from datetime import date

import plotly.graph_objects as go

import i18n
from i18n.names import name_in
from insight import wording
from insight.drawing.charts import THICK, Brush, Chart, as_of, label_rows, tall
from insight.measures import Measure
from insight.noise import decimals, way
from insight.survey.mood import Mood, Score


def mood_chart(found: Mood, day: date, brush: Brush) -> Chart:
    """Dimensions from 0 to 100 with interval and change; a hidden one stays, in words."""
    p = brush.palette
    if not found.scores or found.wave is None:
        return Chart(brush.t("chart.mood.name"), as_of(day, brush), None)
    ordered = sorted(found.scores, key=lambda s: (s.dimension != "overall", -(s.measure.value or -1)))
    labels = [brush.t(f"mood.dimension.{s.dimension}") for s in ordered]
    y = list(range(len(ordered)))[::-1]
    values = [s.measure.value for s in ordered]
    spans = [_span(s.measure) for s in ordered]
    low, high = [span[0] for span in spans], [span[1] for span in spans]
    figure = go.Figure()
    figure.add_bar(
        x=values, y=y, orientation="h", width=THICK, hoverinfo="skip",
        marker_color=[p.blue if s.dimension == "overall" else p.teal for s in ordered],
        error_x={"type": "data", "array": high, "arrayminus": low, "color": p.quiet, "thickness": 1.2, "width": 3},
    )  # fmt: skip
    label_rows(figure, labels, [_mood_change(s, brush) for s in ordered], y, brush)
    label_rows(figure, ["" for _ in ordered], [_mood_value(s, brush) for s in ordered], y, brush, right=0.87)
    figure.update_xaxes(range=[0, 100])
    title_of = name_in(found.wave, "title", brush.language)
    n = max(s.measure.n for s in ordered)  # none where every score is hidden, which says nothing of how many answered
    source = brush.t("chart.mood.source" if n else "chart.mood.source_hidden", wave=title_of, n=brush.number(n))
    return Chart(_mood_title(found, brush), source + as_of(day, brush), figure, height=tall(labels),
                 columns=tuple(brush.t(f"glance.column.{name}") for name in ("dimension", "index", "moved")),
                 rows=[(label, _mood_value(s, brush), _mood_change(s, brush))
                       for label, s in zip(labels, ordered, strict=True)])  # fmt: skip


def _span(one: Measure) -> tuple[float, float]:
    """How far the interval reaches to either side; nowhere where there is none."""
    if one.value is None or one.low is None or one.high is None:
        return 0.0, 0.0
    return one.value - one.low, one.high - one.value


def _mood_title(found: Mood, brush: Brush) -> str:
    overall = next((s for s in found.scores if s.dimension == "overall"), None)
    if overall is None or overall.measure.value is None:
        return brush.t("chart.mood.name")
    value = wording.plain(overall.measure, brush.language)
    said = way(overall.moved)
    if overall.moved is None or said == "unknown":
        return brush.t("chart.mood.title", value=value)
    return brush.t(
        f"chart.mood.title_{said}", value=value, moved=brush.number(abs(overall.moved.by), decimals(overall.moved.by))
    )


def _mood_value(score: Score, brush: Brush) -> str:
    return wording.plain(score.measure, brush.language) if score.measure.value is not None else ""


def _mood_change(score: Score, brush: Brush) -> str:
    """The change, or the words for what is hidden."""
    if score.measure.value is None:
        return wording.measured(score.measure, brush.language)
    moved = score.moved
    return i18n.signed(moved.by, brush.language, decimals(moved.by)) + ("*" if moved.matters else "") if moved else ""
