"""The glance: what a leader asks, each answered by one picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.figures.chart_notes import ChartNote
from db.figures.month_ends import Course
from db.references import ReferenceItem
from insight.cases.board import Board
from insight.drawing.charts import Brush
from insight.drawing.pinned import in_months, pinned
from insight.economy.published import Indicator
from insight.glance.flow import backlog
from insight.glance.forums import forums
from insight.glance.growth import growth
from insight.glance.picture import Picture, Room
from insight.glance.strip import MONTHS, numbers, strip
from insight.glance.towns import towns
from insight.glance.waves import WaveScore, waves
from insight.survey.mood import Mood

CODES = ("strip", "backlog", "forums", "mood", "economy", "towns")


@dataclass(frozen=True)
class Seen:
    """What the pictures are drawn from, read before."""

    board: Board
    course: Course
    economy: Sequence[Indicator]
    mood: Mood
    waves: Sequence[WaveScore]
    towns: Sequence[ReferenceItem]
    notes: Sequence[ChartNote] = ()


def pictures(seen: Seen, brush: Brush, room: Room) -> dict[str, Picture]:
    """By code, in the order of the board."""
    unsettled = next(one for one in numbers(seen.course) if one.code == "unsettled")
    months = [one.month for one in seen.board.months[-MONTHS:]]
    return {
        "strip": strip(seen.course, brush, room),
        "backlog": pinned(backlog(seen.board, unsettled, brush, room), _about("cases", seen), in_months(months), brush),
        "forums": forums(seen.board, brush, room),
        "mood": waves(seen.waves, seen.mood, brush, room),
        "economy": growth(seen.economy, brush, room, _about("economy", seen)),
        "towns": towns(seen.board, seen.towns, brush, room),
    }


def _about(what: str, seen: Seen) -> list[ChartNote]:
    return [one for one in seen.notes if one.about in (what, "all")]
