"""What comes and goes is kept for so long and no longer; every table says for how long."""

from datetime import timedelta
from pathlib import Path

import pytest

from db import sql
from db.__main__ import main
from db.system import erasure, integrity, keeping, retention
from db.system.retention import KEPT, RULES, Lifetime
from tests.conftest import NOON
from tests.paths import ROOT

VALUES = {
    "VARCHAR": "x",
    "INTEGER": 1,
    "BIGINT": 1,
    "BOOLEAN": False,
    "DOUBLE": 1.0,
    "BLOB": b"x",
    "CHARACTER VARYING": "x",
    "DOUBLE PRECISION": 1.0,
    "BYTEA": b"x",
}  # as either store calls them
NULL = {"ended_at", "left_at", "revoked_at", "sent_at", "crossed_at"}


def a_row(con, rule: Lifetime, n: int, at) -> dict:
    """A row of the table of which all that is a time is `at`."""
    statement = """SELECT column_name, upper(data_type) FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name = $t"""
    row = {
        name: at if kind.startswith("TIMESTAMP") else at.date() if kind == "DATE" else VALUES[kind]
        for name, kind in sql.pairs(con, statement, {"t": rule.table}).items()
    }
    keys = ("id", "token_hash", "key", "code_hash", "attendance_id", "account_id", "code", "token")
    row |= {name: f"{name}-{n}" for name in row if name in keys} | ({"day": at.date()} if "day" in row else {})
    return row | ({"state": "sent"} if "state" in row else {})


@pytest.fixture
def filled(store):
    """In each table that a rule speaks of one row that is a day too old, and one that is a day too young."""

    def fill(con):
        for rule in RULES:
            for n, days in enumerate((rule.days + 1, rule.days - 1)):
                sql.insert(con, rule.table, a_row(con, rule, n, NOON - timedelta(days=days)))

    store.write(fill)
    return store


def counted(store) -> dict[str, int]:
    """Of each table what its rule could ever take."""
    statement = "SELECT count(*) FROM {} t WHERE {}"
    counts = {rule.table: statement.format(rule.table, rule.only) for rule in RULES}
    return store.read(lambda con: {table: sql.scalar(con, statement) for table, statement in counts.items()})


def test_what_is_older_goes_and_nothing_else_and_a_dry_run_only_counts_it(filled):
    assert {one.rule.table: one.n for one in filled.read(lambda con: retention.due(con, NOON))} == {
        rule.table: 1 for rule in RULES}  # fmt: skip
    assert set(counted(filled).values()) == {2}
    retention.sweep(filled, NOON)
    assert set(counted(filled).values()) == {1}
    assert filled.read(integrity.verify) == [] and retention.sweep(filled, NOON) == []


def test_the_server_sweeps_once_a_day(filled):
    chore = retention.sweeping()
    chore(filled, NOON)
    assert set(counted(filled).values()) == {1}
    chore(filled, NOON + timedelta(hours=2))
    chore(filled, NOON + timedelta(days=3))
    assert set(counted(filled).values()) == {0}


def test_an_operator_sees_what_would_go_beside_the_running_service(filled, monkeypatch, capsys):
    monkeypatch.setenv("STORE_URL", f"duckdb:{filled.path}")
    monkeypatch.setattr("db.__main__.open_store", no_second_process)
    with keeping.keeping(filled, Path(filled.path), now=lambda: NOON):
        assert main(["retention", "--dry-run"]) == 0, capsys.readouterr()
        assert "sign_in" in capsys.readouterr().out and set(counted(filled).values()) == {2}
        assert main(["retention"]) == 0
    assert set(counted(filled).values()) == {0}, "all of 2023 is old today"


def no_second_process(*_: object):
    raise OSError("the store is another process's")


def test_every_table_is_swept_or_says_why_not(store):
    tables = store.read(sql.tables)
    swept = {rule.table for rule in RULES}
    assert tables == swept | set(KEPT) and not swept & set(KEPT), "a decision is missing"


def test_the_register_of_processing_names_every_table_with_personal_data():
    for language in ("", ".zh-CN"):
        register = (ROOT / f"docs/privacy{language}.md").read_text(encoding="utf-8")
        wanted = {rule.table for rule in RULES} | {own.table for own in erasure.OWN}
        assert {table for table in wanted if f"`{table}`" not in register} == set()
        assert {rule.table for rule in RULES if f"{rule.days}" not in register} == set()
