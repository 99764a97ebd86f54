"""A store's server that falls silent under an open page: it says so, and goes on by itself."""

from contextlib import closing
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

import i18n
from db.store import open_store
from tests.conftest import enter, make_account, serving
from tests.server import database, installed, postgres, silent
from tests.settled import LISTENS, settle

pytestmark = pytest.mark.browser

AWAY = i18n.text("error.store_unavailable", "zh")


@pytest.fixture
def house(tmp_path, password_hash):
    if not installed():
        pytest.skip("PostgreSQL's server is not installed, and tests/postgres.sh could not install it")
    with postgres() as server:
        url = f"postgresql:///{database(server)}?host={server}&folder={tmp_path / 'beside'}"
        with closing(open_store(url)) as store:
            store.migrate()
            make_account(store, "staff", password_hash, login="staff")
        with serving(url) as made:
            yield SimpleNamespace(server=server, url=made.url)


@pytest.mark.parametrize("path", ["desk", "enterprises"])
def test_an_open_page_says_that_the_store_does_not_answer_and_is_drawn_when_it_does(house, chromium, path):
    with closing(chromium.new_context(locale="zh-CN")) as context:
        context.add_init_script(LISTENS)
        enter(context, house.url, "staff")
        page = context.new_page()
        page.goto(f"{house.url}/{path}")
        settle(page)
        title, search = page.locator("h1").first.inner_text(), page.get_by_role("searchbox").first
        expect(search).to_be_visible()
        with silent(house.server):
            search.fill("供电")
            page.keyboard.press("Enter")
            expect(page.get_by_text(AWAY).first).to_be_visible(timeout=60_000)
        expect(page.get_by_text(AWAY)).to_have_count(0, timeout=60_000)
        expect(page.locator("h1").first).to_have_text(title)
