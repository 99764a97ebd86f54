"""What stands beside the headlines: by month and place, what took how long, what waits for whom."""

import re
from datetime import date

import pytest

import i18n
from casework.briefings import briefing
from db.cases.cases import CaseFilters, how_many
from db.figures.figures import EVERYTHING, Filters
from db.scope import ALL
from insight.cases.board import MONTHS, read_board
from insight.cases.charts import case_charts
from insight.drawing.charts import Brush, CodeNames
from insight.drawing.colours import palette
from tests.conftest import NOON, make_enterprise
from tests.insight.world import add_case, add_forum

END = date(2023, 11, 30)
BEGUN = (("submit", "submitted", "2023-10-02"), ("accept", "accepted", "2023-10-03"))
BRUSH = Brush(palette(dark=False), CodeNames(), "en")


def board(store, as_of=END, filters=EVERYTHING):
    return store.read(lambda con: read_board(con, scope=ALL, filters=filters, as_of=as_of))


@pytest.fixture
def firm(store):
    return make_enterprise(store)


def settled(store, firm, number, days, *, month="2023-11", **changes):
    """Dispatched on the 1st and answered so many days later."""
    return add_case(store, firm, number, *BEGUN, ("dispatch", "dispatched", f"{month}-01"),
                    ("answer", "awaiting", f"{month}-{1 + days:02d}"), **changes)  # fmt: skip


def waiting(store, queue, as_of=END):
    return [one.number for one in board(store, as_of).waiting[queue]]


def test_every_view_of_an_empty_store_is_empty(store):
    empty = board(store)
    assert sum(month.received + month.settled for month in empty.months) == 0
    assert not any(empty.groups.values()) and not empty.spreads and not empty.forums
    assert empty.facts.counts["prompt_share"] == (0, 0) and not any(empty.waiting.values())


def test_months_show_what_came_in_and_what_was_settled_in_them(store, firm):
    settled(store, firm, "1", 3)
    settled(store, firm, "2", 3)
    found = board(store).months
    assert len(found) == MONTHS
    last_two = [(month.month, month.received, month.settled) for month in found[-2:]]
    assert last_two == [(date(2023, 10, 1), 2, 0), (date(2023, 11, 1), 0, 2)]


def test_a_breakdown_splits_each_code_into_settled_unsettled_and_not_accepted(store, firm):
    settled(store, firm, "1", 3)
    add_case(store, firm, "2", *BEGUN)
    add_case(store, firm, "3", BEGUN[0], category="tax")
    found = [(one.code, one.n, one.settled, one.unsettled) for one in board(store).groups["category"]]
    assert found == [("finance", 2, 1, 1), ("tax", 1, 0, 0)]


def test_unsettled_is_one_number_in_the_tile_the_map_the_bars_and_the_bodies(store, firm):
    """What nobody accepted yet and what was returned is in none of them."""
    settled(store, firm, "1", 3)
    add_case(store, firm, "2", *BEGUN)
    add_case(store, firm, "3", *BEGUN, ("dispatch", "dispatched", "2023-10-04"))
    add_case(store, firm, "4", BEGUN[0])
    add_case(store, firm, "5", BEGUN[0], ("return", "returned", "2023-10-03", {"reason": "缺材料"}))
    found = board(store)
    assert found.measures["unsettled"].value == 2
    for column, rows in found.groups.items():
        assert sum(one.unsettled for one in rows) == 2, column
    drawn = case_charts(found, BRUSH)
    assert "2 cases unsettled" in drawn["states"].title
    assert all(len(row) == len(chart.columns) > 1 for chart in drawn.values() for row in chart.rows)
    assert all(chart.rows for chart in drawn.values() if chart.figure), "each chart has its numbers as a table"


def test_handling_days_show_the_median_and_the_middle_half(store, firm):
    for number, days in enumerate((2, 4, 6, 8, 10)):
        settled(store, firm, str(number), days)
    by_month, by_category = board(store).spreads
    assert (by_month.month, by_category.category) == (date(2023, 11, 1), "finance")
    assert (by_month.n, by_month.low, by_month.median, by_month.high) == (5, 4, 6, 8)
    assert board(store).measures["prompt_share"].value == 60  # 2, 4 and 6 of five are within 7 days


def test_within_seven_days_is_of_those_dispatched_seven_full_days_ago_settled_or_not(store, firm):
    settled(store, firm, "quick", 3)
    add_case(store, firm, "waits", *BEGUN, ("dispatch", "dispatched", "2023-11-01"))
    add_case(store, firm, "young", *BEGUN, ("dispatch", "dispatched", "2023-11-04"))
    on_the_8th, on_the_7th = board(store, date(2023, 11, 8)), board(store, date(2023, 11, 7))
    assert on_the_8th.facts.counts["prompt_share"] == (1, 2)
    assert on_the_7th.facts.counts["prompt_share"] == (0, 0)
    assert [(month.dispatched, month.prompt) for month in on_the_8th.months[-1:]] == [(2, 1)]


def test_forum_outcomes_count_kinds_of_answer_on_the_spot_and_what_is_settled_now(store, firm):
    forum = add_forum(store, 7, "2023-11-02", ("boss", "entrepreneur", firm.id, None))
    settled(store, firm, "1", 3, forum_id=forum, on_spot="solved")
    settled(store, firm, "2", 3, forum_id=forum, on_spot="explained")
    add_case(store, firm, "3", *BEGUN, forum_id=forum, on_spot="committed")
    (one,) = board(store).forums
    assert (one.came.solved, one.came.committed, one.came.explained) == (1, 1, 1)
    assert (one.came.issues, one.came.settled, one.present) == (3, 2, 1)


def test_the_last_forum_is_compared_with_the_others_at_the_same_age(store, firm):
    """Six days after: of the earlier forum five of six were settled by now, one of them within six days."""
    way = (("accept", "accepted", "2023-10-02"), ("dispatch", "dispatched", "2023-10-02"))
    first = add_forum(store, 7, "2023-10-02", ("boss", "entrepreneur", firm.id, None))
    for number, day in enumerate(("2023-10-05", *["2023-10-20"] * 4)):
        add_case(store, firm, f"old-{number}", ("submit", "submitted", "2023-10-02"), *way,
                 ("answer", "awaiting", day), forum_id=first)  # fmt: skip
    add_case(store, firm, "old-open", ("submit", "submitted", "2023-10-02"), *way, forum_id=first)
    last = add_forum(store, 8, "2023-11-24", ("boss", "entrepreneur", firm.id, None))
    for number in range(6):
        add_case(store, firm, f"new-{number}", ("submit", "submitted", "2023-11-24"), forum_id=last)
    found = board(store)
    told = [(one.came.settled, one.came.at_age_settled, one.came.at_age_issues) for one in found.forums]
    assert told == [(5, 1, 6), (0, 0, 6)]


def test_a_case_is_overdue_the_day_after_its_deadline_and_not_once_settled(store, firm):
    dispatched = ("dispatch", "dispatched", "2023-11-01", {"due_on": "2023-11-10"})
    add_case(store, firm, "open", *BEGUN, dispatched)
    add_case(store, firm, "done", *BEGUN, dispatched, ("answer", "awaiting", "2023-11-20"))
    assert waiting(store, "overdue", date(2023, 11, 10)) == []
    on_the_12th = board(store, date(2023, 11, 12))  # before its answer the second was late too
    assert [(one.number, one.late) for one in on_the_12th.waiting["overdue"]] == [("done", 2), ("open", 2)]
    assert on_the_12th.facts.counts["overdue"] == 2
    assert waiting(store, "overdue") == ["open"]


def test_what_an_enterprise_sent_back_or_rated_badly_waits_until_it_is_settled_again(store, firm):
    answered = (*BEGUN, ("dispatch", "dispatched", "2023-10-05"), ("answer", "awaiting", "2023-10-09"))
    add_case(store, firm, "rejected", *answered, ("reject", "reopened", "2023-10-10"))
    add_case(store, firm, "rated", *answered, ("close", "reopened", "2023-10-11", {"rating": "dissatisfied"}))
    add_case(
        store, firm, "mended", *answered, ("reject", "reopened", "2023-10-10"), ("answer", "awaiting", "2023-10-20")
    )
    add_case(store, firm, "fine", *answered, ("close", "closed", "2023-10-11", {"rating": "satisfied"}))
    assert set(waiting(store, "unsatisfied")) == {"rejected", "rated"}


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
    assert set(waiting(store, "leader")) == {"broken", "twice", "led"}
    assert set(waiting(store, "leader", date(2023, 11, 1))) == {"twice"}


def test_a_change_that_chance_may_bring_is_no_title_and_one_that_it_hardly_brings_is(store, firm):
    for number in range(6):
        settled(store, firm, f"now-{number}", 3)
    for number, days in enumerate((3, 3, 3, 3, 20, 20)):
        settled(store, firm, f"before-{number}", days, month="2023-07")
    assert case_charts(board(store), BRUSH)["handling"].title == "Settled within 7 days: 100%"
    for number in range(30):
        settled(store, firm, f"slow-{number}", 20, month="2023-07")
    assert case_charts(board(store), BRUSH)["handling"].title == "Settled within 7 days: 100%, up 89 pp"


def test_a_place_alone_has_only_its_own_cases(store, firm):
    other = make_enterprise(store, town_code="330603011")
    settled(store, firm, "1", 3)
    settled(store, other, "2", 3)
    assert board(store, filters=Filters(town="330603011")).measures["issues"].value == 1


def test_overdue_cases_are_one_number_in_tile_glance_briefing_desk_and_the_mornings_heading(store, firm, people):
    """An issue that waits for its acceptance is late like any other; only a clock that stands still is never late."""
    add_case(store, firm, "unaccepted", ("submit", "submitted", "2023-10-02", {"due_on": "2023-10-04"}))
    add_case(store, firm, "unsent", *BEGUN[:1], ("accept", "accepted", "2023-10-03", {"due_on": "2023-10-09"}))
    add_case(store, firm, "unanswered", *BEGUN, ("dispatch", "dispatched", "2023-10-04", {"due_on": "2023-10-13"}))
    add_case(store, firm, "not-yet", *BEGUN, ("dispatch", "dispatched", "2023-11-28", {"due_on": "2023-12-07"}))
    add_case(store, firm, "answered", *BEGUN, ("dispatch", "dispatched", "2023-10-04", {"due_on": "2023-10-13"}),
             ("answer", "awaiting", "2023-11-20"))  # fmt: skip
    add_case(store, firm, "suspended", *BEGUN, ("suspend", "suspended", "2023-10-04", {"due_on": "2023-10-20"}))
    found = board(store)
    assert found.facts.counts["overdue"] == 3
    assert set(waiting(store, "overdue")) == {"unaccepted", "unsent", "unanswered"}
    (nobody,) = [one for one in found.groups["lead_body"] if not one.code]
    assert (nobody.unsettled, nobody.late, nobody.at_work) == (2, 2, 3)
    desk = store.read(lambda con: how_many(con, ALL, CaseFilters(END, overdue="late")))
    told = briefing(store, actor=people.staff, since=date(2023, 10, 1), until=END, language="en", at=NOON)
    assert desk == told.total.overdue == len(told.late) == 3


def test_a_word_of_settling_is_none_of_closing_and_two_satisfactions_have_two_names():
    """办结 is settled, 销号 is closed by the enterprise; 诉求评价满意率 is of a case, 调查满意率 of a survey."""
    words = {key: zh for key, entry in i18n.catalogue().items() if isinstance(zh := entry.get("zh"), str)}
    closes = {key for key in words if key.endswith((".state.closed", ".action.close", "desk_state.closed"))}
    assert closes
    assert [key for key in closes if "办结" in words[key]] == []
    rates = [words[key] for key in words if "满意率" in words[key]]
    assert rates and [said for said in rates if "诉求评价满意率" not in said and "调查满意率" not in said] == []
    assert not [key for key in words if re.search(r"件.{0,3}逾期|逾期 ?\{\w+\} ?件|项.{0,3}超期", words[key])]
    english = [str(entry["en"]).lower() for key, entry in i18n.catalogue().items() if key.startswith("figure.")]
    assert not [said for said in english if "simple means" in said]
