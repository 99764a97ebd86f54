"""How many statements an import sends to the store does not grow with its rows."""

from collections import Counter
from typing import Any

import pytest

from bench.imports import bringers, importers, made_ready, right
from intake.files.upload import Upload
from tests.conftest import lent


class Heard:
    """A connection of the store, and what is asked by it."""

    def __init__(self, con, statements):
        self._con, self._statements = con, statements

    def execute(self, statement, given=None, /):
        self._statements[" ".join(statement.split())] += 1
        return self._con.execute(statement, given)

    def __getattr__(self, name):
        return getattr(self._con, name)


class Listening:
    """The store, whose connections are listened to."""

    def __init__(self, store):
        self._store, self.statements = store, Counter()

    def read(self, fn):
        return self._store.read(lambda con: fn(Heard(con, self.statements)))

    def write(self, fn):
        return self._store.write(lambda con: fn(Heard(con, self.statements)))

    def __getattr__(self, name):
        return getattr(self._store, name)


@pytest.fixture
def other_store(tmp_path, migrated):
    yield from lent(migrated, tmp_path / "other.duckdb")


def sent(store, rows):
    """Importer and file → the statements that so many rows took."""
    importers(store)
    made = {name: (content, importer) for name, content, importer in right(rows)}
    there, found = set(), {}
    for name, (content, importer) in made.items():
        made_ready(store, importer, made, there)
        listening: Any = Listening(store)
        bringers(listening)[importer](Upload(name, content))
        found[importer, name] = listening.statements
        there.add(name)
    return found


def test_twice_as_many_rows_take_as_many_statements(store, other_store):
    few, many = sent(store, 10), sent(other_store, 20)
    assert all(few.values()) and len(few) == 14
    grown = {key: {one: n for one, n in (many[key] - few[key]).items()} for key in few}
    assert {key: statements for key, statements in grown.items() if statements} == {}
