"""The page of one indicator: its figure as published, revisions and definition; its data leave by a guarded route."""

import pytest
from starlette.requests import Request

from pages.economy.routes import export_economy
from pages.shared.here import LANGUAGE_COOKIE, SESSION_COOKIE
from tests.conftest import session_of
from tests.insight.world import publish
from tests.journeys.imports.test_import_pages import say, shown


def test_an_indicator_is_shown_in_full_with_its_revision_and_definition(open_page, store, people):
    publish(store, "exports", "2023-01-01", "2023-10-31", 1189.0, 11.5, "2023-11-18")
    publish(store, "exports", "2023-01-01", "2023-10-31", 1190.0, 11.6, "2023-11-22")
    publish(store, "gdp", "2023-01-01", "2023-09-30", 1450.0, 8.2, "2023-10-28")
    page = open_page(people.leader, "economy", i="exports")
    assert not page.exception
    said = shown(page)
    assert "出口总额（2023年1—10月）：1,190.0 亿元，同比 +11.6%" in said
    assert "→ 1,190.0 亿元 +11.6%" in said, "before and after"
    assert say("growth_basis.nominal") in said
    (buttons,) = [one for one in said.split("\n") if 'f2f-take"' in one]
    assert "<script" not in buttons, "what holds a script is hidden by the style"
    assert "接下来发布" in said and "出口总额</a> <span>2024年1—10月" in said, "what comes next"
    next(box for box in page.selectbox if box.label == say("economy.which")).set_value("gdp").run()
    assert "地区生产总值（2023年前三季度）：1,450.0 亿元" in shown(page)
    assert page.query_params["i"] in ("gdp", ["gdp"])


def test_nothing_published_yet_is_said(open_page, people):
    page = open_page(people.staff, "economy")
    assert say("economy.empty") in shown(page)


@pytest.mark.parametrize(("who", "status"), [("leader", 200), ("staff", 200), ("department", 403), ("enterprise", 403)])
def test_the_data_leave_by_a_route_that_asks_who_is_there(store, people, who, status):
    publish(store, "exports", "2023-01-01", "2023-10-31", 1190.0, 11.6, "2023-11-22")
    cookies = f"{SESSION_COOKIE}={session_of(store, getattr(people, who))}; {LANGUAGE_COOKIE}=zh"
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"cookie", cookies.encode())]}
    asked = {"path_params": {"kind": "csv"}, "query_string": b"i=exports"}
    answer = export_economy(Request({**scope, **asked}))
    assert answer.status_code == status
    assert (b"2023-11-22" in answer.body) == (status == 200)


def test_without_an_indicator_all_leave_and_one_that_nobody_knows_is_said_in_words(store, people):
    for code, value in (("exports", 1190.0), ("gdp", 1450.0)):
        publish(store, code, "2023-01-01", "2023-09-30", value, 8.2, "2023-10-28")
    cookies = f"{SESSION_COOKIE}={session_of(store, people.leader)}; {LANGUAGE_COOKIE}=zh"
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"cookie", cookies.encode())]}
    every = export_economy(Request({**scope, "path_params": {"kind": "csv"}, "query_string": b""}))
    assert every.status_code == 200 and "economy-" in every.headers["content-disposition"]
    assert "出口总额" in (said := bytes(every.body).decode("utf-8-sig")) and "地区生产总值" in said
    for kind, query in (("csv", b"i=nothing"), ("docx", b"")):
        nothing = export_economy(Request({**scope, "path_params": {"kind": kind}, "query_string": query}))
        assert (nothing.status_code, bytes(nothing.body).decode()) == (404, say("error.no_such_page"))
