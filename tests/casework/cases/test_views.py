"""Views of the desk that somebody saved: their own, or for all of their desk."""

import pytest

from casework.cases.views import MOST, drop_view, first_views, save_view
from db.cases import saved_views
from db.refused import Refused
from tests.casework.cases.steps import TODAY
from tests.conftest import NOON


def names(store, actor):
    return [view.name for view in store.read(lambda con: saved_views.of(con, actor.addresses))]


def save(store, actor, name, *, shared=False, **asked):
    return save_view(store, actor=actor, name=name, asked=asked, shared=shared, at=NOON)


def test_one_s_own_views_are_seen_by_nobody_else_and_those_of_a_desk_by_all_of_it(store, people):
    save(store, people.staff, "我的", town="330603001")
    save(store, people.department, "本局", shared=True, state="open")
    assert names(store, people.staff) == ["我的"] and names(store, people.department) == ["本局"]
    assert names(store, people.other_department) == [] and names(store, people.leader) == []


def test_a_view_of_the_same_name_gives_way(store, people):
    save(store, people.staff, "旧件", sort="oldest")
    view = save(store, people.staff, " 旧件 ", sort="newest")
    assert store.read(lambda con: saved_views.of(con, people.staff.addresses)) == [view]


@pytest.mark.parametrize(("name", "code"), [(" ", "view_name"), ("名" * 21, "view_name")])
def test_a_view_has_a_short_name(store, people, name, code):
    with pytest.raises(Refused, match=code):
        save(store, people.staff, name)


def test_nobody_keeps_more_than_a_row_can_show(store, people):
    for n in range(MOST):
        save(store, people.staff, f"视图{n}")
    with pytest.raises(Refused, match="view_many"):
        save(store, people.staff, "再来一个")
    save(store, people.staff, "视图0", sort="newest")


def test_nobody_removes_another_s_view_and_whoever_works_alone_shares_none(store, people):
    view = save(store, people.staff, "我的")
    with pytest.raises(Refused, match="view_unknown"):
        drop_view(store, actor=people.leader, view_id=view.id)
    with pytest.raises(Refused, match="forbidden"):
        save(store, people.leader, "共用", shared=True)
    drop_view(store, actor=people.staff, view_id=view.id)
    assert names(store, people.staff) == []


def test_a_town_is_not_asked_which_towns_are_its_own(people):
    assert [view.code for view in first_views(people.staff, TODAY)] == ["new_today", "late", "waits", "my_towns"]
    assert [view.code for view in first_views(people.town, TODAY)] == ["new_today", "late", "waits"]
