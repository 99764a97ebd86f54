"""Signing in by another house's word, in a real browser against a real provider on this machine."""

import json
import shutil
import urllib.error
import urllib.request

import pytest
from oidc_provider_mock import run_server_in_thread

from tests.conftest import free_port, serving, settle

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def houses(tmp_path_factory, demo_file):
    """The product with `[auth]` in its secrets, and the address of the house that says who somebody is."""
    folder = tmp_path_factory.mktemp("identity")
    with run_server_in_thread() as provider:
        house = f"http://127.0.0.1:{provider.server_port}"
        port = free_port()
        secrets = folder / "secrets.toml"
        secrets.write_text(
            f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret = "{"x" * 40}"\n'
            f'client_id = "face-to-face"\nclient_secret = "secret"\n'
            f'server_metadata_url = "{house}/.well-known/openid-configuration"\n'
        )
        store_url = f"duckdb:{shutil.copy(demo_file, folder / 'store.duckdb')}"
        with serving(store_url, port=port, STREAMLIT_SECRETS_FILES=str(secrets)) as server:
            yield server, house


def known_as(house, sub, **claims):
    asked = urllib.request.Request(f"{house}/users/{sub}", json.dumps(claims).encode(), method="PUT",
                                   headers={"Content-Type": "application/json"})  # fmt: skip
    urllib.request.urlopen(asked, timeout=30).close()


def came_from(chromium, houses, sub):
    server, _ = houses
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{server.url}/sign-in?next=/desk")
    page.get_by_role("link", name="用统一身份认证登录").click()
    page.fill("input[name=sub]", sub)
    page.get_by_role("button", name="Authorize").click()
    return page


def test_whoever_the_other_house_names_is_in_with_the_role_of_our_own_table(chromium, houses):
    known_as(houses[1], "person-1", preferred_username="staff", role="admin")
    page = came_from(chromium, houses, "person-1")
    page.wait_for_url("**/desk")
    settle(page)
    assert page.get_by_text("专班工作人员").count()
    page.goto(f"{houses[0].url}/accounts")
    settle(page)
    assert page.get_by_text("这个页面不对您开放").is_visible()
    kept = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert kept["f2f_session"]["httpOnly"] and not [name for name in kept if name.startswith("_streamlit_user")]
    page.context.close()


def test_whom_our_table_does_not_know_is_told_so_and_not_let_in(chromium, houses):
    known_as(houses[1], "person-2", preferred_username="nobody-of-ours")
    page = came_from(chromium, houses, "person-2")
    page.get_by_text("没有对应的账号").wait_for()
    assert "f2f_session" not in {cookie["name"] for cookie in page.context.cookies()}
    page.context.close()


def test_nobody_comes_in_by_the_exchange_without_the_other_houses_word(houses):
    server, _ = houses
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{server.url}/sign-in/identity/done", timeout=30)
    assert refused.value.code == 403
