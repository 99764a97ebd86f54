"""What is shown on the desk leaves as a file: to those who see it, and in it nothing can run."""

import csv
import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from starlette.requests import Request

from db.cases import cases
from pages.desk.routes import export_cases
from pages.routes import ROUTES
from pages.shared.here import LANGUAGE_COOKIE, SESSION_COOKIE
from tests.casework.cases.steps import bring_to, raise_case
from tests.conftest import NOON, sent, session_of
from tests.intake.history.test_orders import book, bring, rows_of

EVIL = '=HYPERLINK("http://evil.example","点我")'


@pytest.fixture
def take_away(store):
    """take_away(actor | None, kind="csv", query="", language="zh") → the answer of the route."""

    def taken(actor, kind="csv", query="", language="zh"):
        cookie = f"{LANGUAGE_COOKIE}={language}" + (f"; {SESSION_COOKIE}={session_of(store, actor)}" if actor else "")
        headers = [(b"cookie", cookie.encode())]
        scope = {"type": "http", "method": "GET", "path": f"/export/cases.{kind}", "headers": headers}
        return export_cases(Request({**scope, "path_params": {"kind": kind}, "query_string": query.encode()}))

    return taken


@pytest.fixture
def some(store, people):
    far = {"enterprise_id": people.other_firm.id, "sector_code": "C34", "town_code": "330603011"}
    return [
        bring_to(store, people, "dispatched", NOON - timedelta(days=9), title=EVIL),
        raise_case(store, people, text="@SUM(A1:A9)"),
        raise_case(store, people, **far),
    ]


def lines(answer):
    return list(csv.reader(io.StringIO(sent(answer).decode("utf-8-sig"))))


def test_the_route_is_there():
    assert export_cases in [route.endpoint for route in ROUTES]


@pytest.mark.parametrize("who", [None, "enterprise", "stranger", "admin"])
def test_whoever_does_not_see_cases_gets_none(take_away, people, some, who):
    answer = take_away(getattr(people, who) if who else None)
    assert answer.status_code == 403
    assert b"2023-" not in sent(answer)


@pytest.mark.parametrize(
    ("who", "n"), [("staff", 3), ("leader", 3), ("town", 2), ("officer", 2), ("department", 1), ("other_department", 0)]
)
def test_everybody_takes_away_what_they_see(take_away, people, some, who, n):
    answer = take_away(getattr(people, who))
    assert answer.status_code == 200
    assert len(lines(answer)) == 1 + n


def test_the_filters_of_the_address_hold(take_away, people, some):
    assert [line[0] for line in lines(take_away(people.staff, query="town=330603011"))[1:]] == [some[2].number]
    assert len(lines(take_away(people.town, query="town=330603011"))) == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_starts_a_formula(take_away, people, some, kind):
    answer = take_away(people.staff, kind)
    if kind == "csv":
        cells = [cell for line in lines(answer) for cell in line]
        assert f"'{EVIL}" in cells and "'@SUM(A1:A9)" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    else:
        book = sent(answer)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0)
        assert EVIL in [cell for line in sheet.to_python() for cell in line]
        assert b"<f>" not in ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")


def test_columns_and_codes_are_in_the_readers_language(take_away, people, some):
    head, *rest = lines(take_away(people.staff, language="en", query="state=dispatched"))
    shown = dict(zip(head, rest[0], strict=True))
    assert shown["State"] == "Dispatched"
    assert shown["Lead"] == "Bureau of Economy and Information Technology"
    assert shown["Submitted"] == "2023-11-21 12:00"


def test_the_hotlines_own_number_stands_beside_a_case_that_came_by_it(take_away, store, people, some):
    bring(store, people, book(rows_of(people)))
    head, *rest = lines(take_away(people.staff, query="channel=hotline"))
    assert {dict(zip(head, row, strict=True))["12345 工单编号"] for row in rest} == {"KQ2311280017"}
    head, *rest = lines(take_away(people.staff, query="channel=self"))
    assert len(rest) == 3 and not any(dict(zip(head, row, strict=True))["12345 工单编号"] for row in rest)


def test_another_ending_is_not_found(take_away, people, some):
    assert take_away(people.staff, "pdf").status_code == 404


def test_a_file_holds_every_case_in_its_order_though_few_are_read_at_once(take_away, people, some, monkeypatch):
    monkeypatch.setattr(cases, "AT_ONCE", 2)
    numbers = [line[0] for line in lines(take_away(people.staff, query="sort=newest"))[1:]]
    assert numbers == [some[2].number, some[1].number, some[0].number]
