"""The second factor: who is asked, that the password alone lets nobody in, that a code works once."""

from datetime import timedelta

import pytest
from pyotp.totp import TOTP

from access import admin, entrance, own_password, second_factor, throttle
from access.admin import Belonging
from db import clock
from db.refused import Refused
from pages.shared import here
from tests.access.test_admin import NEW
from tests.access.test_routes import ask, who_came_in
from tests.conftest import NOON, PASSWORD
from tests.there import there

ADDRESS = "198.51.100.7"


@pytest.fixture
def asked_for(store, people):
    second_factor.ask_second_factor(store, actor=people.admin, wanted=True, at=NOON)


def half(store, account, at=NOON):
    return entrance.sign_in(store, login=account.login, password=PASSWORD, address=ADDRESS, at=at)


def code(store, token, at=NOON):
    return TOTP(second_factor.asked(store, token=token, at=at).secret).at(clock.seconds(at))


def enter(store, token, code, at=NOON):
    return second_factor.enter(store, token=token, code=code, address=ADDRESS, at=at)


def refused(expected, fn, /, *args, **facts):
    with pytest.raises(Refused) as refusal:
        fn(*args, **facts)
    assert refusal.value.code == expected


@pytest.mark.parametrize("role", ["staff", "leader", "admin"])
def test_the_password_alone_lets_nobody_in_of_whom_a_code_is_asked(store, people, asked_for, role):
    entered = half(store, getattr(people.accounts, role))
    assert entered.half and entrance.who_is_here(store, entered.token, NOON) is None
    whole = enter(store, entered.token, code(store, entered.token))
    assert there(entrance.who_is_here(store, whole.token, NOON)).id == getattr(people, role).id
    assert whole.token != entered.token and entrance.who_is_here(store, entered.token, NOON) is None


@pytest.mark.parametrize("role", ["enterprise", "officer", "department", "town"])
def test_of_all_others_none_is_asked(store, people, asked_for, role):
    entered = half(store, getattr(people.accounts, role))
    assert not entered.half and entrance.who_is_here(store, entered.token, NOON)


def test_a_code_works_once_and_no_older_one_after_it(store, people, asked_for):
    first = half(store, people.accounts.staff).token
    secret = second_factor.asked(store, token=first, at=NOON).secret
    said = TOTP(secret).at(clock.seconds(NOON))
    enter(store, first, said)
    again = half(store, people.accounts.staff).token
    assert second_factor.asked(store, token=again, at=NOON).secret == "", "what a device learns it from is told no more"
    refused("second_wrong", enter, store, again, said)
    later = NOON + timedelta(seconds=30)
    enter(store, again, TOTP(secret).at(clock.seconds(later)), at=later)


def test_a_clock_may_be_half_a_minute_off_and_no_more(store, people, asked_for):
    token = half(store, people.accounts.leader).token
    secret = second_factor.asked(store, token=token, at=NOON).secret
    refused("second_wrong", enter, store, token, TOTP(secret).at(clock.seconds(NOON) - 60))
    enter(store, token, TOTP(secret).at(clock.seconds(NOON) - 30))


def test_codes_are_guessed_no_oftener_than_passwords_and_for_ten_minutes_at_most(store, people, asked_for):
    token = half(store, people.accounts.staff).token
    right = code(store, token)
    for _ in range(throttle.MOST_UNDER_NAME):
        refused("second_wrong", enter, store, token, "000000" if right != "000000" else "111111")
    refused("too_many_tries", enter, store, token, right)
    late = half(store, people.accounts.leader).token
    said = code(store, late)
    refused("sign_in_over", enter, store, late, said, at=NOON + entrance.HALF)
    refused("sign_in_over", enter, store, "guessed", said)


def test_a_password_that_a_link_set_is_no_way_around_it(store, people, asked_for):
    account = people.accounts.leader
    link = admin.reset_password(store, actor=people.admin, account_id=account.id, seen=account.seq, at=NOON)
    entered = own_password.set_password(store, token=link, new=NEW, again=NEW, address=ADDRESS, at=NOON)
    assert entered.half and entrance.who_is_here(store, entered.token, NOON) is None


def test_whoever_becomes_one_of_those_whom_a_code_is_asked_of_signs_in_again_with_one(store, people, asked_for):
    account = people.accounts.town
    town, before = half(store, account).token, half(store, people.accounts.department).token
    whole = {"actor": people.admin, "account_id": account.id, "name": "新名", "place": Belonging(), "at": NOON}
    admin.change_account(store, role="staff", seen=account.seq, **whole)
    assert entrance.who_is_here(store, town, NOON) is None and entrance.who_is_here(store, before, NOON)
    entered = half(store, account)
    staff = enter(store, entered.token, code(store, entered.token)).token
    admin.change_account(store, role="leader", seen=account.seq + 1, **whole)
    assert there(entrance.who_is_here(store, staff, NOON)).role == "leader", "who has shown a code stays"


def test_an_administrator_forgets_a_lost_device_and_the_next_sign_in_sets_up_another(store, people, asked_for):
    token = half(store, people.accounts.staff).token
    before = second_factor.asked(store, token=token, at=NOON).secret
    whole = enter(store, token, code(store, token)).token
    second_factor.forget_factor(store, actor=people.admin, account_id=people.staff.id, at=NOON)
    assert entrance.who_is_here(store, whole, NOON) is None
    assert second_factor.asked(store, token=half(store, people.accounts.staff).token, at=NOON).secret not in (
        "",
        before,
    )


def test_the_page_asks_for_the_code_after_the_password_and_leads_on(store, people, asked_for):
    typed = {"login": people.accounts.staff.login, "password": PASSWORD, "next": "/desk"}
    answer = ask("POST", "/sign-in", form=typed)
    assert answer.headers["location"] == "/sign-in/code?next=%2Fdesk"
    token = answer.cookies[here.SESSION_COOKIE].value
    known = {"cookies": {here.SESSION_COOKIE: token}, "accept_language": "en"}
    page = ask("GET", "/sign-in/code?next=%2Fdesk", **known).text
    assert "authenticator" in page and "data:image/png" in page and "<script" not in page
    assert "not right" in ask("POST", "/sign-in/code", form={"code": "12", "next": "/desk"}, **known).text
    right = code(store, token, here.now())
    assert ask("POST", "/sign-in/code", form={"code": right}, sec_fetch_site="cross-site", **known).status == 403
    answer = ask("POST", "/sign-in/code", form={"code": right, "next": "/desk"}, **known)
    assert answer.headers["location"] == "/desk" and there(who_came_in(store, answer)).id == people.staff.id
    assert ask("GET", "/sign-in/code").headers["location"].startswith("/sign-in?")
