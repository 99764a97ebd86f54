"""Marking where a series changes its scope or method: it is then not compared across that day."""

from datetime import date, datetime

from access.actor import Actor
from access.typed import one_line
from db.events import Event
from db.indicators import indicators
from db.indicators.indicators import DISTRICT, Break
from db.refused import Refused, Wrong
from db.store import Store

KINDS = ("scope", "method", "census")
LONGEST_NOTE = 200


def mark_break(
    store: Store, *, actor: Actor, code: str, starts_on: date | None, kind: str, note: str, at: datetime
) -> Break:
    """`starts_on`: a day of the first period on the new footing. Raises Refused('forbidden' | 'indicator_unknown' |
    'break_day' | 'break_note'), MovedOn where a break stands."""
    actor.must("import_data")
    note, since, wrong = one_line(note), starts_on or date.min, Wrong()
    known = {one.code for one in store.read(indicators.indicators)}
    if code not in known or kind not in KINDS:
        raise Refused("indicator_unknown", value=code)
    wrong.unless(starts_on, "break_day")
    wrong.unless(0 < len(note) <= LONGEST_NOTE, "break_note", most=LONGEST_NOTE)
    wrong.refuse()
    marked = Break(code, DISTRICT, since.replace(day=1), kind, note, at)
    detail = {"starts_on": marked.starts_on.isoformat(), "kind": kind, "note": note}
    event = Event(at, "indicator", "break", f"{code}:{marked.starts_on}", 1, actor.id, actor.role, detail=detail)
    store.write(lambda con: indicators.mark_break(con, marked, event=event))
    return marked
