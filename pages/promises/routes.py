"""GET /export/promises.xlsx or .csv: the promises that the address filters, as far as the asker may see them."""

from collections.abc import Callable, Iterable
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

import i18n
from access.actor import Actor
from casework.cases.promise_ledger import VERDICTS
from casework.documents.exports import Cell
from db.cases import promises
from db.cases.promises import PromiseLine
from db.sql import Connection
from pages.shared.choices import names
from pages.shared.promise import extension_words
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


def _columns(language: i18n.Language, today: date) -> dict[str, Callable[[PromiseLine], Cell]]:
    body = names("body", language=language)

    def who(code: str | None) -> str:
        return body.get(code or "", "")

    def asked(line: PromiseLine) -> str:
        return "\n".join("　".join(extension_words(one, who, language)) for one in line.promise.extensions)

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
        "asked": asked,
    }
