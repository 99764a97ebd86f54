"""Finding and counting cases: every filter, within every scope."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db import sql
from db.cases import cases
from db.cases.cases import CaseFilters
from db.cases.order import FIRST, SORTS, ListPlace, key_of
from tests.casework.cases.steps import TODAY, bring_to, raise_case, take
from tests.conftest import NOON, make_enterprise

EVERYTHING = CaseFilters(today=TODAY)


@pytest.fixture
def some(store, people):
    """Five cases: two of the first enterprise (one late), one closed, two of another in Ma'an."""
    far = {"enterprise_id": people.other_firm.id, "sector_code": "C34", "town_code": "330603011"}
    return {
        "late": bring_to(store, people, "dispatched", NOON - timedelta(days=30), title="停电100%无预告"),
        "new": raise_case(store, people, category="tax", text="退税慢"),
        "closed": bring_to(store, people, "closed", NOON - timedelta(days=60)),
        "far": raise_case(store, people, NOON - timedelta(days=1), channel="line", **far),
        "soon": bring_to(store, people, "accepted", NOON - timedelta(days=1), **far),
    }


def find(store, who, sort, place=FIRST, filters=EVERYTHING, size=2):
    return store.read(lambda con: cases.find(con, who.scope, filters, sort=sort, place=place, size=size))


def numbers(store, who, filters=EVERYTHING, sort="number", place=FIRST, size=25):
    return [case.number for case in find(store, who, sort, place, filters, size).rows]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"sector": "C34"}, {"far", "soon"}),
        ({"sector": "C"}, {"late", "new", "closed", "far", "soon"}),
        ({"town": "330603001"}, {"late", "new", "closed"}),
        ({"category": "tax"}, {"new"}),
        ({"state": "closed"}, {"closed"}),
        ({"state": "open"}, {"late", "new", "far", "soon"}),
        ({"body": "economy_it"}, {"late", "closed"}),
        ({"body": "tax"}, {"late", "closed"}),
        ({"forum": "none"}, set()),
        ({"channel": "line"}, {"far"}),
        ({"channel": "hotline"}, set()),
        ({"overdue": "late"}, {"late"}),
        ({"overdue": "today"}, set()),
        ({"overdue": "whenever"}, set()),
        ({"submitted_from": TODAY}, {"new"}),
        ({"submitted_to": TODAY - timedelta(days=1)}, {"late", "closed", "far", "soon"}),
        ({"submitted_from": TODAY - timedelta(days=1), "submitted_to": TODAY - timedelta(days=1)}, {"far", "soon"}),
        ({"text": "退税"}, {"new"}),
        ({"text": "100%无"}, {"late"}),
        ({"text": "DEMO machinery"}, {"far", "soon"}),
        ({"text": "'; DROP TABLE cases; --"}, set()),
        ({"town": "330603011", "state": "accepted"}, {"soon"}),
    ],
)
def test_each_filter_leaves_what_it_says(store, people, some, filters, names):
    found = numbers(store, people.staff, replace(EVERYTHING, **filters))
    assert set(found) == {some[name].number for name in names}


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("staff", {"late", "new", "closed", "far", "soon"}),
        ("leader", {"late", "new", "closed", "far", "soon"}),
        ("town", {"late", "new", "closed"}),
        ("officer", {"late", "new", "closed"}),
        ("enterprise", {"late", "new", "closed"}),
        ("stranger", {"far", "soon"}),
        ("department", {"late", "closed"}),
        ("other_department", set()),
        ("admin", set()),
    ],
)
def test_everybody_finds_and_counts_their_own_cases_alone(store, people, some, who, names):
    actor = getattr(people, who)
    assert set(numbers(store, actor)) == {some[name].number for name in names}
    counted = store.read(lambda con: cases.counts(con, actor.scope, EVERYTHING))
    for facet in (counted.town, counted.state, counted.sector, counted.category):
        assert sum(facet.values()) == len(names)


def test_a_count_says_what_the_choice_would_leave_with_the_other_filters_applied(store, people, some):
    chosen = replace(EVERYTHING, town="330603011", state="accepted")
    counted = store.read(lambda con: cases.counts(con, people.staff.scope, chosen))
    assert counted.town == {"330603011": 1}
    assert counted.state == {"submitted": 1, "accepted": 1}
    assert counted.channel == {"self": 1}
    for facet in ("sector", "town", "category", "state", "body", "channel"):
        for code, n in getattr(counted, facet).items():
            assert len(numbers(store, people.staff, replace(chosen, **{facet: code}))) == n
    assert counted.overdue == {"late": 0, "today": 0, "soon": 0}


@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_every_order_hold_each_case_once(store, people, some, sort):
    pages = [numbers(store, people.staff, sort=sort, place=ListPlace(page), size=2) for page in (1, 2, 3)]
    assert sorted(number for page in pages for number in page) == sorted(case.number for case in some.values())
    assert [len(page) for page in pages] == [2, 2, 1]


@pytest.mark.parametrize("sort", SORTS)
def test_the_pages_after_and_before_a_row_are_those_of_the_whole_order(store, people, some, sort):
    """Also among cases of one instant and one day, and those of no day."""
    store.write(lambda con: sql.run(con, "UPDATE cases SET submitted_at = $at, due_on = NULL", {"at": NOON}))
    store.write(lambda con: sql.run(con, "UPDATE cases SET due_on = $day WHERE category = 'tax'", {"day": TODAY}))
    whole = find(store, people.staff, sort, size=99).rows
    keys = [key_of(sort, case) for case in whole]
    assert len(whole) == len(some)
    for place in range(len(whole)):
        later = find(store, people.staff, sort, ListPlace(key=keys[place]))
        sooner = find(store, people.staff, sort, ListPlace(key=keys[place], back=True))
        if place < len(whole) - 1:
            assert (later.rows, later.before) == (whole[place + 1 : place + 3], place + 1)
        if place:
            assert (sooner.rows, sooner.before) == (whole[max(0, place - 2) : place], max(0, place - 2))


def test_no_case_is_skipped_or_shown_twice_where_somebody_accepts_one_between_two_pages(store, people):
    made = [raise_case(store, people, at=NOON - timedelta(minutes=n)) for n in range(6)]
    new = replace(EVERYTHING, state="submitted")
    first = find(store, people.staff, "newest", filters=new)
    take(store, people.staff, first.rows[0], "accept")
    second = find(store, people.staff, "newest", ListPlace(key=key_of("newest", first.rows[-1])), new)
    third = find(store, people.staff, "newest", ListPlace(key=key_of("newest", second.rows[-1])), new)
    assert [case.id for page in (first, second, third) for case in page.rows] == [case.id for case in made]
    assert (second.total, second.before, third.before) == (5, 1, 3)
    back = find(store, people.staff, "newest", ListPlace(key=key_of("newest", second.rows[0]), back=True), new)
    assert [case.id for case in back.rows] == [first.rows[1].id]


def test_where_nothing_follows_any_more_the_last_page_stands_and_where_nothing_precedes_the_first(store, people, some):
    in_order = find(store, people.staff, "newest", size=99).rows
    after_all = find(store, people.staff, "newest", ListPlace(key=key_of("newest", in_order[-1])))
    before_all = find(store, people.staff, "newest", ListPlace(key=key_of("newest", in_order[0]), back=True))
    assert (after_all.rows, after_all.before) == (in_order[-1:], 4)
    assert (before_all.rows, before_all.before) == (in_order[:2], 0)


@pytest.mark.parametrize("key", ["x", "~", "2024-13-01~x", "1~2~3~4", "'; DROP TABLE cases; --", "\x00"])
def test_a_key_that_is_none_gives_the_first_page(store, people, some, key):
    for sort in ("due", "newest"):
        assert find(store, people.staff, sort, ListPlace(key=key)) == find(store, people.staff, sort)


def test_a_page_beyond_the_last_is_the_last(store, people, some):
    assert find(store, people.staff, "number", ListPlace(99)) == find(store, people.staff, "number", ListPlace(3))


def test_what_is_due_first_comes_first_and_what_is_not_due_last(store, people, some):
    found = store.read(lambda con: cases.find(con, people.staff.scope, EVERYTHING, sort="due")).rows
    assert [case.due_on is None for case in found] == sorted(case.due_on is None for case in found)
    assert found[0].number == some["late"].number


def test_an_order_that_nobody_offered_is_an_error(store, people):
    with pytest.raises(KeyError):
        numbers(store, people.staff, sort="number; DROP TABLE cases")


def test_the_body_that_settled_most_cases_of_a_category_comes_first(store, people):
    for lead in ("power", "economy_it", "economy_it"):
        case = take(store, people.staff, raise_case(store, people), "accept")
        case = take(store, people.staff, case, "dispatch", lead=lead, co=())
        take(store, people.staff, case, "answer")
    usual = store.read(lambda con: cases.usual_leads(con, people.staff.scope, "utilities"))
    assert usual == [("economy_it", 2), ("power", 1)]
    assert store.read(lambda con: cases.usual_leads(con, people.staff.scope, "tax")) == []


def test_what_is_due_within_three_days_includes_today_and_the_third(store, people):
    for days in range(-1, 5):
        case = raise_case(store, people)
        due = TODAY + timedelta(days=days)
        given = {"due": due, "id": case.id}
        store.write(lambda con, g=given: sql.run(con, "UPDATE cases SET due_on = $due WHERE id = $id", g))
    counted = store.read(lambda con: cases.counts(con, people.staff.scope, EVERYTHING))
    assert counted.overdue == {"late": 1, "today": 1, "soon": 4}


def test_an_enterprise_without_an_english_name_is_called_by_its_chinese_one(store, people):
    firm = make_enterprise(store, name_en="", name_zh="鉴湖示范商贸有限公司")
    case = store.read(lambda con: cases.get(con, people.staff.scope, raise_case(store, people).id))
    assert case.enterprise("en") == "Yunjin Demo Textile Co., Ltd."
    assert replace(case, enterprise_zh=firm.name_zh, enterprise_en="").enterprise("en") == firm.name_zh
    assert not case.late(case.due_on) and case.late(case.due_on + timedelta(days=1))
    assert not replace(case, state="suspended").late(case.due_on + timedelta(days=1))
