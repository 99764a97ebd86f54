"""Growth that may be written as a fraction: 0.082 under 增速(%) is 8.2 % where a percentage lost its format on the way,
and else 0.082 %. The numbers cannot say which, so a person is asked, a column at a time.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from db.refused import Refused
from intake.files.imports import Finding
from intake.files.spreadsheets import Cell, Row, as_text
from intake.indicators.terms import units

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


def settle(
    rows: Sequence[Row], column: str, line_of: Callable[[Row], str], answers: Mapping[str, str]
) -> tuple[list[Row], list[Unclear], list[Finding]]:
    """The rows with their fractions as percentages, what is asked, whether answered or not, and a refusal for each that
    is not. `column`: of growth; `line_of`: where a row's growth stands beside others of its kind."""
    lines: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        lines[line_of(row)].append(row)
    settled, asked, refused = dict[int, Row](), [], []
    for line, own in lines.items():
        if not line or (found := unclear(line, [row.cells.get(column) for row in own])) is None:
            continue
        asked.append(found)
        answer = answers.get(line) or answers.get(EVERY, "")
        if not answer:
            first = next(row.number for row in own if as_text(row.cells.get(column)) == found.example)
            refused.append(Finding(first, "yoy", "growth_unclear", found.facts))
        for row in own if answer == FRACTION else ():
            settled[row.number] = replace(row, cells={**row.cells, column: _as_percent(row.cells.get(column))})
    return [settled.get(row.number, row) for row in rows], asked, refused


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


def _as_percent(cell: Cell) -> Cell:
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
