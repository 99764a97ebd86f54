"""What every area of the demonstration shares: its randomness, ids, hours of work and content files."""

import csv
import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid5

from stdnum.cn import uscc

from db import clock
from db.districts import folder
from db.districts.content import DistrictContent

CONTENT = Path(__file__).parent / "content"
NAMESPACE = UUID("5b0d6f6e-51f0-4773-a719-770126000000")
ARTICLE_DAY = date(2023, 11, 30)  # the figures of the published account hold at the end of this day
FIRST_MONTH = date(2018, 12, 1)
BEFORE_ALL = datetime(2018, 11, 19, 1, 0)  # when the demonstration's register and accounts were set up

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@cache
def district() -> DistrictContent:
    """Whose figures the demonstration shows."""
    return folder.read(Path(__file__).parent / "district")[0]


def stream(name: str) -> Random:
    """Randomness that is the same each time, one stream a name: what one area draws moves no other."""
    return Random(f"face-to-face:{name}")


def uid(*parts: object) -> str:
    return str(uuid5(NAMESPACE, ":".join(str(part) for part in parts)))


def moment(day: date, hour: int, minute: int, second: int = 0) -> datetime:
    """The instant (UTC) of a time of day in Shanghai."""
    return clock.start_of_day(day) + timedelta(hours=hour, minutes=minute, seconds=second)


def office_hours(rng: Random, day: date) -> datetime:
    """An instant between 8:30 and 17:29 in Shanghai: the same day there and in UTC."""
    return moment(day, 8, 30) + timedelta(seconds=rng.randrange(9 * 3600 - 60))


def months(first: date, last: date) -> list[date]:
    """The first days of the months from `first` to `last`, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first, i) for i in range(count)]


def add_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, 1)


def month_end(day: date) -> date:
    return add_months(day, 1) - timedelta(days=1)


@cache
def table(name: str) -> list[dict[str, str]]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def content(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


def code_of_enterprise(number: int) -> str:
    """A valid unified social credit code that nobody holds: MADEM in it says demonstration."""
    digits = ""
    for _ in range(4):
        number, rest = divmod(number, len(_USCC_ALPHABET))
        digits = _USCC_ALPHABET[rest] + digits
    stem = f"91330603MADEM{digits}"
    return stem + uscc.calc_check_digit(stem)


def words(text: str) -> list[str]:
    """The entries of a list that a content file writes with bars between."""
    return text.split("|")
