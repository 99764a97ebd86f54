"""A town's or sector's page, and ranks in which chance decides nothing."""

import pytest

from db.figures.case_figures import PlaceShare
from insight.cases.places import ranking
from tests.conftest import words
from tests.insight.cases.test_dashboard import asked, html_of, overdue_case


def test_towns_whose_intervals_overlap_are_tied_and_a_clear_leader_is_not():
    shares = [PlaceShare("a", 98, 100), PlaceShare("b", 20, 40), PlaceShare("c", 21, 40)]
    found = ranking(shares, ["a", "b", "c"])
    assert [(one.code, one.first, one.last) for one in found] == [("a", 1, 1), ("c", 2, 3), ("b", 2, 3)]


def test_a_town_with_a_handful_of_cases_is_not_ranked():
    found = ranking([PlaceShare("a", 4, 4), PlaceShare("b", 5, 10)], ["a", "b", "none"])
    assert [(one.code, one.first, one.n) for one in found] == [("b", 1, 10), ("a", None, 4), ("none", None, 0)]


def test_a_towns_page_shows_its_own_cases_and_the_one_beside_it(store, people, open_page):
    overdue_case(store, town_code="330603011")
    page = asked(open_page(people.leader, "place"), **{"town": "330603011", "with": "330603001"})
    shown = words(page)
    assert "马鞍街道" in shown and "1 件已超期" in shown and "没有符合条件的诉求" in shown
    assert "近一年每处交办都不足5件" in shown and "不排位次 0" not in shown  # one sentence, not sixteen rows


@pytest.mark.parametrize("odd", ["", "nonsense", "'; DROP TABLE cases --", "<script>odd"])
def test_a_place_that_nobody_knows_is_the_first(people, open_page, odd):
    for kind in ("town", "sector"):
        page = asked(open_page(people.leader, "place"), **{kind: odd, "with": odd})
        assert "镇街与行业" in words(page) and "<script>odd" not in html_of(page)


def test_who_does_not_see_the_dashboard_sees_no_place(people, open_page):
    assert "近一年" not in words(open_page(people.town, "place"))
