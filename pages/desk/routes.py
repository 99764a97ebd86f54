"""The cases as a table, for whoever sees them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from starlette.requests import Request
from starlette.responses import Response

import i18n
from access.actor import Actor
from casework.documents.exports import MOST, Cell
from db import clock, hotline
from db.cases import cases
from db.cases.cases import Case, ForumName
from db.sql import Connection
from pages.shared import choices
from pages.shared.filter_address import filters_from, view_from
from pages.shared.here import store
from pages.web.table_answer import RecordTable, table_answer


@dataclass(frozen=True)
class CaseRow:
    """A case with the number of the hotline's order that it came by; '' where it came another way."""

    case: Case
    order: str


def export_cases(request: Request) -> Response:
    """GET /export/cases.xlsx or .csv: the cases that the address filters, all pages of them."""
    (sort, _), asked = view_from(request.query_params), request.query_params

    def table(actor: Actor, language: i18n.Language, today: date) -> RecordTable:
        filters = filters_from(asked, today, actor)

        def read(con: Connection, kind: str) -> tuple[int, Iterable[CaseRow]]:
            n = cases.how_many(con, actor.scope, filters)
            most = n if kind == "csv" else min(n, MOST)
            return most, _rows(con, cases.every(con, actor.scope, filters, sort=sort, most=most))

        return RecordTable(_columns(language), read, "export.column", "export.cases_sheet", "export.cases_note")

    return table_answer(request, "cases", ["see_cases"], table)


def _rows(con: Connection, found: Iterator[Case]) -> Iterator[CaseRow]:
    while some := list(islice(found, cases.AT_ONCE)):
        orders = hotline.orders(con, [case.id for case in some if case.channel == "hotline"])
        yield from (CaseRow(case, orders[case.id].number if case.id in orders else "") for case in some)


def _columns(language: i18n.Language) -> dict[str, Callable[[CaseRow], Cell]]:
    """Each column's value, in words and in Shanghai's time."""

    def of_case(value: Callable[[Case], Cell]) -> Callable[[CaseRow], Cell]:
        return lambda row: value(row.case)

    own = {name: of_case(value) for name, value in _case_columns(language).items()}
    return {**own, "order": lambda row: row.order}


def _case_columns(language: i18n.Language) -> dict[str, Callable[[Case], Cell]]:
    names = {name: choices.names(name, language=language) for name in ("sector", "town", "category", "body")}
    forums: dict[str, ForumName] = {forum.id: forum for forum in store().read(cases.forum_names)}
    body = names["body"]

    def word(group: str, code: str | None) -> str:
        return i18n.text(f"case.{group}.{code}", language) if code else ""

    return {
        "number": lambda c: c.number,
        "title": lambda c: c.title,
        "text": lambda c: c.text,
        "kind": lambda c: word("kind", c.kind),
        "category": lambda c: names["category"].get(c.category, c.category),
        "enterprise": lambda c: c.enterprise(language),
        "sector": lambda c: names["sector"].get(c.sector_code, c.sector_code),
        "town": lambda c: names["town"].get(c.town_code, c.town_code),
        "channel": lambda c: word("channel", c.channel),
        "forum": lambda c: forums[c.forum_id].number if c.forum_id in forums else None,
        "state": lambda c: word("state", c.state),
        "lead": lambda c: body.get(c.lead_body or "", c.lead_body),
        "co": lambda c: i18n.text("desk.comma", language).join(body.get(code, code) for code in c.co),
        "submitted": lambda c: _local(c.submitted_at),
        "accepted": lambda c: _local(c.accepted_at),
        "dispatched": lambda c: _local(c.dispatched_at),
        "settled": lambda c: _local(c.settled_at),
        "closed": lambda c: _local(c.closed_at),
        "due": lambda c: c.due_on,
        "promised": lambda c: c.promised_on,
        "answer": lambda c: word("answer", c.answer_kind),
        "answer_text": lambda c: c.answer_text,
        "answer_translated": lambda c: c.answer_translated,
        "rating": lambda c: word("rating", c.rating),
    }


def _local(at: datetime | None) -> datetime | None:
    return clock.local(at).replace(tzinfo=None) if at else None
