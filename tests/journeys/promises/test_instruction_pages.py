"""A leader writes an instruction in the drawer, the department answers it there, the list shows both."""

import pytest
import time_machine

from db.cases import cases
from tests.casework.cases.steps import bring_to, take
from tests.conftest import NOON
from tests.journeys.promises.test_promises_pages import drawer, html

pytestmark = pytest.mark.usefixtures("the_day")


@pytest.fixture
def the_day():
    with time_machine.travel(NOON.replace(tzinfo=None).isoformat() + "+00:00", tick=False):
        yield


def test_a_leader_writes_and_the_department_answers_and_both_stand_in_story_and_list(open_page, store, people):
    case = bring_to(store, people, "dispatched")
    page = drawer(open_page, people.leader, case)
    assert page.date_input(key=f"answer_by-{case.id}").value.isoformat() == "2023-12-05"  # three working days
    page.text_area(key=f"words-{case.id}-0").set_value("请三日内拿出方案").run()
    page.button(key=f"submit-{case.id}-instruct").click().run()
    assert "区领导批示，要求2023年12月5日前书面答复（3 个工作日）" in html(page)
    page = drawer(open_page, people.department, case)
    assert "2023年12月5日前书面答复" in html(page)
    page.pills(key=f"do-{case.id}").select("answer_instruction").run()
    page.text_area(key=f"words-{case.id}-0").set_value("方案已报").run()
    page.button(key=f"submit-{case.id}-answer_instruction").click().run()
    assert store.read(lambda con: cases.get(con, people.staff.scope, case.id)).instructed_until is None
    page = open_page(people.leader, "instructions")
    shown = html(page)
    assert "请三日内拿出方案" in shown and "答复：方案已报" in shown and "2023年11月30日已答复" in shown


def test_what_waits_is_offered_by_state_and_a_department_sees_its_own_alone(open_page, store, people):
    take(store, people.leader, bring_to(store, people, "dispatched", title="本部门的事项"), "instruct")
    other = bring_to(store, people, "accepted", title="别部门的事项")
    sent = take(store, people.staff, other, "dispatch", lead="tax", co=())
    take(store, people.leader, sent, "instruct")
    shown = html(open_page(people.department, "instructions"))
    assert "本部门的事项" in shown and "别部门的事项" not in shown
    page = open_page(people.staff, "instructions")
    page.query_params["state"] = "late"
    assert "没有这样的批示" in html(page.run())
