"""Plans and meetings that leave by an authorised route: tables of what the asker may see, minutes as Word."""

from collections.abc import Mapping
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

import i18n
from access.actor import Actor
from casework.meetings.meeting_minutes import meeting_minutes
from db.plans import meetings, plans
from db.refused import Refused
from pages.plans.columns import meeting_columns, plan_columns
from pages.shared.filter_address import year_from
from pages.shared.here import store
from pages.web.asked import actor_of, file_answer, not_there
from pages.web.table_answer import RecordTable, table_answer

_MAY = ("see_plans", "export")


def export_plans(request: Request) -> Response:
    """GET /export/plans.xlsx or .csv: the plans that the address filters, as far as the asker may see them."""
    asked = request.query_params
    state, reason = asked.get("state", ""), asked.get("reason", "")

    def table(actor: Actor, language: i18n.Language, _today: date) -> RecordTable:
        found = [
            line
            for line in store().read(lambda con: plans.find(con, actor.scope))
            if state in ("", line.plan.state)
            and reason in ("", *line.plan.why)
            and (not _mine(actor, asked) or line.led_by(actor.id))
        ]
        return RecordTable(plan_columns(language), lambda *_: (len(found), found), "export.plan", "export.plans_sheet")

    return table_answer(request, "plans", _MAY, table)


def export_meetings(request: Request) -> Response:
    """GET /export/meetings.xlsx or .csv: the meetings of the year and kind that the address names."""
    asked = request.query_params
    kind = asked.get("kind", "")

    def table(actor: Actor, language: i18n.Language, today: date) -> RecordTable:
        known = {"year": year_from(asked) or today.year, "leader_id": actor.id, "today": today}
        held = store().read(lambda con: meetings.find(con, actor.scope, **known))
        found = [one for one in held if kind in ("", one.meeting.kind) and (one.led or not _mine(actor, asked))]
        columns = meeting_columns(language)
        return RecordTable(columns, lambda *_: (len(found), found), "export.meeting", "export.meetings_sheet")

    return table_answer(request, "meetings", _MAY, table)


def minutes(request: Request) -> Response:
    """GET /meetings/{id}.docx: the same answer for one that does not exist and for one that is not theirs."""
    actor = actor_of(request)
    try:
        if actor is None:
            raise Refused("meeting_unknown")
        meeting, content = meeting_minutes(store(), actor=actor, meeting_id=request.path_params["id"])
    except Refused as refusal:
        return not_there(request, refusal.code)
    return file_answer(content, f"meeting-{meeting.kind}-{meeting.year}-{meeting.number}", "docx")


def _mine(actor: Actor, asked: Mapping[str, str]) -> bool:
    """As the pages show it: a leader's own unless they ask for all."""
    return actor.role == "leader" and asked.get("whose", "mine") == "mine"
