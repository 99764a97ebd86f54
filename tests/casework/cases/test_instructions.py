"""A leader's written instruction (批示): to the body that has the case, with a day of its own, answered in words."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.briefings import briefing
from casework.cases import instructing
from casework.cases.act import CaseMovedOn
from casework.cases.lifecycle import allowed_actions
from casework.cases.supervision import work_of_the_day
from casework.notices.notices import read_inbox
from db.cases import cases
from db.refused import Refused
from db.scope import ALL
from db.system import integrity, rebuild
from pages.issue.case_words import visible
from tests.casework.cases.steps import TODAY, bring_to, take
from tests.conftest import NOON

DAY = timedelta(days=1)
BY = date(2023, 12, 6)


def kinds(store, actor):
    return [line.kind for line in read_inbox(store, actor=actor, size=20, page=1).lines]


def given(store, actor, today=TODAY, state="", whose="all"):
    return instructing.instructions_given(
        store, actor=actor, today=today, state=state, whose=whose, size=25, page=1
    )  # fmt: skip


def test_a_leader_instructs_the_department_answers_in_words_and_the_leader_is_told(store, people):
    case = bring_to(store, people, "dispatched")
    told = take(store, people.leader, case, "instruct", NOON + DAY)
    assert (told.state, told.due_on, told.instructed_until) == ("dispatched", case.due_on, BY)
    assert kinds(store, people.department)[0] == "instructed"
    answered = take(store, people.department, told, "answer_instruction", NOON + 2 * DAY)
    assert (answered.state, answered.instructed_until) == ("dispatched", None)
    assert kinds(store, people.leader)[0] == "instruction_answered"
    (line,) = given(store, people.leader, TODAY + 2 * DAY, whose="mine").lines
    assert (line.words, line.answer, line.body, line.leader) == (
        "请抓紧办理", "已完成增容", "economy_it", people.leader.name,
    )  # fmt: skip
    (line,) = given(store, people.leader, TODAY + 90 * DAY, whose="mine").lines
    assert not line.late
    assert store.read(rebuild.compare).differing == 0 and store.read(integrity.verify) == []


def test_before_a_dispatch_the_office_answers_and_after_one_the_body_that_has_it(store, people):
    case = take(store, people.leader, bring_to(store, people, "accepted"), "instruct")
    (duty,) = [one for one in work_of_the_day(store, actor=people.staff, today=TODAY).duties
               if one.kind == "instruction"]  # fmt: skip
    assert (duty.standing.id, duty.standing.lead_body, duty.due_on) == (case.id, None, BY)
    sent = take(store, people.staff, case, "dispatch")
    assert "answer_instruction" in allowed_actions(sent, people.department)
    assert take(store, people.department, sent, "answer_instruction").instructed_until is None


def test_two_that_wait_go_by_the_sooner_day_and_one_answer_is_given_to_both(store, people):
    case = take(store, people.leader, bring_to(store, people, "dispatched"), "instruct")
    later = take(store, people.leader, case, "instruct", NOON + DAY, answer_by=BY + 9 * DAY)
    assert later.instructed_until == BY
    sooner = take(store, people.leader, later, "instruct", NOON + DAY, answer_by=BY - DAY)
    assert sooner.instructed_until == BY - DAY
    take(store, people.staff, sooner, "answer_instruction", NOON + 2 * DAY)
    assert given(store, people.leader, TODAY + 2 * DAY).counts == {
        "open": 0, "late": 0, "answered": 3, "mine": 3, "all": 3,
    }  # fmt: skip
    assert kinds(store, people.leader).count("instruction_answered") == 1


def test_what_is_late_stands_in_the_days_list_the_list_of_instructions_and_the_briefing(store, people):
    late = take(store, people.leader, bring_to(store, people, "in_progress"), "instruct")
    answered = take(store, people.leader, bring_to(store, people, "in_progress"), "instruct")
    take(store, people.department, answered, "answer_instruction", NOON + 8 * DAY)
    today = TODAY + 8 * DAY
    duties = work_of_the_day(store, actor=people.staff, today=today).duties
    assert [one.late(today) for one in duties if one.kind == "instruction"] == [True]
    assert [one.case_id for one in given(store, people.department, today, "late").lines] == [late.id]
    at = NOON + 8 * DAY
    told = briefing(store, actor=people.leader, since=TODAY, until=today, language="zh", at=at)
    ((_, sums),) = told.instructed
    assert (sums.given, sums.answered, sums.answered_late, sums.open_late) == (2, 1, 1, 1)
    assert ("instruction_late", late.number) in [(w.rule, w.case.number) for w in told.warnings]
    as_it_was = briefing(store, actor=people.leader, since=TODAY, until=TODAY, language="zh", at=at)
    assert [(one.given, one.answered, one.open_late) for _, one in as_it_was.instructed] == [(2, 0, 0)]


def test_of_a_case_that_lives_on_in_another_nothing_waits(store, people):
    case = take(store, people.leader, bring_to(store, people, "accepted"), "instruct")
    take(store, people.staff, case, "merge", into=bring_to(store, people, "accepted").id)
    assert given(store, people.leader).lines == [] and given(store, people.leader).counts["open"] == 0
    assert "instruction" not in [one.kind for one in work_of_the_day(store, actor=people.staff, today=TODAY).duties]


MISSING: list[tuple[dict[str, Any], str]] = [
    ({"text": " "}, "needs_text"), ({"answer_by": None}, "needs_answer_by"),
    ({"answer_by": TODAY}, "instruction_not_later"),
]  # fmt: skip


def test_nobody_else_instructs_and_a_day_and_words_are_needed(store, people):
    case = bring_to(store, people, "dispatched")
    for nobody in (people.staff, people.department, people.town, people.officer, people.enterprise, people.admin):
        with pytest.raises(Refused):
            take(store, nobody, case, "instruct")
    for missing, code in MISSING:
        with pytest.raises(Refused, match=code):
            take(store, people.leader, case, "instruct", **missing)
    with pytest.raises(Refused, match="action_refused"):
        take(store, people.department, case, "answer_instruction")
    with pytest.raises(Refused):
        given(store, people.officer)


def test_the_enterprise_and_the_body_that_lost_the_case_read_nothing_of_it(store, people):
    case = take(store, people.leader, bring_to(store, people, "dispatched"), "instruct")
    take(store, people.department, case, "answer_instruction")
    seen = visible(store.read(lambda con: cases.history(con, people.enterprise.scope, case.id)))
    assert not {"instruct", "answer_instruction"} & {event.kind for event in seen}
    assert not {"instructed", "instruction_answered"} & set(kinds(store, people.enterprise))
    other = given(store, people.other_department)
    assert (other.lines, other.total) == ([], 0) and given(store, people.staff).total == 1
    assert store.read(lambda con: cases.history(con, ALL, case.id))[-1].kind == "answer_instruction"


def test_a_briefing_names_the_office_where_no_body_has_the_case(store, people):
    take(store, people.leader, bring_to(store, people, "accepted"), "instruct")
    for language, name in (("zh", "专班"), ("en", "the office")):
        found = briefing(store, actor=people.staff, since=TODAY, until=TODAY, language=language, at=NOON + DAY)
        assert [(said, of.given) for said, of in found.instructed] == [(name, 1)]


def test_an_instruction_that_the_enterprise_does_not_see_leaves_its_form_as_it_was(store, people):
    read = bring_to(store, people, "awaiting")
    told = take(store, people.leader, read, "instruct")
    with pytest.raises(CaseMovedOn):
        take(store, people.staff, read, "note")
    take(store, people.department, told, "answer_instruction")
    closed = take(store, people.enterprise, read, "close")
    assert (closed.state, closed.seq) == ("closed", read.seq + 3)
    assert store.read(rebuild.compare).differing == 0 and store.read(integrity.verify) == []
    with pytest.raises(CaseMovedOn):
        take(store, people.enterprise, read, "reject")
