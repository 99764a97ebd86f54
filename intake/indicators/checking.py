"""What an import of a file would do: its rows each by itself, then to each other and to what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.indicators import indicators
from db.indicators.indicators import Break, MappedName, Observation, TargetRow
from db.refused import Refused
from db.sql import Connection
from intake.files.imports import MOST_FINDINGS, Finding, Outcome, capped, in_order
from intake.files.returned import returned, returned_sheets
from intake.files.spreadsheets import Sheet
from intake.files.upload import Upload
from intake.indicators.reading.entries import FileRows, Spot, Unknown
from intake.indicators.reading.file import NO_SOURCE, long_table, read_rows
from intake.indicators.rules import plausibility
from intake.indicators.rules.figure import Figure
from intake.indicators.rules.fractions import Unclear, settle
from intake.indicators.rules.rows import checked_rows, read_budget
from intake.indicators.terms.given import Supplement
from intake.indicators.terms.known import Known

# Said once of a table, not of each of its numbers.
_OF_THE_FILE = ("released", "source")


@dataclass(frozen=True)
class Checked(Outcome[Figure]):
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


@dataclass(frozen=True)
class FileReading:
    """What a file says by itself, before it is compared with what is stored.

    `figures`, `refused` and `warnings` are numbered as the file's rows are, see `FileRows`. `outcome` has what belongs
    to no figure; `unsettled` figures wait for an answer.
    """

    outcome: Checked
    figures: tuple[Figure, ...] = ()
    refused: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    spots: tuple[Spot, ...] = ()
    unsettled: frozenset[int] = frozenset()
    hidden: tuple[Finding, ...] = ()


def read_file(upload: Upload, known: Known, said: Sequence[MappedName], given: Supplement) -> FileReading:
    """As limited work: the part of a check that may take long. Raises Refused('file_…' | 'table_…')."""
    found, hidden = read_rows(upload, known, said, given)
    rows, asked, unsaid = settle(found.rows, found.columns.get("yoy", ""), found.line_of, given.growth)
    figures, refused, warnings = checked_rows(rows, found.columns, known, found.place)
    targets, wrong = _targets(found)
    of_file = [*found.refused, *wrong]
    if found.spots == () and found.layout == "table" and not of_file and not targets:
        of_file.append(Finding(0, "file", "table_not_understood"))
    open_lines = {one.facts["line"] for one in unsaid}
    outcome = Checked(
        refused=capped(of_file), warnings=capped(found.notes), layout=found.layout, targets=tuple(targets),
        unknown=tuple(found.unknown)[:MOST_FINDINGS], source=found.source, released=found.released, form=found.form,
        remembered=found.remembered, sheets=found.sheets, unclear=tuple(asked), open_years=tuple(found.open_years),
    )  # fmt: skip
    return FileReading(
        outcome, tuple(_placed(one, found.spots) for one in figures), capped([*refused, *unsaid]), capped(warnings),
        found.spots, frozenset(row.number for row in rows if found.line_of(row) in open_lines), tuple(hidden),
    )  # fmt: skip


def _targets(found: FileRows) -> tuple[list[TargetRow], list[Finding]]:
    read: list[TargetRow] = []
    wrong: list[Finding] = []
    for one in found.targets:
        try:
            value = read_budget(one.value, one.unit, one.indicator)
        except Refused as refusal:
            wrong.append(Finding(0, "value", refusal.code, refusal.facts, one.where))
            continue
        read.append(TargetRow(one.indicator.code, one.geography, one.year, *value, found.source))
    return read, wrong


def _placed(figure: Figure, spots: Sequence[Spot]) -> Figure:
    """With the cells that it was read in."""
    if not spots:
        return figure
    spot, source = spots[figure.row - 1], "" if figure.source == NO_SOURCE else figure.source
    return replace(
        figure, source=source, cell=spot.value, growth_cell=spot.growth, label=spot.label, said=dict(spot.said)
    )


def compared(con: Connection, found: FileReading, *, sure: bool = False) -> Checked:
    """The figures to each other and to what is stored. `sure`: what is doubtful is meant."""
    history, breaks = _stored(con, found)
    wrong, doubts = _beside(found, history, breaks)
    refused = [*found.refused, *wrong, *([] if sure else doubts)]
    bad = {one.row for one in refused}
    kept = [figure for figure in found.figures if figure.row not in bad]
    warned = [*found.warnings, *plausibility.warnings(kept, history, breaks)]
    warned = [one for one in warned if one.row not in found.unsettled]  # of a figure that nobody has chosen yet
    together = _once if found.spots else in_order
    return replace(
        found.outcome,
        read=tuple(_in_place(one, found.spots) for one in kept if one.row not in found.unsettled),
        refused=together([*(_at(one, found.spots) for one in refused), *found.outcome.refused]),
        doubts=together([_at(one, found.spots) for one in doubts]),
        warnings=(*found.hidden, *together([*(_at(one, found.spots) for one in warned), *found.outcome.warnings])),
    )


def _stored(con: Connection, found: FileReading) -> tuple[list[Observation], list[Break]]:
    named = {figure.indicator.code for figure in found.figures}
    codes = sorted(named | (plausibility.COMPARED if named & plausibility.COMPARED else set()))
    return indicators.stored(con, codes), indicators.breaks(con, codes)


def _beside(
    found: FileReading, history: Sequence[Observation], breaks: Sequence[Break]
) -> tuple[list[Finding], list[Finding]]:
    """What cannot stand beside the other figures and what is stored, and what is doubtful there."""
    wrong = list(plausibility.refusals(found.figures, history))
    bad = {one.row for one in (*found.refused, *wrong)} | found.unsettled
    return wrong, list(plausibility.doubts([one for one in found.figures if one.row not in bad], history, breaks))


def refused_beside(con: Connection, found: FileReading, *, sure: bool) -> tuple[Finding, ...]:
    """All that `compared` refuses beyond what the file says by itself, however many, but for what is stored already."""
    wrong, doubts = _beside(found, *_stored(con, found))
    return tuple(one for one in (*wrong, *([] if sure else doubts)) if one.code != "duplicate_stored")


def returned_figures(
    upload: Upload,
    known: Known,
    said: Sequence[MappedName],
    given: Supplement,
    beside: Sequence[Finding],
    language: str,
) -> bytes:
    """The file with what is refused of it, as limited work; `beside` is what the file does not say by itself."""
    found, _ = read_rows(upload, known, said, given)
    rows, _, unsaid = settle(found.rows, found.columns.get("yoy", ""), found.line_of, given.growth)
    figures, wrong, _ = checked_rows(rows, found.columns, known, found.place)
    refused = [*wrong, *unsaid, *beside]
    if found.layout == "long":
        return returned(upload, long_table(upload), refused, language)
    placed = [*(_at(one, found.spots) for one in refused), *found.refused, *_targets(found)[1]]
    bad = {one.row for one in refused}
    spots = [found.spots[figure.row - 1] for figure in figures if figure.row not in bad]
    taken = {cell for spot in spots for cell in (spot.value, spot.growth) if cell}
    return returned_sheets(upload, found.sheets, placed, taken, language)


def _at(found: Finding, spots: Sequence[Spot]) -> Finding:
    """A finding about the nth figure of a table, as one about the cell where it stands."""
    if not 1 <= found.row <= len(spots):
        return found
    spot = spots[found.row - 1]
    cell = (spot.growth if found.field == "yoy" else "") or spot.first
    if isinstance(other := found.facts.get("other"), int):
        return Finding(spot.row, found.field, "duplicate_in_table", {"other": spots[other - 1].first}, cell)
    return Finding(spot.row, found.field, found.code, found.facts, cell)


def _in_place(figure: Figure, spots: Sequence[Spot]) -> Figure:
    return replace(figure, row=spots[figure.row - 1].row) if spots else figure


def _once(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """In the order of the cells; what concerns the whole file once."""
    of_file = {one.code: Finding(0, one.field, one.code, one.facts) for one in found if one.field in _OF_THE_FILE}
    return in_order([*of_file.values(), *(one for one in found if one.field not in _OF_THE_FILE)])
