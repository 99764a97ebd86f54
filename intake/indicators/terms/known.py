"""What a row of an indicator file is read against: the list with the names people use for it, and the places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from db import clock, references
from db.indicators import indicators
from db.indicators.indicators import IndicatorDefinition
from db.sql import Connection
from db.system import settings
from intake.files.spreadsheets import folded
from intake.indicators.terms.places import CHOICES, OURS, SPOKEN, Place, Places, PlaceSaid, beside, places

_OTHER_NAMES = {
    "gdp": ("gdp", "生产总值"),
    "industrial_output": ("规上工业产值", "规上工业企业总产值", "industrial output", "output of industry above scale"),
    "industrial_value_added": ("规上工业企业增加值", "industrial value added", "value added"),
    "exports": ("出口", "出口额", "出口值", "出口总值", "外贸出口", "外贸出口额", "外贸出口总额", "货物出口",
                "出口金额", "export"),
    "exports_usd": ("出口(美元)", "exports (usd)"),
    "retail_sales": ("社零", "社零总额", "社会消费品零售额", "社消零总额", "消费品零售总额", "retail sales"),
    "fixed_investment": ("固投", "固定资产投资额", "固定资产投资完成额", "固定资产投资总额", "全社会固定资产投资",
                         "investment", "fixed investment"),
    "budget_revenue": ("公共预算收入", "budget revenue"),
    "electricity": ("用电量", "全社会用电", "electricity"),
    "entities_stock": ("期末实有市场主体", "实有经营主体", "实有市场主体", "在册经营主体", "在册市场主体"),
    "new_entities": ("新增市场主体", "新设经营主体", "新设市场主体", "新登记经营主体", "新登记市场主体"),
    "talents": ("人才", "talents"),
    "graduates": ("毕业生", "大学毕业生", "graduates"),
}  # fmt: skip
# Published for single months beside the cumulative: these are kept, and never share an axis with it.
MONTHS_TOO = {"industrial_value_added", "exports", "exports_usd"}


@dataclass(frozen=True)
class Known:
    """What a row is read against."""

    indicators: Mapping[str, IndicatorDefinition]  # by folded code or name
    places: Mapping[str, Place]  # by folded name
    names: Places
    today: date
    strict: bool  # a missing release date is a refusal
    beside: Mapping[str, Place] = field(default_factory=dict)  # those that a row may name beside ours


def knowledge(con: Connection, at: datetime, strict: bool) -> Known:
    named: dict[str, IndicatorDefinition] = {}
    for indicator in indicators.indicators(con):
        words = (indicator.code, indicator.name_zh, indicator.name_en, *_OTHER_NAMES.get(indicator.code, ()))
        named |= {name_of(word): indicator for word in words}
    district = settings.district(con)
    towns = _towns(con, district)
    names = places(district, towns)
    said = {name: Place(code) for name, code in towns.items() if names.names.get(name, Place(code)) == Place(code)}
    said |= {folded(word): place for word, place in {"": OURS, **SPOKEN}.items()}
    called = (name for name in district.called if folded(name) not in towns)
    said |= {folded(name): OURS for name in (district.name_zh, district.name_en, *called)}
    ours = ((name, place) for name, place in names.names.items() if place.said is PlaceSaid.BY_NAME)
    said |= {folded(name): place for name, place in ours if name[-1] in "省市区县"}
    said |= {code: Place(code) for code in CHOICES}
    others = {folded(name): place for name, place in beside(names, _short_names(con)).items()}
    return Known(named, said, names, clock.day_of(at), strict, others)


def _towns(con: Connection, district: settings.District) -> dict[str, str]:
    """Codes by folded name; 城关 for 城关街道, unless the short name may mean the district."""
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


def _short_names(con: Connection) -> dict[str, str]:
    return {town.short_name("zh").removesuffix("乡"): town.code for town in references.items(con, "town")}


def name_of(words: object) -> str:
    """An indicator's name without what people vary."""
    return folded(words).replace("规上", "规模以上")
