"""A series that the list lacks: what its numbers mean is said once, before the first of them is brought in."""

from dataclasses import asdict, dataclass
from datetime import datetime

from access.actor import Actor
from access.typed import one_line, proper_name
from db.events import Event
from db.indicators import indicators
from db.indicators.indicators import IndicatorDefinition
from db.refused import Wrong
from db.sql import Connection
from db.store import Store
from intake.indicators.terms import units
from intake.indicators.terms.known import knowledge, name_of

UNITS = ("亿元", "亿美元", "亿千瓦时", "户", "人", "%")
PERIODS = ("ytd_month", "month", "ytd_quarter", "quarter", "year", "stock")
PRICES = ("current", "comparable", "none")
GROWTHS = ("nominal", "real", "quantity", "count", "none")
SOURCES = ("statistics", "customs", "treasury", "tax", "commerce", "market", "human_resources", "organisation", "power",
           "other")  # fmt: skip
LONGEST_NAME = 60

_CHARTS = {"month": "season_lines", "ytd_quarter": "cumulative_bars", "ytd_month": "columns_growth"}


@dataclass(frozen=True)
class NewIndicator:
    """`has_level` False: only growth is published of it, and its unit is %."""

    name_zh: str
    name_en: str
    unit: str
    period_kind: str
    price_basis: str
    growth_basis: str
    has_level: bool
    source: str = "statistics"


def add_indicator(store: Store, *, actor: Actor, new: NewIndicator, at: datetime) -> IndicatorDefinition:
    """The indicator with its code. Raises Refused('name_formula' | 'indicator_names' | 'indicator_exists' |
    'indicator_unknown' | 'indicator_growth_unit'), MovedOn where another came in between."""
    actor.must("import_data")
    known = store.read(lambda con: _checked(con, new, at))
    number = 1 + len([one for one in known if one.code.startswith("own_")])
    names = {"name_zh": one_line(new.name_zh), "name_en": one_line(new.name_en)}
    added = IndicatorDefinition(
        **{**asdict(new), **names}, code=f"own_{number}", chart=_chart(new), position=1 + max(o.position for o in known)
    )
    event = Event(at, "indicator", "define", f"indicator:{added.code}", 1, actor.id, actor.role, detail=asdict(added))
    store.write(lambda con: indicators.define(con, added, event=event))
    return added


def _checked(con: Connection, new: NewIndicator, at: datetime) -> list[IndicatorDefinition]:
    """Those there are; a second of the same name would take the first's figures."""
    taken = knowledge(con, at, strict=True).indicators
    wrong = Wrong()
    names = [wrong.tried(lambda said=said: proper_name(said), None) for said in (new.name_zh, new.name_en)]
    whole = all(name is None or (name_of(name) and len(name) <= LONGEST_NAME) for name in names)
    wrong.unless(whole, "indicator_names", longest=LONGEST_NAME)
    for name in dict.fromkeys(filter(None, names)):
        wrong.unless(name_of(name) not in taken, "indicator_exists", value=name)
    lists = ((new.unit, UNITS), (new.period_kind, PERIODS), (new.price_basis, PRICES), (new.growth_basis, GROWTHS),
             (new.source, SOURCES))  # fmt: skip
    strange = [value for value, offered in lists if value not in offered]
    wrong.unless(not strange, "indicator_unknown", value=", ".join(strange))
    wrong.unless(new.has_level or units.is_percent(new.unit), "indicator_growth_unit")
    wrong.refuse()
    return indicators.indicators(con)


def _chart(new: NewIndicator) -> str:
    """The way of drawing that suits its kind."""
    return _CHARTS.get(new.period_kind, "columns") if new.has_level else "growth_line"
