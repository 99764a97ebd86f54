"""What an import of a file would do: in the long format or as a bureau lays it out, row by row, then to each other and
to what is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db.indicators import indicators
from db.indicators.indicators import DISTRICT, TargetRow
from db.sql import Connection
from intake.files.imports import MOST_FINDINGS, Finding, Outcome, capped, columns_of, in_order, shown
from intake.files.spreadsheets import Row, Sheet, Table, as_text, folded, table_of
from intake.indicators import entries as indicator_entries
from intake.indicators import rules as indicator_rules
from intake.indicators.entries import Entry, Given, Target, Unknown
from intake.indicators.fractions import EVERY, Unclear, settle, settle_rows
from intake.indicators.grid import is_number
from intake.indicators.headings import FIELDS, GROWTH_IN_POINTS, HEADINGS
from intake.indicators.known import Known
from intake.indicators.layouts import Layout, read_layout
from intake.indicators.mapping import Mapped, form_of, names_for
from intake.indicators.places import resolved
from intake.indicators.reading import Reading
from intake.indicators.rows import read_row
from intake.indicators.tables import understand, vocabulary

_EVERY_FIELD = {name: name for name in FIELDS}
# Said once of a table, not of each of its numbers.
_OF_THE_FILE = ("released", "source")
_NO_SOURCE = "—"  # stands for the source while a file is only checked


@dataclass(frozen=True)
class Checked(Outcome[Reading]):
    """`layout` is 'long' or 'table'. Of a table: names that are no indicator's, budgets for a year, the source and the
    release that it states itself, and its form."""

    layout: str = "long"
    unknown: tuple[Unknown, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    source: str = ""
    released: str = ""
    form: str = ""
    remembered: int = 0  # names that an earlier import of this source had mapped
    sheets: tuple[Sheet, ...] = ()  # what was read, to be shown
    unclear: tuple[Unclear, ...] = ()  # columns of growth that may be fractions, answered or not
    open_years: tuple[int, ...] = ()  # stated alone beside a cumulative column: up to which month? answered or not
    doubts: tuple[Finding, ...] = ()  # figures that would vanish or fall against their growth, confirmed or not


def known_headings() -> frozenset[str]:
    return frozenset(HEADINGS) | GROWTH_IN_POINTS


def long_table(sheets: Sequence[Sheet]) -> Table | None:
    """The first sheet where it has a value a row: its headings name the indicator and the period of each row.

    A file of which no heading, number or label makes a table is one too, for the reasons that the long format gives.
    """
    table = table_of(sheets[0], known=known_headings()) if is_long(sheets[0]) else None
    if table is not None or any(len(sheet.grid) > 1 and _is_wide(sheet) for sheet in sheets):
        return table
    return table_of(sheets[0], known=known_headings())


def is_long(sheet: Sheet) -> bool:
    rows = [{HEADINGS.get(folded(cell)) for cell in row if cell is not None} for row in sheet.grid[:12]]
    return any({"indicator", "period"} <= fields for fields in rows)


def _is_wide(sheet: Sheet) -> bool:
    """Whether there is a number anywhere below and right of words."""
    return any(is_number(cell) for row in sheet.grid[1:] for cell in row[1:])


@dataclass(frozen=True)
class Spot:
    """Where a reading of a table stands: its row, its cell, and the cell of its growth."""

    row: int
    first: str
    growth: str


@dataclass(frozen=True)
class FileReading:
    """What a file says by itself, before it is compared with what is stored.

    `readings`, `refused` and `warnings` are numbered by rows: in the long format the file's own, in a table from 1 in
    the order of `spots`. `outcome` has what belongs to no reading; `unsettled` readings wait for an answer.
    """

    outcome: Checked
    readings: tuple[Reading, ...] = ()
    refused: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    spots: tuple[Spot, ...] = ()
    unsettled: frozenset[int] = frozenset()
    hidden: tuple[Finding, ...] = ()


def compared(con: Connection, found: FileReading, *, sure: bool = False) -> Checked:
    """The readings to each other and to what is stored. `sure`: what is doubtful is meant."""
    codes = sorted({reading.indicator.code for reading in found.readings})
    history, breaks = indicators.stored(con, codes), indicators.breaks(con, codes)
    refused = [*found.refused, *indicator_rules.refusals(found.readings, history)]
    bad = {one.row for one in refused} | found.unsettled
    doubts = indicator_rules.doubts([one for one in found.readings if one.row not in bad], history, breaks)
    refused += [] if sure else doubts
    bad = {one.row for one in refused}
    kept = [reading for reading in found.readings if reading.row not in bad]
    warned = [*found.warnings, *indicator_rules.warnings(kept, history, breaks)]
    warned = [one for one in warned if one.row not in found.unsettled]  # of a reading that nobody has chosen yet
    together = _once if found.spots else in_order
    return replace(
        found.outcome,
        read=tuple(_in_place(one, found.spots) for one in kept if one.row not in found.unsettled),
        refused=together([*(_at(one, found.spots) for one in refused), *found.outcome.refused]),
        doubts=together([_at(one, found.spots) for one in doubts]),
        warnings=(*found.hidden, *together([*(_at(one, found.spots) for one in warned), *found.outcome.warnings])),
    )


def _at(found: Finding, spots: Sequence[Spot]) -> Finding:
    """A finding about the nth reading of a table, as one about the cell where it stands."""
    if not 1 <= found.row <= len(spots):
        return found
    spot = spots[found.row - 1]
    cell = (spot.growth if found.field == "yoy" else "") or spot.first
    if isinstance(other := found.facts.get("other"), int):
        return Finding(spot.row, found.field, "duplicate_in_table", {"other": spots[other - 1].first}, cell)
    return Finding(spot.row, found.field, found.code, found.facts, cell)


def _in_place(reading: Reading, spots: Sequence[Spot]) -> Reading:
    return replace(reading, row=spots[reading.row - 1].row) if spots else reading


def checked_long(table: Table, known: Known, about: Sequence[str] = (), given: Given | None = None) -> FileReading:
    """`about`: names and titles, which may speak of another place than the rows that state none."""
    found, refused, warnings = columns_of(table, HEADINGS, ("indicator", "period", "unit", "source"))
    refused += _growth_columns(table, found)
    if not refused and not table.rows:
        refused = [Finding(table.header_row, "file", "no_rows")]
    if refused:
        return FileReading(Checked(refused=in_order(refused), warnings=in_order(warnings)))
    given = given or Given()
    place = resolved([given.place, *(known.names.within(text) for text in about)])
    rows, asked, unsaid = _clear_growth([_of_place(row, found, place) for row in table.rows], found, given)
    reading = read_rows(rows, found, known)
    outcome = Checked(refused=tuple(unsaid), warnings=tuple(warnings), unclear=asked)
    unsettled = frozenset(row.number for row in rows) if unsaid else frozenset()
    return replace(reading, outcome=outcome, unsettled=unsettled)


def above(sheet: Sheet, table: Table) -> list[str]:
    """What stands over the headings of the long format, and the sheet's name."""
    return [sheet.name, *(as_text(cell) for row in sheet.grid[: table.header_row - 1] for cell in row if cell)]


def _clear_growth(
    rows: Sequence[Row], found: Mapping[str, str], given: Given
) -> tuple[Sequence[Row], tuple[Unclear, ...], list[Finding]]:
    """Growth that may be fractions: by what somebody said of its column, else refused."""
    column = found.get("yoy", "")
    answer = given.growth.get(column) or given.growth.get(EVERY, "")
    settled, asked = settle_rows(rows, column, answer) if column else (rows, None)
    if asked is None:
        return rows, (), []
    first = next(row.number for row in rows if as_text(row.cells.get(column)) == asked.example)
    return settled, (asked,), [] if answer else [Finding(first, "yoy", "growth_unclear", asked.facts)]


def _of_place(row: Row, columns: dict[str, str], place: str) -> Row:
    """A row that states no place is of the one that the file speaks of."""
    if place == DISTRICT or as_text(row.cells.get(columns.setdefault("geography", "geography"))):
        return row
    return replace(row, cells={**row.cells, columns["geography"]: place})


def read_rows(rows: Sequence[Row], columns: Mapping[str, str], known: Known) -> FileReading:
    """Rows of the long format, each by itself."""
    refused: list[Finding] = []
    warnings: list[Finding] = []
    readings: list[Reading] = []
    for row in rows:
        reading, wrong, look = read_row(row, columns, known)
        refused += wrong
        warnings += look
        readings += [reading] if reading else []
    return FileReading(Checked(), tuple(readings), capped(refused), capped(warnings))


def checked_layout(
    sheets: Sequence[Sheet], name: str, known: Known, said: Sequence[Mapped], given: Given
) -> FileReading | None:
    """`said`: what names were mapped to before."""
    words = vocabulary(known, given.names)
    layout = read_layout(sheets, name, words, given.place)
    if not any(one.facets.year or words.indicator(one.facets.name) for one in layout.numbers):
        return None
    source, form = given.source or layout.source, form_of(layout.headings)
    kept = names_for(said, source, form)
    if kept:
        given = replace(given, names={**kept, **given.names})
        layout = read_layout(sheets, name, vocabulary(known, given.names), given.place)
    stated = replace(given, source=source, released=given.released or layout.released)
    found = _understood(layout, stated, known)
    outcome = replace(
        found.outcome, layout="table", source=source, released=stated.released, form=form, remembered=len(kept),
        sheets=tuple(sheets),
    )  # fmt: skip
    return replace(found, outcome=outcome)


def _understood(layout: Layout, given: Given, known: Known) -> FileReading:
    found = understand(layout, vocabulary(known, given.names), given)
    asked, unsaid = settle(found.entries, given.growth)
    source = given.source or ("" if known.strict else _NO_SOURCE)
    reading = read_rows(indicator_entries.rows(found, source, given.released), _EVERY_FIELD, known)
    targets, wrong = _targets(found.targets, given)
    refused = [*found.refused, *wrong, *unsaid]
    if not found.entries and not refused and not targets:
        refused.append(Finding(0, "file", "table_not_understood"))
    open_lines = {str(one.facts["line"]) for one in unsaid}
    open_rows = {n for n, one in enumerate(found.entries, 1) if one.growth and one.growth.line in open_lines}
    warnings = [*found.notes, *(_unknown(one) for one in found.unknown.values())]
    if not given.source and not known.strict:
        warnings.append(Finding(0, "source", "source_missing"))
    outcome = Checked(
        refused=capped(refused), warnings=capped(warnings), unclear=tuple(asked), targets=tuple(targets),
        unknown=tuple(found.unknown.values())[:MOST_FINDINGS], open_years=tuple(sorted(found.open_years)),
    )  # fmt: skip
    return replace(
        reading,
        outcome=outcome,
        readings=tuple(_placed(one, found.entries) for one in reading.readings),
        spots=tuple(_spot(entry) for entry in found.entries),
        unsettled=frozenset(open_rows),
    )


def _spot(entry: Entry) -> Spot:
    first, growth = indicator_entries.ref(entry.first), indicator_entries.ref(entry.growth)
    return Spot(entry.first.row + 1, first, growth)


def _placed(reading: Reading, entries: Sequence[Entry]) -> Reading:
    """A reading with the cells that it was read in."""
    entry = entries[reading.row - 1]
    return replace(
        reading,
        source="" if reading.source == _NO_SOURCE else reading.source,
        cell=indicator_entries.ref(entry.value),
        growth_cell=indicator_entries.ref(entry.growth),
        label=shown(entry.first.label),
        said=dict(entry.first.said),
    )


def _once(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """In the order of the cells; what concerns the whole file once."""
    of_file = {one.code: Finding(0, one.field, one.code, one.facts) for one in found if one.field in _OF_THE_FILE}
    return in_order([*of_file.values(), *(one for one in found if one.field not in _OF_THE_FILE)])


def _unknown(one: Unknown) -> Finding:
    row = int("".join(c for c in one.ref.rpartition("!")[2] if c.isdigit()))
    return Finding(row, "indicator", "name_not_known", {"value": one.name, "n": one.numbers}, one.ref)


def _targets(targets: Sequence[Target], given: Given) -> tuple[list[TargetRow], list[Finding]]:
    read: list[TargetRow] = []
    wrong: list[Finding] = []
    for target in targets:
        value = indicator_entries.read_target(target)
        if isinstance(value, Finding):
            wrong.append(value)
        else:
            read.append(TargetRow(target.indicator.code, target.geography, target.year, *value, given.source))
    return read, wrong


def _growth_columns(table: Table, found: Mapping[str, str]) -> list[Finding]:
    points = [column for column in table.columns if folded(column) in GROWTH_IN_POINTS]
    if points:
        return [Finding(table.header_row, "yoy", "growth_in_points", {"value": shown(points[0])})]
    if found and "value" not in found and "yoy" not in found:
        return [Finding(table.header_row, "value", "column_missing", {"columns": "数值 / value, 同比(%) / yoy"})]
    return []
