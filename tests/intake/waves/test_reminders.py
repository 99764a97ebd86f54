"""Reminders reach those drawn that have a channel and are silent, each once, and not too often."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from casework.notices.notices import message_of
from db import sql
from db.notices import outbox
from db.notices.outbox import Contact
from db.survey import samples
from intake.waves import running as waves
from intake.waves.reminders import GAP, remind, standing
from tests.conftest import NOON
from tests.intake.survey.test_survey import a_form, count, refusal, submit


@pytest.fixture
def wave(store, people):
    for owner, key in (("enterprise", people.firm.id), ("account", people.stranger.id)):
        contact = Contact(owner, key, f"mailto://{key}@example.cn", "zh", True)
        store.write(lambda con, c=contact: outbox.save_contact(con, c, actor_id="t", role="enterprise", at=NOON))
    return waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=a_form(), at=NOON)


def send(store, people, wave, *, reminder_id=None, at=NOON, actor=None):
    reminder_id = reminder_id or str(uuid4())
    return remind(store, actor=actor or people.staff, wave_id=wave.id, reminder_id=reminder_id, at=at)


def test_those_who_are_silent_and_have_a_channel_are_told_once(store, people, wave):
    submit(store, people.enterprise, wave, at=NOON)
    reminder_id = str(uuid4())
    made = send(store, people, wave, reminder_id=reminder_id)
    assert send(store, people, wave, reminder_id=reminder_id) == made
    [row] = store.read(lambda con: sql.rows(con, "SELECT * FROM outbox"))
    assert (row["recipient_id"], row["kind"], made.notices) == (people.stranger.id, "survey_reminder", 1)
    assert json.loads(row["params"])["path"] == "/survey"
    event = store.read(lambda con: sql.one(con, "SELECT * FROM event WHERE kind = 'remind'"))
    assert json.loads(event["detail"])["notices"] == 1


def test_a_reminder_reads_as_a_letter_with_the_title_and_the_day(store, people, wave):
    send(store, people, wave)
    notices = store.read(lambda con: outbox.listed(con, state=None, limit=9))
    message = message_of(notices[0], public_url="https://f2f.example", district="柯桥区")
    assert "2023 年第四季度企业满意度调查" in message.body and "12月14日" in message.body.replace(" ", "")
    assert "https://f2f.example/survey" in message.body


def test_reminders_are_days_apart_and_their_dates_are_kept(store, people, wave):
    send(store, people, wave)
    assert refusal(send, store, people, wave, at=NOON + GAP - timedelta(seconds=1)) == "remind_too_soon"
    send(store, people, wave, at=NOON + GAP)
    dates = [one.reminded_at for one in store.read(lambda con: samples.reminders(con, wave.id))]
    assert dates == [NOON, NOON + GAP]
    now = standing(store, actor=people.staff, wave_id=wave.id)
    assert (now.reachable, now.unreachable, now.next_at) == (2, 0, NOON + 2 * GAP)


def test_nobody_is_reminded_of_a_wave_that_is_over_or_by_others_than_staff(store, people, wave):
    assert refusal(send, store, people, wave, at=wave.closes_at) == "survey_closed"
    for who in ("leader", "officer", "admin"):
        assert refusal(send, store, people, wave, actor=getattr(people, who)) == "forbidden"
    for actor in (people.enterprise, people.stranger):
        submit(store, actor, wave, at=NOON)
    assert refusal(send, store, people, wave) == "remind_nobody"
    assert count(store, "outbox") == 0
