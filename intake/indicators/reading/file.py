"""A file of indicators as rows of the long format, be it one or a bureau's own table. It asks nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from db.indicators.indicators import MappedName
from intake.files.imports import Finding, columns_of, shown
from intake.files.spreadsheets import Sheet, Table, as_text, folded, read_sheets, table_of
from intake.files.upload import Upload
from intake.indicators.reading.cells import is_number, is_odd
from intake.indicators.reading.entries import EVERY_FIELD, FileRows, Unknown, rows_of, spot_of
from intake.indicators.reading.facets import Vocabulary
from intake.indicators.reading.hidden import visible
from intake.indicators.reading.layouts import Layout, read_layout
from intake.indicators.reading.month_numbers import with_months
from intake.indicators.reading.tables import understand, vocabulary
from intake.indicators.reading.words import is_series
from intake.indicators.terms.given import Supplement
from intake.indicators.terms.headings import GROWTH_IN_POINTS, HEADINGS
from intake.indicators.terms.known import Known
from intake.indicators.terms.places import Place, resolved

_KNOWN_HEADINGS = frozenset(HEADINGS) | GROWTH_IN_POINTS
_REQUIRED = ("indicator", "period", "unit", "source")
NO_SOURCE = "—"  # stands for the source while a file is only checked


def read_rows(
    upload: Upload, known: Known, said: Sequence[MappedName], given: Supplement
) -> tuple[FileRows, list[Finding]]:
    """The rows, and what is hidden. `said`: what names were mapped to before. Raises Refused('file_…' | 'table_…')."""
    every: Sequence[Sheet] = read_sheets(upload, known=_KNOWN_HEADINGS, hidden=True)
    words = vocabulary(known, given.names)
    every = [with_months(sheet) for sheet in every]
    sheets, hidden = visible(every, long=_is_long(every[0], words), read=given.hidden)
    if not sheets:
        return FileRows(refused=[Finding(0, "file", "file_empty")]), hidden
    long = _long_table(sheets, words)
    if long is not None:
        return _long_rows(long, [upload.name, *_above(sheets[0], long)], known, given), hidden
    found = _table_rows(sheets, upload.name, known, said, given)
    if found is None:  # neither a period nor an indicator anywhere: the long format says best what is missing
        found = _long_rows(table_of(sheets[0], known=_KNOWN_HEADINGS), (), known, Supplement())
    return found, hidden


def _long_table(sheets: Sequence[Sheet], words: Vocabulary) -> Table | None:
    """The first sheet where it has a value a row: its headings name the indicator and the period of each row.

    A file of which no heading, number or label makes a table is one too, for the reasons that the long format gives.
    """
    if _is_long(sheets[0], words) or not any(len(sheet.grid) > 1 and _is_wide(sheet) for sheet in sheets):
        return table_of(sheets[0], known=_KNOWN_HEADINGS)
    return None


def long_table(upload: Upload) -> Table:
    """The rows of a file that has a value a row."""
    return table_of(read_sheets(upload, known=_KNOWN_HEADINGS)[0], known=_KNOWN_HEADINGS)


def _is_long(sheet: Sheet, words: Vocabulary) -> bool:
    """A list of a database's series is none: what each is stands in its name, as in a heading of a bureau's table."""
    for n, row in enumerate(sheet.grid[:12]):
        fields = [HEADINGS.get(folded(cell)) for cell in row]
        if {"indicator", "period"} <= {*fields}:
            named = [at for at, name in enumerate(fields) if name == "indicator"]
            below = {row[at] for row in sheet.grid[n + 1 :] for at in named if at < len(row)}
            return not any(is_series(cell, words) for cell in below)
    return False


def _is_wide(sheet: Sheet) -> bool:
    """Whether there is a number anywhere below and right of words."""
    return any(is_number(cell) or is_odd(cell) for row in sheet.grid[1:] for cell in row[1:])


def _above(sheet: Sheet, table: Table) -> list[str]:
    """What stands over the headings of the long format, and the sheet's name."""
    return [sheet.name, *(as_text(cell) for row in sheet.grid[: table.header_row - 1] for cell in row if cell)]


def _long_rows(table: Table, about: Sequence[str], known: Known, given: Supplement) -> FileRows:
    """`about`: names and titles, which may speak of another place than the rows that state none."""
    needed = [name for name in _REQUIRED if name != "source" or not given.source]
    columns, refused, warnings = columns_of(table, HEADINGS, needed)
    refused += _growth_columns(table, columns)
    if not refused and not table.rows:
        refused = [Finding(table.header_row, "file", "no_rows")]
    place = resolved([_chosen(given), *(known.names.within(text) for text in about)])
    said = {"source": given.source, "released": given.released}
    more = {name: value for name, value in said.items() if value and name not in columns}
    rows = tuple(replace(row, cells={**row.cells, **more}) for row in table.rows)
    return FileRows(() if refused else rows, columns | {name: name for name in more}, place, refused, warnings)


def _growth_columns(table: Table, found: Mapping[str, str]) -> list[Finding]:
    points = [column for column in table.columns if folded(column) in GROWTH_IN_POINTS]
    if points:
        return [Finding(table.header_row, "yoy", "growth_in_points", {"value": shown(points[0])})]
    if found and "value" not in found and "yoy" not in found:
        return [Finding(table.header_row, "value", "column_missing", {"columns": "数值 / value, 同比(%) / yoy"})]
    return []


def _table_rows(
    sheets: Sequence[Sheet], name: str, known: Known, said: Sequence[MappedName], given: Supplement
) -> FileRows | None:
    """None where there is no table either."""
    words = vocabulary(known, given.names)
    layout = read_layout(sheets, name, words, _chosen(given))
    if not any(one.facets.year or words.indicator(one.facets.name) for one in layout.numbers):
        return None
    given = replace(given, source=given.source or layout.source, released=given.released or layout.released)
    kept = _remembered(said, given.source, layout.form)
    if kept:
        given = replace(given, names={**kept, **given.names})
        words = vocabulary(known, given.names)
        layout = read_layout(sheets, name, words, _chosen(given))
    return replace(_understood(layout, given, known), remembered=len(kept), sheets=tuple(sheets))


def _understood(layout: Layout, given: Supplement, known: Known) -> FileRows:
    found = understand(layout.numbers, vocabulary(known, given.names), given)
    notes = [*found.notes, *(_unknown(one) for one in found.unknown.values())]
    if not given.source and not known.strict:
        notes.append(Finding(0, "source", "source_missing"))
    source = given.source or ("" if known.strict else NO_SOURCE)
    return FileRows(
        rows_of(found.entries, source, given.released), EVERY_FIELD, refused=found.refused, notes=notes, layout="table",
        spots=tuple(spot_of(entry) for entry in found.entries), targets=found.targets,
        unknown=tuple(found.unknown.values()), open_years=sorted(found.open_years),
        source=given.source, released=given.released, form=layout.form,
    )  # fmt: skip


def _unknown(one: Unknown) -> Finding:
    row = int("".join(c for c in one.where.rpartition("!")[2] if c.isdigit()))
    return Finding(row, "indicator", "name_not_known", {"value": one.name, "n": one.numbers}, one.where)


def _remembered(said: Sequence[MappedName], source: str, form: str) -> dict[str, str]:
    """Folded name → indicator's code, or '' for one that is left out: of this form, else of any form of the source."""
    own = [one for one in said if one.source == source] if source else []
    return {one.name: one.indicator_code for one in sorted(own, key=lambda one: one.form == form)}


def _chosen(given: Supplement) -> Place | None:
    return Place(given.place) if given.place else None
