"""Periods of statistics as people write them, and the rules for which of them an indicator may have."""

import calendar
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import i18n
from db.refused import Refused
from intake.files.spreadsheets import as_text

_DASHES = str.maketrans(dict.fromkeys("—–－−~〜～‐‑", "-"))
_YEAR = r"(?P<y>(?:19|20)\d\d)"
DOTTED_MONTH, OPEN_MONTH = re.compile(r"(?:19|20)\d\d\.(?:0?[1-9]|1[0-2])"), re.compile(r"(?:19|20)\d\d\.1")
_ORDINALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}


@dataclass(frozen=True)
class SeriesPeriod:
    """Whole months, both days included. `note` is the code of a warning about how it was read."""

    start: date
    end: date
    note: str | None = None

    @property
    def months(self) -> int:
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    def year_before(self) -> tuple[date, date]:
        return self.start.replace(year=self.start.year - 1), _last_day(self.end.year - 1, self.end.month)


def read_period(cell: object, kind: str, *, months_too: bool = False, to_date: bool = False) -> SeriesPeriod:
    """The period that a cell names, which must be one that an indicator of this kind is published for.

    `months_too`: single months are published beside the cumulative. `to_date`: it is known to begin in January.
    Raises Refused('period_…' | 'january_alone').
    """
    year, first, last, note = _understood(cell, kind)
    first = 1 if to_date else first
    if not 1 <= first <= last <= 12:
        raise Refused("period_format")
    _check(first, last, kind, months_too)
    return SeriesPeriod(date(year, first, 1), _last_day(year, last), note)


def read_day(cell: object) -> date:
    """2023-11-20, 2023/11/20, 2023.11.20, 2023年11月20日, 20231120, 20 Nov 2023. Raises Refused('released_format')."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", as_text(cell)).translate(_DASHES)).strip().casefold()
    for pattern, order in _DAYS:
        if found := re.fullmatch(pattern, text):
            try:
                parts = dict(zip(order, found.groups(), strict=True))
                month = parts["m"]
                return date(int(parts["y"]), int(month) if month.isdigit() else _MONTHS[month], int(parts["d"]))
            except (ValueError, KeyError):
                break
    raise Refused("released_format")


def period_words(start: date, end: date, language: str) -> str:
    """2023年1—10月 / Jan–Oct 2023; a year as 2023年 / 2023."""
    if (start.month, end.month) == (1, 12):
        return i18n.year(end, language)
    if start.month == end.month:
        return i18n.month(end, language)
    return i18n.with_year(i18n.months(start, end, language), end.year, language)


_DAYS: tuple[tuple[str, str], ...] = (
    (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t]00:00(?::00)?)?", "ymd"),
    (r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日?", "ymd"),
    (r"((?:19|20)\d\d)(\d\d)(\d\d)", "ymd"),
    (r"(\d{1,2}) ([a-z]+)\.?,? (\d{4})", "dmy"),
    (r"([a-z]+)\.? (\d{1,2}),? (\d{4})", "mdy"),
)


class _Span(NamedTuple):
    year: int
    first: int  # month
    last: int
    note: str | None = None


def _understood(cell: object, kind: str) -> _Span:
    if isinstance(cell, (date, datetime)):  # a spreadsheet makes a date of 2023-10
        if not is_month(cell):
            raise Refused("period_format")
        return _Span(cell.year, cell.month, cell.month)
    check_clear(cell)
    text = _normal(as_text(cell))
    for pattern, build in _PATTERNS:
        if found := re.fullmatch(pattern, text):
            return build(found, kind)
    raise Refused("period_format")


def check_clear(cell: object) -> None:
    """A number 2023.1 may be January, or October without its nought. Raises Refused('period_month_unclear')."""
    if isinstance(cell, float) and OPEN_MONTH.fullmatch(as_text(cell)):
        raise Refused("period_month_unclear", value=as_text(cell))


def is_month(day: date) -> bool:
    """A month's first day is what a spreadsheet makes of 2023-10, its last what a database of series calls it by."""
    return day.day in (1, _last_day(day.year, day.month).day)


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    text = re.sub(r"\s+", "", text).replace("月份", "月").replace("至", "-").replace("到", "-").replace("..", "-")
    return re.sub(r"(?<=[a-z])[.,]", "", text)


def _whole_year(found: re.Match[str], _kind: str) -> _Span:
    return _Span(int(found["y"]), 1, 12)


def _half(found: re.Match[str], _kind: str) -> _Span:
    second = "2" in found["h"] or "下" in found["h"] or "second" in found["h"]
    return _Span(int(found["y"]), 7 if second else 1, 12 if second else 6)


def _months(found: re.Match[str], _kind: str) -> _Span:
    if found.groupdict().get("y2") and found["y"] != found["y2"]:
        raise Refused("period_two_years")
    return _Span(int(found["y"]), _month(found["a"]), _month(found.groupdict().get("b") or found["a"]))


def _month_end(found: re.Match[str], _kind: str) -> _Span:
    """2023-10-31, or 2023/10/1 as a spreadsheet writes a month into a CSV; any other day is no period."""
    year, month = int(found["y"]), int(found["a"])
    if not 1 <= month <= 12 or int(found["d"]) not in (1, _last_day(year, month).day):
        raise Refused("period_format")
    return _Span(year, month, month)


def _first_quarters(found: re.Match[str], _kind: str) -> _Span:
    return _Span(int(found["y"]), 1, 3 * _ORDINALS[found["q"]])


def _quarter(found: re.Match[str], kind: str) -> _Span:
    """Of a cumulative series, 2023Q3 is January to September; 三季度 might be three months, so it is asked."""
    quarter = _ORDINALS[found["q"]]
    if quarter == 1 or not kind.startswith("ytd"):
        return _Span(int(found["y"]), 3 * quarter - 2, 3 * quarter)
    if "季" in found.string:
        raise Refused("period_quarter_unclear")
    return _Span(int(found["y"]), 1, 3 * quarter, "quarter_read_as_cumulative")


_NAME = r"[a-z]{3,9}"
_PATTERNS: tuple[tuple[str, Callable[[re.Match[str], str], _Span]], ...] = (
    (rf"{_YEAR}年?(?:全年|度|年度)?", _whole_year),
    (rf"(?:fullyear|year){_YEAR}", _whole_year),
    (rf"{_YEAR}年?(?P<h>上半年|下半年|h1|h2)", _half),
    (rf"(?P<h>h1|h2|firsthalf|secondhalf)(?:of)?{_YEAR}", _half),
    (rf"{_YEAR}年(?P<a>\d{{1,2}})月?-(?P<b>\d{{1,2}})月", _months),
    (rf"{_YEAR}年(?P<a>\d{{1,2}})月-(?P<y2>\d{{4}})年(?P<b>\d{{1,2}})月", _months),
    (rf"{_YEAR}[-/.](?P<a>\d{{1,2}})[-/](?P<y2>\d{{4}})[-/.](?P<b>\d{{1,2}})", _months),
    (rf"{_YEAR}[/.](?P<a>\d{{1,2}})-(?P<b>\d{{1,2}})月?", _months),
    (rf"{_YEAR}年(?P<a>\d{{1,2}})月", _months),
    (rf"{_YEAR}[-/.](?P<a>\d{{1,2}})", _months),
    (rf"{_YEAR}(?P<a>0[1-9]|1[0-2])", _months),
    (rf"{_YEAR}[-/.年](?P<a>\d{{1,2}})[-/.月](?P<d>\d{{1,2}})日?", _month_end),
    (rf"(?P<a>{_NAME})-(?P<b>{_NAME}){_YEAR}", _months),
    (rf"{_YEAR}(?P<a>{_NAME})-(?P<b>{_NAME})", _months),
    (rf"(?P<a>{_NAME}){_YEAR}", _months),
    (rf"{_YEAR}年?(?:前|1-|一-)(?P<q>[一二三四1-4])季度", _first_quarters),
    (rf"{_YEAR}年?q1-q?(?P<q>[1-4])", _first_quarters),
    (rf"q1-q?(?P<q>[1-4]){_YEAR}", _first_quarters),
    (rf"{_YEAR}年?第?(?P<q>[一二三四1-4])季度?", _quarter),
    (rf"{_YEAR}[年-]?q(?P<q>[1-4])", _quarter),
    (rf"q(?P<q>[1-4]){_YEAR}", _quarter),
)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text not in _MONTHS:
        raise Refused("period_format")
    return _MONTHS[text]


def _check(first: int, last: int, kind: str, months_too: bool) -> None:
    """Cumulative periods start on 1 January; January and February are published together."""
    cumulative = kind.startswith("ytd") or kind == "year"
    if cumulative and last <= 2 and first == last:
        raise Refused("january_alone")
    if cumulative and first != 1 and first != last:
        raise Refused("period_not_from_january")
    fits = {
        "month": first == last,
        "ytd_month": (first == 1 and last > 1) or (months_too and first == last),
        "quarter": first % 3 == 1 and last == first + 2,
        "ytd_quarter": first == 1 and last % 3 == 0,
        "year": (first, last) == (1, 12),
        "stock": True,
    }
    if not fits[kind]:
        raise Refused(f"period_kind_{kind}")


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
