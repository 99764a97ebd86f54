"""Words that a desk writes again and again."""

import pytest

from casework.cases.set_words import MOST, Wording, filled, offered, retire_words, save_words
from db import events
from db.refused import Refused
from tests.conftest import NOON


def keep(store, actor, title="受理告知", words="您反映的“{事项}”（{编号}）已由{部门}受理。", **more):
    return save_words(store, actor=actor, wording=Wording(title, words, **more), at=NOON)


def titles(store, actor, category="tax"):
    return [one.title for one in offered(store, actor=actor, category=category)]


def test_words_are_kept_by_title_and_every_version_stands_in_the_history(store, people):
    first = keep(store, people.department)
    second = keep(store, people.department, words="第二版")
    assert (first.id, second.seq) == (second.id, 2)
    assert keep(store, people.department, words="第二版").seq == 2, "the same again is no version"
    said = store.read(lambda con: events.of_subject(con, f"words:{first.id}"))
    assert [(one["kind"], one["detail"]["words"][:3]) for one in said] == [
        ("words_save", "您反映"),
        ("words_save", "第二版"),
    ]
    assert said[0]["body_code"] == "economy_it"


def test_a_desk_has_its_own_and_those_of_the_category_come_first(store, people):
    keep(store, people.department, "融资", category="finance")
    keep(store, people.department, "通用")
    keep(store, people.department, "税务", category="tax")
    keep(store, people.staff, "专班的")
    assert titles(store, people.department) == ["税务", "通用", "融资"]
    assert titles(store, people.other_department) == [] and titles(store, people.staff) == ["专班的"]


def test_words_that_are_used_no_more_are_not_offered_until_they_are_kept_again(store, people):
    kept = keep(store, people.department)
    with pytest.raises(Refused, match="words_unknown"):
        retire_words(store, actor=people.other_department, words_id=kept.id, at=NOON)
    retire_words(store, actor=people.department, words_id=kept.id, at=NOON)
    assert titles(store, people.department) == []
    assert keep(store, people.department).seq == 3 and titles(store, people.department) == ["受理告知"]


def test_fields_are_known_in_every_language_and_others_are_refused(store, people):
    facts = {"number": "2023-0001", "body": "区经信局", "title": "停电"}
    assert filled("{编号} {number}：{ 部门 }，{今天}", facts) == "2023-0001 2023-0001：区经信局，{今天}"
    assert filled("已由{部门}受理", facts | {"body": ""}) == "已由{部门}受理", "what is not known yet is seen"
    assert keep(store, people.staff, translated="Case {number}").translated == "Case {number}"
    for wrong in (
        {"words": "{不知道}"},
        {"translated": "{nobody}"},
        {"title": " "},
        {"words": " "},
        {"title": "字" * 31},
    ):
        with pytest.raises(Refused):
            keep(store, people.staff, **wrong)


def test_a_desk_keeps_so_many_and_no_more(store, people):
    for n in range(MOST):
        keep(store, people.staff, f"第{n}条")
    with pytest.raises(Refused, match="words_many"):
        keep(store, people.staff, "再一条")
    first = offered(store, actor=people.staff, category="tax")[0]
    retire_words(store, actor=people.staff, words_id=first.id, at=NOON)
    assert keep(store, people.staff, "再一条").title == "再一条", "what is used no more takes no room"
    with pytest.raises(Refused, match="words_many"):
        keep(store, people.staff, first.title)
