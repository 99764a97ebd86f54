"""Old cases with their true days, states and closers. Nobody is told, and no clock begins anew."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from uuid import UUID, uuid5

from access.actor import Actor
from casework.cases import clocks
from casework.cases.correction import KINDS
from casework.cases.lifecycle import ANSWER, DISPATCH, PROMISE
from db.cases import entered
from db.cases.entered import OldCase
from db.events import Event
from db.people import enterprises
from db.refused import Refused
from db.sql import Connection
from db.system.integrity import digest_of_case
from intake.history.reading import OldRow, Values

_IDS = UUID("5b1f4f3a-3c58-4a7e-8a0b-6a1f6f0b0041")
_NOON = time(4)  # in UTC: of an old day the hour is not known


def case_id(old_number: str) -> str:
    """The same for the same old number, so that a ledger may be brought in again."""
    return str(uuid5(_IDS, f"case:{old_number}"))


def known(con: Connection, rows: Sequence[OldRow]) -> set[int]:
    """The rows that were brought in before."""
    there = entered.known(con, "cases", [case_id(row.values["old_number"]) for row in rows])
    return {row.row for row in rows if case_id(row.values["old_number"]) in there}


def refused(con: Connection, _: Actor, rows: Sequence[OldRow]) -> Mapping[int, tuple[str, Refused]]:
    held = entered.forum_ids(con)
    lost = (row.row for row in rows if row.values["forum"] and row.values["forum"] not in held)
    return {n: ("forum", Refused("forum_unknown")) for n in lost}


def keep(con: Connection, actor: Actor, rows: Sequence[OldRow], import_id: str, _: datetime) -> int:
    firms = {one.id: one for one in enterprises.these(con, actor.scope, [_firm(row.values) for row in rows])}
    held = entered.forum_ids(con)
    made = []
    for row in rows:
        values = row.values
        firm = firms[_firm(values)]
        own = {
            "id": case_id(values["old_number"]), "kind": values["kind"] or KINDS[0], "category": values["category"],
            "enterprise_id": firm.id, "sector_code": values["sector"] or firm.sector_code,
            "town_code": values["town"] or firm.town_code, "title": values["title"],
            "text": values["text"] or values["title"], "channel": values["channel"] or "self",
            "forum_id": held.get(values["forum"]), "language": "zh", "notice_version": 0, "leader_id": None,
            "on_spot": None,
        }  # fmt: skip
        made.append(OldCase(own, tuple(_events(own, values, import_id)), values["answer"]))
    return entered.add(con, made)


def _firm(values: Values) -> str:
    return values["uscc"] or values["enterprise"]


def _events(own: Values, values: Values, import_id: str) -> Iterator[Event]:
    """Its steps, each on its day; who did them is not known by name."""
    steps = list(_steps(own, values, import_id))
    for seq, (kind, on, role, state, detail) in enumerate(steps, start=1):
        body = values["lead"] if role == "department" else None
        said = {name: value for name, value in detail.items() if value not in (None, ())}
        yield Event(_at(on), "case", kind, own["id"], seq, None, role, body, state, said)


def _steps(own: Values, v: Values, import_id: str) -> Iterator[tuple[str, date, str, str, Values]]:
    mark = {"content": digest_of_case(own), "history": v["old_number"], "import": import_id, "note": v["old_number"]}
    yield "submit", v["submitted"], "enterprise" if own["channel"] == "self" else "staff", "submitted", mark
    accepted = v["accepted"] or v["dispatched"]
    if accepted:
        yield "accept", accepted, "staff", "accepted", clocks.counted(DISPATCH, accepted).told
    if v["dispatched"]:
        told = {"lead": v["lead"], "co": tuple(code for code in v["co"] or () if code != v["lead"])}
        yield "dispatch", v["dispatched"], "staff", "dispatched", told | clocks.counted(ANSWER, v["dispatched"]).told
    if v["answered"]:
        said = {"answer_kind": v["answer_kind"], "text": v["answer"]}
        if v["answer_kind"] == PROMISE:
            said |= {"promised_on": v["promised"], "due_on": v["promised"], "due_rule": "promise"}
        state = "committed" if v["answer_kind"] == PROMISE else "awaiting"
        yield "answer", v["answered"], "department", state, said
    if v["fulfilled"]:
        yield "fulfil", v["fulfilled"], "department", "awaiting", {"text": v["answer"]}
    if v["closed"]:
        kind = "close" if v["rating"] else "strike_off"
        yield kind, v["closed"], v["closer"], "closed", {"rating": v["rating"]}


def _at(day_: date) -> datetime:
    return datetime.combine(day_, _NOON)
