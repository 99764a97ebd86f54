"""A case's past as stretches in which its facts did not change: "how did it stand on day D" is a filter, no replay.

The present stretch is the row of `cases` itself; an action that changes a fact appends the one that ended to
`case_past`, in the transaction of its event. The events stay the truth: `after` says what an event makes of a
stretch, `act` writes what it says, and `rebuild` derives everything again from the events and compares.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from db import sql
from db.events import Event
from db.sql import Connection, Row
from db.states import BY_CODE

# What a case is grouped by and no event changes.
BORN = ("enterprise_id", "channel", "submitted_at")
OFTEN = 2  # times that the enterprise was against what was done, from which on somebody has to look
ANSWER_CLOCK = "answer_7wd"  # the rule of a deadline that an answer is held to


@dataclass(frozen=True)
class Stretch:
    """What was true of a case from `since` on, begun by its event `since_seq`.

    `sent_at` is the last dispatch, `dispatched_at` the first; `responded_at` the first answer of any kind, `answer_due`
    the day that the first dispatch gave for it; `deadline` the day that a settlement is held to: the first promise,
    else what the last dispatch gave. `settled_at` is the answer that stands. `rejected` counts the answers that the
    enterprise sent back or rated badly, `reopened` its reopenings of a closed case, `opposed_at` the last of both.
    `instructed_until`: the first day by which a leader's instruction that waits has to be answered.
    """

    since_seq: int
    since: datetime
    state: str
    kind: str
    category: str
    sector_code: str
    town_code: str
    lead_body: str | None = None
    co: str = ""  # the assisting bodies, with commas
    leader_id: str | None = None
    forum_id: str | None = None
    on_spot: str | None = None
    accepted_at: datetime | None = None
    dispatched_at: datetime | None = None
    sent_at: datetime | None = None
    responded_at: datetime | None = None
    answer_due: date | None = None
    deadline: date | None = None
    settled_at: datetime | None = None
    closed_at: datetime | None = None
    answer_kind: str | None = None
    promised_on: date | None = None
    due_on: date | None = None
    due_rule: str | None = None
    asked_until: date | None = None
    extensions: int = 0
    rejected: int = 0
    reopened: int = 0
    opposed_at: datetime | None = None
    rating: str | None = None
    merged_into: str | None = None
    confidential: bool = False
    instructed_until: date | None = None


COLUMNS = tuple(field.name for field in fields(Stretch))
_INSTANTS = {field.name for field in fields(Stretch) if field.type in (datetime, datetime | None)}
_DAYS = {field.name for field in fields(Stretch) if field.type == date | None}
HELD = ("answer_due", "deadline")  # what an answer and a settlement are held to


def after(before: Stretch | None, event: Event, born: Mapping[str, Any]) -> Stretch:
    """How the case stands after the event; a new stretch only where a fact changed.

    `born` gives what was entered with the case, which no event tells (see `as_entered`).
    """
    if before is None:
        before = Stretch(event.seq, event.happened_at, event.state or "", **{n: born[n] for n in ENTERED})
    said = {name: value for name, value in event.detail.items() if value is not None}
    state = event.state or before.state
    changes = _taken_back(said[BACK]) if BACK in said else _changes(before, state, event, said)
    now = replace(before, **changes | {"state": state})
    return before if now == before else replace(now, since_seq=event.seq, since=event.happened_at)


BACK = "back"  # in the detail of an event that takes another back: the facts as they stood before that one


def undone(before: Stretch, now: Stretch) -> Row:
    """Of two stretches what an event has to say to lead from the later one back to the earlier one."""
    return {name: value for name, value in changed(now, before).items() if name not in ("since", "since_seq", "state")}


def replayed(told: Sequence[Event], born: Mapping[str, Any]) -> Stretch | None:
    """How a case stood after these events, all from its first."""
    stretch = None
    for event in told:
        stretch = after(stretch, event, born)
    return stretch


def stands(event: str) -> str:
    """The condition that the `event` of a case, an alias, was not taken back."""
    return f"""NOT EXISTS (
        SELECT 1 FROM event u WHERE u.area = 'case' AND u.kind = 'undo' AND u.subject = {event}.subject
        AND CAST(CAST(u.detail AS JSON) ->> 'undone' AS INTEGER) = {event}.seq)"""


def _taken_back(back: Row) -> Row:
    return {name: _as_it_was(name, value) for name, value in back.items()}


def _as_it_was(name: str, value: object) -> object:
    """A detail of an event keeps instants and days as texts."""
    if not isinstance(value, str):
        return value
    return datetime.fromisoformat(value) if name in _INSTANTS else _day(value) if name in _DAYS else value


def _changes(before: Stretch, state: str, event: Event, said: Row) -> Row:
    changes: Row = (
        _due(before, state, said) | _answered(before, state, event) | _told(before, event, said) | _held(said)
    )
    promised: date | None = changes.get("promised_on", before.promised_on)
    return changes | _held_to(before, event, said, promised)


GROUPED = ("kind", "category", "sector_code", "town_code")
ENTERED = ("leader_id", "forum_id", "on_spot", *GROUPED)  # also changed by events that name them


def as_entered(row: Mapping[str, Any], details: Iterable[Mapping[str, Any]]) -> Row:
    """The row of a case with what its events corrected since as it was before. Their details in any part, in order."""
    before: Row = {}
    for detail in details:
        before = detail.get(CORRECTED_FROM, {}) | before
    return {**row, **before}


CORRECTED_FROM = "from"  # what an event says that a corrected value was


def _due(before: Stretch, state: str, said: Row) -> Row:
    """What is due next stands until an event names another day or no clock runs any more."""
    asked = {} if state == before.state else {"asked_until": None}
    if "due_on" in said:
        return {"due_on": _day(said["due_on"]), "due_rule": said.get("due_rule", before.due_rule), **asked}
    keeps = BY_CODE[state].clock != "none"
    return asked if keeps else {"due_on": None, "due_rule": None, **asked}


def _held(said: Row) -> Row:
    """A clock that stands still has no day; one that runs again has the day that it was given back."""
    return {n: None for n in HELD if n in said.get("left", ())} | {n: _day(said[n]) for n in HELD if n in said}


def _answered(before: Stretch, state: str, event: Event) -> Row:
    """The answer that stands: since when; a closed case keeps the moment it was settled."""
    stands = BY_CODE[state]
    return {
        "settled_at": (before.settled_at or event.happened_at) if stands.settled else None,
        "closed_at": (before.closed_at or event.happened_at) if stands.settled and stands.over else None,
    }


def _first_promise(before: Stretch, said: Row) -> Row:
    """It never changes."""
    return {"promised_on": before.promised_on or _day(said["promised_on"])} if "promised_on" in said else {}


def _bodies(before: Stretch, event: Event, said: Row) -> Row:
    """The first dispatch starts the clock of handling days: sending the case to another body does not reset it."""
    sent = {"dispatched_at": before.dispatched_at or event.happened_at, "sent_at": event.happened_at}
    return _led(said) | sent


def _led(said: Row) -> Row:
    return {"lead_body": said["lead"], "co": ",".join(sorted(said.get("co", ())))}


def _answer(before: Stretch, event: Event, said: Row) -> Row:
    given = {"answer_kind": said["answer_kind"], "responded_at": before.responded_at or event.happened_at}
    return given | _first_promise(before, said)


def _rating(before: Stretch, event: Event, said: Row) -> Row:
    """A bad one sends the answer back."""
    back = {} if BY_CODE[event.state or ""].settled else _rejection(before, event, said)
    return {"rating": said["rating"]} | back


def _to_successor(said: Row) -> Row:
    """Another body in the place of one that is no more: no dispatch, and every clock goes on."""
    return _led(said) if "lead" in said else {}


def _sooner(one: date | None, given: object) -> date:
    return min(one or _day(given), _day(given))


def _rejection(before: Stretch, event: Event, _: Row) -> Row:
    return {"rejected": before.rejected + 1, "opposed_at": event.happened_at}


# What the kind of an event says beside its state and its due day; other kinds say no more.
_TOLD: Mapping[str, Callable[[Stretch, Event, Row], Row]] = MappingProxyType(
    {
        "accept": lambda _, event, __: {"accepted_at": event.happened_at},
        "dispatch": _bodies,
        "answer": _answer,
        "fulfil": lambda *_: {"answer_kind": "fulfilled"},
        "ask_extension": lambda _, __, said: {"asked_until": _day(said["extended_on"])},
        "grant_extension": lambda before, *_: {"asked_until": None, "extensions": before.extensions + 1},
        "refuse_extension": lambda *_: {"asked_until": None},
        "close": _rating,
        "reject": _rejection,
        "reopen": lambda before, event, _: {"reopened": before.reopened + 1, "opposed_at": event.happened_at},
        "merge": lambda _, __, said: {"merged_into": said["into"]},
        "confide": lambda *_: {"confidential": True},
        "open_up": lambda *_: {"confidential": False},
        "unmerge": lambda *_: {"merged_into": None},
        "reorganise": lambda _, __, said: _to_successor(said),
        "instruct": lambda before, _, said: {"instructed_until": _sooner(before.instructed_until, said["answer_by"])},
        "answer_instruction": lambda *_: {"instructed_until": None},
    }
)


def _told(before: Stretch, event: Event, said: Row) -> Row:
    more = _TOLD[event.kind](before, event, said) if event.kind in _TOLD else {}
    return {name: said[name] or None for name in ENTERED if name in said} | more


def _held_to(before: Stretch, event: Event, said: Row, promised: date | None) -> Row:
    """The days that an answer and a settlement are held to: an answer to the first dispatch's, a settlement to the
    first promise or else to the last dispatch's, as the calendar amended them. A body that takes up what was sent back
    to it has a new clock and no new day to be held to: else a bad answer would buy time."""
    sent, amended = event.kind == "dispatch", event.kind == "recompute_deadline" and before.due_on == before.deadline
    if said.get("due_rule") != ANSWER_CLOCK or not (sent or amended):
        return {"deadline": promised} if promised else {}
    due = _day(said["due_on"])
    first = before.responded_at is None and before.dispatched_at == (None if sent else before.sent_at)
    return {"deadline": promised or due} | ({"answer_due": due} if first else {})


def _day(given: object) -> date:
    return given if isinstance(given, date) else date.fromisoformat(str(given))


def of_case(case: object) -> Stretch:
    """The stretch that a row of `cases` is in."""
    given: Row = {name: getattr(case, name) for name in COLUMNS}
    given["co"] = ",".join(given["co"])
    return Stretch(**given)


def columns(stretch: Stretch) -> Row:
    """The stretch as a case's fields: `of_case` the other way round."""
    return vars(stretch) | {"co": tuple(stretch.co.split(",")) if stretch.co else ()}


def changed(before: Stretch, now: Stretch) -> Row:
    """The columns that differ."""
    return {name: value for name, value in vars(now).items() if value != getattr(before, name)}


def keep(con: Connection, case_ids: Sequence[str], *, until: datetime) -> None:
    """Append their present stretches, which end. One that began at the same instant has no length: no day sees it."""
    which = "id = ANY($ids)" if len(case_ids) > 1 else "id = $id"  # as in `sql.rewrite_many`
    statement = (
        f"INSERT INTO case_past (case_id, until, {_LISTED}) SELECT id, $until, {_LISTED} FROM cases WHERE {which}"
    )
    sql.run(con, statement, {"id": case_ids[0], "ids": list(case_ids), "until": until})


def lived(born: Row, told: Iterable[Event]) -> tuple[list[Row], Stretch]:
    """The stretches that ended, as rows of `case_past`, and the present one; `born` is a row of `cases` as it was
    entered. Raises ValueError for a case without an event."""
    ended, now = list[Row](), None
    for event in told:
        before, now = now, after(now, event, born)
        if before is not None and now.since > before.since:
            own = {name: born[name] for name in BORN}
            ended.append({"case_id": born["id"], "until": now.since, **own, **vars(before)})
    if now is None:
        raise ValueError(f"case {born['id']} has no event")
    return ended, now


_LISTED = ", ".join((*BORN, *COLUMNS))


def opposed(alias: str = "") -> str:
    """In SQL, how often the enterprise was against what was done: answers sent back or rated badly, and reopenings."""
    return f"({alias}rejected + {alias}reopened)"


def stood(condition: str = "true", columns: Sequence[str] = (*BORN, *COLUMNS)) -> str:
    """The body of a common table: a row a case that was submitted before the parameter `end`, as it stood then, with
    its `id` and these columns, where `condition` holds of them."""
    listed = "".join(f", {name}" for name in columns)
    return f"""
        SELECT * FROM (
            SELECT id{listed} FROM cases WHERE since < $end
            UNION ALL
            SELECT case_id AS id{listed} FROM case_past WHERE since < $end AND until >= $end
        ) AS spells WHERE {condition}
        """


def seen(condition: str = "true", columns: Sequence[str] = (*BORN, *COLUMNS)) -> str:
    """The same for the parameters `end` and an earlier or equal `before_end` in one reading: each stretch that one of
    them saw, with `saw`: 1 the later, 2 the earlier, 3 both, as most did."""
    listed = "".join(f", {name}" for name in columns)
    return f"""
        SELECT * FROM (
            SELECT id{listed}, CASE WHEN since < $before_end THEN 3 ELSE 1 END AS saw
            FROM cases WHERE since < $end
            UNION ALL
            SELECT case_id AS id{listed},
                   CASE WHEN until < $end THEN 2 WHEN since < $before_end THEN 3 ELSE 1 END AS saw
            FROM case_past
            WHERE until >= $before_end AND since < $end AND (until >= $end OR since < $before_end)
        ) AS spells WHERE {condition}
        """
