"""How a case stands in one plain sentence for the enterprise: who moves next, and by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import i18n
from db.cases.cases import Case
from db.states import BY_CODE, CLOSED
from pages.issue.case_words import said_day
from pages.shared.deadlines import special_of
from pages.shared.here import t

# Whose move it is decides how a line looks: the enterprise's own, nobody's any more, else theirs; late is late.
TONES: dict[str, str] = {"raiser": "yours", "enterprise": "yours", "nobody": "done"}


@dataclass(frozen=True)
class Sentence:
    """A sentence and its tone: theirs, yours, late or done."""

    words: str
    tone: str


def what_is_next(case: Case, bodies: Mapping[str, str], today: date) -> Sentence:
    """One sentence on how the case stands: who moves next, and by when."""
    body = bodies.get(case.lead_body or "", t("next.a_body"))
    days_late = (today - case.due_on).days if case.due_on else 0
    facts: dict[str, Any] = {"body": body, "day": said_day(case.due_on, today), "n": days_late}
    state = BY_CODE[case.state]
    if state.whose in TONES:
        return Sentence(_at_rest(case, body), TONES[state.whose])
    key = "answering" if state.waits_for == "answer" else case.state
    if case.due_on is None:
        return Sentence(_fill(f"{key}_undated", facts), "theirs")
    if days_late > 0:
        return Sentence(_fill(f"{key}_late", facts), "late")
    counted = special_of({case.id: case.due_on})  # the days off on the way to it
    return Sentence(i18n.DOT.join((_fill(key, facts), *counted.values())), "theirs")


def _at_rest(case: Case, body: str) -> str:
    if case.state in CLOSED and case.rating:
        return t("next.closed_rated", rating=t(f"case.rating.{case.rating}"))
    return _fill(case.state, {"body": body})


def _fill(key: str, facts: Mapping[str, Any]) -> str:
    return t(f"next.{key}", **facts)
