"""Quotas of a stratum or a group: an aim that staff set, that reminders follow, and that turns nobody away."""

import dataclasses
import json
from uuid import uuid4

import pytest

from db import sql
from db.notices import outbox
from db.notices.outbox import Contact
from db.survey import samples, sampling
from intake.waves import quotas
from intake.waves import running as waves
from intake.waves.reminders import SHORT, remind, standing
from intake.waves.samples import Design, grouped, strata_of
from tests.conftest import NOON, make_enterprise
from tests.intake.survey.test_survey import LATER, a_form, count, refusal, submit

LARGER = "larger|textile|centre"  # the first of the two firms that there always are
SMALL, MICRO = "small|trade|north", "micro|textile|centre"


@pytest.fixture
def wave(store, people):
    """Drawn: twelve small ones in trade, eight micro ones in textile, and the two firms."""
    for n in range(20):
        kind = {"size": "small", "sector_code": "F51", "town_code": "330603011"} if n < 12 else {"size": "micro"}
        make_enterprise(store, **kind)
    form = a_form(sample=Design(target_rate=50))
    return waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=form, at=NOON)


def by_stratum(store, people, wave):
    return {one.stratum: one for one in strata_of(store, actor=people.staff, wave_id=wave.id)}


def set_them(store, people, wave, wanted, **changes):
    args = {"actor": people.staff, "wave_id": wave.id, "seen": wave.seq, "at": NOON} | changes
    return quotas.set_quotas(store, quotas=wanted, **args)


def test_until_somebody_sets_them_quotas_are_the_rate_of_those_drawn(store, people, wave):
    found = by_stratum(store, people, wave)
    assert {code: one.wanted for code, one in found.items() if code in (SMALL, MICRO)} == {SMALL: 6, MICRO: 4}
    assert quotas.by_rate(list(found.values()), 50)


def test_a_stratums_quota_is_set_with_one_event_and_the_others_keep_theirs(store, people, wave):
    set_them(store, people, wave, {SMALL: 9})
    found = by_stratum(store, people, wave)
    assert (found[SMALL].wanted, found[MICRO].wanted) == (9, 4)
    assert not quotas.by_rate(list(found.values()), 50)
    event = store.read(lambda con: sql.one(con, "SELECT * FROM event WHERE kind = 'quota'"))
    detail = json.loads(event["detail"])
    assert (detail["set"], detail["wanted"] - detail["before"], event["subject"]) == ({SMALL: 9}, 3, wave.id)


def test_a_groups_quota_is_shared_over_its_strata_as_they_were_drawn(store, people, wave):
    set_them(store, people, wave, {"sector:textile": 6, "size:small": 12})
    found = by_stratum(store, people, wave)
    assert (found[SMALL].wanted, found[MICRO].wanted + found[LARGER].wanted) == (12, 6)
    textile = next(one for one in grouped(list(found.values()), sampling.usual(), "sector") if one.stratum == "textile")
    assert (textile.wanted, textile.short, textile.lacking) == (6, 6, 2)


def test_one_rate_puts_all_that_was_set_by_hand_in_its_place_and_is_the_waves_from_then(store, people, wave):
    moved = set_them(store, people, wave, {SMALL: 12})
    again = quotas.set_rate(store, actor=people.staff, wave_id=wave.id, rate=25, seen=moved.seq, at=NOON)
    assert (again.target_rate, by_stratum(store, people, wave)[SMALL].wanted) == (25, 3)
    assert store.read(lambda con: sql.scalar(con, "SELECT target_rate FROM wave")) == 25


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({SMALL: 13}, "quota_range"),
        ({SMALL: -1}, "quota_range"),
        ({"size:small": 13}, "quota_range"),
        ({"size:giant": 1}, "group_unknown"),
        ({"small|trade": 1}, "group_unknown"),
        ({SMALL: 2, "size:small": 2}, "quota_twice"),
    ],
)
def test_a_quota_that_cannot_be_kept_is_refused_and_nothing_is_written(store, people, wave, wanted, code):
    assert refusal(set_them, store, people, wave, wanted) == code
    assert by_stratum(store, people, wave)[SMALL].wanted == 6
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM event WHERE kind = 'quota'")) == 0


def test_quotas_are_set_before_the_first_day_too_but_not_after_the_last_nor_twice_from_one_look(store, people, wave):
    before = wave.opens_at.replace(year=2022)
    moved = set_them(store, people, wave, {SMALL: 7}, at=before)
    assert refusal(set_them, store, people, wave, {SMALL: 8}) == "moved_on"
    assert refusal(set_them, store, people, moved, {SMALL: 8}, at=wave.closes_at) == "wave_over"
    rate = {"actor": people.staff, "wave_id": wave.id, "rate": 0, "seen": moved.seq, "at": NOON}
    assert refusal(quotas.set_rate, store, **rate) == "sample_rate"
    for who in ("leader", "officer", "admin", "enterprise"):
        assert refusal(set_them, store, people, moved, {SMALL: 8}, actor=getattr(people, who)) == "forbidden"


def test_a_full_stratum_takes_every_answer_that_still_comes(store, people, wave):
    set_them(store, people, wave, {LARGER: 0})
    submit(store, people.enterprise, wave, at=LATER)
    full = by_stratum(store, people, wave)[LARGER]
    assert (full.answered, full.wanted, full.short) == (1, 0, 0)


def tell(store, firms):
    for firm in firms:
        contact = Contact("enterprise", firm, f"mailto://{firm}@example.cn", "zh", True)
        store.write(lambda con, c=contact: outbox.save_contact(con, c, actor_id="t", role="enterprise", at=NOON))


def test_strata_that_lack_answers_are_reminded_alone_or_a_group_or_a_stratum(store, people, wave):
    units = store.read(lambda con: samples.units(con, wave.id))
    of = {unit.enterprise_id: unit.stratum for unit in units}
    tell(store, of)
    set_them(store, people, wave, {"size:small": 0, "size:micro": 8, "size:larger": 0})
    seen = {to: standing(store, actor=people.staff, wave_id=wave.id, to=to).reachable
            for to in ("", SHORT, "sector:trade", MICRO)}  # fmt: skip
    assert seen == {"": 22, SHORT: 8, "sector:trade": 12, MICRO: 8}
    args = {"actor": people.staff, "wave_id": wave.id, "reminder_id": str(uuid4()), "at": NOON}
    assert refusal(remind, store, to="size:giant", **args) == "group_unknown"
    assert remind(store, to=SHORT, **args).notices == 8
    told = store.read(lambda con: sql.rows(con, "SELECT recipient_id FROM outbox"))
    assert {of[row["recipient_id"]] for row in told} == {MICRO}


def test_of_all_that_are_reminded_the_strata_that_lack_most_are_told_first(store, people, wave):
    of = {unit.enterprise_id: unit.stratum for unit in store.read(lambda con: samples.units(con, wave.id))}
    tell(store, of)
    set_them(store, people, wave, {SMALL: 12, MICRO: 1})
    answered = [key for key, stratum in of.items() if stratum == SMALL][:6]
    for key in answered:
        submit(store, dataclasses.replace(people.enterprise, enterprise_id=key), wave, at=NOON)
    args = {"actor": people.staff, "wave_id": wave.id, "reminder_id": str(uuid4()), "at": NOON}
    remind(store, **args)
    due = store.read(lambda con: outbox.due(con, at=LATER, mail=True, limit=50))
    strata = [of[notice.recipient_id] for notice in due]
    assert len(strata) == 16 and strata[-6:] == [SMALL] * 6  # half of them are in; the others lack all
    assert count(store, "wave_reminder") == 1
