"""One case, one plan: who may make it, two at once, sent twice, a step that is put off keeps its first date."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.cases.supervision import work_of_the_day
from casework.plans.hard_cases import candidates
from casework.plans.plans import PlanForm, StepForm, add_step, change_plan, do_step, drop_step, end_plan, open_plan
from casework.plans.plans import postpone_step as postpone
from db import events
from db.cases import cases, milestones
from db.notices import outbox
from db.plans import plans
from db.refused import MovedOn, Refused
from db.scope import ALL, NONE, Scope
from tests.casework.cases.steps import TODAY, bring_to, take
from tests.casework.notices.test_notices import told_at
from tests.conftest import NOON

FORM = PlanForm(("departments", "reopened"), "年底前完成双回路供电改造", "economy_it")
DUE = date(2023, 12, 20)
STEP = StepForm("现场勘查并出具方案", "economy_it", DUE)


def make(store, people, case=None, plan_id="p1", **changes):
    case = case or bring_to(store, people, "in_progress")
    form = replace(FORM, **changes)
    return open_plan(store, actor=people.staff, plan_id=plan_id, case_id=case.id, form=form, at=NOON)


def step(store, people, plan, step_id="s1", **changes):
    form = replace(STEP, **changes)
    return add_step(store, actor=people.staff, plan_id=plan.id, step_id=step_id, form=form, seen=plan.seq, at=NOON)


def done(store, actor, plan, **changes):
    given = {"step_id": "s1", "done_on": TODAY, "outcome": "方案已出具", "seen": plan.seq, "at": NOON} | changes
    return do_step(store, actor=actor, plan_id=plan.id, **given)


def steps_of(store, plan):
    return store.read(lambda con: plans.steps(con, ALL, plan.id))


def kinds(store, subject):
    return [(event["kind"], event["seq"]) for event in store.read(lambda con: events.of_subject(con, subject))]


def test_a_plan_is_made_once_however_often_it_is_sent(store, people):
    case = bring_to(store, people, "in_progress")
    first = make(store, people, case, leader_id=people.leader.id)
    assert make(store, people, case) == first
    assert (first.why, first.state, first.seq) == (("reopened", "departments"), "active", 1)
    assert kinds(store, "p1") == [("open", 1)] and store.read(events.verify) == []
    with pytest.raises(Refused, match="plan_twice"):
        make(store, people, case, plan_id="p2")


@pytest.mark.parametrize("role", ["enterprise", "officer", "department", "town", "leader", "admin"])
def test_only_staff_make_and_change_plans(store, people, role):
    plan = step(store, people, make(store, people))
    actor, known = getattr(people, role), {"plan_id": plan.id, "seen": plan.seq, "at": NOON}
    for verb in (
        lambda: open_plan(store, actor=actor, plan_id="x", case_id=plan.case_id, form=FORM, at=NOON),
        lambda: change_plan(store, actor=actor, form=FORM, **known),
        lambda: add_step(store, actor=actor, step_id="s2", form=STEP, **known),
        lambda: postpone(store, actor=actor, step_id="s1", until=DUE + timedelta(9), reason="等设备", **known),
        lambda: drop_step(store, actor=actor, step_id="s1", reason="不再需要", **known),
        lambda: end_plan(store, actor=actor, how="withdraw", outcome="已并入", **known),
    ):
        with pytest.raises(Refused, match="forbidden"):
            verb()
    assert kinds(store, plan.id) == [("open", 1), ("step", 2)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reasons": ()}, "plan_reasons"),
        ({"reasons": ("because",)}, "plan_reasons"),
        ({"goal": " \u200b "}, "plan_goal"),
        ({"lead_body": "district_government"}, "body_unknown"),
        ({"lead_body": "moon"}, "body_unknown"),
        ({"leader_id": "nobody"}, "leader_unknown"),
    ],
)
def test_a_plan_that_is_not_whole_is_refused_and_nothing_written(store, people, changes, code):
    case = bring_to(store, people, "in_progress")
    before = store.revision()
    with pytest.raises(Refused, match=code):
        make(store, people, case, **changes)
    assert store.revision() == before


def test_a_leader_in_charge_is_a_leader(store, people):
    with pytest.raises(Refused, match="leader_unknown"):
        make(store, people, leader_id=people.staff.id)


def test_only_a_case_under_way_gets_a_plan(store, people):
    for state in ("submitted", "closed", "merged"):
        with pytest.raises(Refused, match="plan_case_over"):
            make(store, people, bring_to(store, people, state))
    with pytest.raises(Refused, match="case_unknown"):
        open_plan(store, actor=people.staff, plan_id="p1", case_id="none", form=FORM, at=NOON)


def test_the_second_of_two_clerks_is_told(store, people):
    plan = make(store, people)
    step(store, people, plan)
    with pytest.raises(MovedOn):
        step(store, people, plan, "s2")
    again = step(store, people, plan)  # the same step sent twice is no second clerk
    assert (again.seq, len(steps_of(store, plan))) == (2, 1)


def test_a_step_put_off_twice_keeps_its_first_date_and_both_reasons(store, people):
    plan = step(store, people, make(store, people))
    for days, why in ((10, "设备到货推迟"), (20, "施工许可未批")):
        until = DUE + timedelta(days)
        plan = postpone(
            store, actor=people.staff, plan_id=plan.id, step_id="s1", until=until, reason=why, seen=plan.seq, at=NOON
        )
    (kept,) = steps_of(store, plan)
    assert (kept.first_due_on, kept.due_on, kept.delays) == (DUE, DUE + timedelta(20), 2)
    told = [e["detail"] for e in store.read(lambda con: events.of_subject(con, plan.id)) if e["kind"] == "postpone"]
    assert [(d["before"], d["due_on"], d["reason"]) for d in told] == [
        ("2023-12-20", "2023-12-30", "设备到货推迟"),
        ("2023-12-30", "2024-01-09", "施工许可未批"),
    ]


@pytest.mark.parametrize(
    ("until", "reason", "code"), [(DUE, "晚一点", "step_not_later"), (DUE + timedelta(days=1), " ", "plan_words")]
)
def test_a_step_is_put_off_to_a_later_day_with_a_reason(store, people, until, reason, code):
    plan = step(store, people, make(store, people))
    with pytest.raises(Refused, match=code):
        postpone(store, actor=people.staff, plan_id=plan.id, step_id="s1", until=until, reason=reason, seen=2, at=NOON)


def test_a_department_marks_its_own_step_done_and_no_other(store, people):
    plan = step(store, people, make(store, people))
    plan = step(store, people, plan, "s2", body_code="tax")
    for actor, given, code in (
        (people.department, {"step_id": "s2"}, "forbidden"),
        (people.other_department, {}, "plan_unknown"),  # the case is not theirs: as if it did not exist
        (people.town, {}, "forbidden"),
        (people.leader, {}, "forbidden"),
        (people.enterprise, {}, "forbidden"),
        (people.department, {"done_on": TODAY + timedelta(1)}, "done_day"),
        (people.department, {"outcome": ""}, "plan_words"),
        (people.department, {"step_id": "s9"}, "step_unknown"),
    ):
        with pytest.raises(Refused, match=code):
            done(store, actor, plan, **given)
    plan = done(store, people.department, plan)
    assert [(s.id, s.state, s.done_on) for s in steps_of(store, plan)] == [("s1", "done", TODAY), ("s2", "open", None)]
    last = store.read(lambda con: events.of_subject(con, plan.id))[-1]
    assert (last["kind"], last["body_code"], last["detail"]["outcome"]) == ("done", "economy_it", "方案已出具")
    with pytest.raises(Refused, match="step_over"):
        done(store, people.department, plan)


def test_a_plan_is_finished_when_no_step_is_open_and_then_stays_as_it_is(store, people):
    plan = step(store, people, make(store, people))

    def end(how, seen):
        return end_plan(store, actor=people.staff, plan_id="p1", how=how, outcome="已送电", seen=seen, at=NOON)

    with pytest.raises(Refused, match="plan_steps_open"):
        end("finish", 2)
    done(store, people.staff, plan)
    plan = end("finish", 3)
    assert (plan.state, plan.ended_at, plan.outcome) == ("finished", NOON, "已送电")
    with pytest.raises(Refused, match="plan_over"):
        step(store, people, plan, "s2")
    case = store.read(lambda con: cases.get(con, ALL, plan.case_id))
    assert make(store, people, case, plan_id="p2").state == "active"  # a case may need a plan again


def test_plans_are_read_within_ones_scope(store, people):
    plan = step(store, people, make(store, people))
    scopes = {
        Scope("body", "economy_it"): 1,
        Scope("body", "finance_office"): 0,
        Scope("town", "330603001"): 1,
        NONE: 0,
    }
    for scope, n in scopes.items():
        assert len(store.read(lambda con, s=scope: plans.find(con, s))) == n
        assert len(store.read(lambda con, s=scope: plans.steps(con, s, plan.id))) == n
        assert len(store.read(lambda con, s=scope: plans.of_case(con, s, plan.case_id))) == n
        assert len(store.read(lambda con, s=scope: milestones.of_case(con, s, plan.case_id))) == 2 * n


def test_each_body_s_day_has_its_own_next_step_whoever_s_is_due_before(store, people):
    case = take(store, people.staff, bring_to(store, people, "accepted"), "dispatch", co=("finance_office",))
    first = step(store, people, make(store, people, case), due_on=TODAY)
    step(store, people, first, "s2", body_code="finance_office", due_on=TODAY + timedelta(days=1))
    asked = {"economy_it": (TODAY, "economy_it"), "finance_office": (TODAY + timedelta(days=1), "finance_office")}
    for who in (people.department, people.other_department):
        listed = work_of_the_day(store, actor=who, today=TODAY).duties
        owed = [(one.due_on, one.standing.step_body) for one in listed if one.kind == "plan_step"]
        assert owed == [asked[who.body_code]]
    (seen,) = [one for one in work_of_the_day(store, actor=people.staff, today=TODAY).duties if one.kind == "plan_step"]
    assert seen.due_on == TODAY


def test_the_list_shows_progress_and_what_is_next(store, people):
    plan = step(store, people, make(store, people))
    plan = step(store, people, plan, "s2", title="送电", due_on=DUE + timedelta(30))
    plan = step(store, people, plan, "s3", title="另选线路", due_on=DUE + timedelta(60))
    drop = {"step_id": "s3", "reason": "不需要", "seen": plan.seq, "at": NOON}
    done(store, people.staff, drop_step(store, actor=people.staff, plan_id=plan.id, **drop))
    (line,) = store.read(lambda con: plans.find(con, ALL))
    assert (line.steps, line.done, line.next_title, line.next_due) == (2, 1, "送电", DUE + timedelta(30))
    assert line.late(DUE + timedelta(31)) and not line.late(DUE + timedelta(30))


def test_the_enterprise_is_told_that_there_is_a_plan_and_nothing_of_what_it_says(store, people):
    plan = step(store, people, make(store, people))
    mine = store.read(lambda con: milestones.told(con, people.enterprise.scope, plan.case_id))
    assert [(event.kind, event.detail) for event in mine] == [("plan_open", {})]
    assert store.read(lambda con: milestones.told(con, people.stranger.scope, plan.case_id)) == []


def test_candidates_show_their_evidence_until_they_have_a_plan(store, people):
    plain, twice = bring_to(store, people, "in_progress"), bring_to(store, people, "reopened")
    twice = take(store, people.staff, twice, "answer")
    twice = take(store, people.enterprise, twice, "reject")
    helpers = ("tax", "finance_office", "commerce")
    many = take(store, people.staff, bring_to(store, people, "accepted"), "dispatch", co=helpers)

    def found(day=TODAY):
        listed, total = candidates(store, actor=people.leader, today=day)
        assert total == len(listed)
        return {one.case.id: [(sign.code, n) for sign, n in one.evidence] for one in listed}

    assert found() == {twice.id: [("reopened", 2)], many.id: [("bodies", 4)]}
    later = found(date(2023, 12, 26))  # due on 11 December: the eleventh working day after is 26 December
    assert (plain.due_on, later[plain.id]) == (date(2023, 12, 11), [("late", 11)])
    (first,), total = candidates(store, actor=people.leader, today=TODAY, most=1)
    assert (first.case.id, total) == (min(twice, many, key=lambda case: case.number).id, 2)
    assert candidates(store, actor=people.leader, today=TODAY, led_by="nobody") == ([], 0)
    make(store, people, twice)
    assert twice.id not in found()
    for nobody in (people.enterprise, people.department, people.town, people.officer, people.admin):
        with pytest.raises(Refused, match="forbidden"):
            candidates(store, actor=nobody, today=TODAY)


def test_a_withdrawn_plan_is_not_proposed_again(store, people):
    case = take(
        store, people.staff, bring_to(store, people, "accepted"), "dispatch", co=("tax", "commerce", "finance_office")
    )
    plan = make(store, people, case)
    given = {"how": "withdraw", "outcome": "按一般事项办理", "seen": 1, "at": NOON}
    assert end_plan(store, actor=people.staff, plan_id=plan.id, **given).state == "withdrawn"
    assert candidates(store, actor=people.staff, today=TODAY) == ([], 0)


def told(store):
    """(recipient, text, day) of what waits to be sent about plans and meetings."""
    waiting = store.read(lambda con: outbox.listed(con, state="queued", limit=99))
    found = [n for n in waiting if n.kind in ("step", "step_later", "decision")]
    return sorted(
        (n.channel_url.removeprefix("mailto://"), n.kind, n.params["due"], bool(n.params["path"])) for n in found
    )


def test_a_body_is_told_of_the_step_that_is_given_to_it_and_of_a_later_day(store, people):
    for name in ("department", "other_department", "enterprise", "staff"):
        told_at(store, getattr(people, name), f"{name}@people.example")
    plan = step(store, people, make(store, people))
    step(store, people, plan, step_id="s1")  # sent twice: told once
    assert told(store) == [("department@people.example", "step", "2023-12-20", True)]
    later = {"until": DUE + timedelta(days=9), "reason": "图纸未到", "seen": plan.seq, "at": NOON + timedelta(hours=1)}
    plan = postpone(store, actor=people.staff, plan_id=plan.id, step_id="s1", **later)
    step(store, people, plan, step_id="s2", body_code="finance_office")
    assert told(store)[1:] == [
        ("department@people.example", "step_later", "2023-12-29", True),
        ("other_department@people.example", "step", "2023-12-20", False),  # it does not see the case: no link
    ]
