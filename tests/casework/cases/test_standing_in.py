"""A stand-in (AB角): what is told to the absent, and what is in their hand, reaches both, from day to day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from access import entrance
from casework.cases.standing_in import absences, end_absence, may_stand_in, name_stand_in, stood_in
from casework.cases.supervision import work_of_the_day
from casework.notices.notices import read_inbox
from db import events
from db.cases import cases
from db.cases.cases import CaseFilters
from db.notices import outbox
from db.notices.outbox import Contact
from db.people import accounts
from db.refused import Refused
from pages.shared.filter_address import holder_from
from tests.casework.cases.steps import TODAY, bring_to, raise_case, take
from tests.conftest import NOON, make_account, session_of
from tests.there import there

DAY = timedelta(days=1)


@pytest.fixture
def clerk(store):
    return entrance.actor_of(make_account(store, "staff", None, name="王明"))


def away(store, who, stand_in, since=TODAY, until=TODAY + 3 * DAY, at=NOON):
    name_stand_in(store, actor=who, stand_in_id=stand_in.id, since=since, until=until, at=at)


def here(store, actor, at=NOON):
    """As the store says who they are at this moment."""
    return there(entrance.who_is_here(store, session_of(store, actor), at))


def test_what_is_in_the_hand_of_the_absent_is_the_stand_ins_too_until_the_last_day(store, people, clerk):
    case = take(store, people.staff, raise_case(store, people), "assign", NOON, holder=people.staff.id)
    away(store, people.staff, clerk)
    now = here(store, clerk)
    assert now.stands_for == (people.staff.id,)
    holder = holder_from({"holder": "mine"}, now)
    asked = CaseFilters(TODAY, holder=holder, desk=now.desk)
    found = store.read(lambda con: cases.find(con, now.scope, asked, sort="number"))
    assert [one.id for one in found.rows] == [case.id]
    assert work_of_the_day(store, actor=now, today=TODAY, holder=holder).of_kind("acceptance") == 1
    assert work_of_the_day(store, actor=now, today=TODAY, holder=clerk.id).of_kind("acceptance") == 0
    assert here(store, clerk, NOON + 3 * DAY).stands_for == (people.staff.id,)
    assert here(store, clerk, NOON + 4 * DAY).stands_for == ()


def test_the_history_says_to_its_own_desk_who_did_what_in_whose_place(store, people, clerk, open_page):
    absent = replace(people.staff, id=make_account(store, "staff", None, name="李华").id)
    held = take(store, absent, raise_case(store, people), "assign", NOON, holder=absent.id)
    nobodys = raise_case(store, people)
    held = take(store, clerk, held, "note", NOON, note="还没有代班")
    away(store, absent, clerk)
    held = take(store, clerk, held, "accept", NOON + timedelta(hours=1))
    take(store, clerk, nobodys, "accept", NOON + timedelta(hours=1))
    (lasts,) = absences(store, actor=absent, today=TODAY)
    end_absence(store, actor=absent, absence_id=lasts.id, at=NOON + timedelta(hours=2))
    held = take(store, clerk, held, "dispatch", NOON + timedelta(hours=3))

    def told(who, case):
        done = stood_in(store, actor=who, case_id=case.id)
        kinds = {event.n: event.kind for event in store.read(lambda con: cases.history(con, who.scope, case.id))}
        return [(kinds[n], one.stand_in, one.absent) for n, one in done.items()]

    assert told(people.staff, held) == [("accept", "王明", "李华")]
    assert told(people.staff, nobodys) == [] and told(people.department, held) == []
    line = "王明代李华办理"
    shown = {who: "".join(str(block.proto.body) for block in open_page(who, "desk", case=held.id).get("html"))
             for who in (people.staff, people.department, people.leader)}  # fmt: skip
    assert [who for who, page in shown.items() if line in page] == [people.staff]


def test_the_bell_of_the_absent_rings_for_both_and_says_for_whom(store, people, clerk):
    away(store, people.staff, clerk)
    third = entrance.actor_of(make_account(store, "staff", None, name="李华"))
    take(store, third, raise_case(store, people), "assign", NOON, holder=people.staff.id)
    for who in (people.staff, here(store, clerk)):
        told = [line for line in read_inbox(store, actor=who, size=9, page=1).lines if line.kind == "in_hand"]
        assert [line.address for line in told] == [f"account:{people.staff.id}"]
    assert "in_hand" not in [line.kind for line in read_inbox(store, actor=third, size=9, page=1).lines]


def test_an_officer_stands_in_for_another_of_the_town_sees_their_enterprises_and_gets_their_mail(store, people):
    town = people.firm.town_code
    other = entrance.actor_of(make_account(store, "officer", "-", name="赵服务员", town_code=town))
    case = bring_to(store, people, "dispatched")
    assert store.read(lambda con: cases.get(con, here(store, other).scope, case.id)) is None
    officer = replace(people.officer, town_code=town)
    assert other.id in may_stand_in(store, actor=people.officer)
    away(store, officer, other)
    assert store.read(lambda con: cases.get(con, here(store, other).scope, case.id)).id == case.id
    mail = Contact("account", other.id, "mailto://zhao@gov.example", "zh", active=True)
    who = {"actor_id": other.id, "role": "officer", "at": NOON}
    store.write(lambda con: outbox.save_contact(con, mail, notice_version=1, **who))
    take(store, people.department, case, "answer", NOON + DAY)
    sent = store.read(lambda con: outbox.listed(con, state=None, limit=9, offset=0))
    assert [(one.recipient_id, one.kind) for one in sent] == [(other.id, "answered_officer")]
    assert store.read(lambda con: cases.get(con, here(store, other, NOON + 5 * DAY).scope, case.id)) is None


def test_who_may_stand_in_and_when_and_that_it_is_in_the_history(store, people, clerk):
    for stand_in, since, until, code in (
        (people.department, TODAY, TODAY, "stand_in_unknown"),
        (people.staff, TODAY, TODAY, "stand_in_unknown"),
        (clerk, TODAY, TODAY - DAY, "stand_in_days"),
        (clerk, TODAY - 3 * DAY, TODAY - DAY, "stand_in_days"),
        (clerk, TODAY, TODAY + 200 * DAY, "stand_in_days"),
    ):
        with pytest.raises(Refused, match=code):
            away(store, people.staff, stand_in, since, until)
    away(store, people.staff, clerk)
    with pytest.raises(Refused, match="stand_in_twice"):
        away(store, people.staff, clerk, TODAY + 2 * DAY, TODAY + 9 * DAY)
    (lasts,) = absences(store, actor=people.staff, today=TODAY)
    with pytest.raises(Refused, match="stand_in_unknown"):
        end_absence(store, actor=clerk, absence_id=lasts.id, at=NOON)
    end_absence(store, actor=people.staff, absence_id=lasts.id, at=NOON)
    assert here(store, clerk).stands_for == ()
    told = store.read(lambda con: events.of_subject(con, lasts.id))
    assert [(one["kind"], one["actor_id"]) for one in told] == [("name", people.staff.id), ("end", people.staff.id)]
    for nobody in (people.leader, people.enterprise, people.admin, people.town):
        with pytest.raises(Refused, match="forbidden"):
            away(store, nobody, clerk)


def test_an_officer_s_stand_in_of_another_town_is_none_and_what_does_not_count_can_be_ended(store, people):
    town = people.firm.town_code
    absent = entrance.actor_of(make_account(store, "officer", "-", name="孙服务员", town_code=town))
    other = entrance.actor_of(make_account(store, "officer", "-", name="钱服务员", town_code=town))
    away(store, absent, other)
    assert here(store, other).stands_for == (absent.id,)
    moved = replace(store.read(lambda con: accounts.by_id(con, other.id)), town_code=people.other_firm.town_code)
    store.write(lambda con: accounts.save(con, moved, actor_id=people.admin.id, role="admin", at=NOON))
    assert here(store, other).stands_for == ()
    assert absences(store, actor=other, today=TODAY) == []
    (kept,) = absences(store, actor=absent, today=TODAY)
    end_absence(store, actor=absent, absence_id=kept.id, at=NOON)
    assert absences(store, actor=absent, today=TODAY) == []
