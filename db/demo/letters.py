"""Handling letters of the last three months: a day's cases of one department together. The latest still wait."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from db import clock
from db.demo.cases import STAFF
from db.demo.common import moment, uid
from db.demo.stories import Story
from db.events import Event
from db.letters import letters as kept
from db.letters.letters import Letter
from db.people.enterprises import Enterprise
from db.references import ReferenceItem
from db.sql import Connection

RECENT, WAIT = timedelta(days=90), timedelta(days=8)
ISSUER, CODE = "柯桥区政企面对面工作专班", "政企面对面函"
WITH_LETTER = ("dispatched", "in_progress", "committed", "awaiting", "closed", "reopened")


def write(
    con: Connection,
    today: date,
    told: Sequence[Story],
    register: Sequence[Enterprise],
    bodies: Sequence[ReferenceItem],
) -> list[Event]:
    """Numbered in the order of their days, each year from 1. Returns their events."""
    names, firms = {item.code: item.name_zh for item in bodies}, {firm.id: firm.name_zh for firm in register}
    sent = [(clock.day_of(last.happened_at), last.detail["lead"], story) for story in told if (last := _sent(story))]
    wanted = sorted(
        (row for row in sent if today - RECENT <= row[0] < today - WAIT), key=lambda r: (r[0], r[1], r[2].row["id"])
    )
    numbers: dict[int, int] = {}
    events = []
    for (day, lead), rows in groupby(wanted, key=lambda row: (row[0], row[1])):
        numbers[day.year] = numbers.get(day.year, 0) + 1
        stories = [story for _, _, story in rows]
        letter = _letter(day, numbers[day.year], lead, stories, names, firms)
        copied = [code for code in _helpers(stories) if code != lead]
        kept.add(con, letter, case_ids=[story.row["id"] for story in stories], copied=copied)
        events.append(_event(letter, stories))
    return events


def _sent(story: Story) -> Event | None:
    """The last dispatch of a case that has been dispatched."""
    if story.row["state"] not in WITH_LETTER:
        return None
    return next((event for event in reversed(story.log) if event.kind == "dispatch"), None)


def _letter(
    day: date,
    number: int,
    lead: str,
    stories: Sequence[Story],
    names: Mapping[str, str],
    firms: Mapping[str, str],
) -> Letter:
    due = [date.fromisoformat(str(sent.detail["due_on"])) for story in stories if (sent := _sent(story))]
    items = [_item(story, on, firms) for story, on in zip(stories, due, strict=True)]
    raised_by = len({item["enterprise"] for item in items})
    several = f"等{raised_by}家企业" if raised_by > 1 else ""
    helpers = [names.get(code, code) for code in _helpers(stories) if code != lead]
    content = {
        "issuer": ISSUER,
        "number": f"{CODE}〔{day.year}〕{number}号",
        "title": f"关于办理{items[0]['enterprise']}{several}\n反映事项的工作函",
        "lead": names.get(lead, lead),
        "helpers": "、".join(helpers),
        "copied": "，".join(helpers),
        "n": len(items),
        "deadline": _said(min(due)),
        "note": "",
        "corrects": "",
        "contact": "",
        "date": _said(day),
        "items": items,
    }
    at = moment(day, 17, 45)
    return Letter(
        uid("letter", day, lead), day.year, number, lead, day, at, min(due), None, content, kept.BUILT_IN, len(items)
    )


def _item(story: Story, due: date, firms: Mapping[str, str]) -> dict[str, str]:
    row = story.row
    firm = firms.get(row["enterprise_id"], "")
    return {
        "number": row["number"],
        "enterprise": firm,
        "title": row["title"],
        "text": row["text"],
        "due": _said(due),
        "contact": "",
    }


def _helpers(stories: Sequence[Story]) -> list[str]:
    return list(dict.fromkeys(body for story in stories for body, part in story.bodies if part == "co"))


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _event(letter: Letter, stories: Sequence[Story]) -> Event:
    detail = {
        "year": letter.year,
        "number": letter.number,
        "lead": letter.lead_body,
        "cases": [story.row["number"] for story in stories],
        "answer_by": letter.answer_by,
    }
    who = (STAFF.actor_id, STAFF.role, STAFF.body_code)
    return Event(letter.issued_at, "letter", "issue", letter.id, 1, *who, "issued", detail)
