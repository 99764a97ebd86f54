"""Records with their events, for what is told beside the cases: the version of a record is how many events it has."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from db import sql
from db.demo.stories import Doer
from db.events import Event
from db.sql import Connection


@dataclass
class Told:
    """Rows by table, and what happened. A record without a version of its own names none."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def add(self, table: str, record: object) -> None:
        self.rows.setdefault(table, []).append(dict(record) if isinstance(record, dict) else vars(record).copy())

    def say(
        self,
        area: str,
        kind: str,
        subject: str,
        at: datetime,
        by: Doer,
        state: str | None,
        detail: Mapping[str, object],
    ) -> None:
        said = {name: value for name, value in detail.items() if value is not None}
        self.events.append(Event(at, area, kind, subject, 0, by.actor_id, by.role, by.body_code, state, said))

    def finish(self) -> "Told":
        """Number each record's events in the order of time, and give the record its version."""
        counted: dict[str, int] = {}
        numbered = []
        for event in sorted(self.events, key=lambda event: event.happened_at):
            counted[event.subject] = counted.get(event.subject, 0) + 1
            numbered.append(replace(event, seq=counted[event.subject]))
        self.events = numbered
        for row in (row for rows in self.rows.values() for row in rows if "seq" in row):
            row["seq"] = counted[row["id"]]
        return self

    def write(self, con: Connection) -> None:
        for table, rows in self.rows.items():
            sql.insert_many(con, table, rows)
