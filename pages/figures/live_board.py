"""What the leader's pages show: computed once a change, shared by all who may see the same."""

from datetime import date

import i18n
from db.answers import shared
from db.events import Head
from db.figures import case_figures
from db.figures.case_figures import Asked, PlaceShare
from db.figures.figures import EVERYTHING, Filters, sectors_in_use
from db.figures.month_ends import Course, course
from db.scope import Scope
from insight.cases.board import Board, read_board
from insight.cases.facts import Facts, read_facts
from insight.cases.history import history
from insight.cases.places import COLUMNS, DAYS
from insight.drawing.charts import Brush, CodeNames, read_names
from insight.drawing.colours import palette
from insight.measures import Measure
from pages.figures.live_view import View
from pages.shared.here import store


@shared(200)
def board(head: Head, scope: Scope, filters: Filters, as_of: date) -> Board:
    """Shared between viewers: nobody changes it."""
    return store().look(lambda con: read_board(con, scope=scope, filters=filters, as_of=as_of), head)


@shared(200)
def facts(head: Head, scope: Scope, filters: Filters, as_of: date) -> Facts:
    return store().look(lambda con: read_facts(con, scope=scope, filters=filters, as_of=as_of), head)


@shared(50)
def place_shares(head: Head, scope: Scope, filters: Filters, as_of: date, kind: str) -> list[PlaceShare]:
    asked = Asked(scope, filters, as_of)
    return store().look(lambda con: case_figures.prompt_by(con, asked, COLUMNS[kind], days=DAYS), head)


@shared(200)
def course_of(head: Head, scope: Scope, as_of: date, months: int, back: int) -> Course:
    asked = Asked(scope, EVERYTHING, as_of)
    return store().look(lambda con: course(con, asked, months=months, back=back), head)


@shared(300)
def figures_on(head: Head, scope: Scope, filters: Filters, day: date) -> dict[str, Measure]:
    """One of the days of a history: asked only when somebody opens a figure."""
    return store().look(lambda con: history(con, scope=scope, filters=filters, day=day), head)


@shared(20)
def names(head: Head, language: i18n.Language) -> CodeNames:
    return store().read(lambda con: read_names(con, language))


@shared(20)
def sectors(head: Head) -> list[str]:
    return store().read(sectors_in_use)


def brush(view: View) -> Brush:
    return Brush(palette(dark=view.dark), names(view.head, view.language), view.language)
