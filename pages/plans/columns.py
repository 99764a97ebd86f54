"""The columns of exported plans and meetings, in words and in Shanghai's days."""

import i18n
from db import clock, references
from db.people import accounts
from db.people.accounts import AccountFilter
from pages.shared.here import store
from pages.web.table_answer import Columns

MOST_LEADERS = 1000


def plan_columns(language: str) -> Columns:
    body = {item.code: item.say(language) for item in store().read(lambda con: references.items(con, "body"))}
    wanted = AccountFilter(role="leader")
    known = store().read(lambda con: accounts.find(con, wanted, limit=MOST_LEADERS, offset=0))
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


def meeting_columns(language: str) -> Columns:
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
