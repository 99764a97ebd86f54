"""Taking back what one did last, for a while and while nobody acted on it: an event of its own, never a deletion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from access.actor import Actor
from casework.cases.lifecycle import UNDOABLE
from db import events
from db.cases import cases, past
from db.cases.cases import Case
from db.sql import Connection, Row

UNDO_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class TakenBack:
    """The event that an undo takes back, the state that the case goes back to, and what the undo's own event says."""

    kind: str
    n: int
    happened_at: datetime
    state: str
    told: Row


def to_take_back(con: Connection, some: Sequence[Case], actor: Actor, at: datetime) -> dict[str, TakenBack]:
    """Case → its last event, where this person made it a short while ago and it may be taken back."""
    rows: dict[str, list[Row]] = {case.id: [] for case in some}
    for row in events.of_subjects(con, "case", list(rows)):
        rows[row["subject"]].append(row)
    last = {one: told[-1] for one, told in rows.items()}
    mine = [case for case in some if last[case.id]["actor_id"] == actor.id and last[case.id]["kind"] in UNDOABLE
            and at - last[case.id]["happened_at"] <= UNDO_WITHIN]  # fmt: skip
    before = cases.before_last(con, mine, rows)
    return {case.id: _taken_back(case, before[case.id], *rows[case.id]) for case in mine}


def _taken_back(case: Case, before: past.Stretch, *told_of_it: Row) -> TakenBack:
    *earlier, last = told_of_it
    told = {"undoes": last["kind"], "undone": last["seq"], past.BACK: past.undone(before, past.of_case(case))}
    return TakenBack(last["kind"], last["n"], last["happened_at"], before.state, told | _hand_before(earlier, last))


def last_of_many(con: Connection, actor: Actor, at: datetime) -> tuple[str, dict[str, int]]:
    """What this person did last to many at once and may take back, and case → version of those where it still can be;
    ('', {}) where there is nothing."""
    kind, seen = cases.last_of_many(con, actor.scope, actor.id, at - UNDO_WITHIN)
    return (kind, seen) if kind in UNDOABLE else ("", {})


def _hand_before(earlier: Sequence[Mapping[str, Any]], last: Mapping[str, Any]) -> Row:
    """In whose hand the case was at the desk that has just given it to somebody."""
    desk = last["detail"].get("desk")
    given = [row["detail"].get("holder") for row in earlier if row["detail"].get("desk") == desk]
    return {"desk": desk, "holder": given[-1] if given else None} if desk else {}
