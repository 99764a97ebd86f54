"""Somebody scans a wall's code: asked which kind of enterprise, then the questions; the same phone answers once."""

from datetime import timedelta
from http.cookies import SimpleCookie
from types import SimpleNamespace
from uuid import uuid4

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from db import clock, sql
from intake.waves import running as waves
from intake.waves.open_links import open_link
from pages.entrance import links as entrance_links
from pages.shared import here
from tests.conftest import words
from tests.journeys.survey.test_survey_pages import go_to_the_last_look, press
from tests.paths import ROOT


@pytest.fixture
def wall(store, people):
    at = here.now()
    today = clock.day_of(at)
    form = waves.WaveForm("企业满意度调查", "Enterprise survey", "satisfaction", 1, today, today + timedelta(days=9))
    wave = waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=form, at=at)
    return open_link(store, actor=people.staff, wave_id=wave.id, per_address=2, per_day=9, at=at)


@pytest.fixture
def scan(wall, monkeypatch):
    """scan(phone) → what the phone's browser shows after the code; `phone` is its cookies, which the route sets."""

    def scanned(phone, language="zh"):
        answer = entrance_links.open_link(_asked(wall.token, phone))
        for name, value in answer.headers.items():
            if name == "set-cookie":
                phone |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        assert answer.status_code == 303 and answer.headers["location"] == "/survey"
        browser = SimpleNamespace(cookies={**phone, here.LANGUAGE_COOKIE: language}, headers={}, remote_ip="127.0.0.1")
        monkeypatch.setattr("streamlit.runtime.context._get_client_context", lambda: browser)
        page = AppTest.from_file(str(ROOT / "pages/main.py"), default_timeout=30).run()
        assert not page.exception
        return page

    return scanned


def _asked(token, phone):
    cookies = "; ".join(f"{name}={value}" for name, value in phone.items())
    scope = {"type": "http", "method": "GET", "path": f"/s/{token}", "headers": [(b"cookie", cookies.encode())]}
    return Request({**scope, "path_params": {"token": token}, "query_string": b"", "client": ("10.0.0.1", 1)})


def responses(store):
    return store.read(lambda con: sql.rows(con, "SELECT * FROM participation"))


def test_a_walls_visitor_may_say_size_sector_and_town_answers_and_is_told_on_scanning_again(store, scan):
    phone = {}
    page = scan(phone)
    shown = words(page)
    assert "企业规模（选填）" in shown and "所属行业（选填）" in shown and "所在镇街（选填）" in shown
    assert "不会登记哪家企业答过" in shown and "f2f-header" in shown and "f2f-initial" not in shown
    page.selectbox(key="open-size").set_value("small").run()
    go_to_the_last_look(page)
    thanked = words(press(page, "survey-submit"))
    [kept] = responses(store)
    assert (kept["source"], kept["enterprise_id"], kept["size"], kept["town_code"]) == ("open", None, "small", "")
    assert "谢谢，答卷已收到" in thanked and "反映" not in thanked
    again = words(scan(phone))
    assert "谢谢，答卷已收到" in again and "同一部手机只能答一次" in again and "企业规模（选填）" not in again
    assert len(responses(store)) == 1


def test_another_phone_begins_anew_and_the_room_is_told_when_it_is_full(store, wall, scan):
    for phone in ({}, {}):
        page = scan(phone, "en")
        assert "You scanned a code on the wall" in words(page)
        go_to_the_last_look(page)
        press(page, "survey-submit")
    full = entrance_links.open_link(_asked(wall.token, {}))
    assert full.status_code == 403 and "set-cookie" not in full.headers
    assert len(responses(store)) == 2
