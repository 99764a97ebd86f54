"""Satisfaction for the leader's page: the newest closed wave, its index and dimensions, their change.

A wave that is still open has no figures: whoever looked twice would find the answer that came in between. A filter is
one cell of a protected table; a crossing of sector and town is no table, so it has no figure.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from db import clock
from db.figures.figures import Filters
from db.sql import Connection
from db.survey import estimates as stored
from db.survey.surveys import Wave
from insight import noise
from insight.measures import Measure
from insight.noise import Moved
from insight.survey.comparison import broken, cell, changes, measured
from insight.survey.wave_numbers import INDEX, Figures, WaveNumbers, read_figures, read_numbers

OVERALL = "overall"  # what this page calls the index


@dataclass(frozen=True)
class Score:
    """A dimension's mean from 0 to 100, and how it `moved` in points on the wave before, where both may be shown."""

    dimension: str
    measure: Measure
    moved: Moved | None


@dataclass(frozen=True)
class Mood:
    """The newest closed wave (None: none yet) with a score for the index and every dimension that it asks about."""

    wave: dict[str, object] | None
    before: dict[str, object] | None
    scores: tuple[Score, ...]


def read_mood(con: Connection, *, filters: Filters, as_of: date) -> Mood:
    waves = two_waves(con, filters, as_of)
    return mood(waves, filters, whole=partial(read_figures, con), parted=partial(read_numbers, con))


def two_waves(con: Connection, filters: Filters, as_of: date) -> list[Wave]:
    """The newest wave that had closed before the last day of the period, and the one before it."""
    day = min(as_of, filters.until) if filters.until else as_of
    return stored.closed_waves(con, clock.start_of_day(day))[:2]


def mood(
    waves: Sequence[Wave], filters: Filters, *, whole: Callable[[Wave], Figures], parted: Callable[[Wave], WaveNumbers]
) -> Mood:
    """Of the newest of two waves, beside the other. Their parts are asked for only where a part is looked at."""
    if filters.sector or filters.town:
        return _of_part([parted(wave) for wave in waves], filters)
    return mood_of_all([whole(wave) for wave in waves])


def mood_of_all(waves: Sequence[Figures]) -> Mood:
    if not waves:
        return Mood(None, None, ())
    now, before = waves[0], waves[1] if len(waves) > 1 else None
    moved = changes(now, before)
    return _mood(now, before, (Score(name, measured(now, of), moved.get(of)) for name, of in _named(now)))


def _of_part(waves: Sequence[WaveNumbers], filters: Filters) -> Mood:
    if not waves:
        return Mood(None, None, ())
    now, before = waves[0], waves[1] if len(waves) > 1 else None
    return _mood(now, before, (_in_part(name, of, now, before, filters) for name, of in _named(now)))


def _named(now: Figures) -> list[tuple[str, str]]:
    return [(OVERALL, INDEX), *((code, code) for code in now.dimensions)]


def _mood(now: Figures, before: Figures | None, scores: Iterable[Score]) -> Mood:
    return Mood(vars(now.wave), vars(before.wave) if before else None, tuple(scores))


def _in_part(name: str, code: str, now: WaveNumbers, before: WaveNumbers | None, filters: Filters) -> Score:
    here = _cell(now, code, filters)
    then = _cell(before, code, filters) if before and not broken(now, before, code) else None
    sure = then is not None and None not in (here.low, then.low)  # a change without its interval is none
    return Score(name, here, noise.measured(here, then) if then and sure else None)


def _cell(numbers: WaveNumbers, code: str, filters: Filters) -> Measure:
    if filters.sector and filters.town:
        return measured(numbers, "")
    if filters.town:
        return cell(numbers, "town", filters.town, code)
    return cell(numbers, "section" if len(filters.sector) == 1 else "division", filters.sector, code)
