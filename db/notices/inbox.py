"""The bell: what is new for a person or their desk since they last looked. Like delivery it is no history.

An address is a desk's or an account's (`access.actor`). A line is read through its case, for whoever sees it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import events, sql
from db.scope import Scope, cases_within
from db.shared_fields import OfEnterprise
from db.sql import Connection, Row
from db.states import listed

MOST = 100  # that are counted
# What is told also to whoever does not see the case, or no longer: its number and a day, no word of it.
OUTSIDE = ("handed_over", "taken_back", "step", "step_later", "decision")


@dataclass(frozen=True)
class InboxLine(OfEnterprise):
    """`title` and the enterprise's names are None where the reader does not see the case. `address`: whose it is."""

    n: int
    told_at: datetime
    kind: str
    case_id: str
    params: dict[str, Any]
    title: str | None
    address: str


@dataclass(frozen=True)
class News:
    """`addressed`: address → kind; `n` is the number of the event that it is about."""

    n: int
    case_id: str
    addressed: Mapping[str, str]
    params: Row


def tell(con: Connection, told: Sequence[News], actor_id: str, at: datetime) -> None:
    """What happens at one instant is told once, as in the outbox: the later one stands."""
    rows = [
        {"n": one.n, "told_at": at, "case_id": one.case_id, "actor_id": actor_id,
         "params": events.canonical(one.params), "address": address, "kind": kind}
        for one in told for address, kind in one.addressed.items()
    ]  # fmt: skip
    statement = """
        DELETE FROM inbox WHERE told_at = $at AND (case_id, address) IN
            (SELECT unnest(CAST($cases AS VARCHAR[])), unnest(CAST($addresses AS VARCHAR[])))
        """
    given = {"cases": [row["case_id"] for row in rows], "addresses": [row["address"] for row in rows]}
    sql.run(con, statement, {"at": at, **given})
    sql.insert_many(con, "inbox", rows)


def take_back(con: Connection, case_id: str, n: int) -> None:
    """What the event of this number told is told no more."""
    sql.run(con, "DELETE FROM inbox WHERE n = $n AND case_id = $case_id", {"n": n, "case_id": case_id})


def looked(con: Connection, account_id: str) -> int:
    """The number up to which this person has seen; for one who never looked, what was there when they came."""
    statement = """
        SELECT coalesce((SELECT n FROM inbox_looked WHERE account_id = $id),
                        (SELECT max(n) FROM inbox WHERE told_at < (SELECT created_at FROM account WHERE id = $id)), 0)
        """
    return sql.scalar(con, statement, {"id": account_id})


def unread(con: Connection, scope: Scope, account_id: str, addresses: Sequence[str]) -> int:
    """How many lines are new, at most MOST. Cases are asked for only where something is."""
    statement = f"SELECT case_id, kind FROM inbox WHERE n > $looked AND {_OWN} ORDER BY n DESC LIMIT {MOST}"
    found = sql.rows(con, statement, _asked(account_id, addresses) | {"looked": looked(con, account_id)})
    ids = {row["case_id"] for row in found if row["kind"] not in OUTSIDE}
    seen = set(_visible(con, scope, list(ids)) if ids else ())
    return sum(row["kind"] in OUTSIDE or row["case_id"] in seen for row in found)


def lines(
    con: Connection, scope: Scope, account_id: str, addresses: Sequence[str], *, size: int, page: int
) -> tuple[list[InboxLine], int]:
    """A page of what this person was told, the latest first, and how many there are in all."""
    statement = f"""
        SELECT i.n, i.told_at, i.kind, i.case_id, i.params, i.address, c.title, count(*) OVER () AS total,
               e.name_zh AS enterprise_zh, e.name_en AS enterprise_en
        FROM inbox i LEFT JOIN cases c ON c.id = i.case_id AND {cases_within(scope)}
        LEFT JOIN enterprise e ON e.id = c.enterprise_id
        WHERE {_OWN} AND (c.id IS NOT NULL OR i.kind IN {listed(OUTSIDE)})
        ORDER BY i.n DESC, i.case_id LIMIT $size OFFSET $offset
        """
    window = {"size": size, "offset": size * (page - 1), "scope_key": scope.key}
    found = sql.rows(con, statement, _asked(account_id, addresses) | window)
    total = found[0]["total"] if found else 0
    named = InboxLine.__dataclass_fields__
    return [InboxLine(**{n: row[n] for n in named} | {"params": json.loads(row["params"])}) for row in found], total


def look(con: Connection, account_id: str, n: int) -> None:
    """This person has seen all up to the line of this number."""
    sql.upsert(con, "inbox_looked", {"account_id": account_id, "n": n}, ["account_id"])


_OWN = "address = ANY($addresses) AND actor_id <> $me"


def _asked(account_id: str, addresses: Sequence[str]) -> Row:
    return {"addresses": list(addresses), "me": account_id}


def _visible(con: Connection, scope: Scope, ids: Sequence[str]) -> list[str]:
    statement = f"SELECT c.id FROM cases c WHERE c.id = ANY($ids) AND {cases_within(scope)}"
    return sql.column(con, statement, {"ids": ids, "scope_key": scope.key})
