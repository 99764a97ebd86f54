"""The choice of a theme is kept with its grounds, once, by those who plan forums."""

import json
from uuid import uuid4

import pytest

from casework.forums.theme_choices import Grounds, choose_theme
from db import events
from db.forums import themes
from db.refused import Refused
from tests.conftest import NOON

GROUNDS = Grounds(
    weights={"hard": 30, "urgent": 30, "common": 25, "fair": 15},
    scores={"sector:C17": {"hard": 50.0, "total": 61.5}},
    proposal={"enterprises": ["e1"], "bodies": ["power"], "cases": ["c1"]},
)


def choose(store, actor, **changes):
    asked = {"choice_id": str(uuid4()), "kind": "sector", "code": "C17", "grounds": GROUNDS, "note": "", "at": NOON}
    return choose_theme(store, actor=actor, **asked | changes)


def test_the_weights_the_scores_and_the_lists_are_kept(store, people):
    made = choose(store, people.staff, note="  限电是眼下最急的  ")
    kept = store.read(lambda con: themes.choice(con, made.id))
    assert json.loads(kept.weights) == GROUNDS.weights
    assert json.loads(kept.scores) == GROUNDS.scores
    assert json.loads(kept.proposal) == GROUNDS.proposal
    assert kept.note == "限电是眼下最急的"
    assert [e["kind"] for e in store.read(lambda con: events.of_subject(con, made.id))] == ["choose_theme"]


def test_a_second_click_makes_no_second_choice(store, people):
    choice_id = str(uuid4())
    first = choose(store, people.staff, choice_id=choice_id)
    assert choose(store, people.staff, choice_id=choice_id, code="C34") == first
    assert len(store.read(lambda con: themes.choices(con, limit=9))) == 1


@pytest.mark.parametrize("role", ["enterprise", "officer", "department", "town", "leader", "admin"])
def test_only_staff_choose(store, people, role):
    with pytest.raises(Refused, match="forbidden"):
        choose(store, getattr(people, role))
    assert store.read(lambda con: themes.choices(con, limit=9)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "town"}, "theme_unknown"),
        ({"code": "C99"}, "theme_unknown"),
        ({"grounds": Grounds({"hard": 0}, {}, {})}, "theme_weights"),
        ({"grounds": Grounds({"hard": 200}, {}, {})}, "theme_weights"),
        ({"note": "很" * 1001}, "theme_note"),
    ],
)
def test_what_makes_no_sense_is_refused(store, people, changes, code):
    with pytest.raises(Refused) as refused:
        choose(store, people.staff, **changes)
    assert refused.value.code == code
