"""The next theme: what each test counts, few cases, ties, weights, and the proposed lists."""

from datetime import date

import pandas as pd
import pytest

from db.scope import ALL
from insight.drawing.charts import Brush, Names
from insight.drawing.colours import palette
from insight.glance.next_forum import next_answer
from insight.themes.alike import groups
from insight.themes.ground import read_ground
from insight.themes.proposal import ITEMS, proposal
from insight.themes.ranking import Coverage, Weights, candidates, coverage, wait_of
from tests.conftest import make_enterprise
from tests.insight.world import add_case

TODAY = date(2023, 11, 30)
NOWHERE = Coverage({}, frozenset())


def case(number, **changes):
    """An open, unremarkable case of an enterprise of its own."""
    return {
        "id": f"case-{number}",
        "number": f"2023-{number:04}",
        "category": "utilities",
        "sector_code": "C17",
        "town_code": "330603001",
        "enterprise_id": f"firm-{number}",
        "lead_body": "power",
        "state": "in_progress",
        "submitted": pd.Timestamp(2023, 11, 1),
        "submitted_at": pd.Timestamp(2023, 11, 1) + pd.Timedelta(minutes=number),
        "settled": pd.NaT,
        "deadline": pd.NaT,
        "due_on": pd.Timestamp(2024, 3, 1),
        "reopened": 0,
        "rating": None,
        "is_settled": False,
        "is_open": True,
        "bodies": 1,
        "title": f"第{number}号",
        "text": "",
    } | changes


def of(*cases):
    return pd.DataFrame(cases)


def ranked(facts, known=NOWHERE, weights=None):
    return {(c.kind, c.code): c for c in candidates(facts, known, weights or Weights(), TODAY)}


def evidence(candidate, test, code):
    found = next(t for t in candidate.tests if t.code == test)
    return next(e for e in found.evidence if e.code == code)


def two_topics(**of_the_second):
    """Four cases of utilities, four of land; the second's are changed as told."""
    first = [case(n) for n in range(4)]
    return of(*first, *(case(n, category="land", **of_the_second) for n in range(4, 8)))


@pytest.mark.parametrize(
    ("test", "code", "changes"),
    [
        ("hard", "reopened_once", {"reopened": 1}),
        ("hard", "late", {"due_on": pd.Timestamp(2023, 11, 29)}),
        ("hard", "late", {"settled": pd.Timestamp(2023, 11, 20), "deadline": pd.Timestamp(2023, 11, 19)}),
        ("hard", "many_bodies", {"bodies": 2}),
        ("urgent", "rated_badly", {"rating": "dissatisfied"}),
        ("urgent", "urgent_words", {"text": "再不解决就要停产"}),
        ("urgent", "urgent_words", {"title": "Cannot wait for the permit"}),
        ("urgent", "due_soon", {"due_on": pd.Timestamp(2023, 12, 7)}),
    ],
)
def test_each_test_counts_its_own_evidence_and_names_the_cases(test, code, changes):
    found = ranked(two_topics(**changes))
    assert evidence(found["category", "land"], test, code).case_ids == ("case-4", "case-5", "case-6", "case-7")
    assert evidence(found["category", "utilities"], test, code).case_ids == ()
    assert found["category", "land"].rank < found["category", "utilities"].rank


def test_what_is_settled_is_neither_late_nor_due_soon():
    settled = {"is_settled": True, "due_on": pd.Timestamp(2023, 11, 1), "settled": pd.Timestamp(2023, 11, 2)}
    found = ranked(two_topics(**settled))
    assert evidence(found["category", "land"], "hard", "late").case_ids == ()
    assert evidence(found["category", "land"], "urgent", "due_soon").case_ids == ()


def test_common_counts_enterprises_not_cases():
    """Nine cases of three enterprises are less common than four of four."""
    many = [case(n, enterprise_id=f"firm-{n % 3}") for n in range(9)]
    few = [case(n, category="land") for n in range(20, 24)]
    found = ranked(of(*many, *few))
    assert found["category", "utilities"].enterprises == 3
    assert evidence(found["category", "land"], "common", "enterprises").share == pytest.approx(4 / 7)
    by_test = {key: {t.code: t.score for t in one.tests} for key, one in found.items()}
    assert by_test["category", "land"]["common"] > by_test["category", "utilities"]["common"]


def test_two_enterprises_are_no_theme():
    found = ranked(of(*(case(n) for n in range(3)), case(8, category="land"), case(9, category="land")))
    assert ("category", "land") not in found


def test_the_share_of_few_cases_is_drawn_towards_that_of_all():
    few = [case(n, category="land", reopened=1) for n in range(3)]
    many = [case(n, reopened=int(n < 12)) for n in range(10, 33)]
    found = ranked(of(*few, *many))
    drawn = evidence(found["category", "land"], "hard", "reopened_once")
    assert (len(drawn.case_ids), drawn.of) == (3, 3)
    assert drawn.share == pytest.approx((3 + 5 * 5 / 26) / 8)


def test_equal_totals_share_a_rank():
    found = candidates(two_topics(), NOWHERE, Weights(), TODAY)
    categories = [one for one in found if one.kind == "category"]
    assert [one.rank for one in categories] == [categories[0].rank] * 2


def test_weights_decide_which_test_leads():
    urgent = two_topics(text="急需，等不得")
    urgent.loc[urgent["category"] == "utilities", "reopened"] = 1
    assert ranked(urgent, weights=Weights(0, 1, 0, 0))["category", "land"].rank == 1
    assert ranked(urgent, weights=Weights(1, 0, 0, 0))["category", "utilities"].rank == 1


def test_a_sector_that_waited_for_a_forum_and_a_town_left_behind_count_for_it():
    rows = of(*(case(n) for n in range(3)), *(case(n, sector_code="C34", town_code="330603011") for n in range(5, 8)))
    found = ranked(rows, Coverage({"C17": 2.0, "C34": 20.0}, frozenset({"330603011"})))
    assert evidence(found["sector", "C34"], "fair", "sector_wait").months == 20
    assert evidence(found["sector", "C34"], "fair", "town_behind").case_ids == ("case-5", "case-6", "case-7")
    fair = {code: next(t.score for t in found["sector", code].tests if t.code == "fair") for code in ("C17", "C34")}
    assert fair["C34"] > fair["C17"]


def test_a_forum_of_the_whole_section_counts_for_its_divisions_and_never_is_the_longest_wait():
    assert wait_of("C17", {"C": 3.0}) == 3
    assert wait_of("C17", {"C": 9.0, "C17": 5.0}) == 5
    assert wait_of("H61", {"C": 3.0}) == 24


def test_coverage_is_read_from_forums_and_registers():
    forums = pd.DataFrame(
        {"sector_code": ["C17", "C17", None], "held_on": [date(2023, 1, 31), date(2023, 8, 31), TODAY]}
    )
    towns = pd.DataFrame({"town_code": ["a", "b", "c"], "enterprises": [10, 10, 10], "came": [1, 5, 9]})
    known = coverage(forums, towns, TODAY)
    assert known.waits["C17"] == pytest.approx(91 / 30.4375)
    assert known.behind == {"a"}


def test_old_settled_cases_are_left_out_and_old_open_ones_are_not(store):
    firm = make_enterprise(store)
    raised, old = ("submit", "submitted", "2023-11-01"), ("submit", "submitted", "2021-01-04")
    done = (("accept", "accepted", "2021-01-05"), ("dispatch", "dispatched", "2021-01-06"),
            ("answer", "awaiting", "2021-01-07"))  # fmt: skip
    add_case(store, firm, "new", raised)
    add_case(store, firm, "open", old, *done[:2])
    add_case(store, firm, "done", old, *done)
    ground = store.read(lambda con: read_ground(con, scope=ALL, as_of=TODAY))
    assert set(ground.facts["number"]) == {"new", "open"}


def test_issues_that_say_much_the_same_are_one_group():
    texts = {
        "a": "夏季错峰限电影响交货，希望提前通知",
        "b": "夏天限电错峰太多，影响交货，请提前通知",
        "c": "外籍员工办理居留许可要跑三趟",
        "d": "Power cuts at short notice delay our deliveries",
        "e": "Power is cut at short notice and deliveries are delayed",
    }
    assert groups(texts) == [("a", "b"), ("d", "e"), ("c",)]


def test_texts_without_a_letter_are_alone():
    assert groups({"a": "", "b": "123", "c": "……"}) == [("a",), ("b",), ("c",)]


def test_the_proposal_takes_one_item_a_group_and_lets_towns_take_turns():
    power = "夏季错峰限电影响交货，希望提前通知"
    rows = of(
        case(1, text=power),
        case(2, text=power, town_code="330603002"),
        case(3, text="外籍员工办理居留许可要跑三趟", is_settled=True, is_open=False),
        case(4, text="厂房不动产证迟迟办不下来", lead_body="planning"),
    )
    register = pd.DataFrame(
        {
            "id": ["firm-1", "firm-2", "firm-3", "firm-4"],
            "name_zh": ["甲", "乙", "丙", "丁"],
            "name_en": ["A", "B", "", "D"],
            "town_code": ["330603001", "330603002", "330603001", "330603001"],
            "forums": [4, 1, 0, 0],
        }
    )
    known = Coverage({}, frozenset({"330603002"}))
    chosen = ranked(rows, known)["category", "utilities"]
    found = proposal(chosen, rows, register, known)
    assert [(item.case_id, len(item.like), item.enterprises) for item in found.items] == [
        ("case-1", 2, 2),
        ("case-4", 1, 1),
    ]
    assert [one.id for one in found.enterprises] == ["firm-2", "firm-4", "firm-1", "firm-3"]
    assert found.bodies == (("power", 3), ("planning", 1))
    assert len(found.items) <= ITEMS


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ("用地", "5 家企业、5 件诉求", "企业催得最急")), ("en", ("Land", "5 enterprises, 5 issues", "urgent"))],
)
def test_the_glance_names_the_first_candidate_with_its_two_strongest_tests(language, words):
    lasting = [case(n) for n in range(4)]
    urgent = [case(n, category="land", text="再不解决就要停产") for n in range(5, 10)]
    found = [one for one in candidates(of(*lasting, *urgent), NOWHERE, Weights(), TODAY) if one.kind == "category"]
    names = Names({"category": {"land": {"zh": "用地", "en": "Land"}[language], "utilities": "—"}})
    answer = next_answer(found, Brush(palette(dark=False), names, language))
    assert all(word in answer.said for word in words)
    assert answer.worth


def test_the_glance_says_so_where_there_is_no_candidate():
    answer = next_answer([], Brush(palette(dark=False), Names(), "zh"))
    assert "没有三家" in answer.said
