"""What is sealed of an open wave, opened for a test."""

from db import sql
from db.sql import Row
from db.store import Store
from db.survey import ballots
from db.survey.ballots import AnswerSheet, Participation


def all_who_came(store: Store) -> list[Participation]:
    return store.read(lambda con: sql.fetch(con, Participation, "SELECT * FROM participation ORDER BY submitted_at"))


def who_came(store: Store) -> Participation:
    """The one who has answered."""
    [one] = all_who_came(store)
    return one


def sheet(store: Store) -> AnswerSheet:
    """Of the one who has answered."""
    return store.read(lambda con: ballots.sheet_of(con, who_came(store)))


def answered(store: Store, item: str = "") -> list[Row]:
    """The rows of that, of one item where it is named."""
    return [row for row in sheet(store).answers if item in ("", row["item"])]
