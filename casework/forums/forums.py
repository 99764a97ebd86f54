"""Forums: plan one, change it, record that it was held, cancel it, raise issues at it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from access.actor import Actor
from access.typed import one_line
from access.verbs import writes
from casework.cases.act import NOTHING, Given, act_within, open_case
from casework.cases.bodies import check_bodies
from casework.forums.rota import HOSTS, OFFICES
from db import clock, events, numbers, references
from db.cases.cases import Case, NewCase
from db.events import Event
from db.forums import forums
from db.forums.forums import FORMATS, Forum
from db.people import enterprises
from db.refused import MovedOn, Refused, Wrong
from db.sql import Connection

# (state, step) → state afterwards
STEPS: dict[tuple[str, str], str] = {
    ("planned", "change"): "planned",
    ("planned", "hold"): "held",
    ("planned", "cancel"): "cancelled",
    ("held", "change"): "held",
    ("held", "hold"): "held",
}
ON_SPOT = ("solved", "committed", "explained")
KINDS = ("problem", "suggestion")
LONGEST_NAME = 120
LONGEST_TEXT = 4000


@dataclass(frozen=True)
class ForumPlan:
    """What is decided before a forum. `sector` None: the theme cuts across sectors."""

    theme_zh: str
    theme_en: str
    sector: str | None
    held_on: date | None  # None: not chosen yet
    place_zh: str
    place_en: str
    format: str
    host_body: str
    host_office: str


@dataclass(frozen=True)
class SpotIssue:
    """An issue raised at the table and the answer that was given there; `promised_on` goes with 'committed'."""

    enterprise_id: str
    kind: str
    category: str
    title: str
    text: str
    on_spot: str
    answer: str
    lead: str
    co: tuple[str, ...] = ()
    promised_on: date | None = None


@writes("plan_forum")
def plan_forum(con: Connection, *, actor: Actor, forum_id: str, plan: ForumPlan, at: datetime) -> Forum:
    """Enter the next forum of the series; its number is given here, once.

    A second try with the same id returns the first's. Raises Refused('forum_names' | 'forum_format' | 'forum_host' |
    'forum_office' | 'forum_sector').
    """
    tidy = _checked(plan)
    if kept := forums.get(con, forum_id):
        return kept
    _check_sector(con, tidy.sector)
    forum = _forum(forum_id, numbers.following(con, "forum"), tidy)
    forums.add(con, [forum])
    events.append(con, _event(forum, "plan", actor, at))
    return forum


def enter_held(
    con: Connection, *, actor: Actor, held: Mapping[str, tuple[int, ForumPlan]], at: datetime
) -> list[Forum]:
    """Forums that were held before this store, by id, each under its own number, within the caller's transaction.
    Raises as `plan_forum`."""
    planned = [_forum(forum_id, number, _checked(plan)) for forum_id, (number, plan) in held.items()]
    for sector in {forum.sector_code for forum in planned}:
        _check_sector(con, sector)
    made = [_taken(forum, "hold") for forum in planned]
    forums.add(con, made)
    told = [(_event(before, "plan", actor, at), _event(forum, "hold", actor, at))
            for before, forum in zip(planned, made, strict=True)]  # fmt: skip
    events.append(con, *chain.from_iterable(told))
    return made


@writes("plan_forum")
def change_forum(con: Connection, *, actor: Actor, forum_id: str, plan: ForumPlan, seen: int, at: datetime) -> Forum:
    """Another theme, day, place or host. Raises as `plan_forum`, Refused('forum_step'), MovedOn."""
    tidy = _checked(plan)
    forum = _as_read(con, forum_id, seen)
    _check_sector(con, tidy.sector)
    kept = {name: getattr(forum, name) for name in ("host_person", "state", "summary", "seq")}
    return _take(con, actor, replace(_forum(forum.id, forum.number, tidy), **kept), "change", at)


@writes("plan_forum")
def record_forum(con: Connection, *, actor: Actor, forum_id: str, summary: str, seen: int, at: datetime) -> Forum:
    """It was held: what came of it, in a few sentences; may be put better later.

    Raises Refused('forum_not_yet' | 'forum_summary' | 'forum_step'), MovedOn.
    """
    return hold_within(con, actor=actor, forum=_as_read(con, forum_id, seen), summary=summary, at=at)


@writes("plan_forum")
def cancel_forum(con: Connection, *, actor: Actor, forum_id: str, reason: str, seen: int, at: datetime) -> Forum:
    """It will not be held; its number is not given again. Raises Refused('forum_reason' | 'forum_step'), MovedOn."""
    words = one_line(reason)
    if not words or len(words) > LONGEST_NAME:
        raise Refused("forum_reason", longest=LONGEST_NAME)
    return _take(con, actor, replace(_as_read(con, forum_id, seen), summary=words), "cancel", at)


@writes("plan_forum")
def raise_at_forum(
    con: Connection, *, actor: Actor, forum_id: str, case_id: str, issue: SpotIssue, language: str, at: datetime
) -> Case:
    """Open a case of the forum, dispatch it and write down the answer given there: all of it or nothing.

    Raises Refused('forum_step' | 'forum_not_yet' | 'spot_enterprise' | 'spot_title' | 'issue_kind' | 'issue_category' |
    'needs_answer_kind' | 'needs_promised_on' | 'promise_in_the_past' | 'needs_spot_words' | 'too_long' |
    'needs_lead' | 'body_unknown').
    """
    _check_issue(con, actor, issue, at)
    forum = known(con, forum_id)
    if forum.state == "cancelled":
        raise Refused("forum_step")
    check_has_come(forum, at)
    opened = open_case(con, case=_case(con, actor, forum, case_id, issue, language), actor=actor, at=at)
    return opened if opened.seq > 1 else _answered(con, actor, opened, issue, at)


def _answered(con: Connection, actor: Actor, case: Case, issue: SpotIssue, at: datetime) -> Case:
    """Through the lifecycle, one action after the other: what happened at one table leaves the usual history."""
    steps = (
        ("accept", NOTHING),
        ("dispatch", Given(lead=issue.lead, co=issue.co)),
        ("answer", Given(answer_kind=issue.on_spot, text=issue.answer, promised_on=issue.promised_on)),
    )
    for action, given in steps:
        case = act_within(con, actor=actor, case_id=case.id, action=action, seen=case.seq, given=given, at=at)
    return case


def _case(con: Connection, actor: Actor, forum: Forum, case_id: str, issue: SpotIssue, language: str) -> NewCase:
    said = {name: getattr(issue, name) for name in ("enterprise_id", "kind", "category", "on_spot")}
    title = one_line(issue.title)
    words = {"title": title, "text": issue.text.strip() or title, "language": language}
    return case_at_table(con, actor, forum, id=case_id, **said, **words)


def case_at_table(con: Connection, actor: Actor, forum: Forum, *, enterprise_id: str, **said: Any) -> NewCase:  # noqa: ANN401
    """Sector and town are the register's, never the page's. Raises Refused('spot_enterprise')."""
    enterprise = enterprises.get(con, actor.scope, enterprise_id)
    if enterprise is None:
        raise Refused("spot_enterprise")
    known = {"enterprise_id": enterprise.id, "sector_code": enterprise.sector_code, "town_code": enterprise.town_code}
    # said aloud at the table: no form, so no notice
    return NewCase(**known, channel="forum", notice_version=0, forum_id=forum.id, **said)


def _check_issue(con: Connection, actor: Actor, issue: SpotIssue, at: datetime) -> None:
    category, wrong = references.get(con, "category", issue.category), Wrong()
    wrong.unless(enterprises.get(con, actor.scope, issue.enterprise_id), "spot_enterprise")
    wrong.unless(0 < len(one_line(issue.title)) <= LONGEST_NAME, "spot_title", longest=LONGEST_NAME)
    wrong.unless(issue.kind in KINDS, "issue_kind")
    wrong.unless(category and category.active, "issue_category")
    wrong.unless(issue.on_spot in ON_SPOT, "needs_answer_kind")
    check_promise(wrong, issue.on_spot, issue.promised_on, at)
    wrong.unless(issue.answer.strip(), "needs_spot_words")
    wrong.unless(max(len(issue.text), len(issue.answer)) <= LONGEST_TEXT, "too_long", most=LONGEST_TEXT)
    wrong.unless(issue.lead, "needs_lead")
    wrong.tried(lambda: check_bodies(con, filter(None, (issue.lead, *issue.co))), None)
    wrong.refuse()


def check_promise(wrong: Wrong, answer_kind: str, day: date | None, at: datetime) -> None:
    """What is promised at the table has its day, which is to come."""
    wrong.unless(day or answer_kind != "committed", "needs_promised_on")
    wrong.unless(day is None or clock.day_of(at) <= day, "promise_in_the_past")


def _as_read(con: Connection, forum_id: str, seen: int) -> Forum:
    forum = known(con, forum_id)
    if forum.seq != seen:
        raise MovedOn(number=forum.number)
    return forum


def hold_within(con: Connection, *, actor: Actor, forum: Forum, summary: str, at: datetime) -> Forum:
    """It was held: within the caller's transaction, over the version that the caller read there."""
    words = _checked_summary(summary)
    check_has_come(forum, at)
    return _take(con, actor, replace(forum, summary=words), "hold", at)


def _take(con: Connection, actor: Actor, changed: Forum, step: str, at: datetime) -> Forum:
    """One step of the table from the state that the forum is in."""
    after = _taken(changed, step)
    forums.change(con, after)
    events.append(con, _event(after, step, actor, at))
    return after


def _taken(changed: Forum, step: str) -> Forum:
    """Raises Refused('forum_step')."""
    state = STEPS.get((changed.state, step))
    if state is None:
        raise Refused("forum_step")
    return replace(changed, state=state, seq=changed.seq + 1)


def _checked_summary(summary: str | None) -> str:
    words = (summary or "").strip()
    if not words or len(words) > LONGEST_TEXT:
        raise Refused("forum_summary", longest=LONGEST_TEXT)
    return words


def known(con: Connection, forum_id: str) -> Forum:
    """Raises Refused('forum_unknown')."""
    forum = forums.get(con, forum_id)
    if forum is None:
        raise Refused("forum_unknown")
    return forum


def check_has_come(forum: Forum, at: datetime) -> None:
    """Raises Refused('forum_not_yet')."""
    if forum.held_on > clock.day_of(at):
        raise Refused("forum_not_yet")


def _checked(plan: ForumPlan) -> ForumPlan:
    names = {name: one_line(getattr(plan, name)) for name in ("theme_zh", "theme_en", "place_zh", "place_en")}
    wrong = Wrong()
    wrong.unless(all(0 < len(name) <= LONGEST_NAME for name in names.values()), "forum_names", longest=LONGEST_NAME)
    wrong.unless(plan.held_on, "forum_date")
    wrong.unless(plan.format in FORMATS, "forum_format")
    wrong.unless(plan.host_body in HOSTS, "forum_host")
    wrong.unless(OFFICES.get(plan.host_office, "") in (None, plan.host_body), "forum_office")
    wrong.refuse()
    return replace(plan, **names)


def _check_sector(con: Connection, sector: str | None) -> None:
    if sector and references.get(con, "sector", sector) is None:
        raise Refused("forum_sector")


def _forum(forum_id: str, number: int, plan: ForumPlan) -> Forum:
    """The first version of a planned forum."""
    decided = {name: value for name, value in vars(plan).items() if name != "sector"}
    own = {"host_person": None, "state": "planned", "summary": None, "seq": 1}
    return Forum(id=forum_id, number=number, sector_code=plan.sector, **own, **decided)


def _event(forum: Forum, kind: str, actor: Actor, at: datetime) -> Event:
    told = ("number", "held_on", "format", "host_body", "host_office")
    detail = {"theme": forum.theme_zh, **{name: getattr(forum, name) for name in told}}
    if forum.summary and kind in ("hold", "cancel"):
        detail |= {"summary": forum.summary}
    return Event(at, "forum", kind, forum.id, forum.seq, actor.id, actor.role, actor.body_code, forum.state, detail)


def note(con: Connection, actor: Actor, forum: Forum, record: str, kind: str, at: datetime, **said: object) -> None:
    """In a record of its own, so that it does not move the forum's version."""
    subject = f"{record}:{forum.id}"
    detail, seq = {"number": forum.number, **said}, len(events.of_subject(con, subject)) + 1
    events.append(con, Event(at, "forum", kind, subject, seq, actor.id, actor.role, actor.body_code, detail=detail))
