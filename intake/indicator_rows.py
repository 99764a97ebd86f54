"""One row of an indicator file, read against the reference lists: what it says, and what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import i18n
from access.typed import one_line
from db import clock, indicators, references, settings
from db.indicators import Indicator
from db.refused import Refused
from db.sql import Connection
from intake import units
from intake.imports import Finding, finding, shown, surplus
from intake.indicator_places import CHOICES, OTHER, SAID, Places, places, resolved
from intake.periods import Period, read_day, read_period
from intake.spreadsheets import Row, as_text, folded
from intake.words import fits

FIELDS = ("indicator", "period", "unit", "value", "yoy", "released", "source", "status", "geography")
_HEADINGS: dict[str, tuple[str, ...]] = {
    "indicator": ("指标", "指标名称", "指标代码", "indicator", "indicator code", "indicator name"),
    "period": ("时期", "期间", "时间", "报告期", "period"),
    "unit": ("单位", "计量单位", "unit"),
    "value": ("数值", "值", "绝对值", "value", "level"),
    "yoy": ("同比(%)", "同比增长(%)", "同比增速(%)", "增速(%)", "同比增长", "yoy", "yoy (%)", "growth", "growth (%)",
            "year on year", "yoy_published"),
    "released": ("发布日期", "公布日期", "发布时间", "released", "release date", "vintage"),
    "source": ("来源", "数据来源", "source"),
    "status": ("状态", "数据状态", "status"),
    "geography": ("地区", "区域", "geography", "area"),
}  # fmt: skip
HEADINGS = {folded(words): name for name, all_words in _HEADINGS.items() for words in all_words}
GROWTH_IN_POINTS = {folded(words) for words in ("同比(百分点)", "增减(百分点)", "yoy (pp)", "growth (pp)")}

STATUSES = ("preliminary", "verified", "revised", "census_revised")
_STATUS_WORDS = {
    **dict.fromkeys(("初步", "初步数", "初步核算", "初步核算数", "preliminary"), "preliminary"),
    **dict.fromkeys(("核实", "核实数", "最终核实", "最终核实数", "verified", "final"), "verified"),
    **dict.fromkeys(("修订", "修订数", "revised"), "revised"),
    **dict.fromkeys(("普查修订", "普查修订数", "census revised", "census_revised"), "census_revised"),
}
_STATUS_WORDS = {folded(words): status for words, status in _STATUS_WORDS.items()}
_OTHER_NAMES = {
    "gdp": ("gdp", "生产总值"),
    "industrial_output": ("规上工业产值", "规上工业企业总产值", "industrial output", "output of industry above scale"),
    "industrial_value_added": ("规上工业企业增加值", "industrial value added", "value added"),
    "exports": ("出口", "出口额", "出口值", "出口总值", "外贸出口", "外贸出口额", "外贸出口总额", "货物出口", "export"),
    "exports_usd": ("出口(美元)", "exports (usd)"),
    "retail_sales": ("社零", "社零总额", "社会消费品零售额", "社消零总额", "消费品零售总额", "retail sales"),
    "fixed_investment": (
        "固投",
        "固定资产投资额",
        "固定资产投资总额",
        "全社会固定资产投资",
        "investment",
        "fixed investment",
    ),
    "budget_revenue": ("公共预算收入", "budget revenue"),
    "electricity": ("用电量", "全社会用电", "electricity"),
    "entities_stock": ("期末实有市场主体", "实有经营主体", "实有市场主体", "在册经营主体", "在册市场主体"),
    "new_entities": ("新增市场主体", "新设经营主体", "新设市场主体", "新登记经营主体", "新登记市场主体"),
    "talents": ("人才", "talents"),
    "graduates": ("毕业生", "大学毕业生", "graduates"),
}
# Published for single months beside the cumulative: these are kept, and never share an axis with it.
MONTHS_TOO = {"industrial_value_added", "exports", "exports_usd"}

LONGEST_SOURCE = 200
# The template's example rows name this as their source.
EXAMPLE_SOURCES = {folded(i18n.text("import.template.example_source", language)) for language in i18n.LANGUAGES}


@dataclass(frozen=True)
class Reading:
    """A row understood: `value` in the indicator's own unit, `yoy` in percent, `released` None where it is missing."""

    row: int
    indicator: Indicator
    geography: str
    period: Period
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


@dataclass(frozen=True)
class Known:
    """What a row is read against."""

    indicators: Mapping[str, Indicator]  # by folded code or name
    places: Mapping[str, str]  # by folded name; see indicator_places
    names: Places
    today: date
    strict: bool  # a missing release date is a refusal


def knowledge(con: Connection, at: datetime, strict: bool) -> Known:
    named: dict[str, Indicator] = {}
    for indicator in indicators.indicators(con):
        words = (indicator.code, indicator.name_zh, indicator.name_en, *_OTHER_NAMES.get(indicator.code, ()))
        named |= {name_of(word): indicator for word in words}
    district = settings.district(con)
    towns = _towns(con, district)
    names = places(district.name_zh, district.name_zh == settings.NEUTRAL, towns)
    said = {folded(word): place for word, place in {"": "~district", **SAID}.items()}
    said |= {folded(name): "district" for name in (district.name_zh, district.name_en)}
    said |= {
        folded(name): names.own[code]
        for name, code in names.names.items()
        if code in names.own and name[-1] in "省市区县"
    }
    said |= {place: place for place in CHOICES}
    towns = {name: code for name, code in towns.items() if names.names.get(name, code) == code}
    return Known(named, towns | said, names, clock.day_of(at), strict)


def _towns(con: Connection, district: settings.District) -> dict[str, str]:
    """Codes by folded name; 华舍 for 华舍街道, unless the short name may mean the district, as 柯桥."""
    found: dict[str, str] = {}
    for town in references.items(con, "town"):
        short = folded(town.short_name("zh")).removesuffix("乡")
        names = (
            town.code,
            town.name_zh,
            town.name_en,
            *([short] if short != district.name_zh.rstrip("区县市") else []),
        )
        found |= {folded(name): town.code for name in names}
    return found


def name_of(words: object) -> str:
    """An indicator's name without what people vary."""
    return folded(words).replace("规上", "规模以上")


class _Cells:
    """One row's cells by field; what is wrong with them is collected."""

    def __init__(self, row: Row, columns: Mapping[str, str]) -> None:
        self.row, self.columns = row, columns
        self.refused: list[Finding] = surplus(row)
        self.warnings: list[Finding] = []

    def get(self, name: str) -> Any:  # noqa: ANN401
        return self.row.cells.get(self.columns[name]) if name in self.columns else None

    def read(self, name: str, reader: Callable[[Any], Any]) -> Any:  # noqa: ANN401
        """The reader's answer, or None with its refusal noted."""
        try:
            return reader(self.get(name))
        except Refused as refusal:
            self.refused.append(finding(self.row.number, name, refusal))
            return None

    def number(self, name: str, *, percent: bool) -> Decimal | str | None:
        """A computed cell is refused: what it shows depends on cells that are not in the file's rows."""
        if self.columns.get(name) in self.row.formulas:
            self.refuse(name, "formula", value=shown(as_text(self.get(name))))
            return None
        return self.read(name, lambda cell: units.read_number(cell, percent=percent))

    def refuse(self, name: str, code: str, **facts: object) -> None:
        self.refused.append(Finding(self.row.number, name, code, facts))

    def warn(self, name: str, code: str, **facts: object) -> None:
        self.warnings.append(Finding(self.row.number, name, code, facts))


def read_row(row: Row, columns: Mapping[str, str], known: Known) -> tuple[Reading | None, list[Finding], list[Finding]]:
    cells = _Cells(row, columns)
    indicator = cells.read("indicator", lambda cell: _indicator(cell, known))
    geography = cells.read("geography", lambda cell: _place(cell, known))
    status = cells.read("status", _status)
    source = cells.read("source", _source)
    period = _period(cells, indicator)
    if period and period.end > known.today:
        cells.refuse("period", "period_not_over", value=shown(as_text(cells.get("period"))))
    released = _released(cells, period, known)
    numbers = _numbers(cells, indicator)
    if cells.refused or period is None:
        return None, cells.refused, cells.warnings
    value, yoy, decimals, mark = numbers
    unit = as_text(cells.get("unit"))
    read = Reading(row.number, indicator, geography, period, unit, value, yoy, decimals, mark, status, released, source)
    return read, [], cells.warnings


def _indicator(cell: object, known: Known) -> Indicator:
    name = name_of(cell)
    if not name:
        raise Refused("blank")
    if name not in known.indicators:
        raise Refused("indicator_unknown", value=shown(as_text(cell)))
    return known.indicators[name]


def _place(cell: object, known: Known) -> str:
    if as_text(cell).startswith(OTHER):  # said by the title, not by the row
        raise Refused("other_place", value=shown(as_text(cell).removeprefix(OTHER)))
    place = known.places.get(folded(cell))
    if place is None:
        raise Refused("geography_unknown", value=shown(as_text(cell)))
    return resolved([place])


def _status(cell: object) -> str:
    words = folded(cell)
    if words and words not in _STATUS_WORDS:
        raise Refused("status_unknown", value=shown(as_text(cell)))
    return _STATUS_WORDS[words] if words else "preliminary"


def _source(cell: object) -> str:
    source = one_line(as_text(cell))
    if not source:
        raise Refused("source_missing")
    if folded(source) in EXAMPLE_SOURCES:
        raise Refused("example_row")
    if not fits(source, LONGEST_SOURCE):
        raise Refused("too_long", most=LONGEST_SOURCE)
    return source


def _period(cells: _Cells, indicator: Indicator | None) -> Period | None:
    cell = cells.get("period")
    if not as_text(cell):
        cells.refuse("period", "blank")
        return None
    # of an unknown indicator any period fits: what can be said of the cell is said
    kind, months_too = (indicator.period_kind, indicator.code in MONTHS_TOO) if indicator else ("stock", False)
    try:
        period = read_period(cell, kind, months_too=months_too)
    except Refused as refusal:
        cells.refuse("period", refusal.code, value=shown(as_text(cell)))
        return None
    if period.note:
        cells.warn("period", period.note, value=shown(as_text(cell)), end=period.end.month)
    return period


def _released(cells: _Cells, period: Period | None, known: Known) -> date | None:
    cell = cells.get("released")
    if units.is_missing(cell):
        note = cells.refuse if known.strict else cells.warn
        note("released", "released_missing")
        return None
    released = cells.read("released", read_day)
    if released and released > known.today:
        cells.refuse("released", "released_in_future", day=released.isoformat())
    elif released and period and released < period.end:
        cells.refuse("released", "released_before_end", day=released.isoformat(), end=period.end.isoformat())
    return released


_Numbers = tuple[Decimal | None, Decimal | None, int, str | None]


def _numbers(cells: _Cells, indicator: Indicator | None) -> _Numbers:
    """(value in the indicator's unit, growth, decimals, mark of a missing value)."""
    growth_only = indicator is not None and not indicator.has_level
    value = cells.number("value", percent=growth_only)
    yoy = cells.number("yoy", percent=True)
    if indicator is None or value is None or yoy is None:
        if indicator is not None:
            cells.read("unit", lambda unit: units.check_unit(unit, indicator.unit))
        return None, None, 0, None
    if growth_only:
        return _growth_only(cells, value, yoy)
    return _level(cells, indicator, value, yoy)


def _level(cells: _Cells, indicator: Indicator, value: Decimal | str, yoy: Decimal | str) -> _Numbers:
    growth = yoy if isinstance(yoy, Decimal) else None
    if growth is not None and growth < -100:
        cells.refuse("yoy", "growth_below_100", value=str(growth))
    if isinstance(value, str):
        cells.read("unit", lambda unit: units.check_unit(unit, indicator.unit))
        if growth is None:
            cells.warn("value", "value_missing")
        return None, growth, 0 if growth is None else units.decimals(growth), value
    if value < 0:
        cells.refuse("value", "negative_level", value=str(value))
    level = cells.read("unit", lambda unit: units.converted(value, unit, indicator.unit))
    return level, growth, 0 if level is None else units.decimals(level), None


def _growth_only(cells: _Cells, value: Decimal | str, yoy: Decimal | str) -> _Numbers:
    """No level is published, so none is kept or derived. A percentage in the value's column is the growth."""
    if isinstance(value, Decimal):
        if not _is_percent(cells.get("unit")):
            cells.refuse("value", "level_not_published", value=str(value))
            return None, None, 0, None
        if isinstance(yoy, Decimal) and yoy != value:
            cells.refuse("value", "growth_twice", value=str(value), yoy=str(yoy))
            return None, None, 0, None
        if not isinstance(yoy, Decimal):
            cells.warn("value", "growth_from_value", value=str(value))
            yoy = value
    cells.read("unit", lambda unit: units.check_unit(unit, "%"))
    if isinstance(yoy, Decimal):
        return None, yoy, units.decimals(yoy), "not_applicable"
    cells.warn("yoy", "value_missing")
    return None, None, 0, yoy


def _is_percent(unit: object) -> bool:
    try:
        units.check_unit(unit, "%")
    except Refused as refusal:
        return refusal.code in ("unit_points", "unit_missing")  # those have their own reasons
    return True
