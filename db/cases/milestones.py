"""What plans, green channels and meetings add to a case's timeline, read from their own events."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from db import sql
from db.cases import cases
from db.cases.cases import CaseEvent
from db.scope import Scope
from db.sql import Connection

# kind on the timeline → what is shown of it: the timeline's name ← the name in the event's detail.
_SHOWN: Mapping[str, Mapping[str, str]] = {
    "plan_open": {"text": "goal"},
    "plan_change": {"text": "goal"},
    "plan_step": {"text": "title", "extended_on": "due_on"},
    "plan_postpone": {"text": "title", "reason": "reason", "extended_on": "due_on"},
    "plan_done": {"text": "title", "note": "outcome"},
    "plan_drop": {"text": "title", "reason": "outcome"},
    "plan_finish": {"text": "outcome"},
    "plan_withdraw": {"reason": "outcome"},
    "green_channel_ask": {"text": "basis"},
    "green_channel_grant": {"note": "note"},
    "green_channel_refuse": {"reason": "note"},
    "meeting_coordination": {"text": "topic", "extended_on": "held_on"},
    "meeting_small": {"text": "topic", "extended_on": "held_on"},
    "meeting_decide": {"text": "words", "extended_on": "due_on"},
    "meeting_done": {"text": "words", "note": "outcome"},
    "meeting_drop": {"text": "words", "reason": "outcome"},
}
# What the enterprise is told, in plain words and without anything that was written inside the house.
TOLD = frozenset({"plan_open", "plan_finish", "meeting_coordination", "green_channel_grant"})


def of_case(con: Connection, scope: Scope, case_id: str) -> list[CaseEvent]:
    """For those who handle a case within the scope, oldest first."""
    if cases.get(con, scope, case_id) is None:
        return []
    statement = """
        SELECT * FROM event
        WHERE area IN ('plan', 'green_channel', 'meeting') AND subject IN (
            SELECT id FROM case_plan WHERE case_id = $id UNION SELECT id FROM green_channel WHERE case_id = $id
            UNION SELECT meeting_id FROM meeting_case WHERE case_id = $id)
        ORDER BY n
        """
    found = sql.rows(con, statement, {"id": case_id})
    rows = [{**row, "detail": json.loads(row["detail"])} for row in found]
    return [_event(row) for row in rows if _kind(row) in _SHOWN and row["detail"].get("case", case_id) == case_id]


def told(con: Connection, scope: Scope, case_id: str) -> list[CaseEvent]:
    """For the enterprise: that something was done and when, and nothing of what was written."""
    kept = ("extended_on",)
    return [
        CaseEvent(**{**vars(event), "detail": {name: event.detail[name] for name in kept if name in event.detail}})
        for event in of_case(con, scope, case_id)
        if event.kind in TOLD
    ]


def among(happened: Iterable[CaseEvent], others: Iterable[CaseEvent]) -> list[CaseEvent]:
    """Both in the order in which they were entered."""
    return sorted([*happened, *others], key=lambda event: event.n)


def _kind(row: Mapping[str, Any]) -> str:
    """A meeting is told by its kind."""
    return f"{row['area']}_{row['detail']['kind'] if row['kind'] == 'hold' else row['kind']}"


def _event(row: Mapping[str, Any]) -> CaseEvent:
    kind, detail = _kind(row), row["detail"]
    shown = {name: detail[key] for name, key in _SHOWN[kind].items() if detail.get(key)}
    given = {name: row[name] for name in CaseEvent.__dataclass_fields__}
    return CaseEvent(**{**given, "kind": kind, "state": row["state"] or "", "detail": shown})
