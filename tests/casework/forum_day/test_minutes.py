"""Forum minutes as Word: theme, day, place, host, who came, what was answered and promised."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from casework.documents.documents import text_of
from casework.forum_day.minutes import minutes
from casework.forums.attendance import NewPerson, add_attendance
from casework.forums.forums import ForumPlan, SpotIssue, plan_forum, raise_at_forum
from db.refused import Refused
from tests.conftest import NOON

PLAN = ForumPlan("印染绿色转型", "Green dyeing", "C17", date(2023, 11, 29), "马鞍印染园", "Ma'an park", "many_to_many",
            "district_committee", "party_secretary")  # fmt: skip


def held_forum(store, people):
    forum = plan_forum(store, actor=people.staff, forum_id=str(uuid4()), plan=PLAN, at=NOON - timedelta(days=9))
    for name, kind, given in (
        ("示范企业家甲", "entrepreneur", {"enterprise_id": people.firm.id}),
        ("示范局长", "department_head", {"body_code": "economy_it"}),
        ("区财政局主要负责人", "department_head", {"body_code": "treasury"}),
    ):
        person = NewPerson(name, kind, **given)
        add_attendance(store, actor=people.staff, forum_id=forum.id, attendance_id=str(uuid4()), person=person, at=NOON)
    return forum


def raise_one(store, people, forum, **changes):
    issue = {"enterprise_id": people.firm.id, "kind": "problem", "category": "utilities", "title": "蒸汽价格过高",
             "text": "蒸汽价格三年上涨四成。", "on_spot": "solved", "answer": "今日起执行新价格",
             "lead": "economy_it"}  # fmt: skip
    return raise_at_forum(store, actor=people.staff, forum_id=forum.id, case_id=str(uuid4()),
                          issue=SpotIssue(**issue | changes), language="zh", at=NOON)  # fmt: skip


def test_the_minutes_say_who_met_what_was_raised_and_what_was_promised(store, people):
    forum = held_forum(store, people)
    solved = raise_one(store, people, forum)
    promised = raise_one(store, people, forum, title="污水管网改造", on_spot="committed", answer="三个月内完成",
                         promised_on=date(2024, 2, 20))  # fmt: skip
    said = text_of(minutes(store, actor=people.staff, forum_id=forum.id))
    for words in ("第1场", "印染绿色转型", "2023年11月29日", "马鞍印染园", "多对多", "区委（区委书记）",
                  "企业家（1人）",
                  "示范企业家甲（云锦示范纺织有限公司）", "示范局长（区经信局）", "事项2件，其中当场解决1件",
                  solved.number, promised.number, "今日起执行新价格", "三个月内完成", "2024年2月20日"):  # fmt: skip
        assert words in said
    assert "{" not in said
    assert "区财政局主要负责人" in said and "（区财政局）" not in said  # whose head it is is said once


def test_only_those_who_see_forums_get_minutes(store, people):
    forum = held_forum(store, people)
    assert minutes(store, actor=people.leader, forum_id=forum.id).startswith(b"PK")
    for nobody in (people.enterprise, people.officer, people.department, people.town, people.admin):
        with pytest.raises(Refused, match="forbidden"):
            minutes(store, actor=nobody, forum_id=forum.id)
    with pytest.raises(Refused, match="forum_unknown"):
        minutes(store, actor=people.staff, forum_id="no such forum")


def test_a_forum_without_a_list_or_an_issue_still_has_minutes(store, people):
    forum = plan_forum(store, actor=people.staff, forum_id=str(uuid4()), plan=PLAN, at=NOON)
    assert "会议没有登记事项" in text_of(minutes(store, actor=people.staff, forum_id=forum.id))
