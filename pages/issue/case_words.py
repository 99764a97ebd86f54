"""What happened to a case in plain words for the enterprise: by which body, never by which person."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import i18n
from casework.cases.lifecycle import RULE_OF, UNTIL, is_told
from db import clock
from db.cases.cases import Case, CaseEvent
from db.hotline import Order
from db.states import BAD_RATINGS
from pages.shared.corrections import what_changed
from pages.shared.deadlines import with_special
from pages.shared.here import lang, t
from pages.shared.names import names as all_names
from pages.shared.order_words import order_said


def visible(events: list[CaseEvent]) -> list[CaseEvent]:
    """What an enterprise is shown, newest first: not a note that handlers leave each other, nor in whose hand it is."""
    shown = {e.n for e in events if is_told(e.detail.get("undoes", e.kind), e.actor_role)}  # what is undone, as it was
    return [e for e in reversed(events) if e.n in shown]


def happened(event: CaseEvent, case: Case, bodies: Mapping[str, str], today: date) -> str:
    """One event as a sentence, by a body and never by a person."""
    detail = event.detail
    facts: dict[str, Any] = {"who": _who(event, case, bodies)}
    facts |= {"number": order.number} if (order := Order.of(detail)) else {}
    if event.kind in ("dispatch", "reorganise"):
        names = [bodies.get(code, code) for code in detail.get("co", [])]
        facts |= {"lead": bodies.get(detail.get("lead", ""), t("next.a_body")), "others": _joined(names)}
    if detail.get("promised_on"):
        facts["day"] = said_day(date.fromisoformat(detail["promised_on"]), today)
    if until := next(filter(None, map(detail.get, UNTIL)), None):
        facts["until"] = said_day(date.fromisoformat(until), today)
    if detail.get("rating"):
        facts["rating"] = t(f"case.rating.{detail['rating']}")
    said = (t(f"told.{_told(event, case)}", **facts), what_changed(event, all_names()))
    order = order_said(event) if event.kind == "outcome" else ""
    return i18n.DOT.join(filter(None, (*said, order)))


def words_of(event: CaseEvent, case: Case) -> str:
    """What was written along with it, as far as it concerns the enterprise: in the case's language for its readers."""
    rule = RULE_OF.get(event.kind)
    if not (rule and rule.told):
        return ""
    theirs = event.detail.get("translated") if lang() == case.language else None
    return theirs or event.detail.get(rule.words) or ""


def due_of(event: CaseEvent, today: date) -> str:
    """By when the answer is due, beside a dispatch, and the holidays and make-up workdays that were counted."""
    if event.kind != "dispatch" or "due_on" not in event.detail:
        return ""
    due = date.fromisoformat(event.detail["due_on"])
    said = t("told.dispatch_due", day=said_day(due, today))
    return with_special(said, clock.day_of(event.happened_at), due)


def _told(event: CaseEvent, case: Case) -> str:
    detail = event.detail
    if event.kind == "submit" and case.channel == "forum":
        return "submit_forum"
    if event.kind == "submit" and Order.of(detail):
        return "submit_hotline"
    if event.kind == "submit" and event.actor_role != "enterprise":
        return "submit_on_behalf"
    if event.kind == "dispatch" and detail.get("co"):
        return "dispatch_with"
    if event.kind == "reorganise" and detail.get("town_code"):
        return "reorganise_town"
    if event.kind == "answer":
        return f"answer_{detail.get('answer_kind', 'solved')}"
    if event.kind == "close" and detail.get("rating") in BAD_RATINGS:
        return "close_unsatisfied"
    return event.kind


def town_of(event: CaseEvent, case: Case) -> str:
    """The code of the town that acted, which the case may have left since."""
    return event.detail.get("by_town", case.town_code)


def _who(event: CaseEvent, case: Case, bodies: Mapping[str, str]) -> str:
    if event.actor_role in ("enterprise", "officer"):
        return t("next.you" if event.actor_role == "enterprise" else "next.officer")
    if event.actor_role == "town":
        return t("next.the", who=all_names().town.get(town_of(event, case)) or t("role.town"))
    return t("next.the", who=bodies.get(event.body_code or "", t("next.office")))


def said_day(day: date | None, today: date) -> str:
    """As one says it; with its year where that is another than this."""
    if day is None:
        return ""
    return i18n.weekday_and_day(day, lang()) if day.year == today.year else i18n.day(day, lang())


def _joined(names: list[str]) -> str:
    return t("desk.comma").join(names)
