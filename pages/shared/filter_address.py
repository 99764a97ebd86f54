"""What an address filters by: codes, not words, so that a colleague reads the link in their own language."""

from collections.abc import Mapping
from datetime import date

from access.actor import Actor
from db.cases.cases import CaseFilters
from db.cases.order import SORTS, ListPlace

LONGEST = 100
LONGEST_LIST = 3_500  # of chosen numbers: some three hundred; with more an address would be too long
CODES = ("sector", "town", "category", "state", "body", "forum", "channel", "overdue", "holder")
MINE = "mine"  # whoever reads the address
DAYS = ("submitted_from", "submitted_to")
NAMES = (*CODES, *DAYS, "text")
PLACE = ("page", "after", "before")


def filters_from(address: Mapping[str, str], today: date, who: Actor) -> CaseFilters:
    """What an address asks for, read by this person. A day that is none, or a text too long, is left out rather than
    refused; in whose hand a case is, each desk asks of its own."""
    codes = {name: address.get(name, "")[:LONGEST] or None for name in (*CODES, "text")}
    codes["town"] = address.get("town", "")[:LONGEST_LIST] or None
    days = {name: day_from(address.get(name, "")) for name in DAYS}
    codes["holder"] = holder_from(address, who) or None
    numbers = tuple(filter(None, address.get("numbers", "")[:LONGEST_LIST].split(",")))
    return CaseFilters(today=today, desk=who.desk, numbers=numbers, **codes, **days)  # type: ignore[arg-type]


def holder_from(address: Mapping[str, str], who: Actor) -> str:
    """In whose hand a case is, as an address asks, 'mine' with those in whose place one is; '' for whoever has no
    desk."""
    asked = address.get("holder", "")[:LONGEST]
    return ",".join((who.id, *who.stands_for)) if asked == MINE else asked if who.desk else ""


def view_from(address: Mapping[str, str]) -> tuple[str, int]:
    """The order and the page that an address asks for; the first of each where it asks for none that is."""
    order, page = address.get("sort", ""), address.get("page", "")
    sensible = page.isascii() and page.isdigit() and 0 < len(page) < 7
    return order if order in SORTS else next(iter(SORTS)), max(1, int(page)) if sensible else 1


def place_from(address: Mapping[str, str]) -> ListPlace:
    """Where the page of a list stands that is read by key."""
    after, before = (address.get(name, "") for name in ("after", "before"))
    return ListPlace(view_from(address)[1], key=after or before, back=not after)


def year_from(address: Mapping[str, str]) -> int | None:
    year = address.get("year", "")
    return int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None


def day_from(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
