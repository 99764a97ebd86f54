"""About 50 coordination meetings and 200 small meetings a year, each about cases that were being handled."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from db import clock
from db.demo import workdays
from db.demo.cases import STAFF
from db.demo.common import add_months, content, moment, months, stream, uid, words
from db.demo.stories import Story
from db.demo.told import Told
from db.plans.meetings import Decision, Meeting

SINCE = date(2025, 10, 1)  # the first month on record
COORDINATION, SMALL = 4, 17  # a month
NEAR = timedelta(days=60)
FRESH = timedelta(days=4)  # of what falls due so near to today, some is open
_SAID = {"place": "places", "people": "people", "minutes": "minutes"}


def hold(made: Told, sent: Sequence[Story], today: date) -> None:
    """The same each time for the same day; months that are over never change."""
    counters: dict[tuple[str, int], int] = {}
    in_order = sorted(sent, key=lambda story: story.row["dispatched_at"])
    days = [dispatched(story) for story in in_order]
    for month in months(SINCE, today.replace(day=1)) if today > SINCE else []:
        rng = stream(f"meetings:{month}")
        kinds = ["coordination"] * (COORDINATION + (month.month % 6 == 0)) + ["small"] * SMALL
        for day, kind in sorted((_day(rng, month), kind) for kind in kinds):
            near = in_order[bisect_left(days, day - NEAR) : bisect_left(days, day)]
            if day < today and near:
                counters[kind, day.year] = counters.get((kind, day.year), 0) + 1
                _meeting(made, rng, kind, counters[kind, day.year], day, _about(rng, near, day, kind), today)


def dispatched(story: Story) -> date:
    return clock.day_of(story.row["dispatched_at"])


def _day(rng: Random, month: date) -> date:
    days = (add_months(month, 1) - month).days
    return workdays.on_or_after(month + timedelta(days=rng.randrange(days - 4)))


def _about(rng: Random, near: Sequence[Story], day: date, kind: str) -> list[Story]:
    """Cases that were unsettled on that day, else those that went out last before it."""
    still = [s for s in near if s.row["settled_at"] is None or clock.day_of(s.row["settled_at"]) >= day]
    known = still or near[-4:]
    most = 3 if kind == "coordination" else 1
    return rng.sample(known, min(rng.randint(1, most), len(known)))


def _meeting(made: Told, rng: Random, kind: str, number: int, day: date, about: Sequence[Story], today: date) -> None:
    said, key = content("hard"), uid("meeting", kind, day.year, number)
    bodies = list(dict.fromkeys(body for story in about for body, _ in story.bodies))
    line = {name: rng.choice(words(said[source])) for name, source in _SAID.items()}
    line |= {"chair": rng.choice(words(said[f"chairs_{kind}"])), "topic": about[0].row["title"]}
    cases = [story.row["id"] for story in about]
    told = {"kind": kind, "number": number, "bodies": bodies, "cases": cases, "held_on": day}
    made.say("meeting", "hold", key, moment(day, 17, 5), STAFF, None, {**told, **line})
    made.add("meeting", Meeting(key, kind, day.year, number, day, seq=0, **line))
    for body in bodies:
        made.add("meeting_body", {"meeting_id": key, "body_code": body})
    for case_id in cases:
        made.add("meeting_case", {"meeting_id": key, "case_id": case_id})
    decided = [story for story in about for _ in range(2 if kind == "coordination" else rng.random() < 0.6)]
    for place, story in enumerate(decided, start=1):
        _decision(made, rng, key, place, story, day, today)


def _decision(made: Told, rng: Random, meeting: str, place: int, story: Story, day: date, today: date) -> None:
    """Carried out near its day; of an open case, what falls due near today is still to be done."""
    said, key, case = content("hard"), uid("decision", meeting, place), story.row["id"]
    body, text = rng.choice([code for code, _ in story.bodies]), rng.choice(words(said["decisions"]))
    due, on = workdays.plus(day, rng.randint(5, 12)), workdays.plus(day, rng.randint(3, 12))
    waits = story.row["state"] not in ("closed", "awaiting") and due > today - FRESH
    done_on = on if on < today and not waits else None
    outcome = rng.choice(words(said["done"]))
    state, came = ("done", outcome) if done_on else ("open", None)
    made.add("meeting_decision", Decision(key, meeting, place, case, text, body, due, state, done_on, came))
    told = {"decision": key, "case": case, "body": body, "words": text, "due_on": due}
    made.say("meeting", "decide", meeting, moment(day, 17, 10 + place), STAFF, None, told)
    if done_on:
        at = moment(done_on, 17, 40, place)
        made.say("meeting", "done", meeting, at, STAFF, None, {**told, "done_on": done_on, "outcome": outcome})
