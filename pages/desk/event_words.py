"""What happened to a case, each event one plain sentence: by which body, never by which person.

In whose hand a case is, its own desk reads by name.
"""

from datetime import date

import i18n
from casework.cases.lifecycle import UNTIL
from db import clock
from db.calendar.workdays import working_days
from db.cases.cases import CaseEvent
from db.people import accounts
from db.states import SETTLED
from pages.shared.corrections import what_changed
from pages.shared.here import lang, store, t
from pages.shared.names import Names, person
from pages.shared.order_words import order_said


def what_happened(event: CaseEvent, names: Names) -> str:
    """One sentence: who did what."""
    detail = event.detail
    facts = {
        "who": _who(event, names),
        "was": names.who(detail.get("was")),
        "lead": names.who(detail.get("lead") or detail.get("better")),
        "n": len(detail.get("readers", ())),
        "day": day(detail.get("promised_on")),
        "answer_by": day(detail.get("answer_by")),
        "working": _working(event),
        "until": day(next(filter(None, map(detail.get, UNTIL)), None)),
        "rating": t(f"case.rating.{detail['rating']}") if detail.get("rating") else "",
        "what": t(f"case.action.{detail['undoes']}") if detail.get("undoes") else "",
        "holder": name_said(detail.get("holder")),
    }
    said = t(f"case.event.{_kind(event)}", **facts)
    helpers = [names.who(code) for code in detail.get("co", ())]
    said += f"{i18n.DOT}{order}" if (order := order_said(event)) else ""
    said += f"{i18n.DOT}{outcome}" if (outcome := _outcome(event, names)) else ""
    said += f"{i18n.DOT}{changed}" if (changed := what_changed(event, names)) else ""
    return said + (t("case.event.with_help", bodies=t("desk.comma").join(helpers)) if helpers else "")


def _outcome(event: CaseEvent, names: Names) -> str:
    """How a call, a check or a visit turned out, and with which body."""
    result = event.detail.get("result")
    if not result:
        return ""
    spoken_to = names.who(event.detail.get("spoken_to"))
    words = t(f"today.outcome.{event.kind}.{result}")
    return t("case.event.spoken_to", body=spoken_to, result=words) if spoken_to else words


def name_said(account_id: str | None) -> str:
    """Of somebody at the reader's own desk."""
    return person(store().read(lambda con: accounts.name_of(con, account_id))) if account_id else ""


def _kind(event: CaseEvent) -> str:
    if event.kind == "reorganise" and event.detail.get("town_code"):
        return "reorganise_town"
    if event.kind == "assign":
        return "assign" if event.detail.get("holder") else "assign_nobody"
    if event.kind == "answer":
        return f"answer_{event.detail.get('answer_kind', 'explained')}"
    return "close_reopened" if event.kind == "close" and event.state not in SETTLED else event.kind


def _who(event: CaseEvent, names: Names) -> str:
    if event.body_code:
        return names.who(event.body_code)
    return t(f"role.{event.actor_role}") if event.actor_role else t("case.event.system")


def _working(event: CaseEvent) -> str:
    """How many working days an instruction gives."""
    given = event.detail.get("answer_by")
    if not given:
        return ""
    return t("instruction.working_days", n=working_days(clock.day_of(event.happened_at), date.fromisoformat(given)))


def day(value: object) -> str:
    return i18n.day(date.fromisoformat(str(value)), lang()) if value else ""
