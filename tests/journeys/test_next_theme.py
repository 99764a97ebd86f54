"""The page about the next theme: the ranking, the evidence behind it, and a decision that is kept."""

import json
from types import SimpleNamespace

import pytest
import time_machine

from db import sql, themes
from tests.casework.steps import raise_case
from tests.conftest import NOON, make_enterprise, words


def html(page):
    return "\n".join(str(block.proto.body) for block in page.get("html"))


@pytest.fixture
def three_firms(store, people):
    """Three textile enterprises with a power cut each; nobody has dispatched them yet."""
    with time_machine.travel(NOON, tick=False):
        third = make_enterprise(store, name_zh="金桥示范纺织有限公司")
        for firm in (people.firm, people.other_firm, third):
            by_staff = SimpleNamespace(firm=people.firm, enterprise=people.staff, stranger=people.staff)
            raise_case(store, by_staff, enterprise_id=firm.id, channel="line")
        yield


def test_staff_see_why_and_their_decision_is_kept_with_its_grounds(store, people, open_page, three_firms):
    page = open_page(people.staff, "next_theme")
    assert "水电气热与能耗" in html(page)
    assert "3 家不同企业提出" in html(page)
    page.text_area(key="theme-note").set_value("限电是眼下最急的")
    page.button(key="theme-save").click().run()
    assert "已选定" in words(page)
    kept = store.read(lambda con: themes.choices(con, limit=9))
    assert [(one.note, json.loads(one.weights)["hard"]) for one in kept] == [("限电是眼下最急的", 30)]
    assert len(json.loads(kept[0].proposal)["enterprises"]) == 3
    page.button(key="theme-save").click().run()
    assert len(store.read(lambda con: themes.choices(con, limit=9))) == 1


def test_a_leader_sees_the_ranking_and_cannot_decide(people, open_page, three_firms):
    page = open_page(people.leader, "next_theme", language="en")
    assert "What the next forum should be about" in words(page)
    assert not [button for button in page.button if button.key == "theme-save"]


def test_without_issues_it_says_what_is_missing(people, open_page):
    page = open_page(people.staff, "next_theme")
    assert "一个主题至少要有 3 家不同企业提出诉求" in html(page)
    assert not page.text_area


def test_an_officer_does_not_get_there(people, open_page):
    assert "这个页面不对您开放" in words(open_page(people.officer, "next_theme"))


def test_the_forum_is_planned_from_the_decision_with_its_theme_and_agenda(store, people, open_page, three_firms):
    page = open_page(people.staff, "next_theme", theme="category:utilities")
    page.button(key="theme-save").click().run()
    page.button(key="theme-plan").click().run()
    assert page.text_input(key="forum.theme-zh").value == "水电气热与能耗"
    assert page.text_input(key="forum.theme-en").value == "Utilities and energy quotas"
    page.text_input(key="forum.place-zh").set_value("区会议中心")
    page.text_input(key="forum.place-en").set_value("District conference centre")
    page.date_input(key="plan-day").set_value(NOON.date())
    page.button(key="theme-plan").click()  # a whole run draws the dialog only where it was asked for
    page.button(key="plan-save").click().run()
    planned = store.read(lambda con: sql.one(con, "SELECT id, theme_zh FROM forum"))
    assert planned["theme_zh"] == "水电气热与能耗"
    count = "SELECT count(*) FROM agenda_item WHERE forum_id = $id"
    assert store.read(lambda con: sql.scalar(con, count, {"id": planned["id"]})) == 1
