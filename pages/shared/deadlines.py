"""What a deadline counts that a reader of an ordinary calendar would not expect, beside wherever one is shown."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import i18n
from casework.cases.counting import special_days
from casework.cases.lifecycle import WORKING_DAYS
from db import clock
from db.cases import deadlines
from pages.shared.here import actor, kept, lang

_LONGEST = timedelta(days=31)  # that the working days of a rule ever take


def counted_from(case_ids: Sequence[str]) -> dict[str, date]:
    """Case → the day that its deadline runs from, where that counts working days."""
    standing = kept(deadlines.running, actor().scope, tuple(WORKING_DAYS), tuple(case_ids))
    return {one.case.id: clock.day_of(one.since) for one in standing}


def special_of(due: Mapping[str, date | None]) -> dict[str, str]:
    """Case → the holidays and make-up workdays that its deadline counts, for those that count any: in most weeks none
    does, and then nothing is asked."""
    near = {key: day for key, day in due.items() if day and special_days(day - _LONGEST, day, lang())}
    since = counted_from(list(near)) if near else {}
    return {key: words for key, day in since.items() if (words := special_days(day, near[key], lang()))}


def with_special(said: str, since: date | None, due: date) -> str:
    """The words of a deadline, and of what it counts from `since`; None where it counts no working days."""
    return i18n.DOT.join(filter(None, (said, special_days(since, due, lang()) if since else "")))
