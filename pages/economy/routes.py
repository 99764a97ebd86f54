"""An indicator's numbers as a file, for whoever may see the page of it."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import i18n
from casework.documents.exports import to_csv, to_xlsx
from db import clock
from insight.economy.published import published
from insight.economy.tables import data
from pages.shared.here import now, store
from pages.web.asked import actor_of, file_answer, language_of, not_there


def export_economy(request: Request) -> Response:
    """`?i=exports`, or all: every period that is published, its newest vintage, with status, release and source."""
    at, kind, language = now(), request.path_params["kind"], language_of(request)
    actor = actor_of(request)
    if actor is None or not actor.may("see_dashboard"):
        return PlainTextResponse(i18n.text("error.forbidden", language), status_code=403)
    found = {one.code: one for one in store().read(lambda con: published(con, clock.day_of(at)))}
    asked = request.query_params.get("i", "")
    wanted = [one for one in found.values() if asked in ("", one.code)]
    if not wanted or kind not in ("csv", "xlsx"):
        return not_there(request)
    tables = [data(one, language) for one in wanted]
    columns, rows = tables[0][0], [row for _, rows in tables for row in rows]
    sheet = i18n.text("economy.data_sheet", language)
    content = to_csv(columns, rows) if kind == "csv" else to_xlsx(columns, rows, sheet=sheet)
    return file_answer(content, f"{asked or 'economy'}-{clock.local(at):%Y%m%d-%H%M}", kind)
