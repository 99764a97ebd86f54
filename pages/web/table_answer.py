"""Records that leave as a table: who asks is read from the cookie, and what they may see at this request."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from starlette.requests import Request
from starlette.responses import Response

import i18n
from access.actor import Actor
from casework.documents.exports import Cell, write_table
from db import clock
from db.sql import Connection
from pages.shared.here import now, store
from pages.web.asked import actor_of, language_of, not_there, written_answer

Columns = Mapping[str, Callable[[Any], Cell]]


@dataclass(frozen=True)
class RecordTable:
    """What stands in it. `read` is told the ending and gives how many rows there are, and the rows; `heads`, `sheet`
    and `note` are keys of words, each column's below `heads`."""

    columns: Columns
    read: Callable[[Connection, str], tuple[int, Iterable[Any]]]
    heads: str
    sheet: str
    note: str = "export.records_note"


def table_answer(
    request: Request, name: str, may: Sequence[str], table_of: Callable[[Actor, i18n.Language, date], RecordTable]
) -> Response:
    """`name`.xlsx or .csv, for those who hold every permission of `may`; a row at a time, however many there are."""
    at, kind, language, actor = now(), request.path_params["kind"], language_of(request), actor_of(request)
    if actor is None or not all(map(actor.may, may)):
        return not_there(request, "forbidden", status=403)
    if kind not in ("csv", "xlsx"):
        return not_there(request)
    table = table_of(actor, language, clock.day_of(at))

    def write(con: Connection, out: BinaryIO) -> None:
        n, found = table.read(con, kind)
        note = i18n.text(table.note, language, time=i18n.moment(clock.local(at), language), n=n)
        heads = [i18n.text(f"{table.heads}.{column}", language) for column in table.columns]
        rows = ([value(line) for value in table.columns.values()] for line in found)
        write_table(out, kind, heads, rows, sheet=i18n.text(table.sheet, language), note=note)

    file = f"{name}-{clock.local(at):%Y%m%d-%H%M}"
    return written_answer(lambda out: store().read(lambda con: write(con, out)), file, kind)
