"""GET /export/promises.xlsx or .csv: the promises that the address filters, as far as the asker may see them."""

from collections.abc import Callable, Iterable
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

import i18n
from access.actor import Actor
from casework.cases.promise_ledger import VERDICTS
from casework.documents.exports import Cell
from db import references
from db.cases import promises
from db.cases.promises import Extension, PromiseLine
from db.sql import Connection
from pages.shared.here import store
from pages.web.table_answer import RecordTable, table_answer


def export_promises(request: Request) -> Response:
    """One line a promise, its extensions with reason, decider and day in a cell of their own."""
    asked = {name: request.query_params.get(name, "") for name in ("body", "state")}

    def table(actor: Actor, language: i18n.Language, today: date) -> RecordTable:
        def read(con: Connection, _kind: str) -> tuple[int, Iterable[PromiseLine]]:
            n = promises.how_many(promises.tallies(con, actor.scope, today), **asked)
            return n, promises.every(con, actor.scope, today, **asked)

        return RecordTable(_columns(language, today), read, "export.promise", "page.promises")

    return table_answer(request, "promises", ["see_promises"], table)


def _columns(language: str, today: date) -> dict[str, Callable[[PromiseLine], Cell]]:
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
