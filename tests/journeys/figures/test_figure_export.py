"""The rows of a figure as a file: the page's route asks again who is here."""

import csv
import io

import pytest
from starlette.requests import Request

from pages.figures.routes import export_figure
from pages.shared.here import SESSION_COOKIE
from tests.conftest import session_of
from tests.insight.cases.test_dashboard import overdue_case


@pytest.fixture
def fetch(store):
    """fetch(actor | None, code="issues", kind="csv", query="") → the answer of the route."""

    def fetched(actor, code="issues", kind="csv", query="as_of=2023-11-30"):
        cookie = f"{SESSION_COOKIE}={session_of(store, actor)}" if actor else ""
        scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"cookie", cookie.encode())]}
        asked = {"path_params": {"code": code, "kind": kind}, "query_string": query.encode()}
        return export_figure(Request(scope | asked))

    return fetched


def lines(answer):
    return list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))


def test_a_leader_takes_the_rows_of_the_day_and_the_filters_of_the_address(store, people, fetch):
    overdue_case(store, town_code="330603011")
    rows = lines(fetch(people.leader))
    assert len(rows) == 2 and rows[1][0] == "2023-0042"
    assert len(lines(fetch(people.leader, query="as_of=2023-11-30&town=330603001"))) == 1
    assert len(lines(fetch(people.leader, query="as_of=2023-10-01"))) == 1


@pytest.mark.parametrize("who", ["department", "town", "officer", "enterprise", "admin", None])
def test_whoever_may_not_export_figures_gets_none(store, people, fetch, who):
    overdue_case(store)
    answer = fetch(getattr(people, who) if who else None, kind="xlsx")
    assert answer.status_code == 403 and b"2023-0042" not in answer.body


@pytest.mark.parametrize(("code", "kind"), [("nothing", "csv"), ("issues", "pdf")])
def test_what_is_no_figure_and_no_table_is_not_found(people, fetch, code, kind):
    assert fetch(people.leader, code, kind).status_code == 404
