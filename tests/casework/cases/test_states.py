"""Each state of the table: the same number everywhere, every word; a clock that stood still gives back its days."""

from datetime import date, datetime, timedelta

import pytest

import i18n
from casework.briefings import briefing
from casework.cases.act import TOO_EARLY, earliest
from casework.cases.deadlines import recompute_deadlines
from casework.cases.lifecycle import ACTIONS, ANSWER_KINDS, DATED, RULE_OF, TABLE, is_in_house
from casework.cases.supervision import KINDS, work_of_the_day
from casework.notices.notices import TEXTS
from db import sql
from db.cases import cases
from db.cases.cases import CaseFilters
from db.figures.figures import EVERYTHING
from db.notices import outbox
from db.refused import Refused
from db.scope import ALL
from db.states import BY_CODE, CODES, GROUPS, OPEN, UNCOUNTED
from db.system import rebuild
from insight.cases.board import read_board
from insight.cases.charts import states
from insight.drawing.charts import Brush, CodeNames
from insight.drawing.colours import palette
from pages.desk.row import state_word
from tests.casework.cases.steps import TODAY, bring_to, take
from tests.conftest import NOON

REVIEW = date(2023, 12, 29)
SAID_AS = {"answer": [f"answer_{kind}" for kind in ANSWER_KINDS]}  # the events of an action that have several sentences
# Whose move it is, and the colour of its mark.
SHOWN = {
    "submitted": ("triage", "blue"),
    "returned": ("raiser", "pale"),
    "accepted": ("triage", "blue"),
    "dispatched": ("body", "blue"),
    "in_progress": ("body", "blue"),
    "committed": ("body", "promise"),
    "reopened": ("body", "red"),
    "suspended": ("triage", "quiet"),
    "awaiting": ("enterprise", "teal"),
    "closed": ("nobody", "quiet"),
    "merged": ("nobody", "pale"),
    "objected": ("triage", "quiet"),
    "disputed": ("leader", "quiet"),
    "taken_back": ("nobody", "pale"),
    "transferred": ("nobody", "pale"),
}
BRUSH = Brush(palette(dark=False), CodeNames(), "zh")


def at_noon(day):
    return datetime(day.year, day.month, day.day, 4)


def of(store, case):
    return store.read(lambda con: cases.get(con, ALL, case.id))


def listed_on(store, people, day):
    work = work_of_the_day(store, actor=people.staff, today=day)
    return {(duty.kind, duty.standing.id) for duty in work.duties}


@pytest.mark.parametrize("code", CODES)
def test_a_case_in_every_state_is_one_number_on_desk_list_board_briefing_and_chart(store, people, code):
    case, state = bring_to(store, people, code), BY_CODE[code]
    every = [row["state"] for row in store.read(lambda con: sql.rows(con, "SELECT state FROM cases"))]
    unsettled = sum(BY_CODE[one].unsettled for one in every)
    counts = store.read(lambda con: cases.counts(con, ALL, CaseFilters(TODAY)))
    assert sum(counts.state.get(one, 0) for one in GROUPS["unsettled"]) == unsettled
    for group in (code, *(name for name, those in GROUPS.items() if code in those)):
        wanted = CaseFilters(TODAY, state=group)
        page = store.read(lambda con, wanted=wanted: cases.find(con, ALL, wanted, sort="newest"))
        assert case.id in [row.id for row in page.rows], group
    in_a_quarter = {listed for _, listed in listed_on(store, people, TODAY + timedelta(days=90))}
    assert (case.id in in_a_quarter) == (code in OPEN)
    board = store.read(lambda con: read_board(con, scope=ALL, filters=EVERYTHING, as_of=TODAY))
    assert board.facts.counts["unsettled"] == unsettled
    assert {one.code: one.n for one in board.groups["state"]} == {
        one: every.count(one) for one in every if one not in UNCOUNTED
    }
    found = briefing(store, actor=people.leader, since=TODAY, until=TODAY, language="zh", at=NOON)
    assert (case.number in {warned.case.number for warned in found.warnings}) <= (state.clock != "none")
    chart = states(board, BRUSH)
    drawn = str(chart.figure.to_dict()) if chart.figure else ""
    assert (i18n.text(f"case.state.{code}", "zh") in drawn) == (not state.over)
    assert state.over or getattr(BRUSH.palette, SHOWN[code][1]) in drawn


def test_every_state_says_whose_move_it_is_and_has_its_colour():
    assert {state.code: (state.whose, state.tone) for state in BY_CODE.values()} == SHOWN
    marks = {code: str(state_word(code)) for code in CODES}
    assert [code for code, mark in marks.items() if f"f2f-tone-{SHOWN[code][1]}" not in mark] == []


@pytest.mark.parametrize("language", i18n.everywhere())
def test_every_state_action_and_duty_has_every_word(language):
    keys = [f"case.state.{code}" for code in (*CODES, *GROUPS)]
    for state in BY_CODE.values():
        key = "answering" if state.waits_for == "answer" else state.code
        sentences = ("", "_late", "_undated") if state.whose not in ("raiser", "enterprise", "nobody") else ("",)
        keys += [f"next.{key}{ending}" for ending in sentences]
    for action in ACTIONS:
        keys += [f"case.action.{action}"]
        own = {rule.who for (_, other), rule in TABLE.items() if other == action} <= {"enterprise"}
        keys += [] if own else [f"desk.{part}.{action}" for part in ("do", "done", "words")]
        parts = ("case.event",) if is_in_house(action) else ("case.event", "told")
        keys += [f"{part}.{kind}" for part in parts for kind in SAID_AS.get(action, (action,))]
    asked = {name for rule in TABLE.values() for name in (*rule.needs, *rule.also_needs.values())}
    keys += [f"desk.day.{name}" for name in DATED.values()] + [f"error.{code}" for code in TOO_EARLY.values()]
    keys += [f"error.needs_{name}" for name in asked]
    keys += [f"notices.told.{name}.{part}" for name in TEXTS for part in ("subject", "body")]
    keys += [f"today.{part}.{kind}" for kind in KINDS for part in ("kind", "rule")]
    keys += [f"case.due_rule.{rule.due}" for rule in TABLE.values() if rule.due and rule.due != "given_back"]
    missing = []
    for key in dict.fromkeys(keys):
        try:
            assert i18n.catalogue()[key][language]
        except (KeyError, AssertionError):
            missing.append(key)
    assert missing == []


def test_rules_of_one_action_share_the_box_of_words_and_what_the_enterprise_reads():
    for (_, action), rule in TABLE.items():
        assert (rule.words, rule.told) == (RULE_OF[action].words, RULE_OF[action].told)


def test_no_action_that_keeps_what_is_due_clears_it(store, people):
    case = bring_to(store, people, "dispatched")
    for step in ("start", "note", "proxy", "reminder_call"):
        later = take(store, people.staff, case, step, NOON + timedelta(days=1))
        assert (later.due_on, later.due_rule, later.due_provisional) == (case.due_on, case.due_rule, False)
        case = later


def test_a_suspended_case_gets_back_the_days_that_were_left_and_not_the_whole_week(store, people):
    case = bring_to(store, people, "dispatched")  # Thursday 30 November: to be answered by Monday 11 December
    assert case.due_on == date(2023, 12, 11)
    held = take(store, people.staff, case, "suspend", at_noon(date(2023, 12, 5)), review_on=REVIEW)
    assert (held.state, held.due_on, held.due_rule) == ("suspended", REVIEW, "review")
    assert (held.answer_due, held.deadline) == (None, None), "nothing falls due while the clock stands still"
    again = take(store, people.staff, held, "suspend", at_noon(REVIEW), review_on=date(2024, 1, 31))
    back = take(store, people.staff, again, "resume", at_noon(date(2024, 1, 31)))
    # 4 of the 7 working days were left: 1, 2, 4 (a Sunday that is worked) and 5 February
    assert (back.state, back.due_on, back.due_rule) == ("dispatched", date(2024, 2, 5), "answer_7wd")
    assert (back.answer_due, back.deadline) == (back.due_on, back.due_on)
    assert (back.lead_body, back.co, back.dispatched_at) == (case.lead_body, case.co, case.dispatched_at)
    assert store.read(rebuild.compare).differing == 0
    told = store.read(lambda con: cases.history(con, ALL, case.id))
    assert [told[n].detail["left"]["due_on"] for n in (-3, -2)] == [4, 4] and told[-1].detail["days"] == 4


def test_a_new_calendar_counts_the_days_that_were_left(store, people):
    case = bring_to(store, people, "in_progress")
    held = take(store, people.staff, case, "suspend", at_noon(date(2023, 12, 5)), review_on=REVIEW)
    back = take(store, people.staff, held, "resume", at_noon(REVIEW))
    store.write(lambda con: sql.run(con, "UPDATE setting SET value = 'another' WHERE name = 'calendar_version'"))
    recompute_deadlines(store, at=at_noon(REVIEW))
    assert of(store, case).due_on == back.due_on


def test_what_was_missed_before_it_was_suspended_stays_missed(store, people):
    case = bring_to(store, people, "dispatched")
    held = take(store, people.staff, case, "suspend", at_noon(date(2023, 12, 14)), review_on=REVIEW)
    assert held.answer_due == case.answer_due
    back = take(store, people.staff, held, "resume", at_noon(REVIEW))
    assert (back.due_on, back.due_rule, back.deadline) == (case.due_on, case.due_rule, case.deadline)
    assert store.read(rebuild.compare).differing == 0


@pytest.mark.parametrize("code", ["accepted", "dispatched", "in_progress", "reopened"])
def test_it_goes_on_where_it_stood(store, people, code):
    case = bring_to(store, people, code)
    held = take(store, people.staff, case, "suspend", NOON + timedelta(days=1))
    assert take(store, people.staff, held, "resume", NOON + timedelta(days=2)).state == code


def test_on_the_day_of_its_review_it_is_on_the_mornings_list_and_nothing_else_of_it_is(store, people):
    case = bring_to(store, people, "suspended")
    assert listed_on(store, people, REVIEW - timedelta(days=1)) == set()
    assert listed_on(store, people, REVIEW) == {("review", case.id)}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": " "}, "needs_reason"),
        ({"review_on": None}, "needs_review_on"),
        ({"review_on": TODAY}, "review_not_later"),
        ({"review_on": TODAY + timedelta(days=184)}, "review_too_late"),
    ],
)
def test_it_takes_a_reason_and_a_day_of_review(store, people, given, code):
    case = bring_to(store, people, "dispatched")
    assert earliest("review_on", case, TODAY) == TODAY + timedelta(days=1)
    with pytest.raises(Refused, match=code):
        take(store, people.staff, case, "suspend", NOON, **given)
    with pytest.raises(Refused, match="forbidden"):
        take(store, people.department, case, "suspend", NOON)


def test_the_enterprise_and_the_body_are_told_that_a_case_is_suspended_and_resumed(store, people):
    for who in (people.enterprise, people.department):
        contact = outbox.Contact("account", who.id, f"mailto://{who.role}@example.com", "zh", active=True, seq=0)
        store.write(lambda con, contact=contact: outbox.save_contact(con, contact, actor_id="x", role="staff", at=NOON))
    held = bring_to(store, people, "suspended")
    take(store, people.staff, held, "resume", NOON + timedelta(days=1))
    queued = [notice.kind for notice in store.read(lambda con: outbox.listed(con, state="queued", limit=100))]
    assert (queued.count("suspended"), queued.count("resumed")) == (2, 2)
