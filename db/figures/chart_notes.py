"""What happened on a day, pinned to the charts that cover it. Never deleted: what is removed is marked."""

from dataclasses import dataclass
from datetime import date, datetime

from db import events, sql
from db.events import Event
from db.sql import Connection

AREA = "note"


@dataclass(frozen=True)
class ChartNote:
    """`about`: all charts, or those of cases or of the economy alone."""

    id: str
    about: str
    day: date
    words: str
    made_by: str
    made_at: datetime
    removed_at: datetime | None = None


def chart_notes(con: Connection, about: str = "") -> list[ChartNote]:
    """Those that stand, oldest day first; of one kind of charts, with those of all."""
    statement = """
        SELECT * FROM chart_note
        WHERE removed_at IS NULL AND ($about = '' OR about IN ($about, 'all')) ORDER BY day, made_at
        """
    return sql.fetch(con, ChartNote, statement, {"about": about})


def add(con: Connection, made: ChartNote, *, event: Event) -> None:
    sql.insert(con, "chart_note", made)
    events.append(con, event)


def remove(con: Connection, note_id: str, at: datetime, *, event: Event) -> None:
    sql.run(con, "UPDATE chart_note SET removed_at = $at WHERE id = $id", {"id": note_id, "at": at})
    events.append(con, event)
