"""What the leader's pages show: computed once a change, shared by all who may see the same."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import i18n
from db import clock, events
from db.answers import shared
from db.events import Head
from db.figures import case_figures
from db.figures.case_figures import Asked, PlaceShare
from db.figures.figures import EVERYTHING, Filters, ground, sectors_in_use
from db.figures.month_ends import Course, course
from db.scope import Scope
from i18n.writing import MAIN
from insight.cases.board import Board, read_board
from insight.cases.facts import Facts, read_facts
from insight.cases.history import history
from insight.cases.places import COLUMNS, DAYS
from insight.drawing.charts import Brush, CodeNames, read_names
from insight.drawing.colours import palette
from insight.measures import Measure
from pages.shared.here import kept, lang, now, store
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


@shared(200)
def board(head: Head, scope: Scope, filters: Filters, as_of: date) -> Board:
    """Shared between viewers: nobody changes it."""
    return store().read(lambda con: read_board(con, scope=scope, filters=filters, as_of=as_of))


@shared(200)
def facts(head: Head, scope: Scope, filters: Filters, as_of: date) -> Facts:
    return store().read(lambda con: read_facts(con, scope=scope, filters=filters, as_of=as_of))


@shared(50)
def place_shares(head: Head, scope: Scope, filters: Filters, as_of: date, kind: str) -> list[PlaceShare]:
    asked = Asked(scope, filters, as_of)
    return store().read(lambda con: case_figures.prompt_by(con, asked, COLUMNS[kind], days=DAYS))


@shared(200)
def course_of(head: Head, scope: Scope, as_of: date, months: int, back: int) -> Course:
    asked = Asked(scope, EVERYTHING, as_of)
    return store().read(lambda con: course(con, asked, months=months, back=back))


@shared(300)
def figures_on(head: Head, scope: Scope, filters: Filters, day: date) -> dict[str, Measure]:
    """One of the days of a history: asked only when somebody opens a figure."""
    return store().read(lambda con: history(con, scope=scope, filters=filters, day=day))


@shared(20)
def names(head: Head, language: i18n.Language) -> CodeNames:
    return store().read(lambda con: read_names(con, language))


@shared(20)
def sectors(head: Head) -> list[str]:
    return store().read(sectors_in_use)


def brush(view: View) -> Brush:
    return Brush(palette(dark=view.dark), names(view.head, view.language), view.language)


def today() -> date:
    return clock.day_of(now())
