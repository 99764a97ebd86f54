"""The page about the next theme: the ranking, the evidence behind it, and a decision that is kept."""

import json
from types import SimpleNamespace

import pytest
import time_machine

from casework.forums.agenda import add_items
from casework.forums.attendance import NewPerson, add_attendance
from casework.forums.forum_start import start_forum
from db import sql
from db.forums import forum_day, forum_invitees, themes
from db.scope import ALL
from tests.casework.cases.steps import WAY_TO, raise_case, take
from tests.casework.forums.test_forums import planned
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


def test_the_forum_is_planned_from_the_decision_with_its_theme_agenda_and_guests(store, people, open_page, three_firms):
    page = open_page(people.staff, "next_theme", theme="category:utilities")
    page.button(key="theme-save").click().run()
    page = plan_it(page)
    planned = store.read(lambda con: sql.one(con, "SELECT id, theme_zh FROM forum"))
    assert planned["theme_zh"] == "水电气热与能耗"
    assert len(agenda_of(store, planned["id"])) == 1
    invited = store.read(lambda con: forum_invitees.unnamed(con, ALL, planned["id"]))
    assert {one.name_zh for one in invited} == {"云锦示范纺织有限公司", "远帆示范机电有限公司", "金桥示范纺织有限公司"}
    said = html(open_page(people.staff, "forums", forum=planned["id"]))
    assert "已邀请，还没有登记到人" in said and "企业 3 家" in said and "金桥示范纺织有限公司" in said


def plan_it(page):
    page.button(key="theme-plan").click().run()
    assert page.text_input(key="forum.theme-zh").value == "水电气热与能耗"
    assert page.text_input(key="forum.theme-en").value == "Utilities and energy quotas"
    page.text_input(key="forum.place-zh").set_value("区会议中心")
    page.text_input(key="forum.place-en").set_value("District conference centre")
    page.date_input(key="plan-day").set_value(NOON.date())
    page.button(key="theme-plan").click()  # a whole run draws the dialog only where it was asked for
    return page.button(key="plan-save").click().run()


def agenda_of(store, forum_id):
    return store.read(lambda con: forum_day.items(con, forum_id))


def raised(store, people, n):
    by_staff = SimpleNamespace(firm=people.firm, enterprise=people.staff, stranger=people.staff)
    firms = [make_enterprise(store, name_zh=f"示范{i}有限公司") for i in range(n)]
    return [raise_case(store, by_staff, enterprise_id=firm.id, channel="line", title=f"{i}{i}", text=f"{i}{i}")
            for i, firm in enumerate(firms)]  # fmt: skip


def test_only_what_can_come_to_the_table_is_proposed_and_the_rest_is_told(store, people, open_page):
    """One is promised already, one stands on the agenda of another forum."""
    with time_machine.travel(NOON, tick=False):
        cases = raised(store, people, 4)
        other = planned(store, people)
        add_items(store, actor=people.staff, forum_id=other.id, case_ids=[cases[0].id], at=NOON)
        committed = cases[1]
        for step in WAY_TO["committed"]:
            committed = take(store, people.staff, committed, step)
        page = open_page(people.staff, "next_theme", theme="category:utilities")
        shown = html(page) + words(page)
        page.button(key="theme-save").click().run()
        plan_it(page)
    assert "没有列入：1 件已有答复，正在兑现，1 件已在别的场次的议程上" in shown.replace("、", "，")
    forum = store.read(lambda con: sql.one(con, "SELECT id FROM forum WHERE number = $n", {"n": other.number + 1}))
    assert {item.case_id for item in agenda_of(store, forum["id"])} == {cases[2].id, cases[3].id}
    assert committed.state == "committed"


def test_what_moved_between_the_proposal_and_the_plan_is_named_with_its_reason(store, people, open_page):
    with time_machine.travel(NOON, tick=False):
        cases = raised(store, people, 3)
        page = open_page(people.staff, "next_theme", theme="category:utilities")
        page.button(key="theme-save").click().run()
        other = planned(store, people)
        add_items(store, actor=people.staff, forum_id=other.id, case_ids=[cases[0].id], at=NOON)
        started = start_forum(store, actor=people.staff, forum_id=planned(store, people).id, bodies=["economy_it"],
                              case_ids=[case.id for case in cases], enterprise_ids=[cases[0].enterprise_id],
                              at=NOON)  # fmt: skip
    assert started.added == 2
    assert [(left.code, left.facts) for left in started.left_out] == [
        ("agenda_elsewhere", {"number": cases[0].number, "forum": other.number})
    ]


def test_an_invitation_is_taken_back_and_gone_once_somebody_is_named(store, people, open_page):
    forum = planned(store, people)
    start_forum(store, actor=people.staff, forum_id=forum.id, case_ids=[], bodies=["economy_it", "power"],
                enterprise_ids=[people.firm.id], at=NOON)  # fmt: skip
    person = NewPerson("张示范", "entrepreneur", enterprise_id=people.firm.id)
    add_attendance(store, actor=people.staff, forum_id=forum.id, attendance_id="a1", person=person, at=NOON)
    page = open_page(people.staff, "forums", forum=forum.id)
    assert "单位 2 个" in html(page) and "企业 1 家" not in html(page)
    page.button(key="uninvite").click().run()
    page.selectbox(key="uninvite-whom").set_value("body:power")
    page.button(key="uninvite").click().run()
    page.button(key="uninvite").click()
    page.button(key="uninvite-save").click().run()
    left = store.read(lambda con: forum_invitees.unnamed(con, ALL, forum.id))
    assert [(one.kind, one.code) for one in left] == [("body", "economy_it")]
