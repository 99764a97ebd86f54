"""The service's log says what happened and where, and nothing of anybody."""

import io
import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from urllib.parse import quote

import duckdb
import pytest

from access.actor import Actor
from db import sql
from db.people import accounts
from db.refused import Refused
from pages.routes import ROUTES
from pages.shared import here
from pages.web.logs import WithoutData
from tests.access import matrix
from tests.access.test_routes import ask
from tests.casework.cases.steps import raise_case
from tests.conftest import session_of

PAST_THE_DOOR = (TypeError, AttributeError, ValueError, KeyError, AssertionError, duckdb.Error)
MARKER = "标记13857501234"


def line_of(*given: object, error: BaseException | None = None, level: int = logging.ERROR) -> dict:
    info = (type(error), error, error.__traceback__) if error else None
    return json.loads(WithoutData().format(logging.LogRecord("f2f", level, __file__, 1, given[0], given[1:], info)))


def test_a_value_that_the_database_refuses_is_in_no_line(store, people):
    case = raise_case(store, people, title=MARKER)
    refusals = []
    for statement in ("SELECT CAST(title AS INTEGER) FROM cases WHERE id = $id",
                      "UPDATE cases SET number = title WHERE id = $id",
                      "INSERT INTO setting SELECT title, title FROM cases, range(2) WHERE id = $id"):  # fmt: skip
        try:
            store.write(lambda con, said=statement: sql.run(con, said, {"id": case.id}))
        except duckdb.Error as error:
            refusals.append(error)
    assert len(refusals) == 2 and all(MARKER in str(one) for one in refusals), "which DuckDB says in its message"
    for one in refusals:
        told = line_of("fault %s: %s", "ab12", one, error=one)
        assert MARKER not in json.dumps(told, ensure_ascii=False)
        assert told["what"] == f"fault ab12: {type(one).__name__}" and told["errors"][0]["at"]


def test_what_an_error_followed_from_is_told_by_its_kind_and_of_the_machine_what_it_said():
    try:
        try:
            raise ValueError(MARKER)
        except ValueError as first:
            raise OSError(28, "No space left on device") from first
    except OSError as error:
        told = line_of("not ready", error=error)
    assert [one["kind"] for one in told["errors"]] == ["OSError: [Errno 28] No space left on device", "ValueError"]
    assert "test_logs.py" in told["errors"][0]["at"][0]


@pytest.mark.parametrize("said", ["plain", "100 %"])
def test_words_without_arguments_stay_as_they_are(said):
    assert line_of(said, level=logging.INFO) | {"at": ""} == {"at": "", "level": "INFO", "from": "f2f", "what": said}


@pytest.fixture
def written():
    """What every logger of this process says meanwhile, also what the service leaves out for being of no weight."""
    log, root = io.StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(log), root.level
    handler.setFormatter(WithoutData())
    ours = [logging.getLogger(name) for name in ("access", "casework", "db", "insight", "intake", "pages")]
    levels = [one.level for one in ours]
    for one in (root, *ours):
        one.setLevel(logging.INFO)
    root.addHandler(handler)
    yield log
    root.removeHandler(handler)
    root.setLevel(before)
    for one, level in zip(ours, levels, strict=True):
        one.setLevel(level)


def marked(said):
    """The same with the marker in every field that takes words."""
    if isinstance(said, str):
        return said + MARKER
    if is_dataclass(said) and not isinstance(said, type):
        return replace(said, **{f.name: marked(v) for f in fields(said) if isinstance(v := getattr(said, f.name), str)})
    return {key: marked(value) for key, value in said.items()} if isinstance(said, Mapping) else said


def test_no_verb_writes_a_word_that_it_is_given_into_the_log(store, people, written):
    """Words that are taken and words that are refused, by somebody who may and by somebody who may not."""
    world, ran = matrix.a_world(store, people), 0
    for name, (verb, _) in matrix.VERBS.items():
        given = matrix.verb_arguments(world, name, verb, lambda of: of[0])
        for how in ({key: marked(value) for key, value in given.items()},
                    {key: value if key in world.ids else marked(value) for key, value in given.items()}):  # fmt: skip
            for who in (people.staff, people.admin, people.enterprise):
                with suppress(*PAST_THE_DOOR):
                    with suppress(Refused):
                        verb(matrix.Undone(store), actor=who, **how)
                    ran += 1
    assert ran > 1000 and MARKER not in written.getvalue()
    logging.getLogger("pages").info("%s", MARKER)
    assert MARKER in written.getvalue(), "the test would see it"


def test_no_route_writes_a_word_of_its_address_or_form_into_the_log(demonstration, written):
    staff, asked = demonstration.read(lambda con: accounts.by_login(con, "staff")), 0
    form = dict.fromkeys(("login", "password", "new", "again", "code", "name", "organisation", "country", "text",
                          "title", "note", "next", "answer", "address", "press"), MARKER)  # fmt: skip
    for cookies in ({}, {here.SESSION_COOKIE: session_of(demonstration, Actor(staff.id, "staff", staff.name))}):
        for route in ROUTES:
            path = route.path.replace(":path", "")
            for part in ("token", "code", "id", "kind", "number", "name", "since", "until", "day", "n", "ending"):
                path = path.replace(f"{{{part}}}", quote(MARKER))
            for method in (route.methods or {"GET"}) & {"GET", "POST"}:
                query = f"text={quote(MARKER)}&case={quote(MARKER)}"
                ask(method, f"{path}?{query}", cookies=cookies, form=form if method == "POST" else None)
                asked += 1
    assert asked > 100
    assert MARKER not in written.getvalue() and quote(MARKER) not in written.getvalue()
