"""A store made large holds what the small one held, and its past and its chain hold."""

from datetime import timedelta

from bench.scale import main
from db import sql
from db.store import open_store
from db.system import integrity, rebuild
from tests.casework.cases.steps import bring_to, raise_case, take
from tests.conftest import NOON


def test_copies_of_cases_stand_as_their_events_say_and_the_chain_holds(store, people, tmp_path):
    for state in ("submitted", "committed", "closed", "reopened"):
        bring_to(store, people, state, NOON - timedelta(days=40))
    into = raise_case(store, people, NOON - timedelta(days=3))
    take(store, people.staff, raise_case(store, people, NOON - timedelta(days=3)), "merge", into=into.id)
    small = store.path
    store.close()
    assert main([str(small), str(tmp_path / "large.duckdb"), "--cases", "41"]) == 0
    large = open_store(f"duckdb:{tmp_path / 'large.duckdb'}")
    found = large.read(rebuild.compare)
    assert (found.cases, found.differing, large.read(integrity.verify)) == (41, 0, [])
    said = "SELECT count(*) AS n, count(DISTINCT number) AS numbers, count(DISTINCT merged_into) AS intos FROM cases"
    assert large.read(lambda con: sql.one(con, said)) == {"n": 41, "numbers": 41, "intos": 6}
    astray = "SELECT count(*) FROM cases WHERE merged_into NOT IN (SELECT id FROM cases)"
    assert large.read(lambda con: sql.scalar(con, astray)) == 0
    large.close()
