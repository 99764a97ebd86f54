"""Calls, checks and a visit of the last weeks on cases that are open still. Each is an event of its case's story, so
the figures of earlier days stay as they are."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from db import clock, sql
from db.cases.supervision import FollowUp
from db.demo import workdays
from db.demo.cases import STAFF, VISITOR
from db.demo.common import moment, uid
from db.demo.desk import DAYS, SINCE
from db.demo.stories import Doer, Story
from db.events import Event
from db.sql import Connection

RECENT = timedelta(days=3 * DAYS)
CALLS = (
    ("reached", "承办人已在现场查看，正在制定方案。"),
    ("promised", "承办部门答应两个工作日内回复。"),
    ("not_reached", ""),
    ("needs_leader", "涉及两个部门，建议由分管区领导协调。"),
)
VISIT = ("same", "企业反映问题依旧，希望到现场再看一次。")


def follow_up(told: Sequence[Story], today: date) -> list[FollowUp]:
    """Every second case under way was called about, every fifth checked, one that was opposed visited."""
    since = today - RECENT
    recent = [story for story in told if clock.day_of(story.row["submitted_at"]) >= max(since, SINCE)]
    under_way = [story for story in recent if story.row["state"] in ("dispatched", "in_progress", "committed")]
    waiting = [story for story in told if story.row["state"] == "awaiting"] if today >= SINCE else []
    visits = _visits([*recent, *waiting], today)
    return [*_calls(under_way[::2], today), *_checks(under_way[1::5], today), *visits]


def write(con: Connection, done: Sequence[FollowUp]) -> None:
    sql.insert_many(con, "follow_up", done)


def _calls(stories: Sequence[Story], today: date) -> Iterator[FollowUp]:
    for number, story in enumerate(stories):
        outcome, note = CALLS[number % len(CALLS)]
        day = workdays.plus(today, -1 - number % 3)
        yield from _done(story, "reminder_call", day, STAFF, outcome, note)


def _checks(stories: Sequence[Story], today: date) -> Iterator[FollowUp]:
    for number, story in enumerate(stories):
        outcome, note = ("behind", "比计划慢一周，已请承办部门说明原因。") if number % 2 else ("on_track", "")
        yield from _done(story, "monthly_check", workdays.plus(today, -2), STAFF, outcome, note)


def _visits(stories: Sequence[Story], today: date) -> Iterator[FollowUp]:
    """By the colleague who handles no case: for one that is open again, and for those that were answered again."""
    opposed = [story for story in stories if any(event.state == "reopened" for event in story.log)]
    again = [story for story in opposed if story.row["state"] == "reopened"]
    for story in again[:1]:
        yield from _done(story, "return_visit", workdays.plus(today, -1), VISITOR, *VISIT)
    for story in opposed:
        if story.row["state"] == "awaiting":
            yield from _done(story, "return_visit", workdays.plus(today, -3), VISITOR, "better", "")


def _done(story: Story, kind: str, day: date, by: Doer, outcome: str, note: str) -> Iterator[FollowUp]:
    """Only after everything else that was told of the case, and before the present."""
    at, case = moment(day, 16, 10), story.row["id"]
    if not story.log[-1].happened_at < at < story.until:
        return
    body = story.row["lead_body"] if kind != "return_visit" else None
    said = {"result": outcome, "spoken_to": body, "note": note}
    detail = {name: value for name, value in said.items() if value}
    story.row["seq"] += 1
    seq, state = story.row["seq"], story.row["state"]
    story.log.append(Event(at, "case", kind, case, seq, by.actor_id, by.role, None, state, detail))
    yield FollowUp(uid("follow_up", case, seq), case, kind, at, by.actor_id or "", body, outcome, note or None)
