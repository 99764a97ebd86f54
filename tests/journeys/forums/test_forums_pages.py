"""The forum series as staff plan it and as leaders read it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from casework.forums.attendance import NewPerson, add_attendance
from casework.forums.forums import ForumPlan, SpotIssue, plan_forum, raise_at_forum, record_forum
from db import clock
from pages.shared import here
from tests.conftest import words


@pytest.fixture
def series(store, people):
    """A held forum with one guest from abroad and one issue, and a planned one."""
    at, staff = here.now(), people.staff
    today = clock.day_of(at)
    plan = ForumPlan("海外采购商专场", "Overseas *buyers*", "C17", today, "会议厅", "Hall", "many_to_many",
                "district_committee", "party_secretary")  # fmt: skip
    held = plan_forum(store, actor=staff, forum_id=str(uuid4()), plan=plan, at=at)
    guest = NewPerson("Anna Muster", "entrepreneur", organisation="Muster GmbH", country="DE")
    add_attendance(store, actor=staff, forum_id=held.id, attendance_id=str(uuid4()), person=guest, at=at)
    issue = SpotIssue(people.firm.id, "problem", "finance", "贷款续期难", "", "solved", "当场协调", "finance_office")
    raise_at_forum(store, actor=staff, forum_id=held.id, case_id=str(uuid4()), issue=issue, language="zh", at=at)
    held = record_forum(store, actor=staff, forum_id=held.id, summary="议了一件事", seen=held.seq, at=at)
    later = replace(plan, theme_zh="用工", theme_en="Labour", sector=None, held_on=today + timedelta(days=30),
                    host_body="cppcc", host_office="cppcc_chair")  # fmt: skip
    planned = plan_forum(store, actor=staff, forum_id=str(uuid4()), plan=later, at=at)
    return held, planned


def test_before_the_first_forum_the_page_says_what_to_do(people, open_page):
    shown = words(open_page(people.staff, "forums"))
    assert "还没有这样的场次" in shown and "下一场建议由区委主持" in shown


def test_the_series_shows_turns_counts_and_what_is_planned(people, open_page, series):
    shown = words(open_page(people.staff, "forums"))
    assert "海外采购商专场" in shown and "1 件问题，已办结 1 件" in shown and "企业家 1" in shown
    assert shown.index("用工") < shown.index("海外采购商专场"), "planned ones stand first"
    assert "下一场建议由区人大常委会主持" in shown
    held, planned = (f"{series[n].held_on.year}年{series[n].held_on.month}月" for n in (0, 1))
    assert f"上次 {held}" in shown and f"已排在 {planned}" in shown, "what is to come was not last"


def test_the_address_filters_the_series(people, open_page, series):
    shown = words(open_page(people.staff, "forums", host="cppcc"))
    assert "用工" in shown and "海外采购商专场" not in shown
    assert "海外采购商专场" in words(open_page(people.staff, "forums", year="not-a-year", sector="C"))


def test_one_forum_shows_who_came_from_where_and_how_its_issues_stand(people, open_page, series):
    held, _ = series
    shown = words(open_page(people.leader, "forums", language="en", forum=held.id))
    assert "A**" in shown and "Anna Muster" not in shown and "Germany" in shown and "1 from 1 country" in shown
    assert "贷款续期难" in shown and "Solved at once" in shown
    assert "Overseas *buyers*" in shown, "a theme is drawn as it was typed"


def test_a_leader_reads_and_changes_nothing(people, open_page, series):
    held, planned = series
    assert {b.key for b in open_page(people.leader, "forums").button} & {"plan-forum"} == set()
    for forum in (held, planned):
        keys = {button.key for button in open_page(people.leader, "forums", forum=forum.id).button}
        assert keys == {"forum-back"}


def test_staff_get_the_steps_that_the_forums_state_allows(people, open_page, series):
    held, planned = series
    of_held = {button.key for button in open_page(people.staff, "forums", forum=held.id).button}
    assert {"forum-record", "forum-change", "spot-add", "person-add", "person-paste"} <= of_held
    assert "forum-cancel" not in of_held
    of_planned = {button.key for button in open_page(people.staff, "forums", forum=planned.id).button}
    assert {"forum-change", "forum-cancel", "person-add"} <= of_planned
    assert not {"forum-record", "spot-add"} & of_planned, "its day has not come"


@pytest.mark.parametrize(
    "button", ["forum-record", "forum-change", "spot-add", "person-add", "person-paste", "person-remove"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_dialog_opens_in_both_languages(people, open_page, series, button, language):
    page = open_page(people.staff, "forums", language=language, forum=series[0].id)
    page.button(key=button).click().run()
    assert not page.exception


def test_the_plan_opens_with_the_body_whose_turn_it_is(people, open_page, series):
    page = open_page(people.staff, "forums")
    page.button(key="plan-forum").click().run()
    assert page.selectbox(key="plan-host").value == "peoples_congress"
    assert page.selectbox(key="plan-office-peoples_congress").value == "congress_chair"


def test_a_forum_that_is_none_is_said_in_words(people, open_page):
    assert "没有这一场" in words(open_page(people.staff, "forums", forum="guessed"))


@pytest.mark.parametrize("role", ["enterprise", "officer", "department", "town", "admin"])
def test_nobody_else_opens_the_series(people, open_page, series, role):
    shown = words(open_page(getattr(people, role), "forums", forum=series[0].id))
    assert "Anna Muster" not in shown and "海外采购商专场" not in shown
