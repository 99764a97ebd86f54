"""How each language is written: one row a language, read from its folder. Nothing else says what a language does."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "languages"
NAMES = "names.toml"
MAIN = "zh"  # the district's language: official papers are in it, and what is named in no other language

REGIONS = {"HK", "MO", "TW"}

Between = tuple[str, str, str]  # the pattern of the first day, what stands between, the pattern of the last


@dataclass(frozen=True)
class Dates:
    """Patterns of Unicode TR 35 (`y年M月d日`, `d MMM y`); `part` is filled with {year} and {part}."""

    day: str
    deadline: str  # a day as one says it: with its weekday, without its year
    month: str
    month_alone: str
    year: str
    part: str  # a part of a year with its year: 2023年前三季度
    days: Between  # of one year, with the year
    days_of_two_years: Between
    span: Between  # days whose year is said beside them
    span_in_month: Between
    months: Between  # without the year


@dataclass(frozen=True)
class Writing:
    """One language. `folder` holds its texts too, unless they stand side by side in `i18n/text`."""

    folder: Path
    own_name: str  # as its readers call it
    html: str  # the lang of a page
    locale: str  # Babel's: plurals, names of months and countries, marks in numbers
    beside: str  # the language that stands beside it where a wall says a thing twice
    order: str  # of names: a key of `i18n.ORDERS`
    reading: float  # characters a second: faster than a practised reader
    sentences: str  # between two sentences
    clauses: str  # between parts of a sentence
    notes: str  # between the notes below a chart
    aside: str  # what is said in brackets
    percent: str
    myriads: tuple[str, ...]  # stored units that are counted in 万 from ten thousand on
    scales: Mapping[str, float]  # stored unit → what one of it is in the unit of its readers: 0.1 billion for 亿元
    dates: Dates
    regions: Mapping[str, str]  # Hong Kong, Macao and Taiwan, as China's
    otherwise: str = ""  # the language of all but the enterprise's pages, where this one has the texts of those alone
    reviewed: bool = True  # False is said on every page: a machine helped, and nobody has looked through it
    direction: str = "ltr"  # 'rtl': written from right to left
    names: Mapping[str, str] = field(default_factory=dict)  # of records, by their name in the main language


LANGUAGES: dict[str, Writing] = {}  # in the order in which they are offered


@dataclass
class DistrictWords:
    """What the district of this process's store has settled: the languages that it offers (none named: all), and by
    language what its records are called, by their name in the main one."""

    offered: tuple[str, ...] = ()
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def offers(self, language: str) -> bool:
        return not self.offered or language in self.offered


DISTRICT = DistrictWords()


def read(folder: Path) -> None:
    """Take in the language that this folder describes; the folder's name is its code. Raises ValueError where a line
    stands below a heading that it is none of."""
    row = tomllib.loads((folder / "language.toml").read_text(encoding="utf-8"))
    if strange := set(row["regions"]) - REGIONS:
        raise ValueError(f"{folder / 'language.toml'}: {', '.join(sorted(strange))}: no region; move it above [dates]")
    dates, book = Dates(**_with_tuples(row.pop("dates"))), folder / NAMES
    names = tomllib.loads(book.read_text(encoding="utf-8")) if book.exists() else {}
    LANGUAGES[folder.name] = Writing(folder=folder, dates=dates, names=names, **_with_tuples(row))


def _with_tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


for _folder in sorted(FOLDER.iterdir(), key=lambda folder: (folder.name != MAIN, folder.name)):
    read(_folder)
