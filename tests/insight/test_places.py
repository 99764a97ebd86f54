"""A town's or sector's page, and ranks in which chance decides nothing."""

from datetime import date

import pandas as pd
import pytest

from insight.cases.places import ranking
from pages.parts.leader import live_board
from tests.conftest import words
from tests.insight.test_dashboard import asked, html_of, overdue_case


@pytest.fixture(autouse=True)
def nothing_remembered():
    live_board.forget()


class Days:
    """Settled cases of towns: (town, how many within 7 days, how many later)."""

    as_of = date(2023, 11, 30)

    def __init__(self, *towns):
        rows = [(town, days) for town, quick, slow in towns for days in [3.0] * quick + [20.0] * slow]
        self.cases = pd.DataFrame(rows, columns=["town_code", "days"]).assign(settled=pd.Timestamp("2023-11-01"))


def test_towns_whose_intervals_overlap_are_tied_and_a_clear_leader_is_not():
    found = ranking(Days(("a", 98, 2), ("b", 20, 20), ("c", 21, 19)), "town", ["a", "b", "c"])
    assert [(one.code, one.first, one.last) for one in found] == [("a", 1, 1), ("c", 2, 3), ("b", 2, 3)]


def test_a_town_with_a_handful_of_cases_is_not_ranked():
    found = ranking(Days(("a", 4, 0), ("b", 5, 5)), "town", ["a", "b", "none"])
    assert [(one.code, one.first, one.n) for one in found] == [("b", 1, 10), ("a", None, 4), ("none", None, 0)]


def test_a_towns_page_shows_its_own_cases_and_the_one_beside_it(store, people, open_page):
    overdue_case(store, town_code="330603011")
    page = asked(open_page(people.leader, "place"), **{"town": "330603011", "with": "330603001"})
    shown = words(page)
    assert "马鞍街道" in shown and "1 件已超期" in shown and "没有符合条件的诉求" in shown
    assert "近一年每处办结都不足5件" in shown and "不排位次 0" not in shown  # one sentence, not sixteen rows


@pytest.mark.parametrize("odd", ["", "nonsense", "'; DROP TABLE cases --", "<script>odd"])
def test_a_place_that_nobody_knows_is_the_first(people, open_page, odd):
    for kind in ("town", "sector"):
        page = asked(open_page(people.leader, "place"), **{kind: odd, "with": odd})
        assert "镇街与行业" in words(page) and "<script>odd" not in html_of(page)


def test_who_does_not_see_the_dashboard_sees_no_place(people, open_page):
    assert "近一年" not in words(open_page(people.town, "place"))
