"""Growth that may be written as a fraction: 0.082 under 增速(%) is 8.2 % where a percentage lost its format on the way,
and else 0.082 %. The numbers cannot say which, so a person is asked, a column at a time.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from db.refused import Refused
from intake.files.imports import Finding
from intake.files.spreadsheets import Cell, Row, as_text
from intake.indicators import units
from intake.indicators.entries import Entry, noted

FRACTION, PERCENT = "fraction", "percent"
EVERY = ""  # the answer for every column that has none of its own
_LARGEST = 5  # growth sixfold: beyond, a number is no fraction


@dataclass(frozen=True)
class Unclear:
    """A column (or a row, where growth stands along it) whose numbers may be either; `example` is one of them."""

    line: str
    example: str
    numbers: int

    def said(self, reading: str) -> str:
        """The example as it would be read."""
        number = Decimal(self.example)
        return f"{_percent(number) if reading == FRACTION else number:f}%"

    @property
    def facts(self) -> dict[str, object]:
        return {"line": self.line, "value": self.example, "n": self.numbers,
                "as_fraction": self.said(FRACTION), "as_percent": self.said(PERCENT)}  # fmt: skip


def settle(entries: Sequence[Entry], answers: Mapping[str, str]) -> tuple[list[Unclear], list[Finding]]:
    """What is asked, whether answered or not, and a refusal for each that is not. Fractions become percentages."""
    lines: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.growth is not None:
            lines[entry.growth.line].append(entry)
    asked, refused = [], []
    for line, own in lines.items():
        cells = [entry.growth.cell for entry in own if entry.growth]
        if (found := unclear(line, cells)) is None:
            continue
        asked.append(found)
        answer = answers.get(line) or answers.get(EVERY, "")
        if not answer:
            first = next(one.growth for one in own if one.growth and as_text(one.growth.cell) == found.example)
            refused.append(noted(first, "yoy", "growth_unclear", **found.facts))
        for entry in own if answer == FRACTION else ():
            assert entry.growth is not None
            entry.growth = replace(entry.growth, cell=as_percent(entry.growth.cell))
    return asked, refused


def settle_rows(rows: Sequence[Row], column: str, answer: str) -> tuple[list[Row], Unclear | None]:
    """The same for a column of the long format."""
    found = unclear(column, [row.cells.get(column) for row in rows])
    if found is None or answer != FRACTION:
        return [*rows], found
    return [replace(row, cells={**row.cells, column: as_percent(row.cells.get(column))}) for row in rows], found


def unclear(line: str, cells: Sequence[Cell]) -> Unclear | None:
    """None where the numbers are percentages beyond doubt: a sign says so, they are large, or have one decimal."""
    known = [(as_text(cell), number) for cell in cells if (number := _bare(cell)) is not None and number]
    if not known or max(abs(number) for _, number in known) >= _LARGEST:
        return None
    below = [(text, number) for text, number in known if abs(number) < 1]
    places = max((units.decimals(number) for _, number in below), default=0)
    if len(below) * 3 < len(known) * 2 or places < (2 if len(below) == len(known) else 3):
        return None
    example = max(below, key=lambda one: units.decimals(one[1]))[0]
    return Unclear(line, example, len(known))


def as_percent(cell: Cell) -> Cell:
    number = _bare(cell)
    return cell if number is None else f"{_percent(number):f}%"


def _percent(number: Decimal) -> Decimal:
    """A hundred times it, without what is only a spreadsheet's noise far behind the point."""
    exact = (number * 100).quantize(Decimal("0.0000000001")).normalize()
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact


def _bare(cell: Cell) -> Decimal | None:
    """A number without a percentage sign."""
    try:
        number = units.read_number(cell, percent=False)
    except Refused:
        return None
    return number if isinstance(number, Decimal) else None
