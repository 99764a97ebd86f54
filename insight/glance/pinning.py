"""Staff or a leader pin what happened to a day; every chart that covers it shows it from then on."""

from datetime import date, datetime
from uuid import uuid4

from access.actor import Actor
from access.typed import one_line
from access.verbs import writes
from db.events import Event
from db.figures import chart_notes
from db.figures.chart_notes import AREA, ChartNote
from db.refused import Refused
from db.sql import Connection

ABOUT = ("all", "cases", "economy")
LONGEST = 40


@writes("see_dashboard")
def pin_note(con: Connection, *, actor: Actor, about: str, day: date | None, words: str, at: datetime) -> ChartNote:
    """Raises Refused('forbidden' | 'note_words' | 'note_day')."""
    said = one_line(words)
    if not said or len(said) > LONGEST or about not in ABOUT:
        raise Refused("note_words", most=LONGEST)
    if day is None:
        raise Refused("note_day")
    made = ChartNote(str(uuid4()), about, day, said, actor.id, at)
    detail = {"about": about, "day": day.isoformat(), "words": said}
    chart_notes.add(con, made, event=Event(at, AREA, "pin_note", made.id, 1, actor.id, actor.role, detail=detail))
    return made


@writes("see_dashboard")
def remove_note(con: Connection, *, actor: Actor, note_id: str, at: datetime) -> None:
    """Whoever may pin one may take any away: the history tells who did."""
    if any(one.id == note_id for one in chart_notes.chart_notes(con)):
        chart_notes.remove(con, note_id, at, event=Event(at, AREA, "remove_note", note_id, 2, actor.id, actor.role))
