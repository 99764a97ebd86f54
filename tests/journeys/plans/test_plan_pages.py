"""Hard cases and meetings as pages: a plan from its evidence to its end, a department's part, a leader's own."""

from datetime import date, timedelta

import pytest

from casework.cases.supervision import work_of_the_day
from casework.documents.documents import text_of
from casework.meetings.meeting_minutes import meeting_minutes
from casework.meetings.meetings import DecisionForm, decide, hold_meeting
from casework.plans import plans as verbs
from casework.plans.green_channel import GreenForm, ask_green_channel
from casework.plans.plans import PlanForm, StepForm
from db import clock
from db.plans import green_channel, meetings, plans
from db.refused import Refused
from db.scope import ALL
from pages.shared import here
from tests.casework.cases.steps import bring_to, raise_case, take
from tests.casework.meetings.test_meetings import form as meeting_form
from tests.conftest import refused_fields
from tests.journeys.policies.test_policy_pages import press, shown

GOAL = "双回路<b>供电</b>"


@pytest.fixture
def today():
    return clock.day_of(here.now())


@pytest.fixture
def case(store, people):
    case = bring_to(store, people, "reopened", title="园区<i>停电</i>")
    return take(store, people.enterprise, take(store, people.staff, case, "answer"), "reject")


@pytest.fixture
def plan(store, people, case):
    at = here.now()
    form = PlanForm(("reopened",), GOAL, "economy_it", people.leader.id)
    made = verbs.open_plan(store, actor=people.staff, plan_id="p1", case_id=case.id, form=form, at=at)
    step = StepForm("出具改造方案", "economy_it", clock.day_of(at) + timedelta(days=2))
    return verbs.add_step(store, actor=people.staff, plan_id="p1", step_id="s1", form=step, seen=made.seq, at=at)


def met(store, people, case, today):
    held = hold_meeting(store, actor=people.staff, meeting_id="m1", form=meeting_form(case.number), at=here.now())
    words = DecisionForm(case.id, "增设一条线路", "economy_it", today)
    return decide(
        store, actor=people.staff, meeting_id="m1", decision_id="d1", form=words, seen=held.seq, at=here.now()
    )


def links(page):
    return [link.proto.label for link in page.get("page_link")]


def test_one_press_makes_a_plan_of_a_likely_hard_case(open_page, store, people, case):
    page = open_page(people.staff, "plans", view="candidates")
    said = shown(page)
    assert "重办 2 次" in said and "园区&lt;i&gt;停电&lt;/i&gt;" in said
    page.button(key=f"make-{case.number}").click().run()
    (line,) = store.read(lambda con: plans.find(con, ALL))
    assert (line.plan.case_id, line.plan.why, line.plan.lead_body) == (case.id, ("reopened", "overdue"), "economy_it")
    assert "还没有步骤" in shown(page)


def test_staff_put_a_step_off_and_the_first_date_still_shows(open_page, store, people, plan, today):
    page = open_page(people.staff, "plans", plan=plan.id)
    assert "双回路" in shown(page)
    page.button(key="postpone-s1").click().run()
    until = today + timedelta(days=9)
    page.date_input(key="step-until").set_value(until)
    page.text_area(key="plan-words").set_value("设备到货推迟")
    press(page, "postpone-s1", "step-save")
    (step,) = store.read(lambda con: plans.steps(con, ALL, plan.id))
    assert (step.first_due_on, step.due_on) == (today + timedelta(days=2), until)
    assert "推迟 1 次" in shown(page) and "设备到货推迟" in shown(page)


def test_a_leader_sees_first_what_they_lead_and_changes_nothing(open_page, store, people, plan):
    other = bring_to(store, people, "in_progress", title="蒸汽价格")
    form = PlanForm(("other",), "降价", "economy_it", None)
    verbs.open_plan(store, actor=people.staff, plan_id="p2", case_id=other.id, form=form, at=here.now())
    mine = shown(open_page(people.leader, "plans"))
    assert "停电" in mine and "蒸汽价格" not in mine
    both = shown(open_page(people.leader, "plans", whose="all"))
    assert "停电" in both and "蒸汽价格" in both
    opened = open_page(people.leader, "plans", language="en", plan="p1")
    assert "双回路" in shown(opened) and [b.key for b in opened.button] == ["plan-back"]


def test_a_leader_finds_every_green_channel_that_waits_for_a_decision(open_page, store, people):
    case = bring_to(store, people, "in_progress", title="蒸汽价格")  # of another leader, or of none
    form = GreenForm("条例第二十条", "示范〔2023〕12号", 20)
    ask_green_channel(store, actor=people.staff, channel_id="g1", case_id=case.id, form=form, at=here.now())
    page = open_page(people.leader, "plans", view="green")
    assert "蒸汽价格" in shown(page) and "grant-g1" in [button.key for button in page.button]


def test_a_leader_grants_the_green_channel_that_staff_asked_for(open_page, store, people, plan, case):
    form = GreenForm("条例第二十条：容缺受理", "示范〔2023〕12号", 20)
    ask_green_channel(store, actor=people.staff, channel_id="g1", case_id=case.id, form=form, at=here.now())
    asked = open_page(people.staff, "plans", plan="p1")
    assert "申请人不能审批自己的申请" in shown(asked) and "grant-g1" not in [b.key for b in asked.button]
    page = open_page(people.leader, "plans", plan="p1")
    page.button(key="grant-g1").click().run()
    press(page, "grant-g1", "green-save")
    (line,) = store.read(lambda con: green_channel.find(con, ALL))
    assert line.channel.decided_by == people.leader.id
    assert "20 个工作日" in shown(page) and "至今用时" in shown(page)


def test_a_department_reads_plan_and_decisions_in_the_drawer_and_says_that_its_step_is_done(
    open_page, store, people, plan, case, today
):
    met(store, people, case, today)
    page = open_page(people.department, "desk", case=case.id)
    said = shown(page)
    assert "双回路&lt;b&gt;供电" in said and "增设一条线路" in said and "登记会议议定事项" in said
    assert "制定一案一策" not in links(page)
    page.text_area(key="said-s1").set_value("方案已出具")
    page.button(key="told-s1").click().run()
    (step,) = store.read(lambda con: plans.steps(con, ALL, "p1"))
    assert (step.state, step.outcome, step.done_on) == ("done", "方案已出具", today)
    town = shown(open_page(people.town, "desk", case=case.id))
    assert "双回路" in town
    assert "双回路" not in shown(open_page(people.officer, "desk", case=case.id))


def test_a_department_is_told_when_staff_were_faster_and_can_then_go_on(open_page, store, people, plan, case, today):
    page = open_page(people.department, "desk", case=case.id)
    page.text_area(key="said-s1").set_value("方案已出具")
    until = today + timedelta(days=9)
    verbs.postpone_step(
        store, actor=people.staff, plan_id="p1", step_id="s1", until=until, reason="等批复", seen=2, at=here.now()
    )
    page.button(key="told-s1").click().run()
    assert "别人更新了这条记录" in shown(page)
    assert page.text_area(key="said-s1").value == "方案已出具"
    page.button(key="told-s1").click().run()
    (step,) = store.read(lambda con: plans.steps(con, ALL, "p1"))
    assert (step.state, step.due_on, step.first_due_on) == ("done", until, today + timedelta(days=2))


def test_the_enterprise_reads_of_the_meeting_and_nothing_of_what_was_written(
    open_page, store, people, plan, case, today
):
    met(store, people, case, today)
    said = shown(open_page(people.enterprise, "case", id=case.id))
    assert "召开了协调会" in said and "专门制定了办理方案" in said
    assert not any(inside in said for inside in ("双回路", "增设一条线路", "园区供电", "出具改造方案"))


def test_what_plans_and_meetings_owe_stands_in_the_days_list(open_page, store, people, plan, case, today):
    met(store, people, case, today)
    due = {
        duty.kind: (duty.due_on, duty.standing.id)
        for duty in work_of_the_day(store, actor=people.staff, today=today).duties
    }
    assert due["plan_step"] == (today + timedelta(days=2), case.id) and due["decision"] == (today, case.id)
    late = work_of_the_day(store, actor=people.staff, today=today + timedelta(days=9)).duties
    assert {duty.kind for duty in late if duty.late(today + timedelta(days=9))} >= {"plan_step", "decision"}
    assert "一案一策步骤" in shown(open_page(people.staff, "today"))


def test_staff_record_a_meeting_and_read_its_minutes(open_page, store, people, case, today):
    page = open_page(people.staff, "meetings")
    assert "没有会议" in shown(page)
    page.button(key="meeting-add").click().run()
    for key, words in (("met-place", "会议室"), ("met-chair", "分管区领导"), ("met-topic", "供电<b>"),
                       ("met-cases", f"{case.number}，2023-9999")):  # fmt: skip
        page.text_input(key=key).set_value(words)
    page.multiselect(key="met-bodies").set_value(["economy_it"])
    press(page, "meeting-add", "meeting-save")
    assert "没有找到这些编号的事项" in shown(page)
    page.text_input(key="met-cases").set_value(case.number)
    press(page, "meeting-add", "meeting-save")
    (line,) = store.read(lambda con: meetings.find(con, ALL, year=today.year, leader_id=None, today=today))
    assert (line.meeting.kind, line.meeting.number, line.cases) == ("small", 1, 1)
    assert "供电&lt;b&gt;" in shown(page) and case.number in links(page)
    assert "供电" in shown(open_page(people.leader, "meetings", whose="all"))


@pytest.mark.parametrize(("people_met", "minutes", "marked"), [(1001, 8000, "met-people"), (900, 8001, "met-minutes")])
def test_of_people_and_minutes_the_one_that_is_too_long_is_marked(open_page, people, people_met, minutes, marked):
    page = open_page(people.staff, "meetings")
    page.button(key="meeting-add").click().run()
    page.text_area(key="met-people").set_value("长" * people_met)
    page.text_area(key="met-minutes").set_value("长" * minutes)
    press(page, "meeting-add", "meeting-save")
    assert refused_fields(page)[-1] == [marked]


def test_the_minutes_say_who_met_and_what_was_decided(store, people, case, today):
    met(store, people, case, date(2023, 12, 15))
    meeting, content = meeting_minutes(store, actor=people.leader, meeting_id="m1")
    said = text_of(content)
    for words in ("2023年第1次协调会", "园区供电", "分管区领导", "区经信局", "示范局长", "会议认为", case.number,
                  "增设一条线路", "2023年12月15日", "议定1项"):  # fmt: skip
        assert words in said
    assert "{" not in said and meeting.number == 1
    for nobody in (people.enterprise, people.officer, people.department, people.town, people.admin):
        with pytest.raises(Refused, match="forbidden"):
            meeting_minutes(store, actor=nobody, meeting_id="m1")


@pytest.mark.parametrize("who", ["enterprise", "officer", "department", "town", "admin"])
def test_the_pages_are_for_staff_and_leaders(open_page, store, people, plan, who):
    for path in ("plans", "meetings"):
        page = open_page(getattr(people, who), path)
        assert "双回路" not in shown(page) and "plan-open" not in [button.key for button in page.button]


def test_raising_a_case_offers_staff_a_plan_in_the_drawer(open_page, store, people):
    case = take(store, people.staff, raise_case(store, people), "accept")
    assert "制定一案一策" in links(open_page(people.staff, "desk", case=case.id))
    page = open_page(people.staff, "plans", open=case.number)
    assert page.text_input(key="plan-case").value == case.number
