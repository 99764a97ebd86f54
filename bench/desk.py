"""What the desk costs against bare SQL: `python bench/desk.py [STORE]`.

Prints a JSON line each, {name, value, unit, baseline, ratio}; seconds are the best of several, by the clock and of the
processor, which others on the machine disturb less. The baseline of counts is the same counts in SQL written by hand,
which are first found equal; of a search, a bare scan of what the rows are looked up by for one word; of a page read by
key, the first page; of a jump, what is promised. Exit 1 where a ratio of
the processor is above what it may be. Without STORE on a fresh demo store.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measuring import Line, best, store_file, tell  # noqa: E402
from db import clock  # noqa: E402
from db.cases import cases  # noqa: E402
from db.cases.cases import CaseFilters  # noqa: E402
from db.cases.holders import NOBODY  # noqa: E402
from db.cases.order import FIRST, SORTS, ListPlace, key_of  # noqa: E402
from db.scope import ALL  # noqa: E402
from db.sql import Connection  # noqa: E402
from db.states import OVER, listed  # noqa: E402
from db.store import Store, open_store  # noqa: E402
from i18n.folding import words_of  # noqa: E402

DAY = clock.day_of(clock.now())
SIZE = 25
TRIES = 7
EVERY = CaseFilters(DAY, desk="staff")
TYPED = ("智能化", "智能化 補助", "没有人写过的话")  # each word is looked for; the bare scan looks for the first
CHOSEN = CaseFilters(DAY, sector="C17", town="330603001", desk="staff")
_SECTOR, _TOWN = "sector_code = 'C17'", "town_code = '330603001'"
_RUNS = (
    "state IN ('submitted', 'accepted', 'dispatched', 'in_progress', 'committed', 'reopened', 'objected', 'disputed')"
)
Counted = dict[str, dict[str, int]]


def by_hand(con: Connection, sector: str, town: str) -> Counted:
    """The desk's counts, each by its own statement: a choice of sector leaves the town's condition, and so on."""
    where = {"sector": town, "town": sector}
    both, day = f"{sector} AND {town}", f"DATE '{DAY}'"
    columns = {
        "sector": "sector_code",
        "town": "town_code",
        "category": "category",
        "state": "state",
        "forum": "forum_id",
    }
    counted = {
        name: f"SELECT {column}, count(*) FROM cases WHERE {where.get(name, both)} AND {column} IS NOT NULL GROUP BY 1"
        for name, column in columns.items()
    }
    counted["body"] = f"""
        SELECT body_code, count(*) FROM case_body
        WHERE case_id IN (SELECT id FROM cases WHERE {both}) GROUP BY 1
        """
    late, soon = f"{_RUNS} AND due_on < {day}", f"due_on BETWEEN {day} AND {day} + 3"
    found: Counted = {name: dict(con.execute(text).fetchall()) for name, text in counted.items()}
    overdue = f"""
        SELECT count(*) FILTER (WHERE {late}), count(*) FILTER (WHERE due_on = {day}), count(*) FILTER (WHERE {soon})
        FROM cases WHERE {both}
        """
    held = "(SELECT case_id FROM case_holder WHERE desk = 'staff' AND account_id IS NOT NULL)"
    nobodys = f"state NOT IN {listed(OVER)} AND id NOT IN {held}"
    in_hand = f"SELECT count(*) FROM cases WHERE {both} AND {nobodys}"
    found["holder"] = {NOBODY: con.execute(in_hand).fetchall()[0][0]}
    found["overdue"] = dict(zip(("late", "today", "soon"), con.execute(overdue).fetchall()[0], strict=True))
    return found


def of_all(con: Connection) -> Counted:
    return by_hand(con, "true", "true")


def of_some(con: Connection) -> Counted:
    return by_hand(con, _SECTOR, _TOWN)


def counts(filters: CaseFilters) -> Callable[[Connection], Counted]:
    return lambda con: vars(cases.counts(con, ALL, filters))


def page(sort: str, place: ListPlace) -> Callable[[Connection], cases.Page]:
    return lambda con: cases.find(con, ALL, EVERY, sort=sort, place=place, size=SIZE)


def searched(typed: str) -> Callable[[Connection], cases.Page]:
    return lambda con: cases.find(con, ALL, CaseFilters(DAY, text=typed), sort="due", size=SIZE)


def scanned(typed: str) -> Callable[[Connection], object]:
    word, statement = words_of(typed)[0], "SELECT count(*) FROM cases WHERE position($word IN words) > 0"
    return lambda con: con.execute(statement, {"word": word}).fetchall()


def reading(store: Store, read: Callable[[Connection], object]) -> tuple[float, float]:
    return best(lambda: store.read(read), TRIES)


Found = tuple[str, float, float, float | None]  # name, seconds, its baseline, the most that their ratio may be


def lines(store: Store) -> Iterator[Found]:
    for name, filters, hand in (("all cases", EVERY, of_all), ("a sector and a town", CHOSEN, of_some)):
        (wall, cpu), (_, bare) = reading(store, counts(filters)), reading(store, hand)
        yield f"counts of {name}, against SQL by hand, of the processor", cpu, bare, 2.0
        yield f"counts of {name}, by the clock", wall, 0.15, None
    for typed in TYPED:
        (wall, cpu), (bare_wall, bare) = reading(store, searched(typed)), reading(store, scanned(typed))
        yield f"a page of what is found by {typed}, against a bare scan, of the processor", cpu, bare, 1.2
        yield f"a page of what is found by {typed}, against a bare scan, by the clock", wall, bare_wall, None
    for sort in SORTS:
        last = -(-store.read(page(sort, FIRST)).total // SIZE)
        deep = ListPlace(key=key_of(sort, store.read(page(sort, ListPlace(last - 1))).rows[0]))
        near = ListPlace(key=key_of(sort, store.read(page(sort, FIRST)).rows[-1]))
        first = reading(store, page(sort, near))[1]
        yield f"page {last} after a key by {sort}, against page 2", reading(store, page(sort, deep))[1], first, 2.0
        yield (
            f"a jump to page {last // 2} by {sort}, by the clock",
            reading(store, page(sort, ListPlace(last // 2)))[0],
            0.5,
            None,
        )


def main(argv: list[str]) -> int:
    with store_file(argv) as path:
        store = open_store(f"duckdb:{path}")
        try:
            return measured(store)
        finally:
            store.close()


def measured(store: Store) -> int:
    n = store.read(lambda con: cases.how_many(con, ALL, EVERY))
    for filters, hand in ((EVERY, of_all), (CHOSEN, of_some)):
        if store.read(counts(filters)) != store.read(hand):
            print("the desk's counts are not those of the SQL by hand", file=sys.stderr)
            return 1
    told = (Line(f"{name}, {n} cases", value, "s", baseline, most) for name, value, baseline, most in lines(store))
    return int(tell(*told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
