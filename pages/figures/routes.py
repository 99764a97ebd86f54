"""The rows behind a figure as a file: who asks and what they may see is found out at this request."""

from datetime import datetime

import pandas as pd
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import i18n
from access.actor import Actor
from casework.documents.exports import MOST, Cell, to_csv, to_xlsx
from db import clock
from insight import wording
from insight.cases.facts import read_facts
from insight.cases.figures import measures
from insight.cases.rows import Rows, rows_behind
from insight.measures import Measure
from pages.figures import live_board, live_view
from pages.figures.filters import asked_filters
from pages.figures.live_view import View
from pages.shared.here import now, store
from pages.web.asked import actor_of, file_answer, language_of, not_there


def export_figure(request: Request) -> Response:
    """All rows of the figure on the day and under the filters of the address."""
    at, language, actor = now(), language_of(request), actor_of(request)
    code, kind = request.path_params["code"], request.path_params["kind"]
    if actor is None or not (actor.may("see_figures") and actor.may("export")):
        return PlainTextResponse(i18n.text("error.forbidden", language), status_code=403)
    found = _rows(actor, request, language, code, at)
    if found is None or kind not in ("csv", "xlsx"):
        return not_there(request)
    measure, rows = found
    columns, lines = [str(name) for name in rows.table.columns], _cells(rows)
    if kind == "csv":
        content = to_csv(columns, lines)
    else:
        content = to_xlsx(
            columns, lines, sheet=i18n.text("figures.rows", language), note=_note(measure, rows, language, at)
        )
    return file_answer(content, f"{code}-{measure.as_of:%Y%m%d}", kind)


def _rows(
    actor: Actor, request: Request, language: i18n.Language, code: str, at: datetime
) -> tuple[Measure, Rows] | None:
    """None where there is no such figure."""
    filters, as_of = asked_filters(request.query_params, clock.day_of(at))
    view = View(live_view.chain_head(), actor.scope, filters, as_of, language, dark=False)
    brush = live_board.brush(view)

    def read(con: object) -> tuple[Measure, Rows] | None:
        facts = read_facts(con, scope=actor.scope, filters=filters, as_of=as_of)  # type: ignore[arg-type]
        measure = measures(facts).get(code)
        asked = {"scope": actor.scope, "facts": facts, "code": code, "brush": brush, "most": MOST}
        return (measure, rows_behind(con, total=measure.n, **asked)) if measure else None  # type: ignore[arg-type]

    return store().look(read, view.head)


def _cells(rows: Rows) -> list[list[Cell]]:
    return [[None if pd.isna(value) else value for value in row] for row in rows.table.itertuples(index=False)]


def _note(measure: Measure, rows: Rows, language: str, at: datetime) -> str:
    return i18n.text(
        "figures.export_note", language, name=i18n.text(f"figure.{measure.code}.name", language),
        value=wording.measured(measure, language), day=i18n.day(measure.as_of, language),
        time=i18n.moment(clock.local(at), language), n=i18n.number(len(rows.table), language),
    )  # fmt: skip
