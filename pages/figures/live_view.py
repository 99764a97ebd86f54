"""What a reader of the leader's pages asks, in which language and scheme, and as of which records it is answered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import i18n
from db import clock, events
from db.events import Head
from db.figures.figures import Filters, ground
from db.scope import Scope
from i18n.writing import MAIN
from pages.shared.here import kept, lang, now
from pages.shared.look import is_dark
from pages.web.followers import AsOf

NO_HEAD = Head(0, "")  # for what another area's events do not move
_SHOWN: AsOf | None = None  # see ahead.py
Look = tuple[i18n.Language, bool]  # whether it is dark
LOOKED_FOR = timedelta(days=1)  # so long a look is prepared after somebody had it
_LOOKED: dict[Look, datetime] = {}


@dataclass(frozen=True)
class View:
    """One reader's question. All of it is an argument of what is cached; the head says which records."""

    head: Head
    scope: Scope
    filters: Filters
    as_of: date
    language: i18n.Language
    dark: bool


def view_of(head: Head, scope: Scope, filters: Filters, as_of: date) -> View:
    """The reader's question, in their language and scheme: what most look at is ready in both from now on."""
    _LOOKED[lang(), is_dark()] = now()
    return View(head, scope, filters, as_of, lang(), is_dark())


def looks() -> list[Look]:
    """The languages and schemes that pages were read in since the day before; a light one in the main language is
    always among them."""
    since = now() - LOOKED_FOR
    return list(dict.fromkeys([(MAIN, False), *(look for look, at in list(_LOOKED.items()) if at > since)]))


def chain_head() -> Head:
    """The records that pages show, as far as they move a figure."""
    return shown().figures


def shown() -> AsOf:
    """As of which records pages are: the newest for which the answers are ready, where these are computed ahead."""
    return _SHOWN or newest()


def newest() -> AsOf:
    chain = kept(events.head)
    return AsOf(kept(ground), chain, today())


def show(drawn: AsOf | None) -> None:
    """`None`: the newest, whatever is ready."""
    global _SHOWN
    _SHOWN = drawn


def today() -> date:
    return clock.day_of(now())
