"""Requests for more time on promises of the last weeks: one granted, one waiting. Figures of earlier days stay."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from db import clock
from db.demo import workdays
from db.demo.cases import STAFF
from db.demo.common import moment
from db.demo.desk import DAYS, SINCE
from db.demo.stories import Doer, Story
from db.events import Event

RECENT = timedelta(days=3 * DAYS)
REASONS = (
    "设备到货推迟，改造要到新的日期才能完成，期间由供电所安排临时供电。",
    "方案需要两个部门会签，会签完成后即可兑现。",
)
MORE = timedelta(days=21)


def extend(told: Sequence[Story], today: date) -> None:
    """Adds to the stories; none before the desk's own cases begin."""
    for story in told:
        story.row |= {"asked_until": None, "asked_by": None}
    since = max(today - RECENT, SINCE)
    standing = [s for s in told if s.row["state"] == "committed" and clock.day_of(s.row["submitted_at"]) >= since]
    for story, reason, decided in zip(standing, REASONS, (True, False), strict=False):
        _ask(story, reason, today, decided=decided)


def _ask(story: Story, reason: str, today: date, *, decided: bool) -> None:
    """By the body that promised; another decides. Only after all that was told, and before the present."""
    by = next(event for event in reversed(story.log) if event.kind == "answer")
    first, then = moment(workdays.plus(today, -1), 16, 40), moment(workdays.plus(today, -1), 17, 30)
    if not story.log[-1].happened_at < first < then < story.until:
        return
    until = story.row["due_on"] + MORE
    lead = Doer(by.actor_id, by.actor_role or "department", by.body_code)
    asked = {"asked_until": until, "asked_by": by.actor_id}
    _add(story, "ask_extension", first, lead, {"reason": reason, "extended_on": until}, asked)
    if decided:
        due = {"due_on": until, "due_rule": "extension"}
        none = {"asked_until": None, "asked_by": None}
        _add(story, "grant_extension", then, STAFF, {"extended_on": until, **due}, {**due, **none})


def _add(story: Story, kind: str, at: datetime, by: Doer, detail: dict[str, Any], changes: dict[str, Any]) -> None:
    seq = story.row["seq"] + 1
    story.log.append(
        Event(at, "case", kind, story.row["id"], seq, by.actor_id, by.role, by.body_code, "committed", detail)
    )
    story.row |= {"seq": seq, **changes}
