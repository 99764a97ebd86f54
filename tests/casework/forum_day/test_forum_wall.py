"""The wall of a forum and the sign-in by phone: what it tells, what it never tells, and how staff look at who came."""

from datetime import timedelta
from uuid import uuid4

import pytest

from casework.forum_day import forum_wall
from casework.forum_day.forum_day import Spoken, record
from casework.forum_day.forum_wall import NOTICE_VERSION
from casework.forums.agenda import Matter, describe_item, raise_matter
from casework.forums.attendance import NewPerson, add_attendance
from casework.forums.forums import ForumPlan, cancel_forum, plan_forum
from db import events
from db.forums import forums
from db.refused import Refused
from tests.conftest import NOON, make_enterprise

PLAN = ForumPlan("印染绿色转型", "Green dyeing", "C17", NOON.date(), "马鞍印染园", "Ma'an park", "many_to_many",
            "district_committee", "party_secretary")  # fmt: skip
PHONE = "198.51.100.7"


@pytest.fixture
def forum(store, people):
    return plan_forum(store, actor=people.staff, forum_id=str(uuid4()), plan=PLAN, at=NOON - timedelta(days=9))


@pytest.fixture
def token(store, people, forum):
    return forum_wall.hang(store, actor=people.staff, forum_id=forum.id, at=NOON).token


def arrive(store, token, name="王来宾", organisation="远洋 GmbH", **given):
    asked = {"country": "DE", "address": PHONE, "at": NOON} | given
    return forum_wall.arrive(store, token=token, name=name, organisation=organisation, **asked)


def list_of(store, forum):
    return store.read(lambda con: forums.attendances(con, forum.id))


def shown(store, token, **given):
    return forum_wall.wall(store, token=token, **({"address": PHONE, "at": NOON} | given))


def test_the_wall_counts_who_came_and_what_was_answered(store, people, forum, token):
    item = raise_matter(store, actor=people.staff, forum_id=forum.id, item_id=str(uuid4()),
                        matter=Matter(people.firm.id, "夜班公交", "transport"), at=NOON)  # fmt: skip
    before = shown(store, token)
    assert (before.present, before.lines[0].item.answer_kind, before.survey) == (0, None, None)
    arrive(store, token)
    record(
        store,
        actor=people.staff,
        item_id=item.id,
        spoken=Spoken("solved", "transport", words="已加开班车"),
        seen=1,
        at=NOON,
    )
    after = shown(store, token)
    assert (after.present, after.lines[0].item.answer_kind) == (1, "solved")


def test_a_link_that_hangs_is_hung_once_and_taken_down_for_good(store, people, forum, token):
    assert forum_wall.hang(store, actor=people.staff, forum_id=forum.id, at=NOON).token == token
    forum_wall.take_down(store, actor=people.staff, forum_id=forum.id, at=NOON)
    for attempt in (lambda: shown(store, token), lambda: arrive(store, token)):
        with pytest.raises(Refused, match="wall_unknown"):
            attempt()
    assert list_of(store, forum) == []


def test_a_link_ends_with_its_day_and_a_phone_cannot_sign_in_before_it(store, people, forum):
    early = forum_wall.hang(store, actor=people.staff, forum_id=forum.id, at=NOON - timedelta(days=2)).token
    with pytest.raises(Refused, match="sign_in_early"):
        arrive(store, early, at=NOON - timedelta(days=1))
    assert shown(store, early, at=NOON - timedelta(days=1)).present == 0
    with pytest.raises(Refused, match="wall_over"):
        arrive(store, early, at=NOON + timedelta(days=1))


def test_guessing_tokens_is_throttled(store, token):
    for _ in range(30):
        with pytest.raises(Refused, match="wall_unknown"):
            shown(store, "guessed")
    with pytest.raises(Refused, match="too_many_tries"):
        shown(store, "guessed")


def test_the_notice_that_was_read_is_kept_with_the_sign_in(store, people, token):
    came = arrive(store, token)
    (event,) = store.read(lambda con: events.of_subject(con, came.id))
    assert (event["kind"], event["detail"]["notice_version"]) == ("attend", NOTICE_VERSION)


def test_who_signs_in_stands_on_the_list_once(store, people, forum, token):
    first = arrive(store, token, " 王来宾 ", "远洋 GmbH")
    assert arrive(store, token, "王来宾", "远洋 gmbh").id == first.id
    (row,) = list_of(store, forum)
    assert (row.kind, row.country, row.organisation, row.enterprise_id) == ("entrepreneur", "DE", "远洋 GmbH", None)
    kept = store.read(lambda con: events.of_subject(con, row.id))
    assert [(event["kind"], event["actor_id"]) for event in kept] == [("attend", None)]
    assert "王来宾" not in str(kept), "the history keeps no name"


@pytest.mark.parametrize("typed", ["云锦示范纺织有限公司", "Yunjin Demo TEXTILE Co., Ltd.", "uscc"])
def test_the_register_is_met_by_the_whole_name_or_code_alone(store, people, forum, token, typed):
    said = people.firm.uscc.lower() if typed == "uscc" else typed
    assert arrive(store, token, organisation=said).enterprise_id == people.firm.id
    assert arrive(store, token, name="李半截", organisation="云锦示范").enterprise_id is None


def test_two_enterprises_of_one_name_are_left_to_the_clerk(store, people, forum, token):
    make_enterprise(store, name_en="")
    assert arrive(store, token, organisation="云锦示范纺织有限公司").enterprise_id is None


def test_whom_staff_put_on_the_list_before_is_there_already(store, people, forum, token):
    invited = NewPerson("王来宾", "entrepreneur", enterprise_id=people.firm.id)
    row = add_attendance(store, actor=people.staff, forum_id=forum.id, attendance_id=str(uuid4()), person=invited,
                         at=NOON)  # fmt: skip
    assert arrive(store, token, organisation=people.firm.name_zh).id == row.id
    assert len(list_of(store, forum)) == 1


@pytest.mark.parametrize(("typed", "code"), [
    ({"name": " \u200b "}, "person_name"), ({"name": "长" * 81}, "person_name"),
    ({"organisation": ""}, "arrival_place"), ({"country": "XX"}, "person_country"),
    ({"country": "<b>"}, "person_country"),
])  # fmt: skip
def test_what_cannot_be_taken_is_said(store, forum, token, typed, code):
    with pytest.raises(Refused, match=code):
        arrive(store, token, **typed)
    assert list_of(store, forum) == []


def test_one_address_cannot_fill_the_list(store, monkeypatch, forum, token):
    monkeypatch.setattr(forum_wall, "MOST_FROM_ADDRESS", 2)
    for name in ("甲", "乙"):
        arrive(store, token, name)
    with pytest.raises(Refused, match="arrivals_full"):
        arrive(store, token, "丙")
    assert arrive(store, token, "甲").person_name == "甲", "who is there already is told so"
    assert arrive(store, token, "丁", address="203.0.113.9").person_name == "丁"


def test_the_same_person_from_the_same_place_keeps_one_id(store, people, forum, token):
    last = plan_forum(store, actor=people.staff, forum_id=str(uuid4()), plan=PLAN, at=NOON)
    came = NewPerson("王来宾", "entrepreneur", organisation="远洋 GmbH", country="DE")
    before = add_attendance(
        store, actor=people.staff, forum_id=last.id, attendance_id=str(uuid4()), person=came, at=NOON
    )
    assert arrive(store, token).person_id == before.person_id
    elsewhere = arrive(store, token, organisation="别的公司")
    assert elsewhere.person_id not in (before.person_id, None)


def test_staff_confirm_or_say_that_it_is_somebody_who_came_before(store, people, forum, token):
    last = plan_forum(store, actor=people.staff, forum_id=str(uuid4()), plan=PLAN, at=NOON)
    came = NewPerson("王来宾", "entrepreneur", organisation="旧公司")
    before = add_attendance(
        store, actor=people.staff, forum_id=last.id, attendance_id=str(uuid4()), person=came, at=NOON
    )
    row, other = arrive(store, token), arrive(store, token, name="李来宾")
    waiting = {one.attendance.id: one for one in forum_wall.arrivals(store, actor=people.staff, forum_id=forum.id)}
    assert [known.person_id for known in waiting[row.id].offered] == [before.person_id]
    with pytest.raises(Refused, match="person_unknown"):
        forum_wall.same_person(store, actor=people.staff, attendance_id=other.id, person_id=before.person_id, at=NOON)
    forum_wall.same_person(store, actor=people.staff, attendance_id=row.id, person_id=before.person_id, at=NOON)
    assert {one.person_name: one.person_id for one in list_of(store, forum)}["王来宾"] == before.person_id
    done = {"actor": people.staff, "forum_id": forum.id, "attendance_ids": [other.id, row.id], "at": NOON}
    assert forum_wall.confirm(store, **done) == 1
    assert forum_wall.confirm(store, **done) == 0
    assert forum_wall.arrivals(store, actor=people.staff, forum_id=forum.id) == []


def test_the_wall_names_an_enterprise_only_where_it_agreed(store, people, forum, token):
    for title in ("甲事", "乙事"):
        raise_matter(store, actor=people.staff, forum_id=forum.id, item_id=str(uuid4()),
                     matter=Matter(people.firm.id, title, "tax"), at=NOON)  # fmt: skip
    first = shown(store, token).lines[0].item
    describe_item(store, actor=people.staff, forum_id=forum.id, item_id=first.id, speaker="", suggested="tax",
                  named=True, seen=1, at=NOON)  # fmt: skip
    assert [line.item.named for line in shown(store, token).lines] == [True, False]


@pytest.mark.parametrize("role", ["enterprise", "officer", "department", "town", "leader", "admin"])
def test_only_staff_hang_a_wall_or_see_who_waits(store, people, forum, token, role):
    who, before = getattr(people, role), store.revision()
    for attempt in (
        lambda: forum_wall.hang(store, actor=who, forum_id=forum.id, at=NOON),
        lambda: forum_wall.take_down(store, actor=who, forum_id=forum.id, at=NOON),
        lambda: forum_wall.link_of(store, actor=who, forum_id=forum.id, at=NOON),
        lambda: forum_wall.arrivals(store, actor=who, forum_id=forum.id),
        lambda: forum_wall.confirm(store, actor=who, forum_id=forum.id, attendance_ids=["x"], at=NOON),
        lambda: forum_wall.same_person(store, actor=who, attendance_id="x", person_id="y", at=NOON),
    ):
        with pytest.raises(Refused, match="forbidden"):
            attempt()
    assert store.revision() == before


def test_no_wall_hangs_for_a_forum_that_was_cancelled_or_is_past(store, people, forum):
    with pytest.raises(Refused, match="wall_over"):
        forum_wall.hang(store, actor=people.staff, forum_id=forum.id, at=NOON + timedelta(days=2))
    cancel_forum(store, actor=people.staff, forum_id=forum.id, reason="改期", seen=forum.seq, at=NOON)
    with pytest.raises(Refused, match="forum_step"):
        forum_wall.hang(store, actor=people.staff, forum_id=forum.id, at=NOON)
