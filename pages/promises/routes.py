"""GET /export/promises.xlsx or .csv: the promises that the address filters, as far as the asker may see them."""

from collections.abc import Callable
from datetime import date
from typing import BinaryIO

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import i18n
from casework.cases.promise_ledger import VERDICTS
from casework.documents.exports import Cell, write_table
from db import clock, references
from db.cases import promises
from db.cases.promises import Extension, Line
from db.sql import Connection
from pages.shared.here import now, store
from pages.web.asked import actor_of, language_of, not_there, written_answer


def export_promises(request: Request) -> Response:
    """One line a promise, its extensions with reason, decider and day in a cell of their own."""
    at, kind, language, actor = now(), request.path_params["kind"], language_of(request), actor_of(request)
    if kind not in ("csv", "xlsx"):
        return not_there(request)
    if actor is None or not actor.may("see_promises"):
        return PlainTextResponse(i18n.text("error.forbidden", language), status_code=403)
    today, asked = clock.day_of(at), {name: request.query_params.get(name, "") for name in ("body", "state")}
    values = _columns(language, today)

    def write(con: Connection, out: BinaryIO) -> None:
        n = promises.how_many(promises.tallies(con, actor.scope, today), **asked)
        rows = ([value(line) for value in values.values()] for line in promises.every(con, actor.scope, today, **asked))
        note = i18n.text("export.records_note", language, time=i18n.moment(clock.local(at), language), n=n)
        heads = [i18n.text(f"export.promise.{name}", language) for name in values]
        write_table(out, kind, heads, rows, sheet=i18n.text("page.promises", language), note=note)

    name = f"promises-{clock.local(at):%Y%m%d-%H%M}"
    return written_answer(lambda out: store().read(lambda con: write(con, out)), name, kind)


def _columns(language: str, today: date) -> dict[str, Callable[[Line], Cell]]:
    body = {item.code: item.say(language) for item in store().read(lambda con: references.items(con, "body"))}

    def verdict(in_time: bool | None) -> str:
        return i18n.text(f"promise.state.{VERDICTS[in_time]}", language)

    return {
        "number": lambda line: line.case.number,
        "title": lambda line: line.case.title,
        "enterprise": lambda line: line.case.enterprise(language),
        "body": lambda line: body.get(line.case.lead_body or "", line.case.lead_body),
        "state": lambda line: i18n.text(f"case.state.{line.case.state}", language),
        "first": lambda line: line.promise.first,
        "by_first": lambda line: verdict(line.promise.in_time(today)),
        "standing": lambda line: line.promise.standing,
        "by_standing": lambda line: verdict(line.promise.in_time_as_extended(today)),
        "fulfilled": lambda line: line.promise.fulfilled_on,
        "extensions": lambda line: sum(one.outcome == "granted" for one in line.promise.extensions),
        "asked": lambda line: "\n".join(_said(one, body, language) for one in line.promise.extensions),
    }


def _said(one: Extension, body: dict[str, str], language: str) -> str:
    """Who asked for which day and why; who decided what, and when."""

    def day(value: date | None) -> str:
        return i18n.day(value, language) if value else ""

    role = i18n.text(f"role.{one.decided_by}", language) if one.decided_by else ""
    facts = {"day": day(one.decided_on), "who": body.get(one.decided_body or "", role), "reason": one.decision}
    asker = body.get(one.body or "", "")
    asked = i18n.text(
        "promise.asked", language, day=day(one.asked_on), body=asker, until=day(one.until), reason=one.reason
    )
    return f"{asked}　{i18n.text(f'promise.{one.outcome}', language, **facts)}"
