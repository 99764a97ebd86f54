"""A figure, a chart and what a page keeps are of one size, however many cases there are."""

import pickle
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from bench.scale import main
from casework.cases.supervision import RULES, TERMS
from casework.plans.hard_cases import LEAST
from db import clock
from db.cases import cases, promises, supervision
from db.cases.cases import CaseFilters
from db.cases.order import ListPlace
from db.cases.supervision import Watch
from db.duck import DuckStore
from db.figures import briefings, case_figures
from db.figures.briefings import Period
from db.figures.case_figures import Asked
from db.figures.figures import EVERYTHING
from db.forums.themes import Theme
from db.plans import plans
from db.scope import ALL
from db.sql import Connection, Row
from insight.cases.board import read_board
from insight.cases.history import history
from insight.glance.leaf_of import leaf_of
from insight.themes.ground import read_ground
from insight.themes.proposal import read_proposal
from pages.shared import here

pytestmark = pytest.mark.of_a_file

TODAY = clock.day_of(here.now())
YEAR = Period(date(TODAY.year - 1, 1, 1), date(TODAY.year - 1, 12, 31), clock.end_of_day(date(TODAY.year - 1, 12, 31)))


class Door:
    """A cursor of the store that counts the rows which are taken through it."""

    def __init__(self, cursor: Connection, taken: list[int]) -> None:
        self._taken = taken
        self._cursor: Any = cursor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def execute(self, query: str, given: Row) -> "Door":
        self._cursor.execute(query, given)
        return self

    def fetchone(self) -> tuple | None:
        row = self._cursor.fetchone()
        self._taken.append(row is not None)
        return row

    def fetchall(self) -> list[tuple]:
        return self._counted(self._cursor.fetchall())

    def fetchmany(self, most: int) -> list[tuple]:
        return self._counted(self._cursor.fetchmany(most))

    def df(self) -> Any:
        return self._counted(self._cursor.df())

    def _counted(self, rows: Any) -> Any:
        self._taken.append(len(rows))
        return rows


@dataclass
class Sized:
    """A store and how many rows each function took from it."""

    store: DuckStore
    taken: list[int] = field(default_factory=list)

    def rows(self, read: Callable[[Connection], object]) -> int:
        self.taken.clear()
        self.store.read(lambda con: read(cast(Connection, Door(con, self.taken))))
        return sum(self.taken)


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Iterator[tuple[Sized, Sized]]:
    """The demonstration, and one with four times its cases."""
    folder = tmp_path_factory.mktemp("sizes")
    own = Path(shutil.copy(demo_file, folder))  # the one of all workers is nobody's to open
    small = DuckStore(own)
    n = small.read(lambda con: cases.how_many(con, ALL, CaseFilters(TODAY)))
    small.close()
    assert main([str(own), str(folder / "large.duckdb"), "--cases", str(4 * n)]) == 0
    both = Sized(DuckStore(own)), Sized(DuckStore(folder / "large.duckdb"))
    yield both
    for one in both:
        one.store.close()


def proposals(con: Connection) -> None:
    ground = read_ground(con, scope=ALL, as_of=TODAY)
    for one in ground.found[1:]:
        read_proposal(con, ground, Theme(one.kind, one.code))


FIGURES: dict[str, Callable[[Connection], object]] = {
    "board": lambda con: read_board(con, scope=ALL, filters=EVERYTHING, as_of=TODAY),
    "history": lambda con: history(con, scope=ALL, filters=EVERYTHING, day=date(2023, 11, 30)),
    "places": lambda con: case_figures.prompt_by(con, Asked(ALL, EVERYTHING, TODAY), "town_code", days=365),
    "themes": lambda con: read_ground(con, scope=ALL, as_of=TODAY),
    "what themes propose": proposals,
    "leaf": lambda con: leaf_of(con, scope=ALL, as_of=TODAY, language="zh"),
    "desk": lambda con: cases.counts(con, ALL, CaseFilters(TODAY)),
    "a page of the desk": lambda con: cases.find(con, ALL, CaseFilters(TODAY), sort="due", place=ListPlace(2)),
    "promises": lambda con: promises.tallies(con, ALL, TODAY),
    "a page of promises": lambda con: promises.ledger(con, ALL, TODAY, page=2, size=20),
    "the morning's list": lambda con: [
        supervision.tallies(con, ALL, Watch(TODAY, TERMS, RULES)),
        supervision.due(con, ALL, Watch(TODAY, TERMS, RULES), start=0, size=5),
    ],
    "hard cases": lambda con: plans.signs(con, ALL, TODAY, LEAST, led_by="", most=2),
    "briefing": lambda con: [briefings.lines(con, ALL, YEAR, group) for group in briefings.GROUPS],
}


def test_no_figure_takes_more_rows_from_the_store_because_there_are_more_cases(sizes):
    """Four times the cases have waited a few more different numbers of days; a row a case would be four times."""
    small, large = sizes
    taken = {name: (small.rows(read), large.rows(read)) for name, read in FIGURES.items()}
    assert {name: rows for name, rows in taken.items() if rows[1] > 2 * rows[0]} == {}


def test_what_a_page_keeps_of_the_board_is_under_a_megabyte(sizes):
    for one in sizes:
        kept = one.store.read(lambda con: (FIGURES["board"](con), FIGURES["themes"](con)))
        assert all(len(pickle.dumps(part)) < 1_000_000 for part in kept)
