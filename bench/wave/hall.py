"""A hall: phones that were invited to one wave and may have answered everything but not yet sent it."""

import random
from datetime import timedelta

from access import entrance
from bench.wave.district import Run, more_firms, opinions, said
from db import clock
from db.people import accounts
from db.people.enterprises import Enterprise
from db.store import Store
from db.survey import surveys
from intake.survey import answering
from intake.waves import inviting
from intake.waves.running import WaveForm, open_wave

SCREENS = 6  # of the questionnaire: behind the last comes the last look


def invited_phones(store: Store, phones: int, *, filled: bool) -> list[str]:
    """The sessions of that many enterprises; `filled`: each on the last look. The store has demo data."""
    staff = store.read(lambda con: accounts.by_login(con, "staff"))
    assert staff
    run = Run(store, random.Random(7), entrance.actor_of(staff))
    firms, day, at = more_firms(run, phones), clock.day_of(clock.now()), clock.now()
    opinions(run, firms)
    form = WaveForm("厅内调查", "Hall survey", "satisfaction", 1, day - timedelta(days=1), day + timedelta(days=9))
    wave = open_wave(store, actor=run.staff, wave_id=run.new_id(), form=form, at=at)
    ids = {firm.id for firm in firms}
    links = inviting.invite(store, actor=run.staff, wave_id=wave.id, enterprise_ids=ids, at=at)
    sessions = [_entered(store, link.token, n) for n, link in enumerate(links)]
    if filled:
        for link, session in zip(links, sessions, strict=True):
            _fill(run, session, link.enterprise, wave)
    return sessions


def _entered(store: Store, token: str, n: int) -> str:
    address = f"10.{n // 200}.{n % 200}.7"
    return entrance.enter_by_invitation(store, token=token, address=address, at=clock.now()).token


def _fill(run: Run, session: str, firm: Enterprise, wave: surveys.Wave) -> None:
    at = clock.now()
    actor = entrance.who_is_here(run.store, session, at)
    assert actor
    offer = answering.offered(run.store, actor=actor, at=at)
    assert offer
    answering.begin(run.store, actor=actor, offer=offer, form_id=run.new_id(), at=at - timedelta(minutes=5))
    answering.keep(run.store, actor=actor, wave_id=wave.id, answers=said(run.truth[firm.id]), screen=SCREENS, at=at)
