"""Nobody finds a hidden cell, not with a linear programme over every table that the page can show."""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np
import pytest
from scipy.optimize import linprog

from insight.survey.protection import (
    FEWEST,
    SURE,
    TABLES,
    Breakdown,
    Portion,
    beside,
    by_figure,
    hidden,
    parted,
    protect,
)

ROUNDED = 0.05  # a mean is shown with one decimal


def alike(cells: dict) -> dict[str, Breakdown]:
    """Every answer weighs the same."""
    return protect(cells, np.ones(len(cells["town"])))


def parts(counts: Mapping[str, int], weights: Mapping[str, float] | None = None) -> dict[str, Portion]:
    return {code: Portion(n, (weights or counts)[code]) for code, n in counts.items()}


@pytest.mark.parametrize(
    ("counts", "kept_back"),
    [
        ({}, set()),
        ({"a": 10, "b": 11}, set()),
        ({"a": 9, "b": 11, "c": 30}, {"a", "b"}),
        ({"a": 4, "b": 9, "c": 30}, {"a", "b"}),
        ({"a": 2, "b": 3, "c": 30, "d": 12}, {"a", "b", "d"}),
        ({"a": 0, "b": 12}, set()),
        ({"a": 5}, {"a"}),
    ],
)
def test_what_is_hidden_sums_to_ten_or_is_everything(counts, kept_back):
    assert hidden(parts(counts)) == kept_back


def test_a_hidden_cell_that_outweighs_the_others_of_its_group_hides_another():
    """9 and 1 answers: 100 · 1 / 90 leaves 1.1 points, with the next cell 100 · 21 / 90."""
    counts, weights = {"a": 9, "b": 1, "c": 20, "d": 40}, {"a": 90.0, "b": 1.0, "c": 20.0, "d": 40.0}
    assert hidden(parts(counts)) == {"a", "b", "c"} and hidden(parts({"a": 9, "b": 2, "c": 30})) == {"a", "b"}
    assert hidden(parts(counts, weights)) == {"a", "b", "c"}
    assert hidden(parts(counts, weights | {"c": 5.0})) == {"a", "b", "c", "d"}


def test_a_row_that_is_nearly_all_a_hidden_cell_of_another_table_is_hidden_too():
    """All nine of the trade sit in the town of ten: its row would leave them 11 points."""
    towns, divisions = ["a"] * 10 + ["b"] * 15 + ["c"] * 40, ["I65"] * 9 + ["C17"] * 56
    cells = {"town": towns, "division": divisions, "section": [code[0] for code in divisions]}
    cells["size"] = ["small", "small", "micro"] * 21 + ["micro"] * 2
    tables = alike(cells)
    assert tables["town"].shown == ["c"] and tables["size"].shown == ["micro", "small"]
    cells["division"] = ["I65"] * 8 + ["C17"] * 57
    assert alike(cells | {"section": [code[0] for code in cells["division"]]})["town"].shown == ["a", "b", "c"]


def test_a_hidden_division_is_not_known_by_what_a_shown_section_leaves_of_the_whole():
    """All but two of the hidden sections said the best: the whole less the section shown told that of eight of a trade
    to 6 points."""
    divisions = ["C17"] * 21 + ["F51"] * 8 + ["F52"] * 2 + ["I65"] + ["M73"] * 3
    cells = {
        "division": divisions,
        "section": [code[0] for code in divisions],
        "town": ["a"] * 35,
        "size": ["small"] * 35,
    }
    tables, mixed, best = alike(cells), np.tile([50.0, 75.0, 100.0], 7), np.repeat([100.0, 75.0], [12, 2])
    assert tables["section"].shown == ["C"]
    for others, shown in ((best, []), (mixed[:14], ["C"])):
        assert by_figure(tables, cells, np.ones(35), np.concatenate([mixed, others]))["section"].shown == shown


def test_a_row_that_one_answer_outweighs_is_hidden_and_what_hides_it_too():
    towns = ["a"] * 12 + ["b"] * 15 + ["c"] * 40
    cells = dict.fromkeys(("section", "division", "size"), ["C"] * len(towns)) | {"town": towns}
    heavy = np.array([10.0] + [1.0] * 66)
    assert protect(cells, heavy)["town"].shown == ["c"]
    values = np.where(np.arange(67) % 2, 25.0, 75.0)
    few = np.where(np.isin(np.arange(67), range(28, 66)), values, np.nan)
    assert by_figure(alike(cells), cells, np.ones(67), values)["town"].shown == ["a", "b", "c"]
    assert by_figure(alike(cells), cells, heavy, values)["town"].shown == []
    assert by_figure(alike(cells), cells, heavy, few)["town"].shown == []


def test_a_figure_that_one_hidden_cell_outweighs_is_not_broken_down():
    towns = ["a"] * 20 + ["b"] * 12 + ["c"] * 5
    cells = dict.fromkeys(("section", "division", "size"), ["C"] * len(towns))
    table = alike({**cells, "town": towns})["town"]
    assert table.hidden == {"b", "c"}
    assert table.carries(parts({"a": 10, "b": 6, "c": 4}))
    assert not table.carries(parts({"a": 10, "b": 6, "c": 4}, {"a": 10, "b": 60, "c": 4}))


def test_a_hidden_section_hides_its_divisions_and_a_shown_one_protects_its_own():
    divisions = ["C17"] * 30 + ["C28"] * 3 + ["C34"] * 12 + ["I65"] * 11 + ["M73"] * 4 + ["G51"] * 6
    cells = {"division": divisions, "section": [code[0] for code in divisions]}
    tables = alike({**cells, "town": ["t"] * len(divisions), "size": ["small"] * len(divisions)})
    assert tables["section"].hidden == {"M", "G"}
    assert tables["division"].hidden == {"C28", "C34", "M73", "G51"}
    assert tables["division"].shown == ["C17", "I65"]


def test_a_figure_with_too_few_answers_in_a_shown_cell_is_not_broken_down():
    towns = ["a"] * 20 + ["b"] * 12 + ["c"] * 5
    cells = dict.fromkeys(("section", "division", "size"), ["C"] * len(towns))
    table = alike({**cells, "town": towns})["town"]
    assert table.hidden == {"b", "c"}
    assert table.carries(parts({"a": 10, "b": 6, "c": 4})) and table.carries(parts({"a": 10}))
    assert not table.carries(parts({"a": 9, "b": 12, "c": 5}))
    assert not table.carries(parts({"a": 20, "b": 3, "c": 2}))


def test_where_a_trade_sits_in_one_town_the_finer_table_is_left_out():
    """14 of the town, of which 11 are the trade's: the other 3 would be found by subtraction."""
    towns, divisions = ["a"] * 14 + ["b"] * 40, ["M73"] * 11 + ["C17"] * 3 + ["C17"] * 40
    cells = {"town": towns, "division": divisions, "section": [code[0] for code in divisions]}
    tables = alike({**cells, "size": ["small"] * 27 + ["micro"] * 27})
    assert tables["town"].shown == ["a", "b"] and tables["size"].shown == ["micro", "small"]
    assert tables["section"].shown == [] and tables["division"].shown == []
    assert not tables["section"].carries(parts({"C": 43, "M": 11}))


def test_where_rows_of_two_tables_nearly_are_a_small_group_one_table_is_left_out():
    """No sum of rows is a group of three. The town less the trade is its other three, less one elsewhere that weighs
    nothing beside them: their mean would be known to less than a point."""
    towns, divisions = ["a"] * 14 + ["b"] * 41, ["M73"] * 11 + ["C17"] * 3 + ["C17"] * 40 + ["M73"]
    cells = {"town": towns, "division": divisions, "section": [code[0] for code in divisions]}
    cells["size"] = ["small"] * 27 + ["micro"] * 28
    even, weight = alike(cells), np.array([1.0] * 11 + [50.0] * 3 + [1.0] * 41)
    assert even["section"].shown == ["C", "M"] and even["town"].shown == ["a", "b"]
    assert protect(cells, weight)["section"].shown == [] and protect(cells, weight)["town"].shown == ["a", "b"]


def test_nor_are_the_splits_shown_beside_rows_of_which_they_nearly_are_one():
    towns, late = np.array(["a"] * 14 + ["b"] * 41), np.array([True] * 11 + [False] * 43 + [True])
    cells = {name: towns for name in TABLES}
    even, heavy = np.ones(55), np.array([1.0] * 11 + [50.0] * 3 + [1.0] * 41)
    assert beside(cells, even, {"town": ["a", "b"]}, {"late": late}) == {"late"}
    assert beside(cells, heavy, {"town": ["a", "b"]}, {"late": late}) == frozenset()


def test_hidden_cells_that_all_said_the_same_are_not_found_by_the_rows_beside_them():
    """The section is full marks and its one shown division too: so would each hidden division be."""
    divisions = ["C17"] * 20 + ["C28"] * 6 + ["C34"] * 8 + ["I65"] * 30
    cells = {"division": divisions, "section": [code[0] for code in divisions]}
    cells |= dict.fromkeys(("town", "size"), ["one"] * len(divisions))
    tables, weight, mixed = alike(cells), np.ones(64), np.tile([0.0, 100.0], 32)
    full = np.where(np.array(cells["section"]) == "C", 100.0, mixed)
    assert by_figure(tables, cells, weight, mixed)["division"].shown == ["C17", "I65"]
    for same in (full, 100 - full):
        assert by_figure(tables, cells, weight, same)["division"].shown == []
        assert by_figure(tables, cells, weight, same)["section"].shown == []  # the whole less I is C


@pytest.mark.parametrize(("fewest", "each", "step"), [(SURE, 6, 100.0), (FEWEST, 1, 25.0)])
def test_that_a_figure_is_not_broken_down_does_not_tell_that_all_hidden_ones_said_the_same(fewest, each, step):
    """What their weights would let stand was missing only then; now as well where one of them said something else."""
    few = fewest // each
    towns = [f"t{n // each}" for n in range(few * each)] + ["x"] * 40 + ["y"] * 40
    cells = dict.fromkeys(("section", "division", "size"), ["C"] * len(towns)) | {"town": towns}
    weight = np.ones(len(towns))
    tables, mixed = protect(cells, weight, fewest), np.tile([0.0, 100.0], len(towns) // 2)

    def shown(*others: float) -> list[str]:
        values = np.where(np.arange(len(towns)) < few * each, 100.0, mixed)
        values[: len(others)] -= others
        return by_figure(tables, cells, weight, values)["town"].shown

    assert tables["town"].hidden == set(towns) - {"x", "y"}
    assert shown() == shown(step) == [] and shown(step, step, step) == ["x", "y"]


def test_where_the_others_leave_of_the_whole_that_all_said_the_same_no_end_is_told():
    """Eleven said 100 and 14 others 46: 'over 90' beside '70' of all and '46' of the others is 99 or more."""
    towns = ["a"] * 11 + ["b"] * 14
    cells = dict.fromkeys(("section", "division", "size"), ["C"] * 25) | {"town": towns}
    tables, full = alike(cells), np.where(np.array(towns) == "a", 100.0, 46.0)
    for same in (full, 100 - full):
        assert by_figure(tables, cells, np.ones(25), same)["town"].shown == []
    assert by_figure(tables, cells, np.ones(25), np.where(full == 100, 85.0, 46.0))["town"].shown == ["a", "b"]
    many = {name: [*codes, *[codes[-1]] * 220] for name, codes in cells.items()}
    beside_many = np.append(full, [46.0] * 220)  # half a whole number of 234 is ten points of eleven
    assert by_figure(alike(many), many, np.ones(245), beside_many)["town"].shown == ["a", "b"]


def test_that_a_table_is_missing_for_what_was_said_is_not_sharpened_by_another():
    """Nine of a town said 86, and it is missing because they are within 15 points of the end with the four others of
    what is hidden; '60' of their trade, in which four of another town said nothing good, left them 85.0 to 87.4."""
    towns = ["a"] * 9 + ["b"] * 4 + ["c"] * 20 + ["d"] * 16
    divisions = ["M73"] * 9 + ["C17"] * 4 + ["M73"] * 4 + ["C17"] * 32
    cells = {"town": towns, "division": divisions, "section": [code[0] for code in divisions], "size": ["small"] * 49}
    tables = alike(cells)
    others = [75.0] * 4 + [0.0] * 4 + [25.0, 50.0, 75.0, 50.0] * 8

    def shown(*of_nine: float) -> set[str]:
        kept = by_figure(tables, cells, np.ones(49), np.array([*of_nine, *others]))
        return {name for name in TABLES if kept[name].shown}

    assert tables["town"].hidden == {"a", "b"}
    assert shown(*[75.0] * 9) == set(TABLES)
    for few in ([100.0] * 8 + [75.0], [100.0] * 9):
        assert shown(*few) == set()


@pytest.mark.parametrize(("fewest", "step"), [(SURE, 100.0), (FEWEST, 25.0)])
def test_a_happy_town_and_an_unhappy_trade_do_not_tell_of_each_answer_what_it_was(fewest, step):
    """Of the eight that they share four said no: '87' and '13' leave no room for another no in the town, nor for
    another yes in the trade, so that 44 answers would be known. Where others said something else too, they are not."""
    towns, divisions = ["a"] * 30 + ["b"] * 62, ["C17"] * 22 + ["M73"] * 30 + ["C17"] * 40
    cells = {"town": towns, "division": divisions, "section": [code[0] for code in divisions], "size": ["small"] * 92}
    tables, told = protect(cells, np.ones(92), fewest), [100.0] * 22 + [0.0, 100.0] * 4 + [0.0] * 22
    assert {name for name in TABLES if tables[name].shown} == set(TABLES)

    def shown(moved: int) -> set[str]:
        """`moved` of either, a step each."""
        values = np.array(told + [0.0, 100.0] * 20)
        values[:moved] -= step
        values[30 : 30 + moved] += step
        kept = by_figure(tables, cells, np.ones(92), values)
        return {name for name in TABLES if kept[name].shown}

    assert shown(0) == shown(1) == set() and shown(int(300 / step)) == set(TABLES)


def test_a_figure_that_few_of_a_town_were_asked_is_not_found_by_subtracting_a_trade():
    """Of all answers the town less the trade is many, of those who were asked this it is two."""
    towns, divisions = ["a"] * 40 + ["b"] * 40, ["M73"] * 12 + ["C17"] * 68
    cells = {"town": towns, "division": divisions, "section": [code[0] for code in divisions]}
    cells["size"] = ["small"] * 80
    tables, asked = alike(cells), np.where(np.arange(80) % 40 < 14, 50.0, np.nan)
    assert tables["division"].shown == ["C17", "M73"] and tables["town"].shown == ["a", "b"]
    kept = by_figure(tables, cells, np.ones(80), asked)
    assert kept["town"].shown == ["a", "b"] and kept["division"].shown == kept["section"].shown == []


def test_parts_are_shown_beside_their_whole_only_where_each_has_ten():
    assert parted([np.ones(10), np.ones(40)]) and not parted([np.ones(9), np.ones(400)])
    assert not parted([np.append(np.ones(20), 200.0), np.ones(40)])


def world(seed: int) -> list[dict]:
    """Responses as (town, division, size, value), crowded in some cells and thin in others."""
    rng = random.Random(seed)
    towns = rng.choices([f"t{i}" for i in range(8)], [30, 20, 9, 5, 3, 2, 1, 1], k=rng.choice((40, 90, 200)))
    made = []
    for town in towns:
        division = rng.choices(("C17", "C28", "C34", "F51", "F52", "I65", "M73"), (40, 10, 6, 20, 3, 4, 2))[0]
        size = rng.choices(("large", "medium", "small", "micro"), (1, 4, 20, 20))[0]
        value = rng.choice((0, 25, 50, 75, 100))
        made.append({"town": town, "division": division, "section": division[0], "size": size, "value": value})
    return made


class Attack:
    """All that a reader of the page knows, as equations over the finest cells: how many there, and their total."""

    def __init__(self, rows: list[dict], *, knows_counts: bool) -> None:
        self.rows, self.tables = rows, alike({name: [row[name] for row in rows] for name in TABLES})
        self.cells = sorted({(r["town"], r["division"], r["size"]) for r in rows})
        self.place = {cell: i for i, cell in enumerate(self.cells)}
        self.equations: list[np.ndarray] = []
        self.known: list[tuple[float, float]] = []
        self._learn(lambda cell: True)
        for name in TABLES:
            for code in self.tables[name].counts:
                if code not in self.tables[name].hidden:
                    self._learn(self.member(name, code))
                elif knows_counts:
                    self._learn(self.member(name, code), total=False)

    def member(self, name: str, code: str):
        where = {"town": 0, "division": 1, "section": 1, "size": 2}[name]
        return lambda cell: cell[where][:1] == code if name == "section" else cell[where] == code

    def _learn(self, inside, *, total: bool = True) -> None:
        members = [r["value"] for r in self.rows if inside((r["town"], r["division"], r["size"]))]
        picked = np.array([float(inside(cell)) for cell in self.cells])
        self._say(np.concatenate([picked, 0 * picked]), len(members), len(members))
        if total:
            mean = round(sum(members) / len(members), 1)
            spread = ROUNDED * len(members)
            self._say(np.concatenate([0 * picked, picked]), mean * len(members) - spread, mean * len(members) + spread)

    def _say(self, row: np.ndarray, low: float, high: float) -> None:
        self.equations.append(row)
        self.known.append((low, high))

    def range_of(self, inside, *, total: bool) -> tuple[float, float]:
        """The least and the most that a cell's count, or its total, can be."""
        picked = np.array([float(inside(cell)) for cell in self.cells])
        aim = np.concatenate([0 * picked, picked] if total else [picked, 0 * picked])
        n, equations = len(self.cells), np.array(self.equations)
        limits = np.array(self.known)
        bounded = np.concatenate([-100 * np.eye(n), np.eye(n)], axis=1)  # a total is at most 100 for each answer
        a = np.concatenate([equations, -equations, bounded])
        b = np.concatenate([limits[:, 1], -limits[:, 0], np.zeros(n)])
        found = [linprog(sign * aim, A_ub=a, b_ub=b, bounds=(0, None), method="highs") for sign in (1, -1)]
        assert all(one.status == 0 for one in found)
        return found[0].fun, -found[1].fun


@pytest.mark.parametrize("seed", range(4))
def test_a_linear_programme_recovers_no_hidden_cell(seed):
    """Nor does one that knows from elsewhere how many answered in each cell."""
    rows = world(seed)
    counting, informed = Attack(rows, knows_counts=False), Attack(rows, knows_counts=True)
    tried = 0
    for name in TABLES:
        for code in counting.tables[name].hidden:
            inside = counting.member(name, code)
            fewest, most = counting.range_of(inside, total=False)
            assert most - fewest >= 2, f"{name} {code}: its count lies between {fewest} and {most}"
            values = [r["value"] for r in rows if inside((r["town"], r["division"], r["size"]))]
            if len(values) < FEWEST:
                low, high = informed.range_of(inside, total=True)
                assert high - low >= 25, f"{name} {code}: its total lies between {low} and {high}"
            tried += 1
    assert tried > 3


def test_the_attack_finds_what_is_not_protected():
    """The same programme, where only cells under 10 are hidden and none with them."""
    rows = [{"town": town, "division": "C17", "section": "C", "size": "small", "value": 50 if town == "b" else 75}
            for town in ["a"] * 20 + ["b"] * 4]  # fmt: skip
    attack = Attack(rows, knows_counts=False)
    assert attack.tables["town"].hidden == {"a", "b"}
    attack._learn(attack.member("town", "a"))
    assert attack.range_of(attack.member("town", "b"), total=False) == pytest.approx((4, 4))
    low, high = attack.range_of(attack.member("town", "b"), total=True)
    assert low <= 200 <= high and high - low <= 2 * ROUNDED * 44 + 1e-6


@pytest.mark.parametrize("seed", range(10))
def test_every_group_that_can_be_found_by_subtraction_has_ten(seed):
    rows = world(100 + seed)
    tables = alike({name: [row[name] for row in rows] for name in TABLES})
    sections = defaultdict(Counter)
    for row in rows:
        sections[row["section"]][row["division"]] += 1
    for name in ("town", "section", "size"):
        kept_back = sum(tables[name].counts[code] for code in tables[name].hidden)
        assert kept_back == 0 or kept_back >= FEWEST
        assert all(tables[name].counts[code] >= FEWEST for code in tables[name].shown)
    for section in set(sections) - tables["section"].hidden:
        kept_back = sum(n for code, n in sections[section].items() if code in tables["division"].hidden)
        assert kept_back == 0 or kept_back >= FEWEST
