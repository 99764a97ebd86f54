"""What does not move with the cases: the mood, and the economy as published."""

from datetime import date

from db.answers import shared
from db.figures.figures import Filters, moved_in
from insight.economy.published import Indicator, published
from insight.survey.mood import Mood, mood, two_waves
from pages.results import board as results_board
from pages.shared.here import kept, store


def mood_of(filters: Filters, as_of: date) -> Mood:
    """Asked again only when an answer came in, not with every case that moves."""
    return _mood(kept(moved_in, "survey"), filters, as_of)


def economy_of(as_of: date) -> tuple[Indicator, ...]:
    """Asked again only when something was published."""
    return _economy(kept(moved_in, "indicator"), as_of)


@shared(50)
def _mood(moved: str, filters: Filters, as_of: date) -> Mood:
    """The waves' numbers are those of the results page and of the drawers: one reading for all."""
    waves = store().read(lambda con: two_waves(con, filters, as_of))
    return mood(
        waves,
        filters,
        whole=lambda wave: results_board.of_all(wave, moved),
        parted=lambda wave: results_board.computed(wave, moved),
    )


@shared(20)
def _economy(moved: str, as_of: date) -> tuple[Indicator, ...]:
    return store().read(lambda con: published(con, as_of))
