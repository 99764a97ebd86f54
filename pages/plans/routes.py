"""Plans and meetings that leave by an authorised route: tables of what the asker may see, minutes as Word."""

from collections.abc import Mapping
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

import i18n
from access.actor import Actor
from casework.meetings.meeting_minutes import meeting_minutes
from db import clock
from db.people import accounts
from db.people.accounts import AccountFilter
from db.plans import meetings, plans
from db.refused import Refused
from pages.shared.choices import names
from pages.shared.filter_address import year_from
from pages.shared.here import store
from pages.web.asked import actor_of, not_there
from pages.web.paper_answer import KINDS, paper_answer
from pages.web.table_answer import Columns, RecordTable, table_answer

_MOST_LEADERS = 1000
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
        return RecordTable(_plan_columns(language), lambda *_: (len(found), found), "export.plan", "export.plans_sheet")

    return table_answer(request, "plans", _MAY, table)


def export_meetings(request: Request) -> Response:
    """GET /export/meetings.xlsx or .csv: the meetings of the year and kind that the address names."""
    asked = request.query_params
    kind = asked.get("kind", "")

    def table(actor: Actor, language: i18n.Language, today: date) -> RecordTable:
        known = {"year": year_from(asked) or today.year, "leader_id": actor.id, "today": today}
        held = store().read(lambda con: meetings.find(con, actor.scope, **known))
        found = [one for one in held if kind in ("", one.meeting.kind) and (one.led or not _mine(actor, asked))]
        columns = _meeting_columns(language)
        return RecordTable(columns, lambda *_: (len(found), found), "export.meeting", "export.meetings_sheet")

    return table_answer(request, "meetings", _MAY, table)


def minutes(request: Request) -> Response:
    """GET /meetings/{id}.docx or .pdf: the same answer for one that does not exist and for one that is not theirs."""
    actor = actor_of(request)
    try:
        if actor is None or request.path_params["kind"] not in KINDS:
            raise Refused("meeting_unknown")
        meeting, content = meeting_minutes(store(), actor=actor, meeting_id=request.path_params["id"])
    except Refused as refusal:
        return not_there(request, refusal.code)
    return paper_answer(request, content, f"meeting-{meeting.kind}-{meeting.year}-{meeting.number}")


def _mine(actor: Actor, asked: Mapping[str, str]) -> bool:
    """As the pages show it: a leader's own unless they ask for all."""
    return actor.role == "leader" and asked.get("whose", "mine") == "mine"


def _plan_columns(language: str) -> Columns:
    body = names("body", language=language)
    wanted = AccountFilter(role="leader")
    known = store().read(lambda con: accounts.find(con, wanted, limit=_MOST_LEADERS, offset=0))
    leader = {account.id: account.name for account in known}
    comma = i18n.text("desk.comma", language)
    return {
        "number": lambda line: line.number,
        "title": lambda line: line.title,
        "enterprise": lambda line: line.enterprise(language),
        "case_state": lambda line: i18n.text(f"case.state.{line.case_state}", language),
        "state": lambda line: i18n.text(f"plan.state.{line.plan.state}", language),
        "why": lambda line: comma.join(i18n.text(f"plan.reason.{code}", language) for code in line.plan.why),
        "goal": lambda line: line.plan.goal,
        "lead": lambda line: body.get(line.plan.lead_body, line.plan.lead_body),
        "leader": lambda line: leader.get(line.plan.leader_id or line.case_leader or "", ""),
        "opened": lambda line: clock.day_of(line.plan.opened_at),
        "ended": lambda line: clock.day_of(line.plan.ended_at) if line.plan.ended_at else None,
        "steps": lambda line: line.steps,
        "done": lambda line: line.done,
        "next": lambda line: line.next_title if line.plan.state == "active" else None,
        "next_body": lambda line: (
            body.get(line.next_body or "", line.next_body) if line.plan.state == "active" else None
        ),
        "next_due": lambda line: line.next_due if line.plan.state == "active" else None,
        "outcome": lambda line: line.plan.outcome,
    }


def _meeting_columns(language: str) -> Columns:
    return {
        "day": lambda line: line.meeting.held_on,
        "kind": lambda line: i18n.text(f"meeting.kind.{line.meeting.kind}", language),
        "number": lambda line: line.meeting.number,
        "topic": lambda line: line.meeting.topic,
        "chair": lambda line: line.meeting.chair,
        "place": lambda line: line.meeting.place,
        "cases": lambda line: line.cases,
        "decisions": lambda line: line.decisions,
        "done": lambda line: line.done,
        "late": lambda line: line.late,
    }
