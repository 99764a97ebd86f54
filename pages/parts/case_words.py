"""A case in plain words for the enterprise: what is next, by whom and by when; what happened, by which body."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import i18n
from casework.lifecycle import BAD_RATINGS
from db.cases import Case, CaseEvent
from pages.parts.here import lang, t

# Whose move it is decides how a line looks: theirs, the enterprise's own, nobody's any more; late is late.
TONES: dict[str, str] = {"returned": "yours", "awaiting": "yours", "closed": "done", "merged": "done"}
_WORDS_OF = {  # the part of an event's detail that was said to or by the enterprise
    "return": "reason",
    "resubmit": "text",
    "answer": "text",
    "fulfil": "text",
    "close": "reason",
    "reject": "reason",
    "reopen": "reason",
    "ask_extension": "reason",
    "grant_extension": "note",
    "refuse_extension": "reason",
    "note": "note",
    "proxy": "note",
}


@dataclass(frozen=True)
class Said:
    """A sentence and its tone: theirs, yours, late or done."""

    words: str
    tone: str


def what_is_next(case: Case, bodies: Mapping[str, str], today: date) -> Said:
    """One sentence on how the case stands: who moves next, and by when."""
    body = bodies.get(case.lead_body or "", t("next.a_body"))
    days_late = (today - case.due_on).days if case.due_on else 0
    facts: dict[str, Any] = {"body": body, "day": _day(case.due_on, today), "n": days_late}
    if case.state in TONES:
        return Said(_at_rest(case, body), TONES[case.state])
    key = {"dispatched": "answering", "in_progress": "answering"}.get(case.state, case.state)
    if days_late > 0 and key in ("accepted", "answering", "committed", "reopened"):
        return Said(_fill(f"{key}_late", facts), "late")
    if key == "reopened" and case.due_on:
        key = "reopened_dated"
    if key == "answering" and not case.due_on:
        key = "answering_undated"
    return Said(_fill(key, facts), "theirs")


def visible(events: list[CaseEvent]) -> list[CaseEvent]:
    """What an enterprise is shown, newest first: a note that handlers leave each other is not."""
    return [e for e in reversed(events) if e.kind != "note" or e.actor_role == "enterprise"]


def happened(event: CaseEvent, case: Case, bodies: Mapping[str, str], today: date) -> str:
    """One event as a sentence, by a body and never by a person."""
    detail = event.detail
    facts: dict[str, Any] = {"who": _who(event, bodies)}
    if event.kind == "dispatch":
        names = [bodies.get(code, code) for code in detail.get("co", [])]
        facts |= {"lead": bodies.get(detail.get("lead", ""), t("next.a_body")), "others": _joined(names)}
    if detail.get("promised_on"):
        facts["day"] = _day(date.fromisoformat(detail["promised_on"]), today)
    if detail.get("extended_on"):
        facts["until"] = _day(date.fromisoformat(detail["extended_on"]), today)
    if detail.get("rating"):
        facts["rating"] = t(f"case.rating.{detail['rating']}")
    return t(f"told.{_told(event, case)}", **facts)


def words_of(event: CaseEvent) -> str:
    """What was written along with it, as far as it concerns the enterprise."""
    return event.detail.get(_WORDS_OF.get(event.kind, ""), "") or ""


def due_of(event: CaseEvent, today: date) -> str:
    """By when the answer is due, beside a dispatch."""
    due = event.detail.get("due_on") if event.kind == "dispatch" else None
    return t("told.dispatch_due", day=_day(date.fromisoformat(due), today)) if due else ""


def _at_rest(case: Case, body: str) -> str:
    if case.state == "closed" and case.rating:
        return t("next.closed_rated", rating=t(f"case.rating.{case.rating}"))
    return _fill(case.state, {"body": body})


def _fill(key: str, facts: Mapping[str, Any]) -> str:
    return t(f"next.{key}", **facts)


def _told(event: CaseEvent, case: Case) -> str:
    detail = event.detail
    if event.kind == "submit" and case.channel == "forum":
        return "submit_forum"
    if event.kind == "submit" and event.actor_role != "enterprise":
        return "submit_on_behalf"
    if event.kind == "dispatch" and detail.get("co"):
        return "dispatch_with"
    if event.kind == "answer":
        return f"answer_{detail.get('answer_kind', 'solved')}"
    if event.kind == "close" and detail.get("rating") in BAD_RATINGS:
        return "close_unsatisfied"
    return event.kind


def _who(event: CaseEvent, bodies: Mapping[str, str]) -> str:
    if event.actor_role in ("enterprise", "officer"):
        return t("next.you" if event.actor_role == "enterprise" else "next.officer")
    return t("next.the", who=bodies.get(event.body_code or "", t("next.office")))


def _day(day: date | None, today: date) -> str:
    """As one says it; with its year where that is another than this."""
    if day is None:
        return ""
    return i18n.weekday_and_day(day, lang()) if day.year == today.year else i18n.day(day, lang())


def _joined(names: list[str]) -> str:
    return ("、" if lang() == "zh" else ", ").join(names)
