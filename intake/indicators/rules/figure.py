"""One published value as a file has it, understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from db.indicators.indicators import IndicatorDefinition
from intake.indicators.terms.periods import SeriesPeriod


@dataclass(frozen=True)
class Figure:
    """A row understood: `value` in the indicator's own unit, `yoy` in percent, `released` None where it is missing."""

    row: int
    indicator: IndicatorDefinition
    geography: str
    period: SeriesPeriod
    unit: str
    value: Decimal | None
    yoy: Decimal | None
    decimals: int
    mark: str | None
    status: str
    released: date | None
    source: str
    cell: str = ""  # where its value stands in a table with many values a row, as 'Sheet!C5'; '' in the long format
    growth_cell: str = ""
    label: str = ""  # the indicator's name as the file has it
    said: Mapping[str, str] = field(default_factory=dict)  # facet → the cells that said it

    @property
    def place(self) -> tuple[str, str, date, date]:
        return self.indicator.code, self.geography, self.period.start, self.period.end

    def as_json(self) -> dict[str, object]:
        """What the command line shows of it."""
        return {
            "row": self.row,
            "indicator": self.indicator.code,
            "geography": self.geography,
            "period_start": self.period.start.isoformat(),
            "period_end": self.period.end.isoformat(),
            "unit": self.indicator.unit,
            "value": None if self.value is None else float(self.value),
            "yoy": None if self.yoy is None else float(self.yoy),
            "decimals": self.decimals,
            "mark": self.mark,
            "status": self.status,
            "released": self.released.isoformat() if self.released else None,
            "source": self.source,
            **self._where(),
        }

    def _where(self) -> dict[str, object]:
        """The cells of it, where a row of the file holds many values."""
        if not (self.cell or self.growth_cell):
            return {}
        return {"cell": self.cell, "growth_cell": self.growth_cell, "said": dict(self.said)}
