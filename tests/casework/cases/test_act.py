"""The verbs of a case: what they need, what they write, and what a second clerk is told."""

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from access.actor import Actor
from casework.cases.act import LONGEST, CaseMovedOn, Given, act, act_together, act_within, open_case, open_cases
from db import events, sql
from db.cases import cases
from db.cases.cases import NewCase
from db.hotline import Order
from db.refused import Refused
from db.system import rebuild
from tests.casework.cases.steps import GIVEN, PROMISE, TODAY, bring_to, new_case, raise_case, take
from tests.casework.notices.test_notices import everybody_has_an_address, told_at
from tests.conftest import NOON


def test_a_submitted_case_gets_the_next_number_of_its_year_and_one_event(store, people):
    first, second = raise_case(store, people), raise_case(store, people)
    next_year = raise_case(store, people, NOON + timedelta(days=40))
    assert [first.number, second.number, next_year.number] == ["2023-0001", "2023-0002", "2024-0001"]
    assert first.state == "submitted" and first.seq == 1 and first.due_on == date(2023, 12, 4)
    assert [e.kind for e in store.read(lambda con: cases.history(con, people.staff.scope, first.id))] == ["submit"]


def test_the_number_belongs_to_the_year_in_shanghai(store, people):
    assert raise_case(store, people, NOON.replace(month=12, day=31, hour=16)).number == "2024-0001"


def test_numbers_go_on_after_ten_thousand(store, people):
    case = raise_case(store, people)
    store.write(lambda con: sql.run(con, "UPDATE cases SET number = '2023-9999' WHERE id = $id", {"id": case.id}))
    assert raise_case(store, people).number == "2023-10000"
    assert raise_case(store, people).number == "2023-10001"


def test_a_second_try_of_one_submission_gets_the_first_case_and_writes_nothing(store, people):
    case = raise_case(store, people)
    before = store.revision()
    again = raise_case(store, people, NOON + timedelta(minutes=5), id=case.id, title="另一个标题")
    assert again == case
    assert store.revision() == before


def test_a_forged_id_of_anothers_case_is_refused(store, people):
    theirs = raise_case(store, people, enterprise_id=people.other_firm.id)
    with pytest.raises(Refused, match="forbidden"):
        raise_case(store, people, id=theirs.id)
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM cases")) == 1


def test_only_those_who_may_raise_for_an_enterprise_do(store, people):
    new = NewCase(
        str(uuid4()), "problem", "tax", people.firm.id, "C17", "330603001", "标题", "内容", "point", "zh", 1
    )  # fmt: skip
    for nobody in (people.stranger, people.department, people.town, people.leader, people.admin):
        with pytest.raises(Refused):
            store.write(lambda con, who=nobody: open_case(con, case=new, actor=who, at=NOON))
    elsewhere = replace(new, enterprise_id=people.other_firm.id)
    with pytest.raises(Refused):
        store.write(lambda con: open_case(con, case=elsewhere, actor=people.officer, at=NOON))
    assert store.write(lambda con: open_case(con, case=new, actor=people.officer, at=NOON)).number == "2023-0001"


def test_many_cases_opened_in_one_write_are_what_they_would_be_one_after_the_other(store, people):
    everybody_has_an_address(store, people)
    told_at(store, people.enterprise, "office@firm.example", owner="enterprise")
    told_at(store, people.stranger, "other@firm.example", "en", owner="enterprise")
    raise_case(store, people)
    firms = [people.firm, people.other_firm, people.firm]
    new = [new_case(people, channel="hotline", enterprise_id=firm.id, title=f"第{n}件", town_code=firm.town_code)
           for n, firm in enumerate(firms)]  # fmt: skip
    orders = {case.id: Order(f"KQ{n}", caller="王示例") for n, case in enumerate(new)}
    asked = {"actor": people.staff, "at": NOON + timedelta(hours=1)}
    each = stored_by(store, lambda con: [open_cases(con, [one], **asked, orders=orders)[0] for one in new])
    together = stored_by(store, lambda con: open_cases(con, new, **asked, orders=orders))
    assert each == together
    opened, tables = together
    assert [case.number for case in opened] == ["2023-0002", "2023-0003", "2023-0004"]
    assert len(tables["cases"]) == 4 and len(tables["follow_code"]) == 3 and len(tables["inbox"]) > 3
    assert {"raised", "new"} <= {row["kind"] for row in tables["outbox"]}


@pytest.mark.parametrize(("state", "action"), [("transferred", "outcome"), ("accepted", "dispatch"),
                                               ("dispatched", "transfer"), ("awaiting", "return_visit")])  # fmt: skip
def test_an_action_on_many_in_one_write_is_what_it_would_be_one_after_the_other(store, people, state, action):
    everybody_has_an_address(store, people)
    told_at(store, people.enterprise, "office@firm.example", owner="enterprise")
    firms = [people.firm, people.other_firm, people.firm]
    there = [bring_to(store, people, state, enterprise_id=firm.id, town_code=firm.town_code) for firm in firms]
    said = {name: f"第{n}件" for n, name in enumerate(("text", "reason", "note"))}
    given = [Given(**GIVEN[action] | {name: said[name] + case.number for name in said}) for case in there]
    asked = {"actor": replace(people.staff, id="staff-2"), "action": action, "at": NOON + timedelta(hours=1)}
    wanted = {case.id: (case.seq, own) for case, own in zip(there, given, strict=True)}
    each = stored_by(store, lambda con: [act_within(con, case_id=one, seen=seen, given=own, **asked)
                                         for one, (seen, own) in wanted.items()])  # fmt: skip
    together = stored_by(store, lambda con: act_together(con, wanted, **asked))
    assert each == together
    acted, tables = together
    assert [(case.id, case.seq) for case in acted] == [(case.id, case.seq + 1) for case in there]
    assert len([row for row in tables["event"] if row["kind"] == action]) == 3


@pytest.mark.parametrize("code", ["moved_on", "case_unknown", "action_refused"])
def test_of_an_action_on_many_none_is_written_where_one_is_refused(store, people, code):
    one, two = bring_to(store, people, "transferred"), bring_to(store, people, "transferred")
    other = bring_to(store, people, "accepted")
    second = {"moved_on": (two.id, two.seq - 1), "case_unknown": ("x", 1), "action_refused": (other.id, other.seq)}
    given, before = Given(**GIVEN["outcome"]), store.revision()
    wanted = {case_id: (seq, given) for case_id, seq in ((one.id, one.seq), second[code])}
    with pytest.raises(Refused, match=code):
        store.write(lambda con: act_together(con, wanted, actor=people.staff, action="outcome", at=NOON))
    assert store.revision() == before


def stored_by(store, write):
    """What the writing gives and all rows of every table after it, without what is drawn by lot; then undone."""
    kept = []

    def written(con):
        opened = write(con)
        assert events.verify(con) == [] and rebuild.compare(con).differing == 0
        kept.append((opened, {table: sorted(map(drawn, sql.rows(con, f"SELECT * FROM {table}")), key=str)  # noqa: S608
                              for table in sql.tables(con) - {"event_key"}}))  # fmt: skip
        raise Refused("forbidden")

    with pytest.raises(Refused):
        store.write(written)
    return kept[0]


def drawn(row):
    """Keys, what they seal and the codes that open a case are drawn anew each time."""
    sealed = re.sub(r'"content":"\w+"', "", row.get("detail") or "")
    known = {name: value for name, value in row.items() if name not in ("digest", "hash", "code_hash")}
    return known | {"detail": sealed, "params": re.sub(r"/c/[\w-]+", "/c/", row.get("params") or "")}


def test_of_many_cases_none_is_opened_where_one_may_not_be(store, people):
    mine, theirs = new_case(people), new_case(people, enterprise_id=people.other_firm.id)
    for who in (people.enterprise, people.officer):
        with pytest.raises(Refused, match="forbidden"):
            store.write(lambda con, who=who: open_cases(con, [mine, theirs], actor=who, at=NOON))
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM cases")) == 0


@pytest.mark.parametrize(
    ("state", "action", "given", "code"),
    [
        ("submitted", "return", {}, "needs_reason"),
        ("submitted", "return", {"reason": "  \n "}, "needs_reason"),
        ("submitted", "merge", {}, "needs_into"),
        ("submitted", "merge", {"into": "no-such-case"}, "merge_unknown"),
        ("submitted", "note", {}, "needs_note"),
        ("submitted", "note", {"note": "字" * (LONGEST + 1)}, "too_long"),
        ("accepted", "dispatch", {}, "needs_lead"),
        ("accepted", "dispatch", {"lead": "no_such_body"}, "body_unknown"),
        ("accepted", "dispatch", {"lead": "district_government"}, "body_unknown"),
        ("accepted", "dispatch", {"lead": "tax", "co": ("no_such_body",)}, "body_unknown"),
        ("dispatched", "answer", {"text": "好了"}, "needs_answer_kind"),
        ("dispatched", "answer", {"text": "好了", "answer_kind": "fulfilled"}, "needs_answer_kind"),
        ("dispatched", "answer", {"answer_kind": "solved"}, "needs_text"),
        ("dispatched", "answer", {"answer_kind": "committed", "text": "办"}, "needs_promised_on"),
        (
            "dispatched",
            "answer",
            {"answer_kind": "committed", "text": "办", "promised_on": TODAY - timedelta(days=1)},
            "promise_in_the_past",
        ),
        ("committed", "fulfil", {}, "needs_text"),
        ("awaiting", "proxy", {}, "needs_note"),
    ],
)
def test_what_an_action_needs_is_named_and_nothing_is_written(store, people, state, action, given, code):
    case = bring_to(store, people, state)
    before = store.revision()
    with pytest.raises(Refused) as refused:
        act(store, actor=people.staff, case_id=case.id, action=action, seen=case.seq, at=NOON, given=Given(**given))
    assert refused.value.code == code
    assert store.revision() == before


def test_a_case_does_not_merge_into_itself_or_into_a_merged_one(store, people):
    case, merged = raise_case(store, people), bring_to(store, people, "merged")
    for into in (case.id, merged.id):
        with pytest.raises(Refused, match="merge_unknown"):
            take(store, people.staff, case, "merge", into=into)


@pytest.mark.parametrize("rating", [None, "", "excellent", "closed"])
def test_closing_needs_one_of_the_five_ratings(store, people, rating):
    case = bring_to(store, people, "awaiting")
    with pytest.raises(Refused, match="needs_rating"):
        take(store, people.enterprise, case, "close", rating=rating)


def test_each_deadline_carries_the_rule_that_made_it(store, people):
    case = take(store, people.staff, raise_case(store, people), "accept")
    assert (case.due_on, case.due_rule) == (date(2023, 12, 5), "dispatch_3wd")
    case = take(store, people.staff, case, "dispatch")
    assert (case.due_on, case.due_rule, case.lead_body, case.co) == (
        date(2023, 12, 11),
        "answer_7wd",
        "economy_it",
        ("tax",),
    )
    started = take(store, people.department, case, "start")
    assert started.due_on == case.due_on
    case = take(store, people.department, started, "promise")
    assert (case.due_on, case.due_rule, case.state) == (PROMISE, "promise", "committed")
    case = take(store, people.department, case, "fulfil")
    assert (case.due_on, case.due_rule, case.state, case.answer_kind) == (None, None, "awaiting", "fulfilled")


def test_a_deadline_in_an_unpublished_year_is_marked(store, people):
    case = take(store, people.staff, raise_case(store, people), "accept", NOON.replace(year=2030))
    assert case.due_provisional


def test_the_first_promise_never_changes_and_a_later_one_moves_only_the_deadline(store, people):
    case = take(store, people.enterprise, bring_to(store, people, "committed"), "reject")
    later = PROMISE + timedelta(days=30)
    kept = take(store, people.department, case, "promise", promised_on=later)
    assert (kept.promised_on, kept.due_on) == (PROMISE, later)
    last = store.read(lambda con: cases.history(con, people.staff.scope, case.id))[-1]
    assert last.detail["promised_on"] == later.isoformat()


def test_a_date_with_an_answer_that_is_no_promise_is_left_out(store, people):
    case = bring_to(store, people, "dispatched")
    kept = take(store, people.department, case, "answer", promised_on=PROMISE)
    assert (kept.promised_on, kept.due_on, kept.state) == (None, None, "awaiting")


def test_a_good_rating_closes_and_keeps_the_moment_it_was_settled(store, people):
    case = bring_to(store, people, "awaiting")
    later = NOON + timedelta(days=3)
    kept = take(store, people.colleague, case, "close", later)
    assert (kept.state, kept.rating, kept.closed_at, kept.settled_at) == ("closed", "satisfied", later, case.settled_at)


@pytest.mark.parametrize("rating", ["dissatisfied", "very_dissatisfied"])
def test_a_bad_rating_reopens_the_case_and_is_kept(store, people, rating):
    case = bring_to(store, people, "awaiting")
    kept = take(store, people.enterprise, case, "close", rating=rating, reason="只说在研究")
    assert (kept.state, kept.rating, kept.settled_at, kept.closed_at) == ("reopened", rating, None, None)
    last = store.read(lambda con: cases.history(con, people.staff.scope, case.id))[-1]
    due = {"due_on": "2023-12-05", "due_rule": "dispatch_3wd"}
    assert (last.kind, last.detail) == ("close", {"rating": rating, "reason": "只说在研究", **due})


def test_a_phone_record_never_closes_and_leaves_the_case_as_it_was(store, people):
    case = bring_to(store, people, "awaiting")
    kept = take(store, people.staff, case, "proxy", rating="satisfied", answer_kind="solved")
    assert replace(kept, seq=case.seq) == case


def test_sending_a_case_to_another_body_does_not_reset_the_first_dispatch_and_ends_the_others_view(store, people):
    case = bring_to(store, people, "dispatched")
    kept = take(store, people.staff, case, "dispatch", NOON + timedelta(days=4), lead="finance_office", co=())
    assert (kept.dispatched_at, kept.lead_body, kept.co) == (case.dispatched_at, "finance_office", ())
    assert store.read(lambda con: cases.get(con, people.department.scope, case.id)) is None
    assert store.read(lambda con: cases.get(con, people.other_department.scope, case.id)) == kept


def test_staff_who_write_down_an_answer_leave_the_bodys_name_in_the_history(store, people):
    case = take(store, people.staff, bring_to(store, people, "dispatched"), "answer")
    last = store.read(lambda con: cases.history(con, people.staff.scope, case.id))[-1]
    assert (last.actor_role, last.body_code) == ("staff", "economy_it")


def test_the_second_of_two_clerks_is_told_what_changed_and_nothing_is_written(store, people):
    case = bring_to(store, people, "dispatched")
    take(store, people.department, case, "start")
    before = store.revision()
    with pytest.raises(CaseMovedOn) as told:
        take(store, people.staff, case, "answer")
    assert told.value.code == "moved_on"
    assert [(e.kind, e.body_code) for e in told.value.since] == [("start", "economy_it")]
    assert told.value.case.state == "in_progress"
    assert store.revision() == before


def test_a_double_click_is_one_event(store, people):
    case = raise_case(store, people)
    take(store, people.staff, case, "accept")
    with pytest.raises(CaseMovedOn):
        take(store, people.staff, case, "accept")
    assert len(store.read(lambda con: events.of_subject(con, case.id))) == 2


def test_nobody_reads_or_acts_on_a_case_outside_their_scope(store, people):
    theirs = bring_to(store, people, "dispatched", enterprise_id=people.other_firm.id, town_code="330603011")
    take(store, people.staff, theirs, "dispatch", lead="tax", co=())
    outsiders = (people.enterprise, people.colleague, people.officer, people.department, people.town, people.admin)
    for outsider in outsiders:
        assert store.read(lambda con, who=outsider: cases.get(con, who.scope, theirs.id)) is None
        assert store.read(lambda con, who=outsider: cases.history(con, who.scope, theirs.id)) == []
        with pytest.raises(Refused, match="case_unknown"):
            take(store, outsider, theirs, "note")


def test_a_receipts_code_judges_its_own_case_alone(store, people):
    mine, other = bring_to(store, people, "awaiting"), bring_to(store, people, "awaiting")
    visitor = Actor(f"follow:{mine.id}", "enterprise", "云锦", "follow", people.firm.id, case_id=mine.id)
    with pytest.raises(Refused, match="case_unknown"):
        take(store, visitor, other, "close")
    assert take(store, visitor, mine, "close").state == "closed"


def test_invisible_characters_leave_the_words(store, people):
    case = take(store, people.staff, raise_case(store, people), "note", note="  已\u202e了解\u200b\x00\r\n第二行 ")
    last = store.read(lambda con: cases.history(con, people.staff.scope, case.id))[-1]
    assert last.detail["note"] == "已了解\n第二行"
