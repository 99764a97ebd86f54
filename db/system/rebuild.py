"""Every case's stretches derived again from its events, and held against what stands (`python -m db rebuild`)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from db import sql
from db.batches import Say, batches, silent
from db.cases.past import BORN, COLUMNS, Stretch, as_entered, lived
from db.events import Event
from db.sql import Connection, Row
from db.system import refold

DERIVED = {"0040_past", "0071_deadline_of_the_dispatch"}  # migrations after which everything is derived again
SAID = 100  # differences that are told
BATCH = 5_000  # cases at once


@dataclass(frozen=True)
class Difference:
    """A place where the store does not say what the events say."""

    number: str
    what: str
    stood: object
    derived: object


@dataclass
class Rebuilt:
    """What was counted, how many cases differed, and the first hundred differences."""

    cases: int = 0
    events: int = 0
    stretches: int = 0
    differing: int = 0
    differences: list[Difference] = field(default_factory=list)


def compare(con: Connection, say: Say = silent) -> Rebuilt:
    """Hold every stretch against the events and write nothing."""
    found = Rebuilt()
    for batch in batches(con, "cases", "id", size=BATCH, say=say):
        for case in _derived(con, batch, found):
            _differ(case, found)
    return found


def rebuild(con: Connection, say: Say = silent) -> Rebuilt:
    """The same, and put what was derived in the place of what differs, with the words that rows are looked up by. Of a
    large store in a copy (`Store.rewrite`): a transaction would hold every row that it writes for the journal."""
    found = Rebuilt()
    sql.run(con, "CREATE TEMP TABLE derived_past AS SELECT * FROM case_past LIMIT 0")
    sql.run(con, f"CREATE TEMP TABLE derived_now AS SELECT id, {_NOW} FROM cases LIMIT 0")
    for batch in batches(con, "cases", "id", size=BATCH, say=say):
        differing = [case for case in _derived(con, batch, found) if _differ(case, found)]
        sql.insert_many(con, "derived_past", [row for case in differing for row in case.past])
        sql.insert_many(con, "derived_now", [{"id": case.row["id"]} | vars(case.now) for case in differing])
    sql.run(con, "DELETE FROM case_past WHERE case_id IN (SELECT id FROM derived_now)")
    sql.run(con, "DELETE FROM case_past WHERE case_id NOT IN (SELECT id FROM cases)")
    # by time, as it is appended
    sql.run(con, "INSERT INTO case_past SELECT * FROM derived_past ORDER BY until, case_id")
    settings = ", ".join(f"{name} = d.{name}" for name in COLUMNS)
    sql.run(con, f"UPDATE cases SET {settings} FROM derived_now d WHERE d.id = cases.id")
    sql.run(con, "DROP TABLE derived_past")
    sql.run(con, "DROP TABLE derived_now")
    for part in refold.parts(con):
        refold.fold(con, part)
    return found


@dataclass(frozen=True)
class _Derived:
    row: Row
    stood: list[Row]
    past: list[Row]
    now: Stretch


_NOW = ", ".join(COLUMNS)


def _derived(con: Connection, asked: Row, found: Rebuilt) -> Iterator[_Derived]:
    past_of = _by(
        con, "SELECT * FROM case_past WHERE case_id BETWEEN $first AND $last ORDER BY until", asked, "case_id"
    )
    told_of = _by(
        con,
        """
        SELECT subject, happened_at, kind, seq, state, detail FROM event
        WHERE area = 'case' AND state IS NOT NULL AND subject BETWEEN $first AND $last ORDER BY n
        """,
        asked,
        "subject",
    )
    names = ", ".join(("id", "number", *BORN, *COLUMNS))
    statement = f"SELECT {names} FROM cases WHERE id BETWEEN $first AND $last ORDER BY id"
    for row in sql.rows(con, statement, asked):
        told, stood = told_of.get(row["id"]), past_of.get(row["id"], [])
        if told is None:  # nothing to derive it from: it stays
            found.differing += 1
            if len(found.differences) < SAID:
                found.differences.append(Difference(row["number"], "history", row["state"], None))
            continue
        past, now = _of_events(row, told, born=stood[0] if stood else row)
        found.cases, found.events, found.stretches = (
            found.cases + 1,
            found.events + len(told),
            found.stretches + len(past) + 1,
        )
        yield _Derived(row, stood, past, now)


def _of_events(row: Row, told: list[Row], born: Row) -> tuple[list[Row], Stretch]:
    """The stretches that ended, and the present one."""
    details = [json.loads(line["detail"]) for line in told]
    happened = (
        Event(line["happened_at"], "case", line["kind"], row["id"], line["seq"], state=line["state"], detail=detail)
        for line, detail in zip(told, details, strict=True)
    )
    return lived({**as_entered(born, details), "id": row["id"]}, happened)


def _differ(case: _Derived, found: Rebuilt) -> bool:
    """Whether the case stands otherwise than derived: counted, and told of while there is room."""
    now = [Difference(case.row["number"], name, case.row[name], value)
           for name, value in vars(case.now).items() if case.row[name] != value]  # fmt: skip
    past = [] if case.stood == case.past else [
        Difference(case.row["number"], "case_past", _spans(case.stood), _spans(case.past))
    ]  # fmt: skip
    found.differing += bool(now or past)
    found.differences += [*now, *past][: SAID - len(found.differences)]
    return bool(now or past)


def _spans(rows: list[Row]) -> str:
    return "; ".join(f"{row['since']:%Y-%m-%d %H:%M}–{row['until']:%Y-%m-%d %H:%M} {row['state']}" for row in rows)


def _by(con: Connection, statement: str, asked: Row, key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in sql.rows(con, statement, asked):
        found.setdefault(row[key], []).append(row)
    return found
