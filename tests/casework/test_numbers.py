"""Numbers that people read, and the history's own, where many write at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from uuid import uuid4

import pytest

from casework.forums.forums import plan_forum
from casework.letters.letters import dispatch_with_letter
from db import events, numbers, sql
from db.store import open_store
from tests.casework.cases.steps import raise_case, take
from tests.casework.forums.test_forums import PLAN
from tests.conftest import NOON, SERVER, url_of

WRITERS, PROCESSES = 32, 4


class Changed(Exception):
    """What somebody who has a number already thinks better of."""


def change_their_mind(con):
    numbers.following(con, "forum")
    sql.run(con, "UPDATE forum SET number = number + 1000")
    raise Changed


def work(store, people, n):
    """An issue is raised, accepted and sent out by letter; a forum is planned, by some at the second try."""
    case = take(store, people.staff, raise_case(store, people), "accept")
    given = {"letter_id": str(uuid4()), "lead": "economy_it", "copied": (), "at": NOON}
    letter = dispatch_with_letter(store, actor=people.staff, seen={case.id: case.seq}, **given)
    if n % 8 == 0:
        with pytest.raises(Changed):
            store.write(change_their_mind)
    forum = plan_forum(store, actor=people.staff, forum_id=str(uuid4()), plan=PLAN, at=NOON)
    return case.number, letter.number, forum.number


def test_32_writers_leave_no_gap_in_any_series_and_the_chain_holds(store, people, tmp_path):
    with ExitStack() as held, ThreadPoolExecutor(WRITERS) as pool:
        others = range(PROCESSES - 1 if SERVER else 0)  # each with a writer of its own, as a process has it
        doors = [store, *(held.enter_context(closing(open_store(url_of(tmp_path / "store.duckdb")))) for _ in others)]
        told = list(pool.map(lambda n: work(doors[n % len(doors)], people, n), range(WRITERS)))
    cases, letters, forums = (sorted(given) for given in zip(*told, strict=True))
    expected = list(range(1, len(told) + 1))
    assert cases == [f"2023-{n:04d}" for n in expected]
    assert (letters, forums) == (expected, expected)
    chained = store.read(lambda con: sql.column(con, "SELECT n FROM event ORDER BY n"))
    assert chained == list(range(1, len(chained) + 1))
    assert store.read(events.verify) == []
