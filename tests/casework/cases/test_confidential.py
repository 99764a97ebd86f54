"""A confidential case is read by those who are named, and by its enterprise; figures count it for everybody alike."""

from dataclasses import replace
from datetime import timedelta

import pytest

from access import entrance
from casework.cases.act import LONGEST, Given, act_on_each
from casework.cases.supervision import work_of_the_day
from db.cases import attachments, cases, confidential, handed_over, similar
from db.cases.cases import CaseFilters
from db.figures.figures import EVERYTHING
from db.figures.stood import Asked
from db.people import accounts, story
from db.refused import Refused
from db.scope import ALL, EVERY
from db.system import integrity, rebuild
from insight.cases.board import read_board
from insight.cases.facts import read_days
from insight.cases.rows import rows_behind
from insight.drawing.charts import Brush, CodeNames
from insight.drawing.colours import palette
from tests.casework.cases.steps import TODAY, bring_to, raise_case, take
from tests.conftest import NOON
from tests.there import there

LATER = NOON + timedelta(hours=1)


def again(store, actor):
    """Who is here at the next run."""
    account = store.read(lambda con: accounts.by_id(con, actor.id))
    return store.read(lambda con: replace(entrance.actor_of(account), named=entrance.named_of(con, account)))


@pytest.fixture
def hidden(store, people):
    case = bring_to(store, people, "dispatched")
    return take(store, people.staff, case, "confide", LATER, readers=(people.department.id,))


READS = {
    "one": lambda con, who, case: cases.get(con, who.scope, case.id),
    "by number": lambda con, who, case: cases.by_number(con, who.scope, case.number),
    "list": lambda con, who, case: cases.find(con, who.scope, CaseFilters(TODAY), sort="due").rows,
    "search": lambda con, who, case: cases.find(con, who.scope, CaseFilters(TODAY, text="停电"), sort="due").rows,
    "export": lambda con, who, case: list(cases.every(con, who.scope, CaseFilters(TODAY), sort="due", most=9)),
    "counts": lambda con, who, case: cases.counts(con, who.scope, CaseFilters(TODAY)).state.get(case.state),
    "history": lambda con, who, case: cases.history(con, who.scope, case.id),
    "files": lambda con, who, case: attachments.of_case(con, who.scope, case.id) or cases.get(con, who.scope, case.id),
    "open ones alike": lambda con, who, case: similar.open_numbers(con, who.scope),
    "newest alike": lambda con, who, case: similar.newest(con, who.scope, since=NOON - timedelta(days=9), most=9),
}


@pytest.mark.parametrize("read", READS)
def test_nobody_of_the_house_who_is_not_named_reads_it(store, people, hidden, read):
    def reads(who):
        return bool(store.read(lambda con: READS[read](con, who, hidden)))

    clerk = replace(people.staff, id="another-clerk")
    for who in (clerk, people.leader, people.town, people.officer, replace(people.department, id="a-colleague")):
        assert not reads(who), who.role
    for who in (again(store, people.staff), again(store, people.department), people.enterprise):
        assert reads(who), who.role


def test_what_is_listed_for_supervision_story_and_rows_leaves_it_out_and_figures_count_it(store, people, hidden):
    open_one = raise_case(store, people, title="用电贵", text="电价高。")
    clerk = replace(people.staff, id="another-clerk")
    day = TODAY + timedelta(days=30)
    assert {d.standing.id for d in work_of_the_day(store, actor=clerk, today=day).duties} == {open_one.id}
    told = there(store.read(lambda con: story.of(con, clerk.scope, people.firm.id)))
    assert [issue.number for issue in told.issues] == [open_one.number]
    facts = store.read(lambda con: read_days(con, Asked(clerk.scope, EVERYTHING, day)))[0]
    assert facts.counts["issues"] == 2
    brush = Brush(palette(dark=False), CodeNames(), "zh")
    asked = {"scope": clerk.scope, "facts": facts, "code": "issues", "total": 2, "brush": brush}
    assert hidden.number not in str(store.read(lambda con: rows_behind(con, **asked)).table)
    asked["scope"] = again(store, people.staff).scope
    assert hidden.number in str(store.read(lambda con: rows_behind(con, **asked)).table)
    board = store.read(lambda con: read_board(con, scope=clerk.scope, filters=EVERYTHING, as_of=day))
    assert {one.id for queue in board.waiting.values() for one in queue} == {open_one.id}
    assert board.facts.counts["overdue"] == 2
    assert hidden.text not in str(list(store.read(lambda con: list(similar.past_cases(con)))))
    assert store.read(lambda con: cases.get(con, EVERY, hidden.id)) and not store.read(
        lambda con: cases.get(con, ALL, hidden.id)
    )


def test_it_is_opened_up_by_who_is_named_and_its_past_is_derived_again(store, people, hidden):
    with pytest.raises(Refused, match="case_unknown"):
        take(store, replace(people.staff, id="another-clerk"), hidden, "note", LATER)
    with pytest.raises(Refused, match="reader_unknown"):
        take(store, again(store, people.staff), hidden, "confide", LATER, readers=(people.enterprise.id,))
    assert store.read(rebuild.compare).differing == 0
    opened = take(store, again(store, people.staff), hidden, "open_up", LATER)
    assert not opened.confidential and again(store, people.staff).named == ()
    with pytest.raises(Refused):
        take(store, people.staff, opened, "open_up", LATER)
    assert store.read(rebuild.compare).differing == 0 and store.read(integrity.verify) == []
    assert store.read(lambda con: cases.get(con, people.leader.scope, hidden.id))


def test_who_is_named_stays_where_one_of_many_is_refused(store, people, hidden):
    """The others are written in the same transaction."""
    other = bring_to(store, people, "dispatched")
    clerk, reasons = again(store, people.staff), {hidden.id: "长" * (LONGEST + 1), other.id: "涉及商业秘密"}
    wanted = {one.id: (one.seq, Given(reason=reasons[one.id], readers=(people.leader.id,))) for one in (hidden, other)}
    done = store.write(lambda con: act_on_each(con, wanted, actor=clerk, action="confide", at=LATER))
    assert done[hidden.id].code == "too_long" and done[other.id].confidential

    def named(case):
        return store.read(lambda con: set(confidential.readers(con, case.id)))

    assert named(hidden) == {people.staff.id, people.department.id}
    assert named(other) == {people.staff.id, people.leader.id}


def test_a_body_that_had_it_before_it_was_confidential_reads_it_no_more(store, people):
    case = bring_to(store, people, "dispatched")
    sent = take(store, people.staff, case, "dispatch", LATER, lead="tax", co=())
    assert store.read(lambda con: handed_over.had_by(con, people.department.scope, case.id))
    take(store, people.staff, sent, "confide", LATER)
    assert store.read(lambda con: handed_over.had_by(con, people.department.scope, case.id)) is None
