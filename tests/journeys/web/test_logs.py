"""The service's log says what happened and where, and nothing of anybody."""

import json
import logging

import duckdb
import pytest

from db import sql
from pages.web.logs import WithoutData
from tests.casework.cases.steps import raise_case

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
