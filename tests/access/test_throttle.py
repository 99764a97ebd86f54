"""A limit of tries holds however many try at once: a try is counted in the transaction that lets it be made."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

from access import entrance, own_password, throttle
from access.tokens import new_code, new_token
from casework.forum_day import forum_wall
from db.people import accounts
from db.refused import Refused
from tests.access.test_entrance import ELSEWHERE, HERE, a_followed_case, an_invitation, follow
from tests.conftest import NOON, PASSWORD

PARALLEL = 60


def refused(verb, *args, **facts):
    """The code of the refusal; '' where it got in."""
    try:
        verb(*args, **facts)
    except Refused as refusal:
        return refusal.code
    return ""


def at_once(verb):
    """PARALLEL calls of verb(i) in as many threads: the refusals' codes."""
    with ThreadPoolExecutor(PARALLEL) as pool:
        return list(pool.map(lambda i: refused(verb, i), range(PARALLEL)))


def test_of_sixty_passwords_at_once_five_are_looked_at(store, people, monkeypatch):
    evaluated = []
    monkeypatch.setattr(entrance, "matches", lambda *given: bool(evaluated.append(given)))
    login = people.accounts.staff.login
    said = at_once(
        lambda i: entrance.sign_in(store, login=login, password=f"guess-{i}", address=f"10.0.0.{i}", at=NOON)
    )
    assert len(evaluated) == throttle.MOST_UNDER_NAME
    assert sorted(said) == ["sign_in_failed"] * 5 + ["too_many_tries"] * 55
    assert store.read(accounts.sign_ins_by_outcome) == {"refused": 5, "throttled": 55}


def test_a_stolen_session_guesses_its_password_no_faster_by_guessing_at_once(store, people, monkeypatch):
    evaluated = []
    monkeypatch.setattr(entrance, "matches", lambda *given: bool(evaluated.append(given)))
    at_once(
        lambda i: own_password.change_own_password(
            store,
            actor=people.staff,
            current=f"guess-{i}",
            new="another-pass-1",
            again="another-pass-1",
            address=HERE,
            at=NOON,
        )
    )
    assert len(evaluated) == throttle.MOST_UNDER_NAME


def test_of_sixty_codes_for_one_case_from_one_address_five_are_looked_at(store, people):
    case, code = a_followed_case(store, people)
    said = at_once(lambda i: follow(store, new_code(), case.number))
    assert sorted(said) == ["code_unknown"] * 5 + ["too_many_tries"] * 55
    assert refused(follow, store, code, case.number) == "too_many_tries"


@pytest.mark.parametrize("way", ["invitation", "open", "screen", "wall"])
def test_of_sixty_guessed_links_from_one_address_thirty_are_looked_at(store, way):
    verbs = {
        "invitation": lambda token: entrance.enter_by_invitation(store, token=token, address=HERE, at=NOON),
        "open": lambda token: entrance.enter_by_open_link(store, token=token, browser="b", address=HERE, at=NOON),
        "screen": lambda token: entrance.enter_by_screen_link(store, token=token, address=HERE, at=NOON),
        "wall": lambda token: forum_wall.wall(store, token=token, address=HERE, at=NOON),
    }
    said = at_once(lambda _i: verbs[way](new_token()))
    assert said.count("too_many_tries") == PARALLEL - throttle.MOST_FROM_ADDRESS


def test_the_right_password_is_no_wrong_try_however_often_it_is_given(store, people):
    login = people.accounts.staff.login
    for _ in range(throttle.MOST_UNDER_NAME + 1):
        assert entrance.sign_in(store, login=login, password=PASSWORD, address=HERE, at=NOON)
    assert store.read(accounts.sign_ins_by_outcome) == {"accepted": 6}


def test_wrong_codes_of_others_lock_a_case_for_nobody_else(store, people):
    """Its code has 79 bits: who guesses from a thousand addresses learns nothing, and must not shut its holder out."""
    case, code = a_followed_case(store, people)
    for i in range(20):
        for _ in range(throttle.MOST_UNDER_NAME):
            assert refused(follow, store, new_code(), case.number, address=f"198.51.100.{i}") == "code_unknown"
        assert refused(follow, store, code, case.number, address=f"198.51.100.{i}") == "too_many_tries"
    assert refused(follow, store, code, case.number, address=ELSEWHERE) == ""


def test_one_address_that_tries_many_cases_is_stopped(store, people):
    case, code = a_followed_case(store, people)
    for i in range(throttle.MOST_FROM_ADDRESS):
        refused(follow, store, new_code(), f"2023-{i:04d}")
    assert refused(follow, store, code, case.number) == "too_many_tries"
    assert refused(follow, store, code, case.number, at=NOON + throttle.WINDOW + timedelta(seconds=1)) == ""


def test_a_link_that_is_right_counts_as_no_guess(store, people):
    _, token = an_invitation(store, people)
    for _ in range(throttle.MOST_FROM_ADDRESS + 1):
        assert entrance.enter_by_invitation(store, token=token, address=HERE, at=NOON)


def test_five_hundred_phones_of_one_hall_come_in_while_somebody_guesses_behind_the_same_address(store, people):
    _, token = an_invitation(store, people)
    enter = partial(entrance.enter_by_invitation, store, address=HERE, at=NOON)
    guessed = [refused(enter, token=new_token()) for _ in range(PARALLEL)]
    assert guessed.count("too_many_tries") == PARALLEL - throttle.MOST_FROM_ADDRESS
    assert [refused(enter, token=token) for _ in range(500)] == [""] * 500
    assert refused(enter, token=new_token()) == "too_many_tries"


def test_what_colleagues_get_wrong_shuts_out_nobody_who_came_in_from_their_office_before(store, people):
    enter = partial(entrance.sign_in, store, address=HERE, at=NOON)
    staff, leader = people.accounts.staff.login, people.accounts.leader.login
    assert enter(login=staff, password=PASSWORD)
    for n in range(throttle.MOST_FROM_ADDRESS):
        tried = throttle.Try("password", f"guessed-{n}", HERE, NOON)
        store.write(lambda con, tried=tried: throttle.noted(con, tried, "refused"))
    assert refused(enter, login=leader, password=PASSWORD) == "too_many_tries", "a name that is new here is a guess"
    assert refused(enter, login=staff, password=PASSWORD) == ""
    wrong = [refused(enter, login=staff, password="guess") for _ in range(throttle.MOST_UNDER_NAME + 1)]
    assert wrong == ["sign_in_failed"] * throttle.MOST_UNDER_NAME + ["too_many_tries"], "its password is still guarded"
