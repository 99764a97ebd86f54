"""How a deadline in working days was counted, in words: from which day, what was off, which day off was worked."""

from datetime import date
from functools import lru_cache

import i18n
from db.calendar.workdays import days_off, make_up_days


def counting(since: date, due: date, language: str) -> str:
    """From the day after `since` up to `due`, with what a reader of an ordinary calendar would not expect."""
    begun = i18n.text("workday.from", language, day=i18n.day(since, language))
    return i18n.text("workday.between", language).join(filter(None, (begun, special_days(since, due, language))))


@lru_cache(maxsize=20_000)  # lists ask for every row, at every run
def special_days(since: date, due: date, language: str) -> str:
    """The holidays and the make-up workdays on the way; '' where there are only ordinary weeks."""
    spans = {
        "workday.off": days_off(since, due),
        "workday.worked": [(day, day) for day in make_up_days(since, due)],
    }
    said = {key: [i18n.span(*span, language) for span in found] for key, found in spans.items() if found}
    comma = i18n.text("workday.comma", language)
    return i18n.text("workday.between", language).join(
        i18n.text(key, language, days=comma.join(days)) for key, days in said.items()
    )
