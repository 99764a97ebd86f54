"""Two waves compared, and each figure as a Measure of the page."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, TypeVar

import numpy as np

from db import clock
from insight.measures import Measure
from insight.noise import Moved, estimated
from insight.survey.cells import scale
from insight.survey.estimates import Estimate
from insight.survey.wave_numbers import INDEX, Figures, WaveNumbers

UNITS = {"top2": "%", "top3": "%"}  # all others are points
K = TypeVar("K", bound=Figures)
Break = Literal[
    "", "remade", "reweighted"
]  # other questions are asked for it; an index weighs its dimensions otherwise


def changes(now: Figures, before: Figures | None) -> dict[str, Moved]:
    """Of every figure that both waves show alike. Nobody knows who answered both, so they count as two samples of
    their own: where many did, the interval is wider than it need be."""
    if before is None:
        return {}
    found = {}
    for code in sorted(now.figures.keys() & before.figures.keys()):
        moved = None if broken(now, before, code) else estimated(now.figures[code], before.figures[code])
        if moved:
            found[code] = moved
    return found


def broken(now: Figures, before: Figures, code: str) -> Break:
    """Why it is another figure than it was; '' where it goes on."""
    if now.made_of.get(code) != before.made_of.get(code):
        return "remade"
    shared = now.weights.keys() & before.weights.keys()
    return "reweighted" if code == INDEX and any(now.weights[one] != before.weights[one] for one in shared) else ""


def begun(waves: Sequence[K], code: str) -> dict[int, Break]:
    """The waves, by number, with which a figure begins anew."""
    known = [numbers for numbers, _ in history(waves, code)]
    found: dict[int, Break] = {now.wave.number: broken(now, before, code) for before, now in pairwise(known)}
    return {number: why for number, why in found.items() if why}


def measured(numbers: Figures, code: str, found: Estimate | None = None) -> Measure:
    """A figure of the whole, or the `found` of a cell; suppressed where there is none."""
    one = found or numbers.figures.get(code)
    day = clock.day_of(numbers.wave.closes_at)
    if one is None:
        return Measure(f"survey.{code}", None, UNITS.get(code, "points"), 0, None, None, day, suppressed=True)
    low, high = _within(one, code)
    value = _known(one.value)
    shown = int(value) if value is not None and one.whole else value
    return Measure(
        f"survey.{code}", shown, UNITS.get(code, "points"), one.n, low, high, day, effective=_known(one.effective),
        deff=_known(one.deff),
    )  # fmt: skip


def cell(numbers: WaveNumbers, table: str, code: str, figure: str = INDEX) -> Measure:
    """One cell of a breakdown, in whole numbers; suppressed where it is hidden or the figure is not broken down so."""
    found = numbers.cells.get(table, {}).get(figure, {}).get(code)
    if found is None:
        return measured(numbers, "")
    return measured(numbers, figure, found)


def history(waves: Sequence[K], code: str) -> list[tuple[K, Estimate]]:
    """A figure along the waves that give it a value, oldest first."""
    known = [(numbers, numbers.figures[code]) for numbers in waves if code in numbers.figures]
    known = [(numbers, one) for numbers, one in known if not np.isnan(one.value)]
    return sorted(known, key=lambda pair: pair[0].wave.number)


def _within(one: Estimate, code: str) -> tuple[float | None, float | None]:
    """The interval, kept within what the figure can be; None where there is none."""
    least, most = scale(code)
    return (None, None) if np.isnan(one.low) else (max(one.low, least), min(one.high, most))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
