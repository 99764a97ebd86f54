"""A body or a town that another takes the place of: what is open goes on there, what was keeps the old name."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from access.entrance import actor_of
from casework.briefings import briefing
from casework.cases.act import CaseMovedOn
from casework.cases.reorganising import reorganise, would_move
from casework.cases.views import save_view
from casework.letters.letters import issue_letter
from db import references
from db.cases import cases, handed_over, holders, saved_views
from db.letters import letters
from db.people import accounts, enterprises
from db.refused import MovedOn, Refused
from db.scope import ALL, Scope
from db.system import integrity, rebuild
from tests.casework.cases.steps import TODAY, bring_to, raise_case, take
from tests.conftest import NOON

DAY = timedelta(days=1)
LATER = NOON + 5 * DAY


def seq_of(store, list_name, code):
    return store.read(lambda con: references.get(con, list_name, code)).seq


def move(store, people, list_name, code, successor, at=LATER, seen=None):
    seen = seq_of(store, list_name, code) if seen is None else seen
    by = {"actor": people.admin, "at": at}
    return reorganise(store, list_name=list_name, code=code, successor=successor, seen=seen, **by)


def case_of(store, case):
    return store.read(lambda con: cases.get(con, ALL, case.id))


def whole(store):
    return store.read(rebuild.compare).differing == 0 and store.read(integrity.verify) == []


def test_open_cases_of_a_body_go_on_with_its_successor_in_the_same_hand_with_the_same_days(store, people):
    led, helped = bring_to(store, people, "in_progress"), bring_to(store, people, "dispatched")
    sent = take(store, people.staff, bring_to(store, people, "accepted"), "dispatch", lead="tax", co=("economy_it",))
    held = take(store, people.department, led, "assign", NOON + DAY, holder=people.department.id)
    closed = bring_to(store, people, "closed")
    asked = {"actor": people.admin, "list_name": "body", "code": "economy_it"}
    assert would_move(store, **asked).cases == 3
    found = move(store, people, "body", "economy_it", "finance_office")
    assert (found.cases, found.enterprises) == (3, 0) and found.accounts >= 1
    now = case_of(store, led)
    assert (now.lead_body, now.co, now.state) == ("finance_office", ("tax",), "in_progress")
    assert (now.due_on, now.sent_at, now.dispatched_at) == (held.due_on, held.sent_at, held.dispatched_at)
    assert case_of(store, sent).co == ("finance_office",) and case_of(store, sent).lead_body == "tax"
    assert case_of(store, closed).lead_body == "economy_it" and case_of(store, helped).lead_body == "finance_office"
    account = store.read(lambda con: accounts.by_id(con, people.department.id))
    assert account.body_code == "finance_office"
    who = actor_of(account)
    assert store.read(lambda con: holders.holder_of(con, who.scope, led.id, who.desk)) == who.id
    assert take(store, who, now, "answer", LATER + DAY).state == "awaiting"
    with pytest.raises(CaseMovedOn):
        take(store, people.staff, helped, "note", LATER)
    assert whole(store)


def test_past_figures_keep_the_old_name_and_new_ones_have_the_new(store, people):
    bring_to(store, people, "dispatched")
    move(store, people, "body", "economy_it", "finance_office")

    def bodies(until):
        asked = {"since": date(2023, 11, 1), "until": until, "language": "zh", "at": LATER + DAY}
        return [one.name for one in briefing(store, actor=people.staff, **asked).groups["body"]]

    names = {i.code: i.name_zh for i in store.read(lambda con: references.items(con, "body"))}
    assert bodies(TODAY + 2 * DAY) == [names["economy_it"]]
    assert bodies(TODAY + 5 * DAY) == [names["finance_office"]]


def test_a_briefing_of_past_days_gives_an_instruction_to_the_body_that_had_it_then(store, people):
    case = take(store, people.leader, bring_to(store, people, "dispatched"), "instruct")
    other = take(store, people.leader, bring_to(store, people, "dispatched"), "instruct")
    move(store, people, "body", "economy_it", "finance_office")
    take(store, people.staff, case_of(store, other), "merge", LATER + DAY, into=case.id)

    def instructed(until):
        asked = {"since": TODAY, "until": until, "language": "zh", "at": LATER + 3 * DAY}
        return [(name, sums.given) for name, sums in briefing(store, actor=people.leader, **asked).instructed]

    names = {i.code: i.name_zh for i in store.read(lambda con: references.items(con, "body"))}
    assert instructed(TODAY + 2 * DAY) == [(names["economy_it"], 2)]
    assert instructed(TODAY + 7 * DAY) == [(names["finance_office"], 1)]


def test_of_two_views_of_a_name_the_successor_s_own_stays_and_a_moved_one_is_saved_over(store, people):
    def save(who, name, **asked):
        return save_view(store, actor=who, name=name, asked=asked, shared=True, at=NOON)

    save(people.department, "重点", state="open")
    save(people.department, "本局", sort="oldest")
    own = save(people.other_department, "重点", sort="newest")
    move(store, people, "body", "economy_it", people.other_department.body_code)
    renewed = save(people.other_department, "本局", sort="newest")
    kept = store.read(lambda con: saved_views.of(con, [people.other_department.desk]))
    assert sorted(kept, key=lambda view: view.id) == sorted([own, renewed], key=lambda view: view.id)


def test_of_a_town_cases_accounts_and_enterprises_move_and_its_numbers_stay_whole(store, people):
    case = raise_case(store, people)
    old, new = people.firm.town_code, people.other_firm.town_code
    before = store.read(lambda con: enterprises.to_change(con, ALL, people.firm.id))
    found = move(store, people, "town", old, new)
    assert found.cases == 1 and found.enterprises >= 1
    assert case_of(store, case).town_code == new
    firm = store.read(lambda con: enterprises.to_change(con, ALL, people.firm.id))
    assert (firm.town_code, firm.contact_phone, firm.seq) == (new, before.contact_phone, before.seq + 1)
    item = store.read(lambda con: references.get(con, "town", old))
    assert (item.active, item.successor, item.valid_until) == (False, new, TODAY + 4 * DAY)
    event = store.read(lambda con: cases.history(con, ALL, case.id))[-1]
    assert (event.kind, event.detail["town_code"], event.detail["from"]) == ("reorganise", new, {"town_code": old})
    assert whole(store)


def test_a_successor_is_another_one_in_use_and_only_an_administrator_reorganises(store, people):
    for successor in (None, "economy_it", "nowhere", "party_committee"):
        with pytest.raises(Refused, match="successor_unknown"):
            move(store, people, "body", "economy_it", successor)
    with pytest.raises(Refused, match="code_unknown_in_list"):
        reorganise(store, actor=people.admin, list_name="sector", code="C17", successor="C18", seen=1, at=LATER)
    with pytest.raises(MovedOn):
        move(store, people, "body", "economy_it", "tax", seen=99)
    for nobody in (people.staff, people.leader, people.department, people.enterprise):
        with pytest.raises(Refused, match="forbidden"):
            reorganise(store, actor=nobody, list_name="body", code="economy_it", successor="tax", seen=1, at=LATER)
    move(store, people, "body", "economy_it", "tax")
    with pytest.raises(Refused, match="successor_unknown"):
        move(store, people, "body", "finance_office", "economy_it")


def test_a_letter_that_was_sent_stands_for_the_successor_and_for_its_successor(store, people):
    case, answered = bring_to(store, people, "dispatched"), bring_to(store, people, "dispatched")
    of = {"actor": people.staff, "case_ids": [case.id, answered.id], "lead": "economy_it", "copied": ("tax",)}
    sent = issue_letter(store, letter_id=str(uuid4()), at=NOON + timedelta(hours=1), **of)
    move(store, people, "body", "economy_it", "finance_office")
    move(store, people, "body", "tax", "transport")
    move(store, people, "body", "finance_office", "commerce", LATER + DAY)
    take(store, people.staff, case_of(store, answered), "answer", LATER + 2 * DAY)
    kept = store.read(lambda con: letters.get(con, Scope("body", "commerce"), sent.id))
    assert kept is not None and (kept.items, kept.gone, kept.settled) == (2, 0, 1)
    assert store.read(lambda con: letters.waiting(con, ALL)) == []
    for reader in ("commerce", "transport"):
        assert store.read(lambda con, who=reader: letters.get(con, Scope("body", who), sent.id)) is not None
    assert store.read(lambda con: letters.of_case(con, Scope("body", "commerce"), case.id)).id == sent.id
    assert store.read(lambda con: letters.get(con, Scope("body", "education"), sent.id)) is None
    assert store.read(lambda con: letters.copied(con, sent.id)) == ["transport"]
    gone = take(store, people.staff, case_of(store, case), "dispatch", LATER + 3 * DAY, lead="education", co=())
    (line,) = store.read(lambda con: handed_over.of_letters(con, [sent.id]))[sent.id]
    assert (line.case_id, line.to, line.at) == (case.id, "education", gone.sent_at)
    assert [one.id for one in store.read(lambda con: letters.waiting(con, ALL))] == [case.id]


def test_a_successor_that_hands_a_case_on_reads_it_as_it_had_it(store, people):
    case = bring_to(store, people, "in_progress")
    move(store, people, "body", "economy_it", "finance_office")
    take(store, people.staff, case_of(store, case), "dispatch", LATER + DAY, lead="transport", co=())
    left = store.read(lambda con: handed_over.had_by(con, Scope("body", "finance_office"), case.id))
    assert left is not None and (left.case.lead_body, left.to, left.at) == ("finance_office", "transport", LATER + DAY)
    former = store.read(lambda con: handed_over.had_by(con, Scope("body", "economy_it"), case.id))
    assert (former.to, former.at) == ("finance_office", LATER)
