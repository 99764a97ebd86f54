"""Coming in: by password, by invitation, by a receipt's code; and who is still here at the next run."""

from datetime import timedelta
from uuid import uuid4

import pytest

from access import entrance, throttle
from access.tokens import hashed, new_code, new_token
from casework.cases.act import open_case
from db.cases.cases import NewCase
from db.people import accounts, invitations
from db.people.invitations import Invitation
from db.refused import Refused
from tests.conftest import NOON, PASSWORD, make_account, revoke_codes
from tests.there import there

HERE = "198.51.100.7"
ELSEWHERE = "203.0.113.9"


def enter(store, login, password=PASSWORD, *, address=HERE, at=NOON):
    return entrance.sign_in(store, login=login, password=password, address=address, at=at)


def refusal(fn, *args, **facts):
    with pytest.raises(Refused) as found:
        fn(*args, **facts)
    return found.value.code, found.value.facts


def test_the_right_password_lets_in_whoever_it_is(store, people):
    entered = enter(store, people.accounts.staff.login)
    here = entrance.who_is_here(store, entered.token, NOON)
    assert (there(here).id, there(here).role) == (people.staff.id, "staff")
    (attempt,) = store.read(lambda con: accounts.sign_ins(con, limit=9))
    assert (attempt.name, attempt.address, attempt.outcome) == (people.accounts.staff.login, HERE, "accepted")


def test_only_the_hash_of_a_session_is_stored(store, people):
    token = enter(store, people.accounts.staff.login).token
    assert store.read(lambda con: accounts.session(con, hashed(token))) is not None
    assert store.read(lambda con: accounts.session(con, token)) is None


def test_an_unknown_name_a_wrong_password_and_a_disabled_account_get_the_same_answer(store, people, password_hash):
    gone = make_account(store, "staff", password_hash, active=False)
    known_only = make_account(store, "officer", None)
    answers = [
        refusal(enter, store, "nobody"),
        refusal(enter, store, people.accounts.staff.login, "wrong"),
        refusal(enter, store, gone.login),
        refusal(enter, store, known_only.login),
    ]
    assert answers == [("sign_in_failed", {})] * 4


def test_an_unknown_name_costs_a_hash_as_a_known_one_does(store, people, monkeypatch):
    checked = []
    genuine = entrance.matches
    monkeypatch.setattr(entrance, "matches", lambda *given: checked.append(given[1]) or genuine(*given))
    for login in ("nobody", people.accounts.staff.login):
        refusal(enter, store, login, "wrong")
    assert len(checked) == 2


def test_five_wrong_tries_under_one_name_stop_it_from_any_address_for_a_quarter_of_an_hour(store, people):
    login = people.accounts.staff.login
    for i in range(throttle.MOST_UNDER_NAME):
        refusal(enter, store, login, "wrong", address=f"198.51.100.{i}")
    assert refusal(enter, store, login, address=ELSEWHERE) == ("too_many_tries", {"minutes": 15})
    assert [a.address for a in store.read(lambda con: accounts.sign_ins(con, outcome="throttled", limit=9))] == [
        ELSEWHERE
    ]
    assert enter(store, people.accounts.leader.login, address=ELSEWHERE)
    assert enter(store, login, at=NOON + throttle.WINDOW + timedelta(seconds=1))


def test_a_name_too_long_to_be_kept_is_throttled_all_the_same(store):
    for _ in range(throttle.MOST_UNDER_NAME):
        refusal(enter, store, "x" * 300, "wrong")
    assert refusal(enter, store, "x" * 300)[0] == "too_many_tries"


def test_one_address_that_tries_many_names_is_stopped_and_others_are_not(store, people):
    for i in range(throttle.MOST_FROM_ADDRESS - 1):  # what a wrong password leaves behind, without its slow hash
        throttle.reserved(store, throttle.Try("password", f"name-{i}", HERE, NOON))
    assert refusal(enter, store, "one-more", "wrong")[0] == "sign_in_failed"
    assert refusal(enter, store, people.accounts.staff.login)[0] == "too_many_tries"
    assert enter(store, people.accounts.staff.login, address=ELSEWHERE)


def test_a_phone_that_capitalises_lets_in_and_each_case_of_a_name_counts_as_one(store, people):
    login = people.accounts.staff.login
    token = enter(store, f" {login.upper()} ").token
    assert there(entrance.who_is_here(store, token, NOON)).id == people.staff.id
    for one in (login, login.upper(), login.title(), login.swapcase(), login.capitalize()):
        refusal(enter, store, one, "wrong")
    assert refusal(enter, store, login.upper())[0] == refusal(enter, store, login)[0] == "too_many_tries"
    assert {a.name for a in store.read(lambda con: accounts.sign_ins(con, limit=9))} == {login}


def test_another_house_s_name_is_taken_letter_for_letter(store, people):
    login, asked = people.accounts.staff.login, {"address": HERE, "at": NOON}
    assert refusal(entrance.enter_by_identity, store, login=login.upper(), **asked)[0] == "identity_unknown"
    token = entrance.enter_by_identity(store, login=login, **asked).token
    assert there(entrance.who_is_here(store, token, NOON)).id == people.staff.id


@pytest.mark.parametrize("login", ["Straße", "Ölmühle", "ИВАН", "İpek"])
def test_a_name_in_any_letters_lets_in_as_it_was_written(store, people, password_hash, login):
    """Stores fold other letters than ours each in its own way, and some letters have two small forms."""
    account = make_account(store, "staff", password_hash, login=login)
    token = enter(store, login).token
    assert there(entrance.who_is_here(store, token, NOON)).id == account.id
    assert store.read(lambda con: accounts.these_logins(con, [login, "nobody"])) == {login}


def test_of_two_logins_that_differ_by_case_alone_the_one_that_was_typed_is_let_in(store, people, password_hash):
    """As stores of before may hold them."""
    lower, upper = (make_account(store, "staff", password_hash, login=login) for login in ("li.si", "LI.SI"))
    for account in (lower, upper):
        token = enter(store, account.login).token
        assert there(entrance.who_is_here(store, token, NOON)).id == account.id
    assert refusal(enter, store, "Li.Si")[0] == "sign_in_failed", "it is neither's"


def test_a_throttled_try_does_not_prolong_the_wait(store, people):
    login = people.accounts.staff.login
    for _ in range(throttle.MOST_UNDER_NAME):
        refusal(enter, store, login, "wrong")
    refusal(enter, store, login, at=NOON + timedelta(minutes=14))
    assert enter(store, login, at=NOON + timedelta(minutes=16))


def test_a_session_ends_after_twelve_idle_hours_and_lives_on_where_it_is_used(store, people):
    idle, used = (enter(store, people.accounts.staff.login).token for _ in range(2))
    half = NOON + timedelta(hours=11)
    assert entrance.who_is_here(store, used, half)
    later = NOON + timedelta(hours=13)
    assert entrance.who_is_here(store, idle, later) is None
    assert entrance.who_is_here(store, used, later)


def test_a_session_ends_after_seven_days_however_much_it_is_used(store, people):
    token, at = enter(store, people.accounts.staff.login).token, NOON
    while at < NOON + entrance.ABSOLUTE - timedelta(hours=10):
        at += timedelta(hours=10)
        assert entrance.who_is_here(store, token, at)
    assert entrance.who_is_here(store, token, NOON + entrance.ABSOLUTE) is None


def test_signing_out_ends_this_session_and_no_other(store, people):
    first, second = (enter(store, people.accounts.staff.login).token for _ in range(2))
    entrance.sign_out(store, first, NOON)
    assert entrance.who_is_here(store, first, NOON) is None
    assert entrance.who_is_here(store, second, NOON)


@pytest.mark.parametrize("token", [None, "", "guessed", "0" * 43])
def test_a_guessed_cookie_is_nobody(store, people, token):
    assert entrance.who_is_here(store, token, NOON) is None


def test_another_role_counts_at_the_next_run(store, people):
    token = enter(store, people.accounts.staff.login).token
    account = store.read(lambda con: accounts.by_id(con, people.staff.id))
    changed = {**vars(account), "role": "department", "body_code": "tax"}
    store.write(lambda con: accounts.save(con, type(account)(**changed), actor_id="a", role="admin", at=NOON))
    here = entrance.who_is_here(store, token, NOON)
    assert (there(here).role, there(here).body_code, there(here).may("plan_forum")) == ("department", "tax", False)
    assert there(here).scope.kind == "body"


def an_invitation(store, people, **changes):
    token = new_token()
    facts = {
        "id": str(uuid4()),
        "token_hash": hashed(token),
        "enterprise_id": people.firm.id,
        "wave_id": None,
        "created_at": NOON,
        "expires_at": NOON + timedelta(days=14),
        "used_at": None,
        "revoked_at": None,
    }
    made = Invitation(**(facts | changes))
    store.write(lambda con: invitations.add(con, [made]))
    return made, token


def open_link(store, token, *, at=NOON, address=HERE):
    return entrance.enter_by_invitation(store, token=token, address=address, at=at)


def test_opening_an_invitation_twice_uses_nothing_up_and_gives_each_browser_its_own_session(store, people):
    made, token = an_invitation(store, people, wave_id="w1")
    first, second = open_link(store, token), open_link(store, token)
    assert first.token != second.token and first.wave_id == "w1"
    for entered in (first, second):
        here = entrance.who_is_here(store, entered.token, NOON)
        assert (there(here).way, there(here).enterprise_id, there(here).invitation_id) == (
            "invitation",
            people.firm.id,
            made.id,
        )
    assert store.read(lambda con: invitations.by_id(con, made.id)).used_at is None


def test_an_invited_enterprise_may_speak_but_reads_no_case(store, people):
    _, token = an_invitation(store, people)
    here = entrance.who_is_here(store, open_link(store, token).token, NOON)
    assert there(here).permissions == {"answer_survey", "raise_issue"}
    assert there(here).scope.kind == "none"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"expires_at": NOON}, "invitation_expired"),
        ({"revoked_at": NOON}, "invitation_unknown"),
    ],
)
def test_a_spent_link_opens_nothing(store, people, changes, code):
    _, token = an_invitation(store, people, **changes)
    assert refusal(open_link, store, token)[0] == code


def test_guessing_links_is_refused_and_then_throttled_by_address(store, people):
    _, token = an_invitation(store, people)
    for _ in range(throttle.MOST_FROM_ADDRESS):
        assert refusal(open_link, store, new_token())[0] == "invitation_unknown"
    assert refusal(open_link, store, new_token())[0] == "too_many_tries"
    assert open_link(store, token) and open_link(store, token, address=ELSEWHERE), "a right link is nobody's guess"


def test_an_invitation_taken_back_ends_the_visit_at_the_next_run(store, people):
    made, token = an_invitation(store, people)
    session = open_link(store, token).token
    store.write(lambda con: invitations.revoke(con, made.id, NOON))
    assert entrance.who_is_here(store, session, NOON) is None


def test_an_invitation_is_used_up_once(store, people):
    made, _ = an_invitation(store, people)
    for at in (NOON, NOON + timedelta(hours=1)):
        store.write(lambda con, at=at: invitations.use_up(con, {made.id: at}))
    used = there(store.read(lambda con: invitations.by_id(con, made.id)))
    assert used.used_at == NOON
    assert made.usable(NOON)
    assert not used.usable(NOON)


def a_followed_case(store, people, *, at=NOON):
    case = NewCase(
        id=str(uuid4()),
        kind="problem",
        category="finance",
        enterprise_id=people.firm.id,
        sector_code="C17",
        town_code="330603001",
        title="贷款续期难",
        text="银行要求先还后贷",
        channel="self",
        language="zh",
        notice_version=1,
    )
    code = new_code()

    def write(con):
        opened = open_case(con, case=case, actor=people.enterprise, at=at)
        invitations.add_follow_codes(con, {hashed(code): opened.id}, at=at)
        return opened

    return store.write(write), code


def follow(store, code, number, *, at=NOON, address=HERE):
    return entrance.enter_by_code(store, code=code, number=number, address=address, at=at)


def test_a_receipts_code_opens_its_case_alone(store, people):
    case, code = a_followed_case(store, people)
    entered = follow(store, f" {code.lower()} ", f" {case.number} ")
    here = entrance.who_is_here(store, entered.token, NOON)
    assert (there(here).way, there(here).case_id, there(here).scope.kind, there(here).scope.key) == (
        "follow",
        case.id,
        "case",
        case.id,
    )
    assert there(here).permissions == {"follow_cases", "judge_answer"}


def test_a_code_with_another_cases_number_opens_nothing(store, people):
    (first, code), (second, _) = a_followed_case(store, people), a_followed_case(store, people)
    assert refusal(follow, store, code, second.number) == refusal(follow, store, new_code(), first.number)


def test_a_revoked_code_ends_the_visit_and_a_new_code_does_not_revive_it(store, people):
    case, code = a_followed_case(store, people)
    session = follow(store, code, case.number).token
    later = NOON + timedelta(minutes=10)
    revoke_codes(store, case.id, later)
    assert entrance.who_is_here(store, session, later) is None
    assert refusal(follow, store, code, case.number, at=later)[0] == "code_unknown"
    fresh = new_code()
    store.write(lambda con: invitations.add_follow_codes(con, {hashed(fresh): case.id}, at=later))
    assert entrance.who_is_here(store, session, later) is None
    assert entrance.who_is_here(store, follow(store, fresh, case.number, at=later).token, later)


def test_taking_the_codes_back_ends_visits_by_each_of_them(store, people):
    """A second code that was sent before keeps no visit of the first one alive."""
    case, code = a_followed_case(store, people)
    second, later = new_code(), NOON + timedelta(minutes=5)
    store.write(lambda con: invitations.add_follow_codes(con, {hashed(second): case.id}, at=NOON))
    visits = [follow(store, each, case.number, at=later).token for each in (code, second)]
    revoke_codes(store, case.id, later)
    assert [entrance.who_is_here(store, visit, later) for visit in visits] == [None, None]
    assert refusal(follow, store, second, case.number, at=later)[0] == "code_unknown"


def test_a_visit_by_link_ends_after_a_day(store, people):
    case, code = a_followed_case(store, people)
    session, at = follow(store, code, case.number).token, NOON
    for _ in range(2):
        at += timedelta(hours=11)
        assert entrance.who_is_here(store, session, at)
    assert entrance.who_is_here(store, session, NOON + entrance.VISIT) is None
