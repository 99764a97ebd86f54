"""Files that leave by an authorised route: who asks is read from the cookie, rows from their scope, at this request."""

from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import i18n
from casework.documents.exports import MOST, Cell, write_table
from db import clock, references
from db.cases import cases
from db.cases.cases import Case, ForumName
from db.sql import Connection
from pages.shared.filter_address import filters_from, view_from
from pages.shared.here import now, store
from pages.web.asked import actor_of, language_of, not_there, written_answer


def export_cases(request: Request) -> Response:
    """The cases that the address filters, all pages of them. Whoever sees cases may take away those that they see."""
    at, kind = now(), request.path_params["kind"]
    language, actor = language_of(request), actor_of(request)
    if actor is None or not actor.may("see_cases"):
        return PlainTextResponse(i18n.text("error.forbidden", language), status_code=403)
    if kind not in ("csv", "xlsx"):
        return not_there(request)
    filters, (sort, _) = filters_from(request.query_params, clock.day_of(at)), view_from(request.query_params)
    values = _columns(language)

    def write(con: Connection, out: BinaryIO) -> None:
        n = cases.how_many(con, actor.scope, filters)
        most = n if kind == "csv" else min(n, MOST)
        note = i18n.text("export.cases_note", language, time=i18n.moment(clock.local(at), language), n=most)
        heads = [i18n.text(f"export.column.{name}", language) for name in values]
        found = cases.every(con, actor.scope, filters, sort=sort, most=most)
        rows = ([value(case) for value in values.values()] for case in found)
        write_table(out, kind, heads, rows, sheet=i18n.text("export.cases_sheet", language), note=note)

    name = f"cases-{clock.local(at):%Y%m%d-%H%M}"
    return written_answer(lambda out: store().read(lambda con: write(con, out)), name, kind)


def _columns(language: str) -> dict[str, Callable[[Case], Cell]]:
    """Each column's value of a case, in words and in Shanghai's time."""
    names = {name: _names(name, language) for name in ("sector", "town", "category", "body")}
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
        "rating": lambda c: word("rating", c.rating),
    }


def _names(list_name: str, language: str) -> dict[str, str]:
    found = store().read(lambda con: references.items(con, list_name))
    return {item.code: item.say(language) for item in found}


def _local(at: datetime | None) -> datetime | None:
    return clock.local(at).replace(tzinfo=None) if at else None
