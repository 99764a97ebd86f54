"""The next planned forum is today's, with an agenda of fourteen issues that wait for an answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from db.demo.cases import STAFF
from db.demo.common import moment, uid
from db.demo.plans import of_category
from db.demo.stories import Story
from db.events import Event
from db.forums import forum_day
from db.forums.forum_day import AgendaItem
from db.forums.forums import Forum
from db.sql import Connection

ISSUES = 14
WAITING = ("submitted", "accepted", "dispatched", "in_progress", "reopened")
SPEAKERS = ("企业负责人", "企业分管负责人", None)


def on_today(meetings: Sequence[Forum], today: date) -> list[Forum]:
    """The first planned one is held today, so that it can be run; its number and the others' days stay."""
    first = next((forum.number for forum in meetings if forum.state == "planned"), None)
    return [replace(forum, held_on=today) if forum.number == first else forum for forum in meetings]


def write(con: Connection, today: date, meetings: Sequence[Forum], told: Sequence[Story]) -> list[Event]:
    """The sector's issues first, those that no body has yet before others. Returns the events."""
    forum = next((one for one in meetings if one.state == "planned"), None)
    waiting = [story for story in told if story.row["state"] in WAITING and story.row["forum_id"] is None]
    if forum is None or not waiting:
        return []
    in_order = sorted(waiting, key=lambda story: _place(story, forum))[:ISSUES]
    forum_day.add(con, [_item(forum, story, place) for place, story in enumerate(in_order, start=1)])
    detail = {"number": forum.number, "cases": [story.row["number"] for story in in_order]}
    at = moment(today - timedelta(days=1), 17, 20)
    return [Event(at, "forum", "agenda_add", f"agenda:{forum.id}", 1, STAFF.actor_id, STAFF.role, None, None, detail)]


def _place(story: Story, forum: Forum) -> tuple[bool, int, str]:
    row = story.row
    other_sector = not row["sector_code"].startswith(forum.sector_code or "")
    return other_sector, WAITING.index(row["state"]), row["number"]


def _item(forum: Forum, story: Story, place: int) -> AgendaItem:
    row = story.row
    return AgendaItem(
        id=uid("agenda", forum.number, row["number"]),
        forum_id=forum.id,
        position=place,
        case_id=row["id"],
        enterprise_id=row["enterprise_id"],
        kind=row["kind"],
        category=row["category"],
        title=row["title"],
        speaker=SPEAKERS[place % len(SPEAKERS)],
        suggested=row["lead_body"] or of_category(row["category"])["leads"][0],
        named=place % 4 == 0,
        answer_kind=None,
        lead_body=None,
        promised_on=None,
        answered_by=None,
        words=None,
        recorded_at=None,
        recorded_by=None,
        seq=1,
    )
