"""The columns of the desk's list: the case itself, and beside it those that the address names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import i18n
from db import clock
from db.cases.cases import Case
from pages.shared.here import lang, t
from pages.shared.markup import Markup
from pages.shared.names import Names, person


@dataclass(frozen=True)
class CaseLine:
    """What a cell is drawn from: the case, its lists' names, the day, and in whose hand it is."""

    case: Case
    called: Names
    today: date
    hand: str


def _day(day: date | None) -> str:
    return i18n.day(day, lang()) if day else ""


COLUMNS = ("state", "lead", "age", "due", "holder", "category", "submitted", "promised", "rating")
SHOWN = ("state", "lead", "age", "due")  # where nobody chose
WIDE: Mapping[str, str] = MappingProxyType(
    {"state": "9.5rem", "lead": "12rem", "age": "4.5rem", "due": "8.5rem", "holder": "7rem", "category": "8rem",
     "submitted": "8.5rem", "promised": "8.5rem", "rating": "6.5rem"}
)  # fmt: skip
# What is said in a column beside those that have a look of their own.
_SAID: Mapping[str, Callable[[CaseLine], str]] = MappingProxyType(
    {
        "holder": lambda one: person(one.hand),
        "category": lambda one: one.called.category.get(one.case.category, ""),
        "submitted": lambda one: _day(clock.day_of(one.case.submitted_at)),
        "promised": lambda one: _day(one.case.promised_on),
        "rating": lambda one: t(f"case.rating.{one.case.rating}") if one.case.rating else "",
    }
)


def columns_of(address: Mapping[str, str]) -> tuple[str, ...]:
    """Those that an address names; the usual ones where it names none."""
    asked = address.get("cols", "").split(",")
    return tuple(name for name in COLUMNS if name in asked) or SHOWN


def wide(columns: Sequence[str]) -> str:
    """Their widths, as a stylesheet says them: our own words."""
    return " ".join(WIDE[name] for name in columns)


def cells(columns: Sequence[str], own: Mapping[str, Markup | str], one: CaseLine) -> Markup:
    """One a column; `own` are those with a look of their own. A phone says a column's name before the others."""
    more = Markup('<span class="f2f-c-more" data-head="{}">{}</span>')
    look = Markup('<span class="f2f-c-{}">{}</span>')
    return Markup().join(
        look.format(name, own[name]) if name in own else more.format(t(f"desk.head.{name}"), _SAID[name](one))
        for name in columns
    )
