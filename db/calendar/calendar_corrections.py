"""Amendments to the calendar that operators write down themselves, in `calendar.toml` beside the store.

    version  = "2027 notice"
    years    = [2027]             # years whose whole notice stands in this file
    holidays = [2027-01-01]       # days off that fall on a working day
    workdays = [2027-02-20]       # make-up workdays

A notice is amended at times (May 2019, January 2020) and a new year's comes before a release that knows it.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from db.address import path_of
from db.refused import Refused

NAME = "calendar.toml"
_KEYS = {"version", "years", "holidays", "workdays"}


@dataclass(frozen=True)
class Corrections:
    """`version` changes with every change of the file, also where its author left the name as it was."""

    version: str = ""
    years: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()


NO_CORRECTIONS = Corrections()


@cache
def corrections() -> Corrections:
    """Those of this process's store, read once: a change takes effect at the next start."""
    return read(path_of().parent / NAME)


def read(path: Path) -> Corrections:
    """Raises Refused('calendar_broken') where the file cannot be understood: a wrong deadline is worse than none."""
    if not path.exists():
        return NO_CORRECTIONS
    content = path.read_bytes()
    try:
        found = tomllib.loads(content.decode("utf-8"))
        return _checked(found, hashlib.sha256(content).hexdigest()[:8])
    except (ValueError, TypeError) as error:  # of TOML and of UTF-8 too
        raise Refused("calendar_broken", why=str(error)) from None


def _checked(found: dict[str, Any], mark: str) -> Corrections:
    unknown = sorted(set(found) - _KEYS)
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}")
    holidays, workdays = _days(found, "holidays"), _days(found, "workdays")
    if holidays & workdays:
        raise ValueError(f"both a holiday and a workday: {min(holidays & workdays)}")
    years = found.get("years", [])
    if not all(type(year) is int for year in years):
        raise ValueError("years: whole numbers")
    return Corrections(f"{found.get('version', NAME)} {mark}", frozenset(years), holidays, workdays)


def _days(found: dict[str, Any], name: str) -> frozenset[date]:
    days = found.get(name, [])
    if not all(type(day) is date for day in days):
        raise ValueError(f"{name}: days as 2027-01-01, without quotes")
    return frozenset(days)
