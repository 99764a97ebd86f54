"""Handling letters: what was sent to which department, and which dispatched cases have none yet."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db import events, sql
from db.references import SUCCESSION
from db.scope import Scope, cases_within
from db.shared_fields import OfEnterprise
from db.sql import Connection
from db.states import SETTLED, UNDER_WAY, listed

BUILT_IN = ""  # the template of a letter that none was kept for: the built-in one


@dataclass(frozen=True)
class Letter:
    """A letter as it was issued. `content` is all that its document says, `template` the SHA-256 of its template.

    `items` counts its cases, `gone` those that its lead body has no longer, `settled` those of the others whose answer
    stands now; `replaced_by` is the letter that corrects it.
    """

    id: str
    year: int
    number: int
    lead_body: str
    issued_on: date
    issued_at: datetime
    answer_by: date | None
    corrects: str | None
    content: dict[str, Any]
    template: str
    items: int = 0
    gone: int = 0
    settled: int = 0
    replaced_by: str | None = None


@dataclass(frozen=True)
class Waiting(OfEnterprise):
    """A dispatched case without a letter of its present dispatch."""

    id: str
    number: str
    title: str
    lead_body: str
    accepted_at: datetime
    dispatched_at: datetime
    due_on: date | None
    co: tuple[str, ...] = ()


def within(scope: Scope) -> str:
    """The condition on `letter l`: a body sees the letters addressed or copied to it or to one whose place it took,
    others than staff none."""
    if scope.kind == "body":
        its = f"(SELECT s.code FROM {SUCCESSION} AS s WHERE s.now = $scope_key)"
        return f"(l.lead_body IN {its} OR l.id IN (SELECT letter_id FROM letter_copy WHERE body_code IN {its}))"
    return "true" if scope.kind == "all" else "false"


def get(con: Connection, scope: Scope, letter_id: str) -> Letter | None:
    return next(iter(_letters(con, f"l.id = $id AND {within(scope)}", {"id": letter_id, "scope_key": scope.key})), None)


def find(con: Connection, scope: Scope, *, limit: int, offset: int = 0) -> list[Letter]:
    """The latest first."""
    params = {"scope_key": scope.key, "limit": limit, "offset": offset}
    return _letters(con, within(scope), params, "LIMIT $limit OFFSET $offset")


def count(con: Connection, scope: Scope) -> int:
    return sql.scalar(con, f"SELECT count(*) FROM letter l WHERE {within(scope)}", {"scope_key": scope.key})


def add(con: Connection, letter: Letter, *, case_ids: Sequence[str], copied: Sequence[str]) -> None:
    kept = {name: getattr(letter, name) for name in _COLUMNS}
    sql.insert(con, "letter", {**kept, "content": events.canonical(letter.content)})
    rows = [{"letter_id": letter.id, "case_id": case, "position": n} for n, case in enumerate(case_ids, start=1)]
    sql.insert_many(con, "letter_case", rows)
    sql.insert_many(con, "letter_copy", [{"letter_id": letter.id, "body_code": body} for body in copied])


def case_ids(con: Connection, letter_id: str) -> list[str]:
    """The letter's cases in their order."""
    statement = "SELECT case_id FROM letter_case WHERE letter_id = $id ORDER BY position"
    return sql.column(con, statement, {"id": letter_id})


def of_case(con: Connection, scope: Scope, case_id: str) -> Letter | None:
    """The letter that went out with the case's present dispatch, where the reader may see it."""
    where = f"l.id IN (SELECT lc.letter_id {_STANDING} AND lc.case_id = $case_id) AND {within(scope)}"
    found = _letters(con, where, {"case_id": case_id, "scope_key": scope.key})
    return found[0] if found else None


def waiting(con: Connection, scope: Scope) -> list[Waiting]:
    """Cases with a body that have no letter of their present dispatch, oldest dispatch first."""
    statement = f"""
        SELECT c.id, c.number, c.title, c.lead_body, e.name_zh AS enterprise_zh, e.name_en AS enterprise_en,
               c.accepted_at, c.sent_at AS dispatched_at, c.due_on
        FROM cases c JOIN enterprise e ON e.id = c.enterprise_id
        WHERE c.state IN {listed(UNDER_WAY)} AND c.lead_body IS NOT NULL
          AND c.id NOT IN (SELECT lc.case_id {_STANDING})
          AND {cases_within(scope)}
        ORDER BY c.lead_body, c.sent_at, c.number
        """
    rows = sql.rows(con, statement, {"scope_key": scope.key})
    helpers = _helpers(con, [row["id"] for row in rows])
    return [Waiting(**row, co=helpers.get(row["id"], ())) for row in rows]


def letterhead(con: Connection) -> dict[str, str]:
    """What staff set of a letter's head: letter_issuer, letter_code, letter_contact."""
    statement = "SELECT name, value FROM setting WHERE name IN ('letter_issuer', 'letter_code', 'letter_contact')"
    return sql.pairs(con, statement)


_COLUMNS = ("id", "year", "number", "lead_body", "issued_on", "issued_at", "answer_by", "corrects", "template")
# Letters of a case's last dispatch, to the body that leads now or whose place it took, that no later letter replaces.
_STANDING = f"""
    FROM letter_case lc JOIN letter l2 ON l2.id = lc.letter_id JOIN cases c2 ON c2.id = lc.case_id
    JOIN {SUCCESSION} AS s ON s.code = l2.lead_body AND s.now = c2.lead_body
    WHERE l2.id NOT IN (SELECT corrects FROM letter WHERE corrects IS NOT NULL)
      AND l2.issued_at >= c2.sent_at
"""


def _letters(con: Connection, where: str, params: Mapping[str, object], window: str = "") -> list[Letter]:
    statement = f"""
        SELECT l.*, coalesce(i.items, 0) AS items, coalesce(i.gone, 0) AS gone, coalesce(i.settled, 0) AS settled,
               r.id AS replaced_by
        FROM letter l
        LEFT JOIN (
            SELECT lc.letter_id, count(*) AS items, count(*) FILTER (WHERE s.now IS NULL) AS gone,
                   count(*) FILTER (WHERE s.now IS NOT NULL AND c.state IN {listed(SETTLED)}) AS settled
            FROM letter_case lc JOIN letter o ON o.id = lc.letter_id JOIN cases c ON c.id = lc.case_id
            LEFT JOIN {SUCCESSION} AS s ON s.code = o.lead_body AND s.now = c.lead_body
            GROUP BY lc.letter_id) i ON i.letter_id = l.id
        LEFT JOIN letter r ON r.corrects = l.id
        WHERE {where} ORDER BY l.year DESC, l.number DESC {window}
        """
    rows = sql.rows(con, statement, params)
    return [Letter(**{**row, "content": json.loads(row["content"])}) for row in rows]


def _helpers(con: Connection, ids: list[str]) -> dict[str, tuple[str, ...]]:
    statement = """
        SELECT case_id, body_code FROM case_body WHERE part = 'co' AND case_id = ANY($ids) ORDER BY case_id, body_code
        """
    found: dict[str, tuple[str, ...]] = {}
    for row in sql.rows(con, statement, {"ids": ids}):
        found[row["case_id"]] = (*found.get(row["case_id"], ()), row["body_code"])
    return found


def copied(con: Connection, letter_id: str) -> list[str]:
    """The bodies that the letter was copied to, or what is in their place now."""
    statement = f"""
        SELECT DISTINCT s.now FROM letter_copy y JOIN {SUCCESSION} AS s ON s.code = y.body_code
        JOIN reference_item r ON r.list = 'body' AND r.code = s.now AND (r.active OR r.successor IS NULL)
        WHERE y.letter_id = $id ORDER BY s.now
        """
    return sql.column(con, statement, {"id": letter_id})
