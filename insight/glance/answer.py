"""One question of the glance, answered."""

from dataclasses import dataclass

import i18n
from insight.drawing.charts import Brush
from insight.drawing.sketch import Sketch
from insight.noise import Moved


@dataclass(frozen=True)
class GlanceAnswer:
    """`said` states what changed; `worth` whether that may be chance; `figures` stand below."""

    question: str
    said: str
    worth: str
    figures: tuple[str, ...] = ()
    sketch: Sketch | None = None


def worth_of(moved: Moved, unit: str, brush: Brush) -> str:
    """The interval of a difference, and whether it is more than chance. `unit` is pp, points or day."""
    low, high = (i18n.signed(value, brush.language) for value in (moved.low, moved.high))
    verdict = brush.t("glance.real" if moved.matters else "glance.chance")
    return brush.t("glance.interval", low=low, high=brush.t(f"glance.unit.{unit}", x=high), verdict=verdict)


def moved_words(moved: Moved, unit: str, brush: Brush) -> str:
    """+3.0 个百分点 / +3.0 pp."""
    return brush.t(f"glance.unit.{unit}", x=i18n.signed(moved.by, brush.language))
