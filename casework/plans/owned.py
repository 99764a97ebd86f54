"""What has an owner and a day: the steps of plans and the decisions of meetings share these checks."""

from datetime import date, datetime

from access.actor import Actor
from access.typed import tidy
from db import clock
from db.refused import Refused, Wrong

LONGEST = 1000  # characters of a goal, an outcome, a reason


def may_do(actor: Actor, body_code: str) -> bool:
    """Whether this person may say that something of this body is done: staff for every body, a department its own."""
    return actor.may("edit_plan") or (actor.may("answer_case") and actor.body_code == body_code)


def words(text: str) -> str:
    """What has to be written. Raises Refused('plan_words')."""
    said = tidy(text)
    if not 0 < len(said) <= LONGEST:
        raise Refused("plan_words", longest=LONGEST)
    return said


def what_was_done(text: str, day: date, *, since: date, at: datetime) -> str:
    """What has to be written of what was done on a day. Raises Refused('done_day' | 'plan_words'), both where both are
    wrong."""
    wrong = Wrong()
    wrong.unless(since <= day <= clock.day_of(at), "done_day")
    said = wrong.tried(lambda: words(text), "")
    wrong.refuse()
    return said
