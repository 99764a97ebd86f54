"""A case that went to another body: what the former one still reads of it, and which letters no longer count it.

A rule of its own beside `scope`: a body that had a case reads it as it was until the hand-over, never what came later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from db import sql
from db.cases import attachments, cases, past
from db.cases.attachments import Attachment, AttachmentLine
from db.cases.cases import Case, CaseEvent
from db.references import SUCCESSION
from db.scope import ALL, Scope
from db.sql import Connection


@dataclass(frozen=True)
class HandedOver:
    """A case as a body had it; `history` ends with the hand-over, at `at`, to the lead body `to`."""

    case: Case
    history: tuple[CaseEvent, ...]
    at: datetime
    to: str


@dataclass(frozen=True)
class Gone:
    """A case of a letter whose lead body has it no longer: at `at` it went to `to`."""

    letter_id: str
    case_id: str
    number: str
    at: datetime
    to: str


def had_by(con: Connection, scope: Scope, asked: str) -> HandedOver | None:
    """The case with this id or number, where the scope is a body that had it and has it no longer."""
    if scope.kind != "body":
        return None
    case = cases.get(con, ALL, asked) or cases.by_number(con, ALL, asked)
    if case is None or scope.key in (case.lead_body, *case.co):
        return None
    return _as_it_went(case, cases.history(con, ALL, case.id), scope.key)


def files(con: Connection, left: HandedOver) -> list[AttachmentLine]:
    """Those that had come by the hand-over."""
    found = attachments.of_case(con, ALL, left.case.id)
    return [line for line in found if line.created_at <= left.at]


def file(con: Connection, scope: Scope, attachment_id: str) -> Attachment | None:
    """One of them."""
    found = attachments.get(con, ALL, attachment_id)
    left = had_by(con, scope, found.case_id) if found else None
    return found if found and left and found.created_at <= left.at else None


def of_letters(con: Connection, letter_ids: Sequence[str]) -> dict[str, list[Gone]]:
    """Letter → its cases that its lead body has no longer, for letters that were read within a scope."""
    statement = f"""
        SELECT letter_id, case_id, number, happened_at AS at, lead AS to FROM (
            SELECT i.letter_id, c.id AS case_id, c.number, e.happened_at, CAST(e.detail AS JSON) ->> 'lead' AS lead,
                   row_number() OVER (PARTITION BY i.letter_id, c.id ORDER BY e.seq) AS place
            FROM letter_case i JOIN letter l ON l.id = i.letter_id JOIN cases c ON c.id = i.case_id
            JOIN event e ON e.subject = c.id AND e.area = 'case' AND e.kind = 'dispatch'
                        AND e.happened_at >= l.issued_at AND {past.stands("e")}
                        AND (l.lead_body, CAST(e.detail AS JSON) ->> 'lead') NOT IN {SUCCESSION}
            WHERE i.letter_id = ANY($ids) AND (l.lead_body, c.lead_body) NOT IN {SUCCESSION}) AS gone
        WHERE place = 1 ORDER BY letter_id, number
        """
    found = sql.fetch(con, Gone, statement, {"ids": list(letter_ids)})
    return {letter: [one for one in found if one.letter_id == letter] for letter in letter_ids}


_GIVE = ("dispatch", "reorganise")  # what gives a case to other bodies


def _as_it_went(case: Case, happened: Sequence[CaseEvent], body: str) -> HandedOver | None:
    """None where it never had it. The hand-over names the new lead alone: the rest was said to that body."""
    stood = [event for event in cases.standing(happened) if "lead" in event.detail and event.kind in _GIVE]
    had = [event for event in stood if body in _bodies(event)]
    sent = [event for event in stood if had and event.seq > had[-1].seq]
    if not sent:
        return None
    to = sent[0].detail["lead"]
    before = [event for event in happened if event.seq < sent[0].seq]
    told = (*before, replace(sent[0], detail={"lead": to}))
    return HandedOver(_stood(case, before, happened), told, sent[0].happened_at, to)


def _stood(case: Case, before: Sequence[CaseEvent], happened: Sequence[CaseEvent]) -> Case:
    """What its events say, nothing that the present row alone says; and nothing is due of it any more."""
    born = past.as_entered(vars(case), (event.detail for event in happened))
    born |= dict.fromkeys(set(past.ENTERED) - set(past.GROUPED))
    stretch = past.replayed(cases.as_events(case, before), born)
    answer = next((event.detail for event in reversed(before) if event.kind in ("answer", "fulfil")), {})
    own = {"seq": before[-1].seq, "asked_by": None}
    own |= {"answer_text": answer.get("text"), "answer_translated": answer.get("translated")}
    own |= {"title": past.as_entered(vars(case), (e.detail for e in happened[len(before) :]))["title"]}
    own |= {"due_on": None, "due_rule": None, "due_provisional": False, "instructed_until": None}
    return replace(case, **past.columns(stretch) | own) if stretch else case


def _bodies(event: CaseEvent) -> tuple[str, ...]:
    return (event.detail["lead"], *event.detail.get("co", ()))
