"""The next theme: what each test counts, few cases, ties, weights, and the proposed lists."""

from datetime import date

import pytest

from casework.forums.agenda import BEFORE
from db.forums import themes
from db.forums.themes import Counted, Theme, Told, TownReached
from db.scope import ALL
from db.store import Store
from insight.themes.alike import groups
from insight.themes.ground import Ground, reached_least, read_ground, wait_of
from insight.themes.proposal import ITEMS, items_of, read_proposal
from insight.themes.ranking import Candidate, Weights, candidates
from tests.conftest import make_enterprise
from tests.insight.world import add_case, add_forum

TODAY = date(2023, 11, 30)
LAND, UTILITIES = Theme("category", "land"), Theme("category", "utilities")
RAISED = (("submit", "submitted", "2023-11-01"), ("accept", "accepted", "2023-11-02"))
SENT = ("dispatch", "dispatched", "2023-11-03", {"lead": "power", "due_on": "2024-03-01"})
ANSWERED = ("answer", "awaiting", "2023-11-20")


def sent(**changes) -> tuple:
    return (*SENT[:3], SENT[3] | changes)


def two_topics(store: Store, *told: tuple, **of_the_second) -> Ground:
    """Four open, unremarkable cases of utilities, four of land, each of an enterprise of its own; the second's are as
    told."""
    for n in range(8):
        firm = make_enterprise(store, sector_code="C17", town_code="330603001")
        changes = {"category": "utilities"} if n < 4 else {"category": "land"} | of_the_second
        add_case(store, firm, f"case-{n}", *RAISED, *((SENT,) if n < 4 else told or (SENT,)), **changes)
    return ground_of(store)


def ground_of(store: Store) -> Ground:
    return store.read(lambda con: read_ground(con, scope=ALL, as_of=TODAY))


def ranked(ground: Ground, weights: Weights | None = None) -> dict[Theme, Candidate]:
    return {one.theme: one for one in ground.ranked(weights or Weights())}


def counted(code: str, n: int = 4, kind: str = "category", wait: float = 24.0, **marked: int) -> Counted:
    return Counted(kind, code, n, n, n, wait, dict.fromkeys(themes.EVIDENCE, 0) | marked)


def evidence(candidate, test, code):
    found = next(t for t in candidate.tests if t.code == test)
    return next(e for e in found.evidence if e.code == code)


def behind(store: Store, ground: Ground, theme: Theme, code: str, page: int = 1, size: int = 20) -> list[str]:
    condition = themes.EVIDENCE.get(code, themes.FIRST_OF_EACH)
    found = store.read(
        lambda con: themes.behind(con, ground.asked, ground.marks, theme, condition, page=page, size=size)
    )
    return [one.number for one in found]


@pytest.mark.parametrize(
    ("test", "code", "told", "changes"),
    [
        ("hard", "reopened_once", (SENT, ANSWERED, ("reject", "reopened", "2023-11-21")), {}),
        ("hard", "late", (sent(due_on="2023-11-29"),), {}),
        ("hard", "late", (sent(due_on="2023-11-19"), ANSWERED), {}),
        ("hard", "many_bodies", (sent(co=["water"]),), {}),
        (
            "urgent",
            "rated_badly",
            (SENT, ANSWERED, ("close", "reopened", "2023-11-21", {"rating": "dissatisfied"})),
            {},
        ),
        ("urgent", "urgent_words", (), {"text": "再不解决就要停产"}),
        ("urgent", "urgent_words", (), {"title": "Cannot wait for the permit"}),
        ("urgent", "due_soon", (sent(due_on="2023-12-07"),), {}),
    ],
)
def test_each_test_counts_its_own_evidence_and_names_the_cases(store, test, code, told, changes):
    ground = two_topics(store, *told, **changes)
    found = ranked(ground)
    assert behind(store, ground, LAND, code) == ["case-7", "case-6", "case-5", "case-4"]
    assert [evidence(found[one], test, code).n for one in (LAND, UTILITIES)] == [4, 0]
    assert behind(store, ground, UTILITIES, code) == []
    assert found[LAND].rank < found[UTILITIES].rank


def test_the_issues_behind_come_a_page_at_a_time(store):
    ground = two_topics(store, text="急需")
    assert behind(store, ground, LAND, "urgent_words", page=2, size=3) == ["case-4"]


def test_what_is_settled_is_neither_late_nor_due_soon(store):
    found = ranked(two_topics(store, sent(due_on="2023-11-21"), ANSWERED))
    assert evidence(found[LAND], "hard", "late").n == 0
    assert evidence(found[LAND], "urgent", "due_soon").n == 0


def test_what_is_put_aside_is_open_and_neither_late_nor_due_soon(store):
    aside = ("suspend", "suspended", "2023-11-10", {"due_on": "2023-11-20", "due_rule": "review", "left": {}})
    ground = two_topics(store, SENT, aside)
    land = ranked(ground)[LAND]
    assert [land.unsettled, evidence(land, "hard", "late").n, evidence(land, "urgent", "due_soon").n] == [4, 0, 0]
    proposed = store.read(lambda con: read_proposal(con, ground, LAND))
    assert (proposed.items, proposed.left_out) == ((), {"aside": 4})


def test_common_counts_enterprises_not_cases(store):
    """Nine cases of three enterprises are less common than four of four."""
    firms = [make_enterprise(store) for _ in range(7)]
    for n in range(9):
        add_case(store, firms[n % 3], f"many-{n}", *RAISED, category="utilities")
    for n in range(4):
        add_case(store, firms[3 + n], f"few-{n}", *RAISED, category="land")
    ground = ground_of(store)
    found = ranked(ground)
    assert found[UTILITIES].enterprises == 3
    assert evidence(found[LAND], "common", "enterprises").share == pytest.approx(4 / 7)
    assert behind(store, ground, UTILITIES, "enterprises") == ["many-8", "many-7", "many-6"]
    by_test = {key: {t.code: t.score for t in one.tests} for key, one in found.items()}
    assert by_test[LAND]["common"] > by_test[UTILITIES]["common"]


def test_two_enterprises_are_no_theme():
    found = candidates([counted("utilities", 3), counted("land", 2)], counted("", 5, ""), Weights())
    assert [one.code for one in found] == ["utilities"]


def test_the_share_of_few_cases_is_drawn_towards_that_of_all():
    few, many = counted("land", 3, reopened_once=3), counted("utilities", 23, reopened_once=2)
    found = {one.code: one for one in candidates([few, many], counted("", 26, "", reopened_once=5), Weights())}
    drawn = evidence(found["land"], "hard", "reopened_once")
    assert (drawn.n, drawn.of) == (3, 3)
    assert drawn.share == pytest.approx((3 + 5 * 5 / 26) / 8)


def test_equal_totals_share_a_rank():
    found = candidates([counted("land"), counted("utilities")], counted("", 8, ""), Weights())
    assert [one.rank for one in found] == [1, 1]


def test_weights_decide_which_test_leads():
    urgent, hard = counted("land", urgent_words=4), counted("utilities", reopened_once=4)
    everything = counted("", 8, "", urgent_words=4, reopened_once=4)
    first = [candidates([urgent, hard], everything, w)[0].code for w in (Weights(0, 1, 0, 0), Weights(1, 0, 0, 0))]
    assert first == ["land", "utilities"]


def test_a_sector_that_waited_for_a_forum_and_a_town_left_behind_count_for_it(store):
    """Of two towns one came to a forum, which was about its sector."""
    near = [make_enterprise(store, sector_code="C17", town_code="330603001") for _ in range(3)]
    far = [make_enterprise(store, sector_code="C34", town_code="330603011") for _ in range(3)]
    for n, firm in enumerate([*near, *far]):
        add_case(store, firm, f"case-{n}", *RAISED, SENT)
    add_forum(store, 1, "2023-09-30", ("张三", "entrepreneur", near[0].id, None), sector_code="C17")
    ground = ground_of(store)
    found = ranked(ground)
    waits = {code: evidence(found[Theme("sector", code)], "fair", "sector_wait").months for code in ("C17", "C34")}
    assert waits == {"C17": pytest.approx(61 / 30.4375), "C34": 24}
    assert evidence(found[Theme("sector", "C34")], "fair", "town_behind").n == 3
    fair = {code: next(t.score for t in found[Theme("sector", code)].tests if t.code == "fair") for code in waits}
    assert fair["C34"] > fair["C17"]


def test_a_forum_of_the_whole_section_counts_for_its_divisions_and_never_is_the_longest_wait():
    assert wait_of("C17", {"C": 3.0}) == 3
    assert wait_of("C17", {"C": 9.0, "C17": 5.0}) == 5
    assert wait_of("H61", {"C": 3.0}) == 24


def test_a_town_whose_enterprises_came_less_than_the_middle_towns_is_behind():
    assert reached_least([TownReached("a", 10, 1), TownReached("b", 10, 5), TownReached("c", 10, 9)]) == ("a",)
    assert reached_least([]) == ()


def test_old_settled_cases_are_left_out_and_old_open_ones_are_not(store):
    firm = make_enterprise(store)
    raised, old = ("submit", "submitted", "2023-11-01"), ("submit", "submitted", "2021-01-04")
    done = (("accept", "accepted", "2021-01-05"), ("dispatch", "dispatched", "2021-01-06"),
            ("answer", "awaiting", "2021-01-07"))  # fmt: skip
    add_case(store, firm, "new", raised)
    add_case(store, firm, "open", old, *done[:2])
    add_case(store, firm, "done", old, *done)
    ground = ground_of(store)
    assert (ground.cases, behind(store, ground, Theme("category", "finance"), "enterprises")) == (2, ["new"])


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


def test_an_item_stands_for_all_that_say_much_the_same():
    power = "夏季错峰限电影响交货，希望提前通知"
    told = [Told(f"case-{n}", f"2023-{n:04}", "", f"firm-{n}", text)
            for n, text in enumerate((power, power, "厂房不动产证迟迟办不下来"), start=1)]  # fmt: skip
    assert [(item.case_id, item.like, item.enterprises) for item in items_of(told)] == [
        ("case-1", 2, 2),
        ("case-3", 1, 1),
    ]
    many = [Told(str(n), str(n), "", str(n), chr(0x4E00 + n) * 3) for n in range(ITEMS + 5)]
    assert len(items_of(many)) == ITEMS


def test_those_who_wait_and_never_came_are_invited_first_and_towns_take_turns(store):
    """A forum was attended by the first and the second; of three towns that of the second is not behind."""
    towns = ("330603001", "330603002", "330603001", "330603001", "330603003")
    firms = [
        make_enterprise(store, name_zh=name, town_code=town) for name, town in zip("甲乙丙丁戊", towns, strict=True)
    ]
    for n, firm in enumerate(firms[:4]):
        told = (*RAISED, sent(lead="planning" if n == 3 else "power"), *((ANSWERED,) if n == 2 else ()))
        add_case(store, firm, f"case-{n}", *told, category="utilities")
    present = [(name, "entrepreneur", firms[n].id, None) for n, name in ((0, "a"), (1, "b"), (4, "c"))]
    add_forum(store, 1, "2023-09-30", *present)
    ground = ground_of(store)
    found = store.read(lambda con: read_proposal(con, ground, UTILITIES))
    assert ground.marks.behind == ("330603001",)
    assert [(one.name_zh, one.cases, one.forums, one.behind) for one in found.enterprises] == [
        ("丁", 1, 0, True), ("乙", 1, 1, False), ("甲", 1, 1, True), ("丙", 1, 0, True),
    ]  # fmt: skip
    assert found.bodies == (("power", 3), ("planning", 1))


def test_the_words_of_a_bounded_number_are_compared_the_oldest_first(store):
    ground = two_topics(store)
    asked = (ground.asked, ground.marks, LAND, list(BEFORE))
    assert [one.number for one in store.read(lambda con: themes.free(con, *asked, most=3))] == [
        "case-4",
        "case-5",
        "case-6",
    ]
    assert store.read(lambda con: themes.for_the_table(con, *asked))["free"] == 4
