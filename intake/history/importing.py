"""Ledgers of before this store, the accounts and lists that a district begins with, and work orders of the hotline,
brought in from a file: all rows or nothing, or with `take_good` what is right of them.

A row is known by its own number or code: a second time it is the same and nothing is written. Of what was before nobody
is told.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType
from uuid import uuid4

from access.actor import Actor
from db import clock, events
from db.events import Event
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from intake.files.apart import read_apart
from intake.files.imports import Finding, Outcome, capped, checked_apart, finding, how_many, in_order, shown
from intake.files.template import template
from intake.files.upload import Upload
from intake.history import accounts, attendance, cases, forums, lists, orders, outcomes, policies
from intake.history.reading import Lists, OldRow
from intake.history.sheets.every import SHEETS, read_ledger, returned_ledger


@dataclass(frozen=True)
class Ledger:
    """`refused` are the rows that the store does not take, and why; `known` those that are there, `differing` those of
    them that say something else now and are left as they are; `keep` writes."""

    known: Callable[[Connection, Sequence[OldRow]], set[int]]
    keep: Callable[[Connection, Actor, Sequence[OldRow], str, datetime], int]
    refused: Callable[[Connection, Actor, Sequence[OldRow]], Mapping[int, tuple[str, Refused]]] = lambda *_: {}
    permission: str = "import_data"
    differing: Callable[[Connection, Sequence[OldRow]], set[int]] = lambda *_: set()


LEDGERS: Mapping[str, Ledger] = MappingProxyType(
    {
        "cases": Ledger(cases.known, cases.keep, cases.refused),
        "forums": Ledger(forums.known, forums.keep, forums.refused),
        "attendance": Ledger(attendance.known, attendance.keep, attendance.refused),
        "policies": Ledger(policies.known, policies.keep),
        "accounts": Ledger(accounts.known, accounts.keep, permission="edit_account"),
        "12345": Ledger(orders.known, orders.keep, orders.refused, "triage_case", orders.differing),
        "12345-outcomes": Ledger(outcomes.known, outcomes.keep, outcomes.refused, "triage_case"),
        **{
            name: Ledger(partial(lists.known, one), partial(lists.keep, one),
                         permission="edit_reference")
            for name, one in (("bodies", "body"), ("towns", "town"))
        },
    }
)  # fmt: skip


def check_ledger(store: Store, ledger: str, *, actor: Actor, upload: Upload, at: datetime) -> Outcome[OldRow]:
    """What an import of this file would do."""
    actor.must(LEDGERS[ledger].permission)
    return _checked(store, ledger, actor, upload, at)


def import_ledger(
    store: Store, ledger: str, *, actor: Actor, upload: Upload, at: datetime, import_id: str | None = None,
    take_good: bool = False,
) -> Outcome[OldRow]:  # fmt: skip
    """Read the file again from its bytes and write. `written` counts the rows that are there afterwards; a second call
    with the same `import_id` writes nothing."""
    actor.must(LEDGERS[ledger].permission)
    kind, import_id = LEDGERS[ledger], import_id or str(uuid4())
    outcome = _checked(store, ledger, actor, upload, at)
    if outcome.refused and not (take_good and outcome.good):
        return outcome

    def write(con: Connection) -> int:
        if not events.of_subject(con, import_id):
            there = kind.known(con, outcome.read)
            fresh = [row for row in outcome.read if row.row not in there]
            made = kind.keep(con, actor, fresh, import_id, at) if fresh else 0
            detail = {
                "ledger": ledger, "rows": len(outcome.read), "new": made, "refusals": how_many(outcome.refused),
                "file": shown(upload.name), "sha256": hashlib.sha256(upload.content).hexdigest(),
            }  # fmt: skip
            events.append(con, Event(at, "history", "import", import_id, 1, actor.id, actor.role, detail=detail))
        return len(outcome.read)

    return replace(outcome, written=store.write(write))


def refused_of_ledger(store: Store, ledger: str, *, actor: Actor, upload: Upload, at: datetime, language: str) -> bytes:
    """The rows that an import of this file would not take, as a file with a column of reasons."""
    actor.must(LEDGERS[ledger].permission)
    lists, _, _, more = _held_against(store, ledger, actor, upload, at)
    return read_apart(returned_ledger, upload, ledger, lists, language, more)


def ledger_template(con: Connection, language: str, *, ledger: str) -> bytes:
    """The headings and one row."""
    columns = SHEETS[ledger].columns
    example = [column.example for column in columns.values()]
    return template(language, list(columns), [example], (list(columns), []), f"import.template.{ledger}_note")


def _checked(store: Store, ledger: str, actor: Actor, upload: Upload, at: datetime) -> Outcome[OldRow]:
    _, found, kinds, more = _held_against(store, ledger, actor, upload, at)
    wrong = {one.row for one in more}
    read = tuple(replace(row, kind=kinds[row.row]) for row in found.read if row.row not in wrong)
    left = (Finding(n, "row", "row_differs") for n, kind in kinds.items() if kind == "differs")
    return replace(
        found, read=read, refused=in_order((*found.refused, *more)), warnings=(*found.warnings, *capped(left))
    )


def _held_against(
    store: Store, ledger: str, actor: Actor, upload: Upload, at: datetime
) -> tuple[Lists, Outcome[OldRow], dict[int, str], list[Finding]]:
    """What the file says by itself, then held against the store."""
    lists = store.read(lambda con: Lists.read(con, actor.enterprise_scope, clock.day_of(at)))
    found = checked_apart(read_ledger, upload, ledger, lists)
    kinds, more = store.read(lambda con: _against(con, LEDGERS[ledger], actor, found.read))
    return lists, found, kinds, more


def _against(
    con: Connection, kind: Ledger, actor: Actor, read: Sequence[OldRow]
) -> tuple[dict[int, str], list[Finding]]:
    """Row → new, same or differs, and what the store does not take of the new ones."""
    there = kind.known(con, read)
    differs = kind.differing(con, [row for row in read if row.row in there])
    fresh = [row for row in read if row.row not in there]
    wrong = kind.refused(con, actor, fresh) if fresh else {}
    kinds = {row.row: "differs" if row.row in differs else "same" if row.row in there else "new" for row in read}
    return kinds, [finding(n, field, refusal) for n, (field, refusal) in wrong.items()]
