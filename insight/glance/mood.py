"""How are enterprises feeling: the newest wave, its change with what that is worth, and where it is lowest."""

from i18n.names import name_in
from insight import wording
from insight.drawing.charts import Brush
from insight.drawing.sketch import SpanRow, spans
from insight.glance.answer import GlanceAnswer, moved_words, worth_of
from insight.noise import Moved, way
from insight.survey.mood import Mood, Score

ROWS = 5


def mood_answer(found: Mood, brush: Brush) -> GlanceAnswer:
    overall = next((score for score in found.scores if score.dimension == "overall"), None)
    if found.wave is None or overall is None or overall.measure.value is None:
        return GlanceAnswer("mood", brush.t("glance.mood.nothing"), "", ("satisfaction_top2",))
    known = [score for score in found.scores if score.measure.value is not None and score is not overall]
    ordered = sorted(known, key=lambda score: score.measure.value or 0)
    moved = overall.moved
    said = _said(overall, moved, brush) + (_lowest(ordered[0], brush) if ordered else "")
    drawn = (overall, *ordered[: ROWS - 1])
    rows = [_row(score, brush) for score in drawn]
    return GlanceAnswer(
        "mood", said, _worth(found, overall, moved, brush), ("satisfaction_top2",), spans(rows),
    )  # fmt: skip


def _said(overall: Score, moved: Moved | None, brush: Brush) -> str:
    """A change that chance could bring is no change in the first words that one reads."""
    value = brush.number(overall.measure.value or 0, 1)
    if moved is None:
        return brush.t("glance.mood.first", value=value)
    said = way(moved)
    shown = moved_words(moved, "points", brush) if said == "same" else brush.number(abs(moved.by), 1)
    return brush.t(f"glance.mood.{said}", value=value, moved=shown)


def _lowest(score: Score, brush: Brush) -> str:
    name = brush.t(f"mood.dimension.{score.dimension}")
    return brush.t("glance.mood.lowest", name=name, value=brush.number(score.measure.value or 0, 1))


def _worth(found: Mood, overall: Score, moved: Moved | None, brush: Brush) -> str:
    measure, wave = overall.measure, name_in(found.wave or {}, "title", brush.language)
    low, high = (brush.number(end or 0, 1) for end in (measure.low, measure.high))
    own = brush.t("glance.mood.own", wave=wave, low=low, high=high, n=brush.number(measure.n))
    return own + (brush.t("glance.mood.change") + worth_of(moved, "points", brush) if moved else "")


def _row(score: Score, brush: Brush) -> SpanRow:
    measure = score.measure
    return SpanRow(
        brush.t(f"mood.dimension.{score.dimension}"), wording.plain(measure, brush.language),
        measure.value, measure.low, measure.high, "blue" if score.dimension == "overall" else "teal",
    )  # fmt: skip
