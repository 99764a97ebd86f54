"""Files for the hotline: what is handed over to it, and what became of its own orders. What stood in which file is kept
as it went out, and nothing that was handed over is in two."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

import i18n
from access.actor import Actor
from access.verbs import reads, writes
from casework.documents.exports import Cell, to_csv, to_xlsx
from casework.documents.letterhead import ZH
from db import clock, events, hotline, numbers, references
from db.cases import cases
from db.cases.cases import Case, CaseEvent
from db.events import Event
from db.hotline import HANDED, RESULTS, HotlineFile, HotlineLine, Order
from db.people import enterprises
from db.people.enterprises import Enterprise, WholeContact
from db.refused import Refused
from db.sql import Connection
from db.states import TRANSFERRED
from db.system import seals

LISTED = 50  # files, the latest
_KIND_OF_EVENT = {HANDED: "hand", RESULTS: "report"}


@dataclass(frozen=True)
class _Told:
    """A case with what a line says of it."""

    case: Case
    happened: Sequence[CaseEvent]
    order: Order | None
    firm: Enterprise
    contact: WholeContact
    names: Mapping[str, Mapping[str, str]]

    def last(self, *kinds: str) -> CaseEvent | None:
        return next((event for event in reversed(self.happened) if event.kind in kinds), None)

    def said(self, kind: str, name: str) -> str:
        event = self.last(kind)
        return str(event.detail.get(name) or "") if event else ""


def _word(group: str, code: str | None) -> str:
    return i18n.text(f"case.{group}.{code}", ZH) if code else ""


def _local(event: CaseEvent | None) -> datetime | None:
    return clock.local(event.happened_at).replace(tzinfo=None, second=0, microsecond=0) if event else None


def _day(event: CaseEvent | None) -> date | None:
    return clock.day_of(event.happened_at) if event else None


_Cells = Mapping[str, Callable[[_Told], Cell]]
_OURS: _Cells = {
    "case_number": lambda one: one.case.number,
    "order_number": lambda one: one.order.number if one.order else "",
    "enterprise": lambda one: one.firm.name_zh,
    "uscc": lambda one: one.firm.uscc,
}
# Column → its cell. The official file is in Chinese, whoever makes it.
CELLS: Mapping[str, _Cells] = MappingProxyType(
    {
        HANDED: {
            **_OURS,
            "caller": lambda one: (one.order.caller if one.order else "") or one.contact.name,
            "phone": lambda one: (one.order.phone if one.order else "") or one.contact.number,
            "kind": lambda one: _word("kind", one.case.kind),
            "category": lambda one: one.names["category"].get(one.case.category, one.case.category),
            "title": lambda one: one.case.title,
            "text": lambda one: one.case.text,
            "submitted": lambda one: _local(one.last("submit")),
            "transferred_at": lambda one: _local(one.last("transfer")),
            "transfer_reason": lambda one: one.said("transfer", "reason"),
        },
        RESULTS: {
            **_OURS,
            "title": lambda one: one.case.title,
            "order_state": lambda one: _word("state", one.case.state),
            "answer_kind": lambda one: _word("answer", one.case.answer_kind),
            "answer": lambda one: one.case.answer_text,
            "answered": lambda one: _day(one.last("answer", "fulfil")),
            "lead": lambda one: one.names["body"].get(one.case.lead_body or "", ""),
            "rating": lambda one: _word("rating", one.case.rating),
            "closed": lambda one: clock.day_of(one.case.closed_at) if one.case.closed_at else None,
            "transfer_reason": lambda one: one.said("transfer", "reason") if one.case.state in TRANSFERRED else "",
        },
    }
)
FILLED_IN = ("order_body", "outcome", "outcome_on", "outcome_rating")  # by the hotline, in the file of what is its
_MOMENTS, _DAYS = ("submitted", "transferred_at"), ("answered", "closed")


@reads("triage_case")
def waiting(con: Connection, *, actor: Actor) -> list[Case]:
    """What goes into the next file of what is handed over."""
    ids = hotline.to_hand_over(con, actor.scope)
    found = cases.these(con, actor.scope, list(ids))
    return [found[one] for one in ids]


@reads("triage_case")
def with_news(con: Connection, *, actor: Actor, since: date, until: date) -> list[Case]:
    """What goes into a file of results from one day to another."""
    ids = hotline.with_news(con, actor.scope, since, until)
    found = cases.these(con, actor.scope, ids)
    return [found[one] for one in ids]


@reads("triage_case")
def files_for_hotline(con: Connection, *, actor: Actor, kind: str) -> list[HotlineFile]:
    return hotline.files(con, kind, LISTED)


@writes("triage_case")
def hand_file(con: Connection, *, actor: Actor, file_id: str, at: datetime) -> HotlineFile:
    """All that waits goes into one file. A second try with the same id finds it. Raises Refused('hotline_nothing')."""
    return hotline.file(con, file_id) or _made(con, actor, file_id, HANDED, hotline.to_hand_over(con, actor.scope), at)


@writes("triage_case")
def results_file(con: Connection, *, actor: Actor, file_id: str, since: date, until: date, at: datetime) -> HotlineFile:
    """The hotline's orders of which something came in these days, as they stand now. Raises Refused('hotline_nothing' |
    'hotline_period')."""
    if known := hotline.file(con, file_id):
        return known
    if since > until:
        raise Refused("hotline_period")
    found = cases.these(con, actor.scope, hotline.with_news(con, actor.scope, since, until))
    seqs = {case.id: case.seq for case in found.values()}
    return _made(con, actor, file_id, RESULTS, seqs, at, (since, until))


@reads("triage_case")
def file_content(con: Connection, *, actor: Actor, file_id: str, ending: str) -> bytes:
    """As it went out, as csv or xlsx. Raises Refused('hotline_file_unknown')."""
    file = hotline.file(con, file_id)
    if file is None:
        raise Refused("hotline_file_unknown")
    own = [name for name in CELLS[file.kind]]
    empty = FILLED_IN if file.kind == HANDED else ()
    rows = [[*(_typed(name, line.said.get(name)) for name in own), *(None for _ in empty)]
            for line in hotline.lines(con, file_id)]  # fmt: skip
    heads = [i18n.text(f"import.field.{name}", ZH) for name in (*own, *empty)]
    if ending == "csv":
        return to_csv(heads, rows)
    return to_xlsx(heads, rows, sheet=i18n.text(f"hotline.sheet.{file.kind}", ZH))


def _made(
    con: Connection, actor: Actor, file_id: str, kind: str, seqs: Mapping[str, int], at: datetime,
    days: tuple[date | None, date | None] = (None, None),
) -> HotlineFile:  # fmt: skip
    if not seqs:
        raise Refused("hotline_nothing")
    file = HotlineFile(file_id, kind, numbers.following(con, "hotline", kind=kind), at, *days, n=len(seqs))
    told = _told(con, actor, list(seqs))
    lines = [
        HotlineLine(one.case.id, seqs[one.case.id], {name: cell(one) for name, cell in CELLS[kind].items()})
        for one in told
    ]
    hotline.add_file(con, file, lines)
    detail = {"number": file.number, "rows": file.n}
    detail |= {name: day for name, day in (("since", file.since), ("until", file.until)) if day}
    made = Event(at, "hotline", _KIND_OF_EVENT[kind], file_id, 1, actor.id, actor.role, detail=detail)
    events.append(con, *seals.sealed(con, made))
    return file


def _told(con: Connection, actor: Actor, ids: Sequence[str]) -> list[_Told]:
    """In this order."""
    found, scope = cases.these(con, actor.scope, ids), actor.enterprise_scope
    happened = cases.histories(con, list(found.values()))
    firms = {one.id: one for one in enterprises.these(con, scope, [case.enterprise_id for case in found.values()])}
    names = {name: {i.code: i.name_zh for i in references.items(con, name)} for name in ("category", "body")}
    contacts = enterprises.contacts(con, scope, list(firms))
    return [
        _Told(found[one], cases.standing(happened[one]), _came_by(happened[one]), firms[found[one].enterprise_id],
              contacts[found[one].enterprise_id], names)
        for one in ids
    ]  # fmt: skip


def _came_by(happened: Sequence[CaseEvent]) -> Order | None:
    return next((Order.of(event.detail) for event in happened if event.kind == "submit"), None)


def _typed(name: str, value: str | None) -> Cell:
    """A cell as it was: JSON keeps days and times as text."""
    if value and name in _MOMENTS:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if value and name in _DAYS else value or None
