"""At the table: a clerk writes down what is answered to each issue while people talk."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from access.actor import Actor
from access.typed import one_line, tidy
from access.verbs import writes
from casework.cases.bodies import check_bodies
from casework.cases.two_languages import in_two_languages
from casework.forums.agenda import LONGEST_WHO, check_open
from casework.forums.forums import ON_SPOT, check_has_come, check_promise, known
from db import events
from db.cases import cases
from db.events import Event
from db.forums import forum_day
from db.forums.forum_day import AgendaItem
from db.forums.forums import Forum
from db.refused import MovedOn, Refused, Wrong
from db.sql import Connection

LATER = "later"  # no answer at the table: it goes out with the list
ANSWERS = (*ON_SPOT, LATER)
LONGEST_WORDS = 1000
HERE_FOR = timedelta(seconds=90)  # a clerk whose screen was drawn so long ago counts as here


@dataclass(frozen=True)
class Spoken:
    """What was said about one issue. `lead` None: the body in charge, else the one proposed; `who` empty: its head;
    `translated`: the words in the language of whoever raised the case.
    """

    answer_kind: str
    lead: str | None = None
    promised_on: date | None = None
    who: str = ""
    words: str = ""
    translated: str = ""


@writes("plan_forum")
def record(con: Connection, *, actor: Actor, item_id: str, spoken: Spoken, seen: int, at: datetime) -> AgendaItem:
    """Write down what was said, or correct it, over the version that was on the screen; until the list is finished.

    Raises Refused('agenda_unknown' | 'agenda_closed' | 'forum_not_yet' | 'spot_kind' | 'needs_lead' | 'body_unknown' |
    'needs_promised_on' | 'promise_in_the_past' | 'promise_not_here' | 'needs_spot_words' | 'too_long'), MovedOn.
    """
    said = replace(spoken, who=one_line(spoken.who), words=tidy(spoken.words), translated=tidy(spoken.translated))
    item = forum_day.item(con, item_id)
    if item is None:
        raise Refused("agenda_unknown")
    forum = known(con, item.forum_id)
    check_open(con, forum)
    check_has_come(forum, at)
    if item.seq != seen:
        raise MovedOn(number=item.position)
    after = _recorded(con, actor, item, said, at)
    forum_day.change(con, after)
    events.append(con, _event(forum, item, after, actor, at))
    return after


@writes("plan_forum")
def here(con: Connection, *, actor: Actor, forum_id: str, at: datetime) -> list[str]:
    """Say that this clerk has the screen open. Returns who else has, by name."""
    forum_day.note_clerk(con, forum_id, actor.id, at)
    found = forum_day.clerks(con, forum_id, since=at - HERE_FOR)
    return [name for account, name in found.items() if account != actor.id]


def _checked(con: Connection, said: Spoken, lead: str | None, at: datetime) -> str:
    """The body that leads, where all of it is right."""
    wrong = Wrong()
    wrong.unless(said.answer_kind in ANSWERS, "spot_kind")
    check_promise(wrong, said.answer_kind, said.promised_on, at)
    wrong.unless(said.answer_kind == "committed" or said.promised_on is None, "promise_not_here")
    wrong.unless(said.words or said.answer_kind not in ON_SPOT, "needs_spot_words")  # the enterprise's answer
    for field, most in {"who": LONGEST_WHO, "words": LONGEST_WORDS, "translated": LONGEST_WORDS}.items():
        wrong.unless(len(getattr(said, field)) <= most, "too_long", most=most, field=field)
    wrong.unless(lead, "needs_lead")
    wrong.tried(lambda: check_bodies(con, filter(None, [lead])), None)
    wrong.refuse()
    return lead or ""


def _recorded(con: Connection, actor: Actor, item: AgendaItem, said: Spoken, at: datetime) -> AgendaItem:
    case = cases.get(con, actor.scope, item.subject)
    lead = _checked(con, said, said.lead or (case.lead_body if case else None) or item.suggested, at)
    theirs = said.translated if case and in_two_languages(case) else ""
    return replace(
        item, answer_kind=said.answer_kind, lead_body=lead, promised_on=said.promised_on,
        answered_by=said.who or None, words=said.words or None, recorded_at=at, recorded_by=actor.id, seq=item.seq + 1,
        words_translated=theirs or None,
    )  # fmt: skip


def _event(forum: Forum, before: AgendaItem, after: AgendaItem, actor: Actor, at: datetime) -> Event:
    said = {"answer_kind": after.answer_kind, "lead": after.lead_body, "promised_on": after.promised_on,
            "who": after.answered_by, "text": after.words, "translated": after.words_translated}  # fmt: skip
    detail = {"number": forum.number, "position": after.position} | {n: v for n, v in said.items() if v}
    kind = "correct" if before.answer_kind else "record"
    return Event(at, "forum", kind, after.id, after.seq, actor.id, actor.role, actor.body_code, detail=detail)
