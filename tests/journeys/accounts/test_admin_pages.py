"""The administrator's pages and one's own password, as a browser gets them."""

import pytest

from db import events, references
from db.people import accounts
from db.people.accounts import SignIn
from db.system import settings
from pages.shared import here
from tests.conftest import words

ADMIN = ("accounts", "references", "sign_ins", "system")
ROLES = ("enterprise", "officer", "department", "town", "staff", "leader")


@pytest.fixture(autouse=True)
def own_folder(store, tmp_path, monkeypatch):
    """Backups lie beside the store that the environment names."""
    monkeypatch.setenv("STORE_URL", f"duckdb:{tmp_path / 'store.duckdb'}")


@pytest.mark.parametrize("path", ADMIN)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_administrators_pages_open_in_both_languages(people, open_page, path, language):
    shown = words(open_page(people.admin, path, language=language))
    assert {"accounts": "账号", "references": "柯桥街道", "sign_ins": "登录", "system": "备份"}[path] in shown or (
        language == "en" and {"system": "Backups", "accounts": "Account", "sign_ins": "Sign-ins"}[path] in shown
    )


@pytest.mark.parametrize("path", ADMIN)
@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_opens_them(people, open_page, path, role):
    page = open_page(getattr(people, role), path)
    assert "这个页面不对您开放" in words(page)
    assert people.accounts.staff.login not in words(page)


def test_accounts_are_filtered_by_what_the_address_says(people, open_page):
    shown = words(open_page(people.admin, "accounts", role="department"))
    assert people.accounts.department.login in shown and "区金融办" in shown
    assert people.accounts.leader.login not in shown
    assert "没有符合条件的账号" in words(open_page(people.admin, "accounts", text="nobody-of-this-name"))


def test_an_address_that_names_no_role_shows_everybody(people, open_page):
    shown = words(open_page(people.admin, "accounts", role="emperor", state="maybe", page="999"))
    assert people.accounts.leader.login in shown


def test_the_dialog_asks_for_the_place_that_the_role_has(people, open_page):
    page = open_page(people.admin, "accounts")
    page.button(key="add-account").click().run()
    assert not page.exception
    assert page.text_input(key="new-login").label == "账号"
    assert page.selectbox(key="new-role").label == "角色"


def test_what_a_person_typed_as_a_name_stays_letters(store, people, open_page):
    account = people.accounts.town
    changed = type(account)(**{**vars(account), "name": "<img src=x onerror=alert(1)>"})
    store.write(lambda con: accounts.save(con, changed, actor_id="a", role="admin", at=here.now()))
    assert "<img src=x" not in words(open_page(people.admin, "accounts"))


def test_an_item_moves_with_one_press(store, people, open_page):
    page = open_page(people.admin, "references", list="category")
    first, second = (i.code for i in store.read(lambda con: references.items(con, "category"))[:2])
    page.button(key=f"move-{second}--1").click().run()
    assert [i.code for i in store.read(lambda con: references.items(con, "category"))[:2]] == [second, first]


def test_a_search_finds_an_item_by_code_or_either_name(people, open_page):
    for text in ("C17", "纺织业", "textile"):
        assert "C17" in words(open_page(people.admin, "references", list="sector", text=text))


def test_sign_ins_show_who_tried_and_how_it_went(store, people, open_page):
    attempt = SignIn("s", here.now(), "password", "who-tried", "203.0.113.9", "throttled")
    store.write(lambda con: accounts.note_sign_in(con, attempt))
    shown = words(open_page(people.admin, "sign_ins", outcome="throttled"))
    assert "who-tried" in shown and "203.0.113.9" in shown
    assert "127.0.0.1" not in shown, "the administrator's own sign-in went well"


def test_a_backup_is_made_by_one_press_and_named_on_the_page(store, people, open_page, tmp_path):
    page = open_page(people.admin, "system")
    assert "还没有备份" in words(page)
    page.button(key="back-up").click().run()
    (copy,) = (tmp_path / "backups").glob("*.duckdb")
    assert copy.name in words(page)


def test_the_history_is_verified_by_one_press(store, people, open_page):
    page = open_page(people.admin, "system")
    page.button(key="verify").click().run()
    assert f"{store.read(events.revision)} 个事件全部核验无误" in words(page)


def test_the_district_gets_its_name(store, people, open_page):
    page = open_page(people.admin, "system")
    page.text_input(key="district-zh").set_value("示范区")
    page.text_input(key="district-en").set_value("Demo District")
    page.form_submit_button[0].click().run()
    assert not page.exception
    assert store.read(settings.district).say("zh") == "示范区"
    assert "示范区" in words(page)
