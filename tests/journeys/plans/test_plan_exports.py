"""Plans, meetings and minutes leave as files: to those who see them, and in them nothing can run."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook
from starlette.requests import Request

from casework.documents.documents import text_of
from casework.meetings.meetings import hold_meeting
from casework.plans.plans import PlanForm, open_plan
from db import clock
from pages.plans import routes as plan_routes
from pages.routes import ROUTES
from pages.shared import here
from pages.shared.here import LANGUAGE_COOKIE, SESSION_COOKIE
from tests.casework.cases.steps import bring_to
from tests.casework.meetings.test_meetings import form
from tests.conftest import sent, session_of

EVIL = '=HYPERLINK("http://evil.example","点我")'


@pytest.fixture
def ask(store):
    """ask(endpoint, actor | None, query="", **path) → the answer of the route."""

    def asked(endpoint, actor, query="", language="zh", **path):
        cookie = f"{LANGUAGE_COOKIE}={language}" + (f"; {SESSION_COOKIE}={session_of(store, actor)}" if actor else "")
        scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"cookie", cookie.encode())]}
        return endpoint(Request({**scope, "path_params": path, "query_string": query.encode()}))

    return asked


@pytest.fixture
def two(store, people):
    """A plan that the leader leads, and another; a meeting about the first case."""
    for plan_id, leader in (("p1", people.leader.id), ("p2", None)):
        case = bring_to(store, people, "in_progress", title=plan_id)
        given = PlanForm(("reopened",), EVIL, "economy_it", leader)
        open_plan(store, actor=people.staff, plan_id=plan_id, case_id=case.id, form=given, at=here.now())
        if plan_id == "p1":
            met = form(case.number, topic=EVIL, held_on=clock.day_of(here.now()))
            hold_meeting(store, actor=people.staff, meeting_id="m1", form=met, at=here.now())


def lines(answer):
    return list(csv.reader(io.StringIO(sent(answer).decode("utf-8-sig"))))


def test_the_routes_are_there():
    routes = {route.endpoint for route in ROUTES}
    assert {plan_routes.export_plans, plan_routes.export_meetings, plan_routes.minutes} <= routes


@pytest.mark.parametrize("who", [None, "enterprise", "officer", "department", "town", "admin"])
def test_whoever_does_not_see_plans_gets_none(ask, people, two, who):
    actor = getattr(people, who) if who else None
    for endpoint in (plan_routes.export_plans, plan_routes.export_meetings):
        answer = ask(endpoint, actor, kind="csv")
        assert answer.status_code == 403 and "区经信局" not in answer.body.decode()
    assert ask(plan_routes.minutes, actor, kind="docx", id="m1").status_code == 404


def test_staff_take_all_away_and_a_leader_their_own_unless_they_ask_for_all(ask, people, two):
    def titles(actor, query=""):
        return sorted(row[1] for row in lines(ask(plan_routes.export_plans, actor, query, kind="csv"))[1:])

    assert titles(people.staff) == ["p1", "p2"] and titles(people.staff, "state=finished") == []
    assert titles(people.leader) == ["p1"] and titles(people.leader, "whose=all") == ["p1", "p2"]


def test_nothing_in_the_files_can_run(ask, people, two):
    for endpoint, place in ((plan_routes.export_plans, 6), (plan_routes.export_meetings, 3)):
        assert lines(ask(endpoint, people.staff, kind="csv"))[1][place] == f"'{EVIL}"
        book = CalamineWorkbook.from_filelike(io.BytesIO(sent(ask(endpoint, people.staff, kind="xlsx"))))
        assert EVIL in [str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert ask(plan_routes.export_plans, people.staff, kind="exe").status_code == 404


def test_the_minutes_come_as_a_word_file_or_not_at_all(ask, people, two):
    answer = ask(plan_routes.minutes, people.leader, kind="docx", id="m1")
    assert answer.headers["content-disposition"].endswith('-1.docx"') and EVIL in text_of(answer.body)
    assert ask(plan_routes.minutes, people.leader, kind="docx", id="none").status_code == 404
