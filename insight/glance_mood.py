"""How are enterprises feeling: the newest wave, its change with what that is worth, and where it is lowest."""

from insight import wording
from insight.charts import Brush
from insight.glance_answer import Answer, moved_words, worth_of
from insight.mood import Mood, Score
from insight.noise import Moved
from insight.sketch import SpanRow, spans

ROWS = 5


def mood_answer(found: Mood, brush: Brush) -> Answer:
    overall = next((score for score in found.scores if score.dimension == "overall"), None)
    if found.wave is None or overall is None or overall.measure.value is None:
        return Answer("mood", brush.t("glance.mood.nothing"), "", ("satisfaction_top2",))
    known = [score for score in found.scores if score.measure.value is not None and score is not overall]
    ordered = sorted(known, key=lambda score: score.measure.value or 0)
    moved = change(overall)
    said = _said(found, overall, moved, brush) + (_lowest(ordered[0], brush) if ordered else "")
    drawn = (overall, *ordered[: ROWS - 1])
    opens = tuple((score.dimension, brush.t(f"mood.dimension.{score.dimension}")) for score in drawn)
    rows = [_row(score, brush) for score in drawn]
    return Answer("mood", said, _worth(overall, moved, brush), ("satisfaction_top2",), spans(rows), opens)


def change(score: Score) -> Moved | None:
    """The change on the wave before, where its interval is known."""
    now = score.measure
    if now.value is None or score.change is None or score.low is None or score.high is None:
        return None
    return Moved(now.value, now.value - score.change, score.low, score.high, now.n)


def _said(found: Mood, overall: Score, moved: Moved | None, brush: Brush) -> str:
    wave = (found.wave or {})["title_zh" if brush.language == "zh" else "title_en"]
    value = brush.number(overall.measure.value or 0, 1)
    if moved is None:
        return brush.t("glance.mood.first", wave=wave, value=value)
    return brush.t("glance.mood.changed", wave=wave, value=value, moved=moved_words(moved, "points", brush))


def _lowest(score: Score, brush: Brush) -> str:
    name = brush.t(f"mood.dimension.{score.dimension}")
    return brush.t("glance.mood.lowest", name=name, value=brush.number(score.measure.value or 0, 1))


def _worth(overall: Score, moved: Moved | None, brush: Brush) -> str:
    measure = overall.measure
    own = brush.t("glance.mood.own", low=brush.number(measure.low or 0, 1), high=brush.number(measure.high or 0, 1),
                  n=brush.number(measure.n))  # fmt: skip
    return own + (brush.t("glance.mood.change") + worth_of(moved, "points", brush) if moved else "")


def _row(score: Score, brush: Brush) -> SpanRow:
    measure = score.measure
    return SpanRow(
        brush.t(f"mood.dimension.{score.dimension}"), wording.plain(measure, brush.language),
        measure.value, measure.low, measure.high, "blue" if score.dimension == "overall" else "teal",
    )  # fmt: skip
