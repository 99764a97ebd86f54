"""Links taken back at once: all that nobody used, of the wave or of a group, with a reason, and no others."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from access import entrance
from db import sql
from db.people import invitations
from intake.survey import answering as survey
from intake.waves import inviting
from intake.waves import running as waves
from tests.conftest import NOON, make_enterprise
from tests.intake.survey.test_survey import LATER, a_form, refusal, submit
from tests.there import there

SOON = NOON + timedelta(minutes=5)


@pytest.fixture
def wave(store, people):
    for _ in range(8):
        make_enterprise(store, size="small", sector_code="F51", town_code="330603011")
    return waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=a_form(), at=NOON)


@pytest.fixture
def made(store, people, wave):
    """Ten links, by enterprise."""
    silent = inviting.still_silent(store, actor=people.staff, wave_id=wave.id)
    ids = [firm.id for firm in silent]
    links = inviting.invite(store, actor=people.staff, wave_id=wave.id, enterprise_ids=ids, at=NOON)
    return {link.enterprise.id: link for link in links}


def take_back(store, people, wave, **changes):
    args = {"actor": people.staff, "wave_id": wave.id, "reason": "地址清单有误", "shown_at": NOON, "at": LATER}
    return inviting.revoke_unused(store, **args | changes)


def unused(store, people, wave, **changes):
    return inviting.unused(store, **{"actor": people.staff, "wave_id": wave.id, "at": LATER} | changes)


def came_in(store, link):
    entered = entrance.enter_by_invitation(store, token=link.token, address="127.0.0.1", at=NOON)
    return entrance.who_is_here(store, entered.token, NOON), entered.token


def test_all_unused_links_are_taken_back_with_one_event_and_the_used_one_stays(store, people, wave, made):
    visitor, session = came_in(store, made[people.firm.id])
    submit(store, visitor, wave, at=NOON)
    assert unused(store, people, wave).links == 9
    assert take_back(store, people, wave) == 9
    assert unused(store, people, wave).links == 0
    [event] = store.read(lambda con: sql.rows(con, "SELECT * FROM event WHERE kind = 'revoke_unused'"))
    detail = json.loads(event["detail"])
    assert (detail["links"], detail["reason"], event["subject"]) == (9, "地址清单有误", wave.id)
    assert entrance.who_is_here(store, session, SOON)  # whoever has answered still sees the thanks
    for link in made.values():
        kept = store.read(lambda con, one=link: invitations.by_id(con, one.invitation_id))
        assert (kept.revoked_at is None) == (kept.used_at is not None)


def test_a_link_that_was_taken_back_opens_nothing_and_ends_its_visit(store, people, wave, made):
    _, session = came_in(store, made[people.firm.id])
    assert entrance.who_is_here(store, session, SOON)
    take_back(store, people, wave, at=SOON)
    assert entrance.who_is_here(store, session, SOON) is None
    link = made[people.other_firm.id]
    again = refusal(entrance.enter_by_invitation, store, token=link.token, address="127.0.0.1", at=LATER)
    assert again == "invitation_unknown"


def test_of_a_group_or_stratum_only_its_own_links_are_taken_back(store, people, wave, made):
    assert unused(store, people, wave, group="size:small").links == 8
    assert take_back(store, people, wave, group="small|trade|north") == 8
    assert unused(store, people, wave).links == 2
    assert refusal(take_back, store, people, wave, group="size:giant") == "group_unknown"


def test_who_has_begun_is_counted_before_it_is_confirmed(store, people, wave, made):
    visitor, _ = came_in(store, made[people.firm.id])
    offer = survey.offered(store, actor=there(visitor), at=NOON)
    survey.begin(store, actor=there(visitor), offer=there(offer), form_id=str(uuid4()), at=NOON)
    found = unused(store, people, wave)
    assert (found.links, found.begun) == (10, 1)


def test_links_made_after_the_number_was_shown_stay(store, people, wave, made):
    ids = [people.firm.id]
    inviting.invite(store, actor=people.staff, wave_id=wave.id, enterprise_ids=ids, at=SOON)
    assert take_back(store, people, wave, shown_at=NOON) == 10
    assert unused(store, people, wave).links == 1


def test_without_a_reason_a_link_or_a_running_wave_nothing_is_taken_back(store, people, wave, made):
    assert refusal(take_back, store, people, wave, reason=" \u200b ") == "take_back_reason"
    assert refusal(take_back, store, people, wave, reason="长" * 201) == "take_back_reason"
    assert refusal(take_back, store, people, wave, at=wave.closes_at) == "wave_over"
    assert refusal(take_back, store, people, wave, shown_at=NOON - timedelta(days=1)) == "take_back_none"
    for who in ("leader", "officer", "admin", "enterprise"):
        assert refusal(take_back, store, people, wave, actor=getattr(people, who)) == "forbidden"
    assert unused(store, people, wave).links == 10
