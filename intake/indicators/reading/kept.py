"""Which values of a table are kept, where it has a series in several kinds of period, or a level that is no series."""

from dataclasses import replace

from db.refused import Refused
from intake.files.imports import shown
from intake.files.spreadsheets import as_text
from intake.indicators.reading.cells import is_mark
from intake.indicators.reading.entries import Entry, Understood
from intake.indicators.terms.periods import read_period


def fitting(entries: list[Entry], found: Understood) -> list[Entry]:
    """Where a table has a series by month and cumulatively, the kind that is kept is read and the other is noted."""
    fits = {id(entry): _fits(entry) for entry in entries}
    grown = {(e.indicator.code, e.geography) for e in entries if e.growth is not None and not is_mark(e.growth.cell)}
    kept_years = {(e.indicator.code, e.geography, e.year) for e in entries if fits[id(e)] == ""}
    kept = []
    for entry in entries:
        if fits[id(entry)] == "":
            kept += _without_level(entry, found) if (entry.indicator.code, entry.geography) in grown else [entry]
        elif _says_nothing(entry):
            continue
        elif (entry.indicator.code, entry.geography, entry.year) in kept_years and _other_kind(fits[id(entry)]):
            found.notes.append(entry.first.finding("period", "left_period", value=entry.period))
        else:
            kept.append(entry)
    return kept


def _without_level(entry: Entry, found: Understood) -> list[Entry]:
    """A level of a growth-only series whose growth the table has is left out; alone it is refused further on."""
    value = entry.value
    if entry.indicator.has_level or value is None or is_mark(value.cell):
        return [entry]
    found.notes.append(value.finding("value", "left_level", value=shown(as_text(value.cell))))
    return [replace(entry, value=None)] if entry.growth is not None else []


def _fits(entry: Entry) -> str:
    """'' where the period is one of the indicator's; else the code of why it is not."""
    try:
        read_period(entry.period, entry.indicator.period_kind, months_too=entry.months_too)
    except Refused as refusal:
        return refusal.code
    return ""


def _other_kind(code: str) -> bool:
    others = ("january_alone", "period_not_from_january", "period_quarter_unclear")
    return code.startswith("period_kind") or code in others


def _says_nothing(entry: Entry) -> bool:
    return all(placed is None or is_mark(placed.cell) for placed in (entry.value, entry.growth))
