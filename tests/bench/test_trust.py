"""What `make trust` runs is there, and the faults' script finds nothing in a small store."""

from argparse import Namespace
from pathlib import Path
from random import Random
from shutil import copy

from bench import faults, trust
from bench.journal import hall
from tests.paths import ROOT


def test_every_promise_has_a_test_or_a_script_that_is_there():
    named = [path for one in trust.PROMISES for path in one.tests]
    named += [f"bench/{one.script.split()[0]}" for one in trust.PROMISES if one.script]
    assert [path for path in named if not (ROOT / path).is_file()] == []
    assert all(trust.commands(one) for one in trust.PROMISES)


def test_killed_writers_lose_nothing_backups_under_load_restore_and_nothing_is_there_twice(store, migrated, tmp_path):
    told, lost = faults.kills(Path(copy(migrated, tmp_path / "killed.duckdb")), 2, Random(773))
    assert told >= 2 and lost == 0
    who = hall(store, Namespace(firms=40, seed=773))
    assert faults.twice(store, who, 10) == 0
    assert faults.backups(store, who, tmp_path / "backups", 2) == 2
