"""What one cell of a table says of the numbers that it stands over or before, and the names that words are known by."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from db.indicators.indicators import Indicator
from db.refused import Refused
from intake.files.spreadsheets import as_text, folded
from intake.indicators import units

Months = tuple[int, int]
LONGEST = 400  # letters of a text that are looked at
MOST_WORDS, MOST_NUMBERS = 5_000, 20_000  # different texts and numbers in the tables of one file
_DASHES = str.maketrans(dict.fromkeys("—–－−~〜～‐‑至到", "-"))


@dataclass(frozen=True)
class Facets:
    """What one cell says of the numbers that it stands over or before. '' and None: it does not say.

    `mode` is 'ytd' (累计) or 'single' (本月); `quarter`: the months were written as one quarter, 三季度 or Q3,
    which may mean three months or the year so far. `measure` is value, growth (':real' or
    ':nominal' where it says so), points, budget, change, or 'left:…' for what is not kept.
    """

    name: str = ""
    year: int | None = None
    months: Months | None = None
    mode: str = ""
    quarter: str = ""
    measure: str = ""
    unit: str = ""
    place: str = ""

    def beside(self, far: "Facets") -> "Facets":
        """These, and what they do not say from `far`. 累计 over a row of months makes each of them cumulative; beside
        months of its own it speaks of those."""
        of_months = far.mode == "ytd" and not far.months and bool(self.quarter or len(set(self.months or (1, 2))) == 1)
        return Facets(
            self.name or far.name,
            self.year or far.year,
            self.months or far.months,
            self.mode or (far.mode if of_months or not self.months else ""),
            self.quarter if self.months else far.quarter,
            self.measure or far.measure,
            self.unit or far.unit,
            self.place or far.place,
        )

    def span(self) -> Months | None:
        """The months meant: 累计 of month 10 is 1 to 10, 本月 of 1 to 10 is 10."""
        if self.months is None or not self.mode:
            return self.months
        return (1, self.months[1]) if self.mode == "ytd" else (self.months[1], self.months[1])


@dataclass(frozen=True)
class Vocabulary:
    """`indicators` and `places` by folded name; `named` folds an indicator's name."""

    indicators: Mapping[str, Indicator]
    places: Mapping[str, str]
    named: Callable[[object], str]
    within_title: Callable[[object], str] = lambda _: ""  # the place that a title speaks of
    beyond: Callable[[str], str] = lambda _: ""  # a place that has only its suffix to be known by
    heard: dict[str, Facets] = field(default_factory=dict, compare=False)  # what was found in a text before

    def hear(self, text: str, understood: Callable[[str], Facets]) -> Facets:
        """What a text says, found once. Raises Refused('table_too_large'): no table of statistics has so many words."""
        if text not in self.heard:
            if len(self.heard) >= MOST_WORDS:
                raise too_large()
            self.heard[text] = understood(text)
        return self.heard[text]

    def indicator(self, name: str) -> Indicator | None:
        return self.indicators.get(self.named(name))

    def ends_with_name(self, text: str) -> bool:
        """Whether it may be a place before an indicator's name."""
        return self.named(text).endswith(tuple(self.indicators))

    def place(self, name: str) -> str:
        known = folded(name)
        return (self.places.get(known) or self.beyond(name)) if known else ""

    def within(self, text: str) -> Indicator | None:
        """The indicator with the longest name that a title or a sheet's name holds."""
        whole = self.named(text)
        found = [name for name in self.indicators if len(name) > 2 and not name.isascii() and name in whole]
        return self.indicators[max(found, key=len)] if found else None


def too_large() -> Refused:
    return Refused("table_too_large", words=MOST_WORDS, numbers=MOST_NUMBERS)


def plain(cell: object) -> str:
    """A cell's text in half width, without spaces and marks of footnotes, its dashes alike. What stands far behind in
    a long text is no heading and no label, and is not looked at."""
    return _plain(as_text(cell)[:LONGEST])


@lru_cache(maxsize=10_000)
def _plain(written: str) -> str:
    text = unicodedata.normalize("NFKC", units.unmarked(written)).translate(_DASHES)
    return re.sub(r"\s+", "", text).replace("【", "(").replace("】", ")").replace("[", "(").replace("]", ")")
