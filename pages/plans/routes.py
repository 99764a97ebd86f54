"""Plans and meetings that leave by an authorised route: tables of what the asker may see, minutes as Word."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import i18n
from access.actor import Actor
from casework.documents.exports import Cell, to_csv, to_xlsx
from casework.meetings.meeting_minutes import meeting_minutes
from db import clock
from db.plans import meetings, plans
from db.plans.meetings import MeetingLine
from db.plans.plans import PlanLine
from db.refused import Refused
from pages.plans.columns import Columns, meeting_columns, plan_columns
from pages.shared.here import now, store
from pages.web.asked import actor_of, file_answer, language_of, not_there


def export_plans(request: Request) -> Response:
    """GET /export/plans.xlsx or .csv: the plans that the address filters, as far as the asker may see them."""
    return _export(request, "plan", "plans", _plan_lines, plan_columns)


def export_meetings(request: Request) -> Response:
    """GET /export/meetings.xlsx or .csv: the meetings of the year and kind that the address names."""
    return _export(request, "meeting", "meetings", _meeting_lines, meeting_columns)


def minutes(request: Request) -> Response:
    """GET /meetings/{id}.docx: the same answer for one that does not exist and for one that is not theirs."""
    actor = actor_of(request)
    try:
        if actor is None:
            raise Refused("meeting_unknown")
        meeting, content = meeting_minutes(store(), actor=actor, meeting_id=request.path_params["id"])
    except Refused as refusal:
        return PlainTextResponse(i18n.text(f"error.{refusal.code}", language_of(request)), status_code=404)
    return file_answer(content, f"meeting-{meeting.kind}-{meeting.year}-{meeting.number}", "docx")


def _export(
    request: Request,
    group: str,
    name: str,
    read: Callable[[Actor, Request, date], Sequence[Any]],
    columns: Callable[[str], Columns],
) -> Response:
    actor, kind, language, at = actor_of(request), request.path_params["kind"], language_of(request), now()
    if actor is None or not (actor.may("see_plans") and actor.may("export")):
        return PlainTextResponse(i18n.text("error.forbidden", language), status_code=403)
    if kind not in ("xlsx", "csv"):
        return not_there(request)
    values = columns(language)
    heads = [i18n.text(f"export.{group}.{column}", language) for column in values]
    rows = [[value(line) for value in values.values()] for line in read(actor, request, clock.day_of(at))]
    made = to_csv(heads, rows) if kind == "csv" else _workbook(heads, rows, name, language, at)
    return file_answer(made, f"{name}-{clock.local(at):%Y%m%d-%H%M}", kind)


def _workbook(heads: list[str], rows: list[list[Cell]], name: str, language: str, at: datetime) -> bytes:
    note = i18n.text("export.records_note", language, time=i18n.moment(clock.local(at), language), n=len(rows))
    return to_xlsx(heads, rows, sheet=i18n.text(f"export.{name}_sheet", language), note=note)


def _plan_lines(actor: Actor, request: Request, _today: date) -> list[PlanLine]:
    asked = request.query_params
    state, reason = asked.get("state", ""), asked.get("reason", "")
    return [
        line
        for line in store().read(lambda con: plans.find(con, actor.scope))
        if state in ("", line.plan.state)
        and reason in ("", *line.plan.why)
        and (not _mine(actor, asked) or line.led_by(actor.id))
    ]


def _meeting_lines(actor: Actor, request: Request, today: date) -> list[MeetingLine]:
    asked = request.query_params
    typed, kind = asked.get("year", ""), asked.get("kind", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else today.year
    found = store().read(lambda con: meetings.find(con, actor.scope, year=year, leader_id=actor.id, today=today))
    return [line for line in found if kind in ("", line.meeting.kind) and (line.led or not _mine(actor, asked))]


def _mine(actor: Actor, asked: Mapping[str, str]) -> bool:
    """As the pages show it: a leader's own unless they ask for all."""
    return actor.role == "leader" and asked.get("whose", "mine") == "mine"
