"""What stands beside the headlines: by month and place, what took how long, what waits for whom."""

from datetime import date

import pytest

from db.figures import EVERYTHING
from db.scope import ALL
from insight.cases import views
from insight.cases.facts import read_facts
from tests.conftest import make_enterprise
from tests.insight.world import add_case, add_forum

END = date(2023, 11, 30)
BEGUN = (("submit", "submitted", "2023-10-02"), ("accept", "accepted", "2023-10-03"))


def facts(store, as_of=END):
    return store.read(lambda con: read_facts(con, scope=ALL, filters=EVERYTHING, as_of=as_of))


@pytest.fixture
def firm(store):
    return make_enterprise(store)


def settled(store, firm, number, days, *, month="2023-11", **changes):
    """Dispatched on the 1st and answered so many days later."""
    return add_case(store, firm, number, *BEGUN, ("dispatch", "dispatched", f"{month}-01"),
                    ("answer", "awaiting", f"{month}-{1 + days:02d}"), **changes)  # fmt: skip


def test_every_view_of_an_empty_store_is_empty(store):
    empty = facts(store)
    assert views.by_month(empty)["received"].sum() == 0
    assert views.by(empty, "town_code").empty and views.days_by_month(empty).empty
    assert views.forum_outcomes(empty).empty and views.prompt(empty).share is None
    assert all(queue.empty for queue in vars(views.waiting(empty)).values())


def test_months_show_what_came_in_and_what_was_settled_in_them(store, firm):
    settled(store, firm, "1", 3)
    settled(store, firm, "2", 3)
    rows = views.by_month(facts(store)).set_index("month")
    assert len(rows) == views.MONTHS
    assert rows["received"]["2023-10-01"] == 2 and rows["received"]["2023-11-01"] == 0
    assert rows["settled"]["2023-11-01"] == 2 and rows["settled"]["2023-10-01"] == 0


def test_a_breakdown_splits_each_code_into_settled_and_open(store, firm):
    settled(store, firm, "1", 3)
    add_case(store, firm, "2", *BEGUN)
    add_case(store, firm, "3", *BEGUN, category="tax")
    rows = views.by(facts(store), "category")
    assert rows.to_dict("list") == {
        "code": ["finance", "tax"], "received": [2, 1], "settled": [1, 0], "open": [1, 1],
    }  # fmt: skip


def test_handling_days_show_the_median_and_the_middle_half(store, firm):
    for number, days in enumerate((2, 4, 6, 8, 10)):
        settled(store, firm, str(number), days)
    row = views.days_by_month(facts(store)).iloc[0]
    assert (row["n"], row["low"], row["median"], row["high"]) == (5, 4, 6, 8)
    assert views.prompt(facts(store)).share == 60  # 2, 4 and 6 of five are within 7 days


def test_forum_outcomes_count_kinds_of_answer_on_the_spot_and_what_is_settled_now(store, firm):
    forum = add_forum(store, 7, "2023-11-02", ("boss", "entrepreneur", firm.id, None))
    settled(store, firm, "1", 3, forum_id=forum, on_spot="solved")
    settled(store, firm, "2", 3, forum_id=forum, on_spot="explained")
    add_case(store, firm, "3", *BEGUN, forum_id=forum, on_spot="committed")
    row = views.forum_outcomes(facts(store)).iloc[0]
    assert (row["solved"], row["committed"], row["explained"]) == (1, 1, 1)
    assert (row["issues"], row["settled"], row["present"]) == (3, 2, 1)


def test_a_case_is_overdue_the_day_after_its_deadline_and_not_once_settled(store, firm):
    dispatched = ("dispatch", "dispatched", "2023-11-01", {"due_on": "2023-11-10"})
    add_case(store, firm, "open", *BEGUN, dispatched, due_on=date(2023, 11, 10))
    add_case(store, firm, "done", *BEGUN, dispatched, ("answer", "awaiting", "2023-11-20"), due_on=None)
    assert views.waiting(facts(store, date(2023, 11, 10))).overdue.empty
    on_the_12th = views.waiting(facts(store, date(2023, 11, 12))).overdue  # before its answer the second was late too
    assert on_the_12th[["number", "late"]].to_dict("list") == {"number": ["done", "open"], "late": [2, 2]}
    assert views.waiting(facts(store)).overdue["number"].tolist() == ["open"]


def test_what_an_enterprise_sent_back_or_rated_badly_waits_until_it_is_settled_again(store, firm):
    answered = (*BEGUN, ("dispatch", "dispatched", "2023-10-05"), ("answer", "awaiting", "2023-10-09"))
    add_case(store, firm, "rejected", *answered, ("reject", "reopened", "2023-10-10"))
    add_case(store, firm, "rated", *answered, ("close", "reopened", "2023-10-11", {"rating": "dissatisfied"}))
    add_case(
        store, firm, "mended", *answered, ("reject", "reopened", "2023-10-10"), ("answer", "awaiting", "2023-10-20")
    )
    add_case(store, firm, "fine", *answered, ("close", "closed", "2023-10-11", {"rating": "satisfied"}))
    assert set(views.waiting(facts(store)).unsatisfied["number"]) == {"rejected", "rated"}


def test_a_leader_is_waited_for_where_a_promise_is_broken_or_it_came_back_twice_or_they_lead_it_for_long(store, firm):
    answered = (*BEGUN, ("dispatch", "dispatched", "2023-10-05"), ("answer", "awaiting", "2023-10-09"))
    back = ("reject", "reopened", "2023-10-10")
    promised = ("answer", "committed", "2023-10-09", {"promised_on": "2023-11-15"})
    add_case(store, firm, "broken", *BEGUN, ("dispatch", "dispatched", "2023-10-05"), promised)
    add_case(
        store,
        firm,
        "twice",
        *answered,
        back,
        ("answer", "awaiting", "2023-10-20"),
        ("reject", "reopened", "2023-10-21"),
    )
    add_case(store, firm, "once", *answered, back)
    add_case(store, firm, "led", *BEGUN, leader_id="leader-1")
    assert set(views.waiting(facts(store)).leader["number"]) == {"broken", "twice", "led"}
    assert set(views.waiting(facts(store, date(2023, 11, 1))).leader["number"]) == {"twice"}
