"""One file of a store is damaged while nobody holds it: does somebody learn of it, or does it make no difference?"""

import random
import shutil
from pathlib import Path

import duckdb

from bench.power.recorded import TOLD, Op, disk_after, files_named
from db import journal, sql
from db.duck import DuckStore

ENDINGS = ("", ".wal", ".journal", ".journal.told")


class _Surely(random.Random):
    """Nothing is lost: the process ended, the power did not fail."""

    def choice(self, _given):
        return 0.0


def tried(ops: list[Op], folder: Path, chance: random.Random) -> str:
    """whole, told, or unnoticed."""
    files = files_named(ops, TOLD)
    told = [i for i, op in enumerate(ops) if op.kind == "W" and op.file in files]
    disk = disk_after(ops[: chance.choice(told) + 1], folder / "live", _Surely())  # nothing more is under way
    right, broken = folder / "right", folder / "broken"
    for one in (right, broken):
        shutil.rmtree(one, ignore_errors=True)
        for name, content in disk.items():
            (one / name).parent.mkdir(parents=True, exist_ok=True)
            (one / name).write_bytes(content)
    there = [ending for ending in ENDINGS if (broken / f"store.duckdb{ending}").exists()]
    harm(broken / f"store.duckdb{chance.choice(there)}", chance)
    expected = _held(right / "store.duckdb")
    try:
        return "whole" if _held(broken / "store.duckdb") == expected else "unnoticed"
    except (duckdb.Error, OSError, ValueError):
        return "told"


def harm(path: Path, chance: random.Random) -> None:
    whole = path.read_bytes()
    at = chance.randrange(max(len(whole), 1))
    how = chance.choice(("gone", "cut", "emptied", "headless", "flipped", "zeroed"))
    if how == "gone":
        path.unlink()
        return
    path.write_bytes({
        "cut": whole[:at],
        "emptied": b"",
        "headless": bytes(64) + whole[64:],
        "flipped": whole[:at] + bytes(b ^ (1 << chance.randrange(8)) for b in whole[at : at + 1]) + whole[at + 1 :],
        "zeroed": whole[:at] + bytes(len(whole[at : at + 4096])) + whole[at + 4096 :],
    }[how])  # fmt: skip


def _held(path: Path) -> dict[str, object]:
    """Every table's rows and contents, but for how often it was written. Raises where the store says what it lacks."""
    store = DuckStore(path)
    try:
        if store.damage:
            raise ValueError(store.damage)
        return store.read(_contents)
    finally:
        store.close()


def _contents(con) -> dict[str, object]:
    tables = sql.column(con, "SELECT table_name FROM duckdb_tables() ORDER BY 1")
    other = f"WHERE name <> '{journal.MARK}'"
    return {
        table: con.execute(
            f'SELECT count(*), sum(hash(COLUMNS(*))) FROM "{table}" {other if table == "setting" else ""}'
        ).fetchone()
        for table in tables
    }
