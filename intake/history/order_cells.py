"""How the cells of the hotline's tables are read: its times, its own words, its numbers."""

import hashlib
import re
import unicodedata
from datetime import date, datetime, time

from db.events import canonical
from db.refused import Refused
from intake.files.imports import shown
from intake.files.spreadsheets import as_text
from intake.history.reading import Lists, Values, fitting
from intake.indicators.terms.periods import read_day

_TIME = re.compile(r"(.*?\d日?)[ T]*(\d{1,2})[:时](\d{2})(?:[:分](\d{2})秒?)?(?:\.\d+)?")
_RUN_TOGETHER = re.compile(r"(\d{8})(\d{2})(\d{2})(\d{2})?")
_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z_./()\[\]-]{2,39}")


def order_number(cell: object, _: Lists) -> str:
    """As the hotline writes it. Raises Refused where a spreadsheet has made a figure of it, which has lost digits."""
    number = unicodedata.normalize("NFKC", as_text(cell)).strip("'` \t").upper()
    if isinstance(cell, float) and abs(cell) >= 1e15:
        raise Refused("order_number_rounded", value=shown(number))
    if not _NUMBER.fullmatch(number):
        raise Refused("order_number", value=shown(cell))
    return number


def moment(cell: object, lists: Lists) -> datetime | date:
    """A day and hour on Shanghai's clock; a day where no hour is given."""
    found = _moment(cell)
    if _day(found) > lists.today:
        raise Refused("old_day_ahead", day=_day(found))
    return found


def until(cell: object, _: Lists) -> date:
    """A day that may lie ahead; its hour is left out."""
    return _day(_moment(cell))


def said(cell: object, _: Lists) -> str:
    """In the hotline's own words, on one line."""
    return fitting(" ".join(as_text(cell).split()), 200)


def digest(values: Values) -> str:
    """Of what a row says: whether it says something else when it comes again."""
    return hashlib.sha256(canonical(dict(values)).encode()).hexdigest()


def _moment(cell: object) -> datetime | date:
    if isinstance(cell, datetime):
        return cell
    text = unicodedata.normalize("NFKC", as_text(cell)).strip()
    timed = _RUN_TOGETHER.fullmatch(text) or _TIME.fullmatch(text)
    try:
        if not timed:
            return read_day(cell)
        day, *parts = timed.groups()
        hour, minute, second = (int(part or 0) for part in parts)
        return datetime.combine(read_day(day), time(hour, minute, second))
    except (Refused, ValueError):
        raise Refused("order_time", value=shown(cell)) from None


def _day(found: datetime | date) -> date:
    return found.date() if isinstance(found, datetime) else found
