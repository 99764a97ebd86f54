"""A day as a clerk types it while people talk: 12-31, +7, 2027-01-15, the end of the month or of the year."""

import re
import unicodedata
from datetime import date, timedelta

import i18n
from db.calendar.workdays import due_date
from db.refused import Refused

MOST_WORKING_DAYS = 500
_WHOLE = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?")  # any sign between, as in 2027-01-15 or with the words
_DAY = re.compile(r"(\d{1,2})\D(\d{1,2})\D?")
_WORKING_DAYS = re.compile(r"\+(\d{1,3})")


def read_day(typed: str, today: date) -> date | None:
    """The day meant, None where nothing was typed. A day without a year is the next one that comes.

    `+7` is the seventh working day after today. Raises Refused('day_unreadable', typed=…).
    """
    words = " ".join(unicodedata.normalize("NFKC", typed or "").lower().split())
    if not words:
        return None
    try:
        found = _read(words, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise Refused("day_unreadable", typed=words[:20])
    return found


def _read(words: str, today: date) -> date | None:
    if whole := _WHOLE.fullmatch(words):
        return date(*(int(part) for part in whole.groups()))
    if day := _DAY.fullmatch(words):
        month, of_month = (int(part) for part in day.groups())
        this_year = date(today.year, month, of_month)
        return this_year if this_year >= today else date(today.year + 1, month, of_month)
    if ahead := _WORKING_DAYS.fullmatch(words):
        days = int(ahead.group(1))
        return due_date(today, days).day if 0 < days <= MOST_WORKING_DAYS else None
    if words in _said("month_end"):
        return date(today.year + today.month // 12, today.month % 12 + 1, 1) - timedelta(days=1)
    return date(today.year, 12, 31) if words in _said("year_end") else None


def _said(key: str) -> set[str]:
    return {i18n.text(f"forum_day.{key}", language) for language in i18n.LANGUAGES}
