"""Policies: numbered in the series, changed as they were read, linked to the cases they answer."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from casework.policies import PolicyForm, add_policy, change_policy, link_cases, unlink_case
from db import events, policies
from db.policies import PolicyFilter
from db.refused import MovedOn, Refused
from db.scope import ALL, NONE, Scope
from tests.casework.cases.steps import raise_case

AT = datetime(2023, 12, 1, 4, 0)
FORM = PolicyForm("工业用电保障办法", "Securing power for industry", "economy_it", date(2023, 11, 30))


def add(store, actor, policy_id="p1", form=FORM):
    return add_policy(store, actor=actor, policy_id=policy_id, form=form, at=AT)


def link(store, actor, *numbers, seen=1):
    return link_cases(store, actor=actor, policy_id="p1", numbers=numbers, seen=seen, at=AT)


def history(store, policy_id="p1"):
    return [(event["kind"], event["seq"]) for event in store.read(lambda con: events.of_subject(con, policy_id))]


def test_a_policy_takes_the_next_number_once_however_often_it_is_sent(store, people):
    assert [add(store, people.staff).number, add(store, people.staff).number] == [1, 1]
    assert add(store, people.staff, "p2").number == 2
    assert history(store) == [("issue", 1)]
    assert store.read(events.verify) == []


@pytest.mark.parametrize("role", ["enterprise", "officer", "department", "town", "leader", "admin"])
def test_only_staff_keep_policies(store, people, role):
    actor = getattr(people, role)
    for verb in (
        lambda: add(store, actor),
        lambda: change_policy(store, actor=actor, policy_id="p1", form=FORM, seen=1, at=AT),
        lambda: link(store, actor, "2023-0001"),
        lambda: unlink_case(store, actor=actor, policy_id="p1", case_id="c", seen=1, at=AT),
    ):
        with pytest.raises(Refused, match="forbidden"):
            verb()
    assert store.read(lambda con: policies.count(con, PolicyFilter())) == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title_zh": " \u200b"}, "policy_titles"),
        ({"title_en": "x" * 121}, "policy_titles"),
        ({"body_code": "moon"}, "policy_body"),
        ({"issued_on": date(2023, 12, 2)}, "policy_day"),
    ],
)
def test_what_is_not_whole_is_refused_and_nothing_written(store, people, change, code):
    before = store.revision()
    with pytest.raises(Refused, match=code):
        add(store, people.staff, form=replace(FORM, **change))
    assert store.revision() == before


def test_the_second_of_two_clerks_is_told(store, people):
    add(store, people.staff)
    other = replace(FORM, title_zh="改名")
    changed = change_policy(store, actor=people.staff, policy_id="p1", form=other, seen=1, at=AT)
    assert (changed.title_zh, changed.number, changed.seq) == ("改名", 1, 2)
    with pytest.raises(MovedOn):
        change_policy(store, actor=people.staff, policy_id="p1", form=FORM, seen=1, at=AT)
    assert history(store) == [("issue", 1), ("change", 2)]


def test_cases_are_linked_by_their_numbers_once(store, people):
    add(store, people.staff)
    first, second = raise_case(store, people), raise_case(store, people)
    assert link(store, people.staff, f" {first.number} ", second.number, first.number).seq == 2
    assert link(store, people.staff, first.number).seq == 2  # sent again: nothing is written
    listed = store.read(lambda con: policies.cases_of(con, ALL, "p1"))
    assert [case.number for case in listed] == [first.number, second.number]
    unlink_case(store, actor=people.staff, policy_id="p1", case_id=first.id, seen=2, at=AT)
    assert store.read(lambda con: policies.linked(con, "p1")) == {second.id}
    assert history(store) == [("issue", 1), ("link", 2), ("unlink", 3)]


def test_an_unknown_number_links_none_of_them(store, people):
    add(store, people.staff)
    case = raise_case(store, people)
    with pytest.raises(Refused) as caught:
        link(store, people.staff, case.number, "2023-9999")
    assert (caught.value.code, caught.value.facts) == ("policy_case_unknown", {"numbers": "2023-9999"})
    with pytest.raises(Refused, match="policy_cases_missing"):
        link(store, people.staff, " ")
    with pytest.raises(MovedOn):
        link(store, people.staff, case.number, seen=7)
    assert store.read(lambda con: policies.linked(con, "p1")) == set()


def test_cases_outside_ones_scope_are_neither_listed_nor_counted(store, people):
    add(store, people.staff)
    own, others = raise_case(store, people), raise_case(store, people, enterprise_id=people.other_firm.id)
    link(store, people.staff, own.number, others.number)

    def seen(scope):
        (line,) = store.read(lambda con: policies.find(con, scope, PolicyFilter(), limit=9, offset=0))
        listed = store.read(lambda con: policies.cases_of(con, scope, "p1"))
        assert line.cases == len(listed)
        return {case.id for case in listed}

    assert seen(ALL) == {own.id, others.id}
    assert seen(Scope("enterprise", people.firm.id)) == {own.id}
    assert seen(NONE) == set()


def test_filters_say_how_many_each_choice_leaves(store, people):
    add(store, people.staff)
    add(store, people.staff, "p2", replace(FORM, body_code="tax", issued_on=date(2022, 1, 1)))
    counts = store.read(lambda con: policies.counts(con, PolicyFilter(year=2022)))
    assert (counts.year, counts.body) == ({"2023": 1, "2022": 1}, {"tax": 1})
    assert store.read(lambda con: policies.count(con, PolicyFilter(2022, "tax"))) == 1
