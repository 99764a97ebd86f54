"""Links of large screens: one page, the whole district, until taken back."""

from datetime import timedelta

import pytest

from access import entrance
from access.screens import live_screens, open_screen, revoke_screen
from db.refused import Refused
from tests.conftest import NOON
from tests.there import there


def come_in(store, people, at=NOON):
    token = open_screen(store, actor=people.staff, place="行政中心一楼大厅", at=at)
    return entrance.enter_by_screen_link(store, token=token, address="10.0.0.9", at=at).token


def test_a_screen_sees_its_page_and_nothing_else(store, people):
    screen = entrance.who_is_here(store, come_in(store, people), NOON)
    assert there(screen).permissions == {"see_screen"} and there(screen).name == "行政中心一楼大厅"


def test_a_screen_that_was_off_over_a_holiday_shows_again(store, people):
    session = come_in(store, people)
    assert entrance.who_is_here(store, session, NOON + timedelta(days=9)) is not None


def test_a_link_taken_back_ends_every_screen_that_it_opened(store, people):
    session = come_in(store, people)
    (link,) = live_screens(store, actor=people.admin)
    revoke_screen(store, actor=people.admin, link_id=link.id, at=NOON)
    revoke_screen(store, actor=people.admin, link_id=link.id, at=NOON)
    assert entrance.who_is_here(store, session, NOON) is None and live_screens(store, actor=people.staff) == []


@pytest.mark.parametrize("token", ["", "guessed", "x" * 5000])
def test_a_guessed_link_opens_nothing(store, token):
    with pytest.raises(Refused, match="invitation_unknown"):
        entrance.enter_by_screen_link(store, token=token, address="10.0.0.9", at=NOON)


@pytest.mark.parametrize("who", ["leader", "department", "town", "officer", "enterprise"])
def test_only_staff_and_administrators_give_screens_a_link(store, people, who):
    with pytest.raises(Refused, match="forbidden"):
        open_screen(store, actor=getattr(people, who), place="大厅", at=NOON)


@pytest.mark.parametrize("place", ["", "  \u200b ", "长" * 61])
def test_a_screen_has_a_place(store, people, place):
    with pytest.raises(Refused, match="screen_place"):
        open_screen(store, actor=people.staff, place=place, at=NOON)
