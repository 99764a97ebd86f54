"""Hard cases of the last months with their plans and green channels. Nothing here changes a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from db import clock
from db.demo import meetings, workdays
from db.demo.cases import STAFF, VISITOR
from db.demo.common import content, moment, stream, uid, words
from db.demo.meetings import dispatched
from db.demo.people import LEADERS, id_of
from db.demo.stories import Doer, Story
from db.demo.told import Told
from db.plans.green_channel import GreenChannel
from db.plans.plans import Plan, Step

LEADER = Doer(id_of("leader"), "leader")
RECENT = timedelta(days=330)
UNDER_WAY = ("dispatched", "in_progress", "committed", "reopened")


@dataclass(frozen=True)
class Shape:
    """How far a plan is: steps done, whether one was put off, whether the open one is late."""

    state: str
    done: int
    moved: bool = False
    late: bool = False


SHAPES = (
    Shape("active", 2), Shape("active", 1, moved=True), Shape("active", 2, late=True), Shape("active", 0),
    Shape("active", 3, moved=True, late=True), Shape("active", 1), Shape("active", 2),
    Shape("finished", 4, moved=True), Shape("finished", 5), Shape("finished", 3), Shape("finished", 4),
    Shape("withdrawn", 1),
)  # fmt: skip
# (a case under way or closed, state, who asked, who decided)
CHANNELS: tuple[tuple[str, str, Doer, Doer | None], ...] = (
    ("open", "asked", STAFF, None),
    ("open", "asked", VISITOR, None),
    ("open", "granted", STAFF, LEADER),
    ("open", "refused", VISITOR, LEADER),
    ("closed", "granted", STAFF, LEADER),
    ("closed", "granted", VISITOR, STAFF),
    ("closed", "granted", STAFF, VISITOR),
)


def imagine(today: date, told: Sequence[Story]) -> Told:
    """Nothing before meetings are on record."""
    made = Told()
    sent = [story for story in told if story.row["dispatched_at"] and story.row["state"] != "merged"]
    if today < meetings.SINCE + RECENT:
        return made
    meetings.hold(made, sent, today)
    under_way = sorted((s for s in sent if s.row["state"] in UNDER_WAY), key=lambda s: s.row["dispatched_at"])
    closed = [s for s in sent if s.row["state"] == "closed" and dispatched(s) > today - RECENT]
    longest = sorted(closed, key=lambda s: (s.row["dispatched_at"] - s.row["settled_at"], s.row["id"]))
    chosen = {"active": iter(under_way[1::2]), "ended": iter(longest)}
    for number, shape in enumerate(SHAPES):
        story = next(chosen["active" if shape.state == "active" else "ended"], None)
        if story is not None:
            _plan(made, number, story, shape, today)
    for_channels = {"open": iter(under_way[2:]), "closed": iter(longest[len(SHAPES) :])}
    for number, (which, state, asked, decided) in enumerate(CHANNELS):
        story = next(for_channels[which], None)
        if story is not None:
            _channel(made, number, story, state, asked, decided, today=today)
    return made.finish()


def _plan(made: Told, number: int, story: Story, shape: Shape, today: date) -> None:
    rng, said, key, case = stream(f"hard:{number}"), content("hard"), uid("plan", number), story.row["id"]
    opened, active = workdays.on_or_after(dispatched(story) + timedelta(days=1)), shape.state == "active"
    at = moment(min(opened, workdays.plus(today, -2)), 9, 20)
    fields = {
        "reasons": _reasons(story),
        "goal": rng.choice(words(said["goals"])),
        "lead_body": story.row["lead_body"],
        "leader_id": story.row["leader_id"] or id_of("leader" if number % 3 == 0 else LEADERS[number % len(LEADERS)]),
    }
    made.say("plan", "open", key, at, STAFF, "active", {"case": case, **fields})
    until = today if active else min(clock.day_of(story.row["settled_at"]), workdays.plus(today, -2))
    _steps(made, rng, key, story, shape, clock.day_of(at), until)
    ended, outcome = None, None
    if not active:
        ended = moment(workdays.plus(until, 1), 16, 20)
        outcome = said["withdrawn"] if shape.state == "withdrawn" else rng.choice(words(said["outcomes"]))
        kind = "finish" if shape.state == "finished" else "withdraw"
        made.say("plan", kind, key, ended, STAFF, shape.state, {"case": case, "outcome": outcome})
    made.add(
        "case_plan", Plan(key, case, state=shape.state, opened_at=at, ended_at=ended, outcome=outcome, seq=0, **fields)
    )


def _reasons(story: Story) -> str:
    signs = {
        "reopened": any(event.state == "reopened" for event in story.log),
        "departments": len(story.bodies) > 1,
        "resources": story.row["category"] in ("land", "utilities", "finance"),
    }
    return "|".join([code for code, holds in signs.items() if holds] or ["higher_level"])


def _steps(made: Told, rng: Random, plan: str, story: Story, shape: Shape, opened: date, until: date) -> None:
    """Those done lie between the plan's day and `until`; those open lie after it, but for one that is late."""
    titles = words(content("hard")["steps"])
    total = shape.done + (2 if shape.state == "active" else 0)
    span = max(workdays_between(opened, until), 1)
    for place, title in enumerate(titles[: max(total, 1)], start=1):
        over = place <= min(shape.done, span)
        ahead = place - min(shape.done, span)
        due = (
            workdays.plus(opened, max(1, span * place // (shape.done + 1)))
            if over
            else workdays.plus(until, 5 * ahead - rng.randrange(5))
        )
        if shape.late and ahead == 1:
            due = workdays.plus(until, -2)
        put_off = shape.moved and place == max(shape.done, 1)
        _step(made, rng, plan, story, place, title, due, until, opened, over=over, put_off=put_off)


def _step(
    made: Told,
    rng: Random,
    plan: str,
    story: Story,
    place: int,
    title: str,
    due: date,
    until: date,
    opened: date,
    *,
    over: bool,
    put_off: bool,
) -> None:
    said, case, key = content("hard"), story.row["id"], uid("step", plan, place)
    body = story.bodies[(place - 1) % len(story.bodies)][0]
    first = max(workdays.plus(due, -3), opened) if put_off else due
    moved = put_off and first < due
    why = rng.choice(words(said["delays"])) if moved else None
    done_on = min(max(workdays.plus(due, rng.choice((-1, 1, 2))), opened), workdays.plus(until, -1)) if over else None
    done_on = max(done_on, opened) if done_on else None
    outcome = rng.choice(words(said["done"])) if done_on else None
    state = "done" if done_on else "open"
    step = Step(key, plan, place, title, body, first, due, int(moved), why, state, done_on, outcome)
    made.add("plan_step", step)
    told: dict[str, Any] = {"case": case, "step": key, "title": title, "body": body}
    made.say("plan", "step", plan, moment(opened, 9, 20 + place), STAFF, "active", {**told, "due_on": first})
    if moved:
        at = moment(opened, 15, place) if first <= opened else moment(min(workdays.plus(first, -1), until), 15, place)
        days = {"before": first, "due_on": due, "first_due_on": first}
        made.say(
            "plan", "postpone", plan, max(at, moment(opened, 10, 0)), STAFF, "active", {**told, **days, "reason": why}
        )
    if done_on:
        by = STAFF if place % 2 else Doer(id_of(f"dept-{body}"), "department", body)
        at = moment(done_on, 16, place)
        made.say(
            "plan", "done", plan, at, by, "active", {**told, "due_on": due, "done_on": done_on, "outcome": outcome}
        )


def workdays_between(opened: date, until: date) -> int:
    return sum(workdays.is_working(opened + timedelta(days=n)) for n in range(1, (until - opened).days))


def _channel(
    made: Told, number: int, story: Story, state: str, asked: Doer, decided: Doer | None, *, today: date
) -> None:
    said = content("hard")["channel"]
    basis, key, case = said[number % len(said)], uid("green", number), story.row["id"]
    asked_at = _after(story, 1, 10, today)
    decided_at = _after(story, 2, 15, today) if decided else None
    note = None if state != "refused" else "依据不足，请按一般程序办理。"
    form = {"basis": basis["basis"], "document_no": basis["document"], "normal_days": basis["days"]}
    by = (decided.actor_id, decided.role) if decided else (None, None)
    made.say("green_channel", "ask", key, asked_at, asked, "asked", {"case": case, **form})
    if decided and decided_at:
        kind = "grant" if state == "granted" else "refuse"
        made.say("green_channel", kind, key, decided_at, decided, state, {"case": case, "note": note})
    channel = GreenChannel(
        key, case, **form, state=state, asked_by=asked.actor_id or "", asked_at=asked_at, decided_by=by[0],
        decided_role=by[1], decided_at=decided_at, note=note, seq=0,
    )  # fmt: skip
    made.add("green_channel", channel)


def _after(story: Story, days: int, hour: int, today: date) -> datetime:
    return moment(min(workdays.plus(dispatched(story), days), workdays.plus(today, days - 3)), hour, 0)
