"""What is due on a day, by rule; and what is written down of a call, a check or a visit."""

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

import i18n
from access.actor import Actor
from access.entrance import actor_of
from casework.briefings import briefing
from casework.cases import supervision
from casework.cases.act import CaseMovedOn
from casework.cases.perfunctory import alike, listed, near_duplicates, nothing_in_it, perfunctory_answers, trigrams
from casework.cases.supervision import KINDS, RULES, cautions
from casework.plans import hard_cases
from db import demo, events, sql
from db.cases.cases import CaseFilters, find
from db.cases.supervision import FollowUp, LastAnswer, Standing
from db.figures.figures import EVERYTHING
from db.people import care
from db.refused import Refused
from db.scope import ALL
from insight.cases.board import read_board
from insight.cases.own import own_figures
from tests.casework.cases.steps import PROMISE, TODAY, bring_to, raise_case, take
from tests.conftest import NOON, make_account, make_enterprise

CASE = Standing("a-case", "2023-0001", "in_progress", "C17", "330603001", "economy_it", None, None, None, None)
STANDS = {"state": "in_progress", "dispatched_at": NOON, "sent_at": NOON} | dict.fromkeys(
    ("due_on", "due_rule", "promised_on", "settled_at", "opposed_at")
)
STAND = """
    UPDATE cases SET state = $state, due_on = $due_on, due_rule = $due_rule, promised_on = $promised_on,
        dispatched_at = $dispatched_at, sent_at = $sent_at, settled_at = $settled_at, opposed_at = $opposed_at
    """
TRIED = {
    "call_at": ("reminder_call", "reached"),
    "call_tried_at": ("reminder_call", "not_reached"),
    "check_at": ("monthly_check", "on_track"),
    "visit_at": ("return_visit", "better"),
    "visit_tried_at": ("return_visit", "not_reached"),
}


def follow_ups_of(store, case):
    statement = "SELECT * FROM follow_up WHERE case_id = $id ORDER BY done_at, id"
    return store.read(lambda con: sql.fetch(con, FollowUp, statement, {"id": case.id}))


def ago(days):
    return NOON - timedelta(days=days)


def day(days):
    return TODAY + timedelta(days=days)


@pytest.fixture
def duty(store, people):
    """What of this kind is due today about a case that stands so; None where it is not listed."""
    case = bring_to(store, people, "in_progress")

    def stand(con, changes):
        facts = STANDS | {name: value for name, value in changes.items() if name not in TRIED}
        sql.run(con, STAND, facts)
        sql.run(con, "DELETE FROM follow_up")
        for n, (name, at) in enumerate((name, at) for name, at in changes.items() if name in TRIED):
            kind, outcome = TRIED[name]
            sql.insert(con, "follow_up", FollowUp(f"{n}", case.id, kind, at, people.staff.id, None, outcome, None))

    def due_today(kind, **changes):
        store.write(lambda con: stand(con, changes))
        work = supervision.work_of_the_day(store, actor=people.staff, today=TODAY)
        return next((one for one in work.duties if one.kind == kind), None)

    return due_today


@pytest.fixture
def due(duty):
    """Its day."""

    def day_of(kind, **changes):
        found = duty(kind, **changes)
        return found and found.due_on

    return day_of


def reasons(**changes):
    return [(caution.colour, caution.reason) for caution in cautions(replace(CASE, **changes), TODAY)]


def test_a_new_issue_stands_first_in_the_morning_from_its_submission_on_and_is_late_like_any_other(store, people):
    new, sent = bring_to(store, people, "submitted"), bring_to(store, people, "dispatched", ago(60))
    assert (new.due_on, new.due_rule) == (date(2023, 12, 4), "accept_2wd")
    assert KINDS[0] == "acceptance"
    found = supervision.work_of_the_day(store, actor=people.staff, today=TODAY).duties
    (first,) = [duty for duty in found if duty.standing.id == new.id]
    assert (first.kind, first.due_on, first.late(TODAY)) == ("acceptance", date(2023, 12, 4), False)
    assert first.late(date(2023, 12, 5)) and sent.id in {duty.standing.id for duty in found}
    listed = store.read(lambda con: find(con, ALL, CaseFilters(TODAY), sort="due")).rows
    assert [case.id for case in listed] == [sent.id, new.id], "by its day, not behind all that have none"
    done = take(store, people.staff, new, "accept")
    assert done.due_rule == "dispatch_3wd"
    again = take(store, people.staff, bring_to(store, people, "returned"), "resubmit", NOON + timedelta(days=7))
    assert (again.due_on, again.due_rule) == (date(2023, 12, 11), "accept_2wd")


def test_a_request_for_more_time_is_on_the_list_until_somebody_decides(store, people):
    case = bring_to(store, people, "committed")
    asked = take(store, people.department, case, "ask_extension")
    (one,) = [
        d for d in supervision.work_of_the_day(store, actor=people.staff, today=TODAY).duties if d.kind == "extension"
    ]
    assert (one.standing.id, one.due_on, one.party) == (case.id, date(2023, 12, 4), "office")
    assert one.late(date(2023, 12, 5)) and KINDS.index("extension") == 1
    take(store, people.staff, asked, "grant_extension")
    left = supervision.work_of_the_day(store, actor=people.staff, today=day(30)).duties
    assert "extension" not in {duty.kind for duty in left}


@pytest.mark.parametrize("state", ["accepted", "reopened"])
def test_a_letter_is_listed_on_its_last_day_and_when_it_is_late(state, due):
    waits = {"state": state, "due_rule": "dispatch_3wd"}
    assert due("letter", due_on=day(0), **waits) == day(0)
    assert due("letter", due_on=day(-4), **waits) == day(-4)
    assert due("letter", due_on=day(1), **waits) is None


@pytest.mark.parametrize("state", ["dispatched", "in_progress", "committed", "reopened"])
def test_a_call_is_due_a_week_after_the_last_dispatch_or_call(state, due):
    assert due("reminder_call", state=state, sent_at=ago(7)) == TODAY
    assert due("reminder_call", state=state, sent_at=ago(6)) is None
    assert due("reminder_call", state=state, sent_at=ago(20), call_at=ago(6), call_tried_at=ago(6)) is None
    assert due("reminder_call", state=state, sent_at=ago(20), call_at=ago(8), call_tried_at=ago(8)) == day(-1)


def test_a_call_that_reached_nobody_is_due_again_the_next_day(due):
    assert due("reminder_call", sent_at=ago(12), call_tried_at=NOON) is None
    assert due("reminder_call", sent_at=ago(12), call_tried_at=ago(1)) == TODAY


def test_a_case_that_was_reopened_late_is_not_late_from_the_start(due):
    assert due("reminder_call", state="reopened", sent_at=ago(60), opposed_at=NOON) == TODAY
    assert due("monthly_check", state="reopened", dispatched_at=ago(60), opposed_at=NOON) == TODAY


def test_a_check_is_due_a_month_after_the_first_dispatch_or_the_last_check(due):
    assert due("monthly_check", dispatched_at=ago(30), sent_at=ago(2)) == TODAY
    assert due("monthly_check", dispatched_at=ago(29)) is None
    assert due("monthly_check", dispatched_at=ago(90), check_at=ago(29)) is None
    assert due("monthly_check", dispatched_at=ago(90), check_at=ago(31)) == day(-1)


def test_a_promise_is_judged_by_its_first_date_with_the_extended_one_beside_it(due, duty):
    promised = {"state": "committed", "due_rule": "promise"}
    assert due("promise", promised_on=day(3), due_on=day(3), **promised) == day(3)
    assert due("promise", promised_on=day(4), due_on=day(4), **promised) is None
    found = duty("promise", state="committed", due_rule="extension", promised_on=day(-5), due_on=day(20))
    assert (found.due_on, found.extended_on, found.late(TODAY)) == (day(-5), day(20), True)


def test_an_answer_is_listed_from_three_days_before_it_is_due(due):
    assert due("answer", due_on=day(3), due_rule="answer_7wd") == day(3)
    assert due("answer", due_on=day(4), due_rule="answer_7wd") is None
    assert due("answer", due_on=day(-2), due_rule="answer_7wd") == day(-2)


def test_an_enterprise_is_listed_when_it_was_silent_for_more_than_seven_days(due):
    assert due("awaiting", state="awaiting", settled_at=ago(7)) is None
    assert due("awaiting", state="awaiting", settled_at=ago(8)) == TODAY


def test_a_return_visit_is_due_five_working_days_after_the_rejection_until_somebody_was_reached(due):
    opposed = {"state": "reopened", "opposed_at": ago(2)}  # Tuesday 28 November
    assert due("return_visit", **opposed) == date(2023, 12, 5)
    assert due("return_visit", **opposed, visit_tried_at=ago(1)) == date(2023, 12, 5)
    assert due("return_visit", **opposed, visit_at=ago(1), visit_tried_at=ago(1)) is None
    assert due("return_visit", **opposed, visit_at=ago(30), visit_tried_at=ago(30)) == date(2023, 12, 5)
    assert due("return_visit", state="dispatched") is None


def test_a_week_with_a_holiday_moves_the_visit(due):
    opposed = {"state": "reopened", "opposed_at": NOON.replace(month=9, day=28)}
    assert due("return_visit", **opposed) == date(2023, 10, 11)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"due_on": day(-1), "due_rule": "answer_7wd"}, ("red", "past_due")),
        ({"oppositions": 2}, ("red", "rejected_twice")),
        ({"state": "committed", "promised_on": day(-1), "due_on": day(9)}, ("red", "promise_past")),
        ({"due_on": day(3), "due_rule": "answer_7wd"}, ("yellow", "due_soon")),
        ({"call_on": TODAY}, ("yellow", "no_reminder")),
    ],
)
def test_a_case_warns_by_rule(changes, expected):
    assert reasons() == []
    assert reasons(**changes) == [expected]


def test_red_stands_above_yellow_and_what_is_late_stands_first(store, people):
    both = reasons(due_on=day(-1), due_rule="answer_7wd", call_on=day(-2), oppositions=3)
    assert [colour for colour, _ in both] == ["red", "red", "yellow"]
    soon, late = (bring_to(store, people, "in_progress", ago(days)).id for days in (8, 20))
    work = supervision.work_of_the_day(store, actor=people.staff, today=TODAY)
    assert [one.standing.id for one in work.duties if one.kind == "reminder_call"] == [late, soon]


def test_every_kind_and_reason_has_its_words():
    keys = [f"today.{part}.{kind}" for kind in (*KINDS, "doubt") for part in ("kind", "rule")]
    keys += [f"today.caution.{caution.reason}" for caution in supervision.CAUTIONS]
    keys += [f"today.party.{rule.party}" for rule in RULES if rule.party != "lead"]
    assert all(i18n.text(key, language) for key in keys for language in i18n.LANGUAGES)


def test_a_call_is_one_event_and_one_record_and_leaves_the_case_as_it_is(store, people):
    case = bring_to(store, people, "in_progress", ago(8))
    before = store.revision()
    kept = take(store, people.staff, case, "reminder_call", NOON, result="promised", note="答应周五前答复")
    assert store.revision() == before + 1
    assert (kept.state, kept.due_on, kept.due_rule, kept.seq) == (case.state, case.due_on, case.due_rule, case.seq + 1)
    last = store.read(lambda con: events.of_subject(con, case.id))[-1]
    assert (last["kind"], last["seq"]) == ("reminder_call", kept.seq)
    assert last["detail"] == {"result": "promised", "note": "答应周五前答复", "spoken_to": "economy_it"}
    done = follow_ups_of(store, case)
    assert [(d.kind, d.outcome, d.body_code, d.account_id, d.done_at) for d in done] == [
        ("reminder_call", "promised", "economy_it", people.staff.id, NOON)
    ]
    with pytest.raises(CaseMovedOn):
        take(store, people.staff, case, "reminder_call", NOON)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"result": None}, "needs_result"),
        ({"result": "on_track"}, "needs_result"),
        ({"spoken_to": "x"}, "body_unknown"),
    ],
)
def test_a_call_needs_its_outcome_and_a_body_of_the_case(store, people, given, code):
    case = bring_to(store, people, "in_progress")
    before = store.revision()
    with pytest.raises(Refused) as refused:
        take(store, people.staff, case, "reminder_call", **({"result": "reached"} | given))
    assert (refused.value.code, store.revision()) == (code, before)


def test_who_handled_a_case_does_not_visit_for_it_and_the_visit_never_closes(store, people, password_hash):
    case = bring_to(store, people, "reopened", ago(3))
    with pytest.raises(Refused) as refused:
        take(store, people.staff, case, "return_visit")
    assert refused.value.code == "visit_by_handler"
    assert follow_ups_of(store, case) == []
    colleague = actor_of(make_account(store, "staff", password_hash))
    listed_for = [d.kind for d in supervision.work_of_the_day(store, actor=colleague, today=TODAY).duties]
    assert "return_visit" in listed_for
    kept = take(store, colleague, case, "return_visit", result="better")
    assert kept.state == "reopened"
    assert "return_visit" not in [
        d.kind for d in supervision.work_of_the_day(store, actor=colleague, today=TODAY).duties
    ]


def test_whoever_dispatched_a_case_does_not_visit_for_it_and_is_not_offered_to(store, people, password_hash, open_page):
    colleague = actor_of(make_account(store, "staff", password_hash))
    case = take(store, people.staff, raise_case(store, people), "accept")
    case = take(store, colleague, case, "dispatch")
    case = take(store, people.department, case, "answer")
    with pytest.raises(Refused, match="visit_by_handler"):
        take(store, colleague, case, "return_visit")
    for who, offered in ((colleague, False), (people.staff, True)):
        page = open_page(who, "desk", case=case.id)
        (choice,) = [group for group in page.button_group if group.key == f"do-{case.id}"]
        assert ("回访" in " ".join(choice.options)) == offered
        assert any("请同事回访" in one.value for one in page.caption) != offered
    assert take(store, people.staff, case, "return_visit").state == "awaiting"


def test_a_double_click_writes_one_call_and_another_form_another(store, people):
    case = bring_to(store, people, "dispatched")
    form, other = str(uuid4()), str(uuid4())
    once = take(store, people.staff, case, "reminder_call", form_id=form)
    before = store.revision()
    assert take(store, people.staff, case, "reminder_call", form_id=form) == once  # a stale version, but a known form
    assert take(store, people.staff, once, "reminder_call", form_id=form) == once
    assert store.revision() == before
    take(store, people.staff, once, "reminder_call", form_id=other)
    second = bring_to(store, people, "dispatched")
    take(store, people.staff, second, "reminder_call", form_id=form)  # the id of another case's form: its own record
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM follow_up")) == 3


def test_a_department_sees_what_is_its_own_to_do_and_nothing_of_the_offices(store, people):
    own = {state: bring_to(store, people, state, ago(20)) for state in ("dispatched", "awaiting", "committed")}
    others = bring_to(store, people, "accepted", ago(20))
    take(store, people.staff, others, "dispatch", ago(19), lead="tax", co=("economy_it",))
    bring_to(store, people, "submitted", ago(20))
    work = supervision.work_of_the_day(store, actor=people.department, today=PROMISE)
    assert {(one.kind, one.standing.id) for one in work.duties} == {
        ("answer", own["dispatched"].id), ("awaiting", own["awaiting"].id), ("promise", own["committed"].id)
    }  # fmt: skip
    assert work.headline() == {"late": 1, "today": 1, "coming": 0, "awaiting": 1}
    tax = supervision.work_of_the_day(store, actor=replace(people.department, body_code="tax"), today=PROMISE)
    assert [(one.kind, one.standing.id) for one in tax.duties] == [("answer", others.id)]


def test_a_share_of_fewer_than_ten_of_a_bodys_cases_is_not_told(store, people):
    """And what a body is told of itself is what independent statements count of its cases."""
    for _ in range(9):
        bring_to(store, people, "closed", ago(3))
    figures = {one.code: one for one in own_figures(store, actor=people.department, as_of=TODAY)}
    assert figures["satisfaction_top2"].suppressed and figures["satisfaction_top2"].value is None
    bring_to(store, people, "closed", ago(3))
    of_tax = bring_to(store, people, "accepted", ago(3))
    take(store, people.staff, of_tax, "dispatch", ago(2), lead="tax", co=())
    bring_to(store, people, "closed", ago(500))
    figures = {one.code: one for one in own_figures(store, actor=people.department, as_of=TODAY)}
    assert (figures["satisfaction_top2"].value, figures["satisfaction_top2"].n) == (100, 10)
    assert (figures["settled_share"].value, figures["settled_share"].n) == (100, 10)
    assert figures["promises_kept"].value is None and not figures["promises_kept"].suppressed
    for nobody in (people.enterprise, people.officer, people.town, people.leader, people.admin):
        with pytest.raises(Refused, match="forbidden"):
            own_figures(store, actor=nobody, as_of=TODAY)


def test_only_those_who_do_the_work_see_the_list_and_only_those_who_triage_the_officers(store, people):
    for nobody in (people.enterprise, people.officer, people.town, people.leader, people.admin):
        with pytest.raises(Refused):
            supervision.work_of_the_day(store, actor=nobody, today=TODAY)
    for nobody in (people.enterprise, people.officer, people.department, people.town, people.leader, people.admin):
        with pytest.raises(Refused):
            supervision.officers(store, actor=nobody, words="", page=1, size=25, today=TODAY)


def test_officers_whose_enterprises_were_not_heard_come_first(store, people, password_hash):
    bring_to(store, people, "in_progress", ago(10))
    quiet = make_account(store, "officer", password_hash, name="安静服务员")
    make_enterprise(store, officer_id=quiet.id)
    make_account(store, "officer", password_hash, name="空闲服务员")
    found, total = supervision.officers(store, actor=people.staff, words="", page=1, size=25, today=TODAY)
    assert total == 3
    assert [(o.enterprises, o.silent, o.open_cases, o.heard_on) for o in found] == [
        (1, 1, 0, None),
        (1, 0, 1, TODAY - timedelta(days=10)),
        (0, 0, 0, None),
    ]
    only, n = supervision.officers(store, actor=people.staff, words="安静", page=9, size=25, today=TODAY)
    assert ([o.name for o in only], n) == (["安静服务员"], 1)


def test_answers_alike_are_found_and_digits_do_not_hide_a_template():
    texts = {
        "a": "已组织银企对接，银行按无还本续贷政策办理，额度120万元，利率不上浮。",
        "b": "已组织银企对接，银行按无还本续贷政策办理，额度980万元，利率不上浮！",
        "c": "供电所已于周三更换变压器，夜间供电恢复正常。",
    }
    found = near_duplicates(texts, ["a", "c"])
    assert found == {"a": {"b": 1.0}, "c": {}}


def test_the_quick_way_finds_what_comparing_all_pairs_finds():
    words = ["已组织银企对接", "银行按续贷政策办理", "额度提高", "利率不上浮", "资料齐全", "三日内放款", "专人上门服务"]
    texts = {f"{i}": "，".join(w for j, w in enumerate(words) if (i >> j) & 1) for i in range(1, 128)}
    grams = {key: trigrams(text) for key, text in texts.items()}
    slow = {
        one: {
            two: alike(grams[one], grams[two]) for two in texts if two != one and alike(grams[one], grams[two]) >= 0.8
        }
        for one in texts
    }
    assert near_duplicates(texts, list(texts)) == slow
    assert any(slow.values())


@pytest.mark.parametrize(
    "text", ["我们高度重视，将积极协调有关部门尽快解决。", "已收到，正在研究。", "We attach great importance to this."]
)
def test_an_answer_that_names_nothing_done_is_listed(text):
    assert nothing_in_it(text)


@pytest.mark.parametrize(
    "text", ["供电所已更换变压器。", "将在下周答复。", "退税 30 万元。", "The meter was replaced.", "高度重视" * 30]
)
def test_an_answer_with_a_deed_a_day_a_number_or_some_length_is_not(text):
    assert not nothing_in_it(text)


def test_each_listed_answer_comes_with_its_evidence_and_closed_cases_are_only_compared():
    same = "已组织银企对接，银行按无还本续贷政策办理。"
    answers = [
        LastAnswer("1", "2023-0001", "C17", "330603001", same, True, 0),
        LastAnswer("2", "2023-0002", "C17", "330603001", same, False, 0),
        LastAnswer("3", "2023-0003", "C17", "330603001", "正在研究。", True, 2),
        LastAnswer("4", "2023-0004", "C17", "330603001", "供电所已于周三更换变压器。", True, 1),
    ]
    found = {one.answer.number: [(e.kind, e.others, e.times) for e in one.evidence] for one in listed(answers)}
    assert found == {
        "2023-0003": [("rejected_twice", (), 2), ("nothing_in_it", (), 0)],
        "2023-0001": [("same_as", ("2023-0002",), 0)],
    }


def test_on_the_demonstration_the_list_is_what_independent_statements_count(store):
    store.migrate()
    today = date(2026, 3, 18)
    demo.load(store, today=today)
    admin = store.read(lambda con: sql.one(con, "SELECT id FROM account WHERE login = 'staff'"))
    staff = Actor(admin["id"], "staff", "staff")
    work = supervision.work_of_the_day(store, actor=staff, today=today)
    for kind, statement in COUNTED.items():
        asked = re.sub(r"DAY\(([\w.]+)\)", r"CAST(\1 + INTERVAL '8 hours' AS DATE)", statement)
        n = store.read(lambda con, asked=asked: sql.scalar(con, asked, {"today": today}))
        assert work.of_kind(kind) == n, kind
    assert sum(work.of_kind(kind) > 0 for kind in COUNTED) >= 5


# DAY(x) stands for the day in Shanghai of an instant.
COUNTED = {
    "letter": "SELECT count(*) FROM cases WHERE state IN ('accepted', 'reopened') AND due_rule = 'dispatch_3wd' "
    "AND due_on <= $today",
    "promise": "SELECT count(*) FROM cases WHERE state = 'committed' AND promised_on <= $today + 3",
    "answer": "SELECT count(*) FROM cases WHERE state IN ('dispatched', 'in_progress') AND due_rule = 'answer_7wd' "
    "AND due_on <= $today + 3",
    "awaiting": "SELECT count(*) FROM cases WHERE state = 'awaiting' AND $today - DAY(settled_at) > 7",
    "reminder_call": """
        SELECT count(*) FROM cases c WHERE state IN ('dispatched', 'in_progress', 'committed', 'reopened')
        AND NOT EXISTS (SELECT 1 FROM event e WHERE e.subject = c.id
            AND (e.kind = 'dispatch' OR e.kind = 'reminder_call' AND e.detail NOT LIKE '%"result":"not_reached"%')
            AND $today - DAY(e.happened_at) < 7)
        AND NOT EXISTS (SELECT 1 FROM event e WHERE e.subject = c.id AND e.kind = 'reminder_call'
            AND DAY(e.happened_at) = $today)""",
    "monthly_check": """
        SELECT count(*) FROM cases c WHERE state IN ('dispatched', 'in_progress', 'committed', 'reopened')
        AND $today - DAY(dispatched_at) >= 30
        AND NOT EXISTS (SELECT 1 FROM event e WHERE e.subject = c.id AND e.kind = 'monthly_check'
            AND $today - DAY(e.happened_at) < 30)""",
    "return_visit": """
        SELECT count(*) FROM cases c WHERE state IN ('dispatched', 'in_progress', 'committed', 'reopened', 'awaiting')
        AND (SELECT max(n) FROM event e WHERE e.subject = c.id
             AND (e.kind = 'reject' OR e.kind = 'close' AND e.state = 'reopened'))
          > coalesce((SELECT max(n) FROM event e WHERE e.subject = c.id AND e.kind = 'return_visit'
             AND e.detail NOT LIKE '%"result":"not_reached"%'), 0)""",
}


def test_an_enterprises_own_reopening_counts_beside_its_rejection_wherever_twice_is_a_warning(store, people):
    case = bring_to(store, people, "reopened", ago(40))  # sent back once
    for days, who, step in ((30, people.staff, "answer"), (29, people.enterprise, "close")):
        case = take(store, who, case, step, ago(days))
    case = take(store, people.enterprise, case, "reopen", ago(28))
    first = supervision.work_of_the_day(store, actor=people.staff, today=TODAY).duties[0]
    assert "rejected_twice" in [caution.reason for caution in cautions(first.standing, TODAY)]
    (hard,), _ = hard_cases.candidates(store, actor=people.staff, today=TODAY)
    assert "reopened" in str(hard)
    told = briefing(store, actor=people.staff, since=day(-60), until=TODAY, language="zh", at=NOON)
    assert [(w.case.oppositions, w.rule) for w in told.warnings] in ([(2, "rejected_twice")], [(2, "overdue")])
    board = store.read(lambda con: read_board(con, scope=ALL, filters=EVERYTHING, as_of=TODAY))
    assert [one.id for one in board.waiting["leader"]] == [case.id]
    (answer,) = perfunctory_answers(store, actor=people.staff)
    assert [(e.kind, e.times) for e in answer.evidence if e.kind == "rejected_twice"] == [("rejected_twice", 2)]


def test_an_enterprise_is_not_heard_of_by_one_rule_and_its_days_are_those_of_shanghai(store, people, password_hash):
    """Raised at 20:00 UTC: the next day in Shanghai. The officer and those above see the same day and the same dot."""
    raise_case(store, people, ago(90).replace(hour=20) - timedelta(days=1))
    for today, silent in ((TODAY - timedelta(days=1), False), (TODAY, True)):
        (one,) = store.read(lambda con: care.enterprises(con, people.officer.scope))
        (officer,) = supervision.officers(store, actor=people.staff, words="", page=1, size=25, today=today)[0]
        assert one.heard_on == one.raised_on == officer.heard_on == day(-90)
        assert supervision.unheard(one.heard_on, today) is silent is (officer.silent == 1)
    case = bring_to(store, people, "reopened", ago(80))
    colleague = actor_of(make_account(store, "staff", password_hash))
    take(store, colleague, case, "return_visit", ago(3).replace(hour=17))
    (one,) = store.read(lambda con: care.enterprises(con, people.officer.scope))
    assert one.heard_on == one.visited_on == day(-2)
