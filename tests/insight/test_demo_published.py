"""What a fresh demonstration shows to everybody."""

import json

import pytest

from access.passwords import hash_password
from db import events
from db.figures import citations
from db.survey import estimates as stored
from db.system import records, settings
from insight.__main__ import main
from insight.demo import publish_demo, show_demo
from pages.shared import here
from tests.conftest import make_account
from tests.insight.survey.test_results import answers
from tests.insight.world import add_answers, add_case, add_wave, noon

LATER = noon("2024-03-15")


@pytest.fixture
def waves(store):
    make_account(store, "staff", hash_password("face-to-face-demo"), login="staff")
    made = [add_wave(store, n, opens) for n, opens in enumerate(("2023-06-01", "2023-09-01", "2023-11-01"), start=1)]
    for wave_id, day in zip(made, ("2023-06-02", "2023-09-02", "2023-11-02"), strict=True):
        add_answers(store, wave_id, day, answers(30))
    return made


def public(store):
    return [one.wave_id for one in store.read(stored.public)]


def test_a_demonstration_publishes_its_last_two_waves_once(store, waves):
    store.write(lambda con: settings.put(con, "demo", "true"))
    assert [one.wave_id for one in publish_demo(store, at=LATER)] == waves[1:]
    assert public(store) == waves[:0:-1]
    assert publish_demo(store, at=LATER) == []
    log = store.read(lambda con: events.of_subject(con, waves[2]))
    assert [event["kind"] for event in log] == ["publish_results"]


def test_a_district_s_own_store_is_left_alone(store, waves):
    assert publish_demo(store, at=LATER) == [] and public(store) == []


def test_what_was_withdrawn_does_not_come_back(store, waves, people):
    store.write(lambda con: settings.put(con, "demo", "true"))
    made = publish_demo(store, at=LATER)
    store.write(lambda con: [stored.withdraw(con, one.id, by=people.staff.id, at=LATER) for one in made])
    assert publish_demo(store, at=LATER) == [] and public(store) == []


def test_the_command_says_what_it_published(store, waves, monkeypatch, capsys):
    store.write(lambda con: settings.put(con, "demo", "true"))
    monkeypatch.setattr("insight.__main__.open_store", lambda: store)
    monkeypatch.setattr(store, "close", lambda: None)
    assert main(["demo"]) == 0
    assert json.loads(capsys.readouterr().out)["published"] == waves[1:]


def test_a_demonstration_shows_a_few_figures_to_everybody_once(store, waves, people):
    store.write(lambda con: settings.put(con, "demo", "true"))
    add_case(store, people.firm, "1", ("submit", "submitted", "2023-11-01"))
    assert show_demo(store, at=LATER)[0].startswith("/cite/cases/issues/2024-02-14/")
    assert [one.code for one in store.read(citations.public)] == ["issues"], "others have no number, or too few"
    assert show_demo(store, at=LATER) == []


def test_what_a_demonstration_publishes_holds_against_its_history(demonstration):
    assert publish_demo(demonstration, at=here.now())
    assert demonstration.read(lambda con: list(records.verify(con))) == []
