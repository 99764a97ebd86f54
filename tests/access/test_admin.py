"""The administrator: accounts, reference lists, upkeep; and everybody's own password."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from access import admin, entrance, own_password, sessions, throttle
from access.__main__ import OPERATOR
from access.admin import Belonging
from access.reference_lists import ReferenceEntry, add_item, change_item, move_item
from access.tokens import hashed
from access.upkeep import back_up, rename_district, verify_history
from db import events, references
from db.people import accounts
from db.people.accounts import AccountFilter
from db.refused import MovedOn, Refused
from db.system import settings
from tests.conftest import NOON, PASSWORD
from tests.there import there

ADDRESS = "198.51.100.7"
NEW = "a longer new password"


def added(store, people, **changes):
    asked = {
        "account_id": str(uuid4()),
        "login": f"new-{uuid4().hex[:6]}",
        "name": "新来的",
        "role": "staff",
        "place": Belonging(),
        "at": NOON,
    }
    return admin.add_account(store, actor=people.admin, **(asked | changes))


def changed(store, people, account, verb=admin.disable_account, **facts):
    return verb(store, actor=people.admin, account_id=account.id, seen=account.seq, at=NOON, **facts)


def entered(store, login, password=PASSWORD):
    return entrance.sign_in(store, login=login, password=password, address=ADDRESS, at=NOON).token


def refused(expected, fn, /, *args, **facts):
    with pytest.raises(Refused) as refusal:
        fn(*args, **facts)
    assert refusal.value.code == expected


def test_a_new_account_signs_in_with_the_password_that_was_shown_once(store, people):
    issued = added(store, people, role="department", place=Belonging(body_code="tax", town_code="330603001"))
    token = entered(store, issued.account.login, there(issued.password))
    here = entrance.who_is_here(store, token, NOON)
    assert (there(here).role, there(here).body_code, there(here).town_code) == ("department", "tax", None)
    assert there(issued.password) not in str(store.read(lambda con: events.of_subject(con, issued.account.id)))


def test_a_second_try_of_the_same_form_adds_one_account_and_shows_no_password(store, people):
    id_, login = str(uuid4()), "twice"
    first = added(store, people, account_id=id_, login=login)
    second = added(store, people, account_id=id_, login=login)
    assert (second.account, second.password) == (first.account, None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"login": "x"}, "login_invalid"),
        ({"login": "有中文"}, "login_invalid"),
        ({"login": "a b c"}, "login_invalid"),
        ({"name": " \u200b "}, "name_missing"),
        ({"role": "emperor"}, "role_unknown"),
        ({"role": "department"}, "place_missing"),
        ({"role": "department", "place": Belonging(town_code="330603001")}, "place_missing"),
        ({"role": "department", "place": Belonging(body_code="nobody")}, "place_unknown"),
        ({"role": "town", "place": Belonging(town_code="tax")}, "place_unknown"),
        ({"role": "enterprise", "place": Belonging(enterprise_id="nobody")}, "place_unknown"),
    ],
)
def test_an_account_that_does_not_hold_is_refused(store, people, changes, code):
    before = store.revision()
    refused(code, added, store, people, **changes)
    assert store.revision() == before


def test_a_login_is_given_once(store, people):
    login = people.accounts.staff.login
    for typed in (login, login.upper()):
        refused("login_taken", added, store, people, login=typed)


def test_a_disabled_account_is_out_at_the_next_run_and_cannot_come_back(store, people):
    token = entered(store, people.accounts.staff.login)
    off = changed(store, people, people.accounts.staff)
    assert entrance.who_is_here(store, token, NOON) is None
    refused("sign_in_failed", entered, store, off.login)
    on = changed(store, people, off, admin.enable_account)
    assert entrance.who_is_here(store, token, NOON) is None, "the old session stays ended"
    assert entrance.who_is_here(store, entered(store, on.login), NOON)


def test_a_reset_ends_the_sessions_and_the_old_password_and_its_link_sets_a_new_one_once(store, people):
    login, before = people.accounts.staff.login, entered(store, people.accounts.staff.login)
    link = changed(store, people, people.accounts.staff, admin.reset_password)
    assert entrance.who_is_here(store, before, NOON) is None
    refused("sign_in_failed", entered, store, login)
    assert own_password.reset_link(store, token=link, address=ADDRESS, at=NOON).login == login
    refused("password_differs", by_link, store, link, again="another new password")
    token = by_link(store, link).token
    assert there(entrance.who_is_here(store, token, NOON)).id == people.staff.id
    refused("reset_unknown", by_link, store, link)
    assert entered(store, login, NEW)
    (told,) = (
        e for e in store.read(lambda con: events.of_subject(con, people.staff.id)) if e["kind"] == "set_password"
    )
    assert told["actor_id"] == people.staff.id and link not in str(told)


def test_a_link_that_sets_a_password_ends_with_its_day_with_a_newer_one_and_with_the_account(store, people):
    account = people.accounts.staff
    link = changed(store, people, account, admin.reset_password)
    refused("reset_unknown", by_link, store, link, at=NOON + admin.LINK_LASTS)
    account = replace(account, seq=account.seq + 1)
    newer = changed(store, people, account, admin.reset_password)
    refused("reset_unknown", by_link, store, link)
    changed(store, people, replace(account, seq=account.seq + 1))
    refused("reset_unknown", by_link, store, newer)
    changed(store, people, replace(account, seq=account.seq + 2), admin.enable_account)
    refused("reset_unknown", by_link, store, newer)
    refused("last_admin", changed, store, people, people.accounts.admin, admin.reset_password)


def by_link(store, token, new=NEW, again=NEW, at=NOON):
    return own_password.set_password(store, token=token, new=new, again=again, address=ADDRESS, at=at)


def let_in(store, login, at=NOON):
    return admin.let_in(store, actor=OPERATOR, login=login, at=at)


def test_the_first_administrator_of_an_empty_store_is_in_by_an_operators_link(store):
    here = entrance.who_is_here(store, by_link(store, let_in(store, "zhang.san")).token, NOON)
    assert (there(here).name, there(here).role) == ("zhang.san", "admin")
    assert entered(store, "zhang.san", NEW)


def test_an_administrator_who_forgot_the_password_sets_another_by_an_operators_link(store, people):
    login = there(store.read(lambda con: accounts.by_id(con, people.admin.id))).login
    first = let_in(store, login)
    token = let_in(store, login)
    assert entered(store, login)
    refused("reset_unknown", by_link, store, first)
    assert by_link(store, token).token and entered(store, login, NEW)
    refused("reset_unknown", by_link, store, token)


def test_an_operators_link_makes_nobody_else_an_administrator(store, people):
    gone = added(store, people, role="admin").account
    changed(store, people, gone)
    for login in (added(store, people).account.login, gone.login):
        refused("login_taken", let_in, store, login)
    refused("login_invalid", let_in, store, "两 个")


def test_ones_sessions_are_told_and_ended_by_oneself_and_by_an_administrator_alone(store, people):
    login, asked = people.accounts.leader.login, {"actor": people.leader, "at": NOON}
    mine, other, third = (entered(store, login) for _ in range(3))
    strange = entered(store, people.accounts.staff.login)
    held = sessions.own_sessions(store, token=mine, **asked)
    assert [one.own for one in held].count(True) == 1 and len(held) == 3
    sessions.end_own_session(store, key=hashed(other)[: sessions.KEY], **asked)
    sessions.end_own_session(store, key=hashed(strange)[: sessions.KEY], **asked)
    here = [bool(entrance.who_is_here(store, token, NOON)) for token in (mine, other, third, strange)]
    assert here == [True, False, True, True]
    by = {"actor": people.admin, "account_id": people.leader.id, "at": NOON}
    assert len(sessions.sessions_of(store, **by)) == 2
    sessions.end_sessions(store, **by)
    assert sessions.sessions_of(store, **by) == [] and entrance.who_is_here(store, strange, NOON)
    refused("forbidden", sessions.end_sessions, store, **(by | {"actor": people.staff}))


def test_a_change_of_role_drops_the_place_of_the_old_one(store, people):
    changed_account = changed(
        store, people, people.accounts.town, admin.change_account, name="新名", role="staff", place=Belonging()
    )
    assert (changed_account.role, changed_account.town_code, changed_account.name) == ("staff", None, "新名")


def test_the_last_administrator_who_can_sign_in_stays_one(store, people):
    own = people.accounts.admin
    refused("last_admin", changed, store, people, own)
    refused("last_admin", changed, store, people, own, admin.change_account, name="x", role="staff", place=Belonging())
    other = added(store, people, role="admin").account
    off = changed(store, people, other)
    refused("last_admin", changed, store, people, own)
    changed(store, people, off, admin.enable_account)
    assert not changed(store, people, own).active


def test_a_change_of_what_somebody_else_changed_is_refused(store, people):
    account = people.accounts.staff
    changed(store, people, account)
    with pytest.raises(MovedOn):
        changed(store, people, account, admin.reset_password)


@pytest.mark.parametrize("who", ["enterprise", "officer", "department", "town", "staff", "leader"])
def test_nobody_else_touches_accounts_lists_or_the_system(store, people, who, tmp_path):
    actor, account = getattr(people, who), people.accounts.staff
    facts = {"actor": actor, "at": NOON}
    entry = ReferenceEntry("新", "New", kind="town")
    for verb in (
        lambda: admin.disable_account(store, account_id=account.id, seen=account.seq, **facts),
        lambda: admin.reset_password(store, account_id=account.id, seen=account.seq, **facts),
        lambda: admin.find_accounts(store, actor=actor, wanted=AccountFilter(), limit=1, offset=0),
        lambda: admin.find_sign_ins(store, actor=actor, outcome=None, limit=1, offset=0),
        lambda: add_item(store, list_name="town", code="x", entry=entry, **facts),
        lambda: move_item(store, list_name="town", code="330603001", step=1, **facts),
        lambda: rename_district(store, name_zh="区", name_en="D", **facts),
        lambda: back_up(store, actor=actor, folder=tmp_path),
        lambda: verify_history(store, actor=actor),
    ):
        refused("forbidden", verb)


def test_accounts_are_found_by_role_state_and_words(store, people):
    changed(store, people, people.accounts.town)

    def found(**wanted):
        return admin.find_accounts(store, actor=people.admin, wanted=AccountFilter(**wanted), limit=99, offset=0)

    rows, counts = found(role="department")
    assert {row.role for row in rows} == {"department"} and counts["department"] == 2 and counts["enterprise"] == 3
    assert [row.id for row in found(active=False)[0]] == [people.town.id]
    assert [row.id for row in found(text=people.accounts.leader.login.upper())[0]] == [people.leader.id]


def test_sign_ins_are_listed_newest_first_and_by_outcome(store, people):
    entered(store, people.accounts.staff.login)
    refused("sign_in_failed", entered, store, "nobody")
    rows, counts = admin.find_sign_ins(store, actor=people.admin, outcome="refused", limit=9, offset=0)
    assert [row.name for row in rows] == ["nobody"]
    assert counts == {"accepted": 1, "refused": 1}


def names(store, list_name, **active):
    return [item.code for item in store.read(lambda con: references.items(con, list_name, **active))]


def item(store, list_name, code):
    return store.read(lambda con: references.get(con, list_name, code))


def test_a_new_town_stands_at_the_end_of_its_list_and_takes_a_place_on_the_map(store, people):
    entry = ReferenceEntry(" 新镇\u202e ", "Newtown", kind="town", tile_row=3, tile_column=4)
    made = add_item(store, actor=people.admin, list_name="town", code="330603999", entry=entry, at=NOON)
    assert names(store, "town")[-1] == "330603999"
    assert made == item(store, "town", "330603999")
    assert (made.name_zh, made.tile_row, made.tile_column) == ("新镇", 3, 4)


def test_a_retired_body_leaves_the_choices_and_keeps_its_name(store, people):
    tax = item(store, "body", "tax")
    entry = ReferenceEntry(tax.name_zh, tax.name_en, tax.kind, active=False)
    change_item(store, actor=people.admin, list_name="body", code="tax", entry=entry, seen=tax.seq, at=NOON)
    assert "tax" not in names(store, "body", active_only=True)
    assert item(store, "body", "tax").name_zh == tax.name_zh
    with pytest.raises(MovedOn):
        change_item(store, actor=people.admin, list_name="body", code="tax", entry=entry, seen=tax.seq, at=NOON)


def test_a_renamed_sector_keeps_its_section(store, people):
    before = item(store, "sector", "C17")
    entry = ReferenceEntry("纺织", "Textiles", parent="A")
    after = change_item(
        store, actor=people.admin, list_name="sector", code="C17", entry=entry, seen=before.seq, at=NOON
    )
    assert (after.say("en"), after.parent) == ("Textiles", "C")


@pytest.mark.parametrize(
    ("list_name", "code", "entry", "refusal"),
    [
        ("town", "330603001", ReferenceEntry("甲", "A", "town"), "code_taken"),
        ("town", "bad code", ReferenceEntry("甲", "A", "town"), "code_invalid"),
        ("planet", "earth", ReferenceEntry("甲", "A"), "code_invalid"),
        ("body", "new", ReferenceEntry("甲", "A", "circus"), "kind_unknown"),
        ("category", "new", ReferenceEntry("", "A"), "names_missing"),
        ("category", "new", ReferenceEntry("甲", "A" * 81), "names_missing"),
        ("category", "new", ReferenceEntry("甲", "+A(1)"), "name_formula"),
        ("sector", "C99", ReferenceEntry("甲", "A", parent="C17"), "parent_unknown"),
    ],
)
def test_an_item_that_does_not_hold_is_refused(store, people, list_name, code, entry, refusal):
    refused(refusal, add_item, store, actor=people.admin, list_name=list_name, code=code, entry=entry, at=NOON)


def test_an_item_moves_one_place_and_stops_at_the_end(store, people):
    first, second, *rest = names(store, "category")
    move = {"actor": people.admin, "list_name": "category", "at": NOON}
    move_item(store, code=second, step=-1, **move)
    assert names(store, "category") == [second, first, *rest]
    before = store.revision()
    move_item(store, code=second, step=-1, **move)
    assert store.revision() == before
    assert names(store, "category") == [second, first, *rest]


def test_a_division_moves_among_its_own_section(store, people):
    siblings = [i.code for i in store.read(lambda con: references.items(con, "sector")) if i.parent == "A"]
    move_item(store, actor=people.admin, list_name="sector", code=siblings[0], step=-1, at=NOON)
    after = [i.code for i in store.read(lambda con: references.items(con, "sector")) if i.parent == "A"]
    assert after == siblings


def test_the_district_is_renamed_in_both_languages_and_the_history_knows(store, people):
    rename_district(store, actor=people.admin, name_zh="示范区", name_en="Demo District", at=NOON)
    assert store.read(settings.district).say("en") == "Demo District"
    _, told = store.read(lambda con: events.of_subject(con, "setting:district"))  # behind that of its folder
    assert told["detail"] == {"name_zh": "示范区", "name_en": "Demo District"}
    refused("names_missing", rename_district, store, actor=people.admin, name_zh="", name_en="D", at=NOON)


def test_a_backup_is_made_and_the_history_verified(store, people, tmp_path):
    made = back_up(store, actor=people.admin, folder=tmp_path / "backups")
    assert made.is_file() and f"{store.revision():09d}" in made.name
    assert verify_history(store, actor=people.admin) == []


def own(store, people, current=PASSWORD, new=NEW, again="", at=NOON):
    return own_password.change_own_password(
        store, actor=people.leader, current=current, new=new, again=again or new, address=ADDRESS, at=at
    )


def test_ones_own_password_changes_and_only_a_new_session_lets_in(store, people):
    login = people.accounts.leader.login
    earlier = [entered(store, login) for _ in range(2)]
    token = own(store, people).token
    assert token not in earlier and entrance.who_is_here(store, token, NOON)
    assert [entrance.who_is_here(store, one, NOON) for one in earlier] == [None, None]
    refused("sign_in_failed", entered, store, login)
    assert entered(store, login, NEW)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"current": "wrong"}, "password_wrong"),
        ({"new": PASSWORD}, "password_same"),
        ({"new": "short"}, "password_too_short"),
        ({"again": "another new password"}, "password_differs"),
    ],
)
def test_a_password_that_does_not_hold_changes_nothing(store, people, changes, code):
    refused(code, own, store, people, **changes)
    assert entered(store, people.accounts.leader.login)


def test_a_stolen_session_may_not_guess_the_password_for_long(store, people):
    for _ in range(throttle.MOST_UNDER_NAME):
        refused("password_wrong", own, store, people, current="guess")
    refused("too_many_tries", own, store, people)
    assert own(store, people, at=NOON + throttle.WINDOW + timedelta(seconds=1))


def test_whoever_came_by_a_link_has_no_password_to_change(store, people):
    visitor = entrance.Actor("invitation:1", "enterprise", "企业", way="invitation", enterprise_id=people.firm.id)
    assert not visitor.may("change_password")


def test_an_accounts_history_says_what_was_done(store, people):
    account = added(store, people).account
    off = changed(store, people, account)
    on = changed(store, people, off, admin.enable_account)
    changed(store, people, on, admin.reset_password)
    told = store.read(lambda con: events.of_subject(con, account.id))
    assert [event["kind"] for event in told] == ["add", "disable", "enable", "reset_password"]
    assert store.read(lambda con: accounts.by_id(con, account.id)).seq == 4
