"""Two published versions of one wave: whether subtracting one from the other would tell of a few answers."""

from insight.survey.cells import STEP
from insight.survey.protection import FEWEST
from insight.survey.report import TABLES, Report

Key = tuple[str, str, str]
_ROUNDED = 0.011  # two values rounded to two decimals may differ so much and be the same


def apart(one: Report, other: Report) -> bool:
    """Each cell that both show has the same answers or ten more or fewer, and both hide the same cells. Of the same
    answers a later rule of protection may show fewer cells, and what it shows in whole numbers; never other ones, for
    what the earlier one shows beside them stays known."""
    mine, theirs = _cells(one), _cells(other)
    both = {(table, figure) for table, figure, _ in mine} & {(table, figure) for table, figure, _ in theirs}
    fewer = one.rule > other.rule and one.answered == other.answered
    kept = mine.keys() if fewer else mine.keys() | theirs.keys()
    alike = all((key[:2] not in both) or (key in mine and key in theirs) for key in kept)
    alike = alike and not (fewer and _of_tables(mine) - _of_tables(theirs) and _of_tables(theirs) - _of_tables(mine))
    off = {key: _ROUNDED + fewer * _coarse(key, mine[key][1]) for key in mine.keys() & theirs.keys()}
    if one.answered == other.answered:  # of the same answers a later rule may tell otherwise how many they are
        return alike and all(abs(mine[key][1] - theirs[key][1]) <= off[key] for key in off)
    alike = alike and abs(one.answered - other.answered) >= FEWEST
    return alike and all(_tell_nothing(*mine[key], *theirs[key], off[key]) for key in off)


def _cells(found: Report) -> dict[Key, tuple[int, float]]:
    """Table, figure, cell → answers and value."""
    whole = {("", row.code, ""): row for row in (*found.figures, *found.dimensions)}
    parts = {
        (table, figure, row.code): row
        for table, figures in found.tables.items()
        for figure, rows in figures.items()
        for row in rows
    }
    made = {key: (row.n, row.value) for key, row in (whole | parts).items() if row.value is not None}
    asked = [(("question", one.item, row.code), one.n, row) for one in found.questions for row in one.rows]
    return made | {key: (n, row.value) for key, n, row in asked if row.value is not None}


def _of_tables(cells: dict[Key, tuple[int, float]]) -> set[Key]:
    return {key for key in cells if key[0] in TABLES}


def _coarse(key: Key, value: float) -> float:
    """How far it may be from what was told by an earlier rule, in whole numbers: every cell is told so, and the whole
    of few answers, and some of these in steps of five."""
    if key[0] == "" and not isinstance(value, int):
        return 0.0
    return 0.5 + (0.5 * STEP if value % STEP == 0 else 0.0)


def _tell_nothing(n: int, value: float, others: int, their_value: float, off: float) -> bool:
    if n == others:
        return abs(value - their_value) <= off
    return abs(n - others) > FEWEST  # in tens: 19 and 20 are ten apart
