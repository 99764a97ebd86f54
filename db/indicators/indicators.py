"""Economy indicators and their published values: append-only, a revision is a new vintage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from db import events, sql
from db.events import Event
from db.refused import MovedOn
from db.sql import Connection
from db.system import seals
from i18n.names import Named

if TYPE_CHECKING:
    import pandas as pd

DISTRICT, NATION = "district", "nation"

# The periods that an indicator is mainly published for; others (a month beside the cumulative) are kept apart.
_MAIN_PERIODS = """
    CASE WHEN i.period_kind IN ('ytd_month', 'ytd_quarter', 'year') THEN extract(month FROM o.period_start) = 1
         WHEN i.period_kind = 'month' THEN extract(month FROM o.period_start) = extract(month FROM o.period_end)
         ELSE true END
"""


@dataclass(frozen=True)
class IndicatorDefinition(Named):
    """What a number means. `unit` is the one that values are stored in; see the column comments of the schema."""

    code: str
    name_zh: str
    name_en: str
    unit: str
    price_basis: str
    growth_basis: str
    period_kind: str
    has_level: bool
    chart: str
    position: int
    scope: str = "whole"
    source: str = "statistics"  # the body that publishes it by default; an observation has its own


@dataclass(frozen=True)
class Observation:
    """One published value. `vintage` is the release date; `mark` says why there is no value where there is none."""

    indicator_code: str
    geography: str
    period_start: date
    period_end: date
    value: float | None
    yoy_published: float | None
    decimals: int
    status: str
    vintage: date
    source: str
    imported_at: datetime
    mark: str | None = None

    @property
    def place(self) -> tuple[str, str, date, date]:
        """What it is a value of: every vintage of it has the same."""
        return self.indicator_code, self.geography, self.period_start, self.period_end


@dataclass(frozen=True)
class TargetRow:
    """A year's budget in the indicator's own unit."""

    indicator_code: str
    geography: str
    year: int
    value: float
    decimals: int
    source: str


@dataclass(frozen=True)
class Break:
    """From `starts_on` the series stands on another footing (`kind`: scope, method, census)."""

    indicator_code: str
    geography: str
    starts_on: date
    kind: str
    note: str
    marked_at: datetime


@dataclass(frozen=True)
class MappedName:
    """What a folded name in a table of this source and form means: an indicator's code, or '' where it is left out."""

    source: str
    form: str
    name: str
    indicator_code: str
    mapped_at: datetime


def indicators(con: Connection) -> list[IndicatorDefinition]:
    statement = f"SELECT {_columns(IndicatorDefinition)} FROM indicator ORDER BY position"
    return sql.fetch(con, IndicatorDefinition, statement)


def stored(con: Connection, codes: Sequence[str]) -> list[Observation]:
    """Every vintage of these indicators, by period, the newest vintage last."""
    statement = f"""
        SELECT {_columns(Observation)} FROM observation WHERE indicator_code = ANY($codes)
        ORDER BY indicator_code, geography, period_end, period_start, vintage
        """
    return sql.fetch(con, Observation, statement, {"codes": list(codes)})


def observations(
    con: Connection,
    *,
    code: str | None = None,
    geography: str = DISTRICT,
    as_of: date | None = None,
    main: bool = True,
) -> "pd.DataFrame":
    """One row a period, its newest vintage published by `as_of` (all, where None). Periods of the main kind only, or
    (`main` False) only those published beside it: two kinds never share an axis.

    `changes` counts the releases by then that said another value or growth than the one before, `was_value` and
    `was_growth` what stood before the last of them: a release that repeats its figures revises nothing.
    """
    return sql.frame(
        con,
        f"""
        SELECT o.* FROM (
            SELECT *, row_number() OVER (period ORDER BY vintage DESC) AS newest,
                   count(*) FILTER (WHERE moved) OVER period AS changes,
                   arg_max(value_before, vintage) FILTER (WHERE moved) OVER period AS was_value,
                   arg_max(growth_before, vintage) FILTER (WHERE moved) OVER period AS was_growth
            FROM (SELECT *, lag(value) OVER before AS value_before, lag(yoy_published) OVER before AS growth_before,
                         row_number() OVER before > 1 AND (value IS DISTINCT FROM lag(value) OVER before
                         OR yoy_published IS DISTINCT FROM lag(yoy_published) OVER before) AS moved
                  FROM observation
                  WHERE geography = $geography AND vintage <= CAST($as_of AS DATE)
                    AND (indicator_code = $code OR $code = '')
                  WINDOW before AS (PARTITION BY indicator_code, period_start, period_end ORDER BY vintage)) AS released
            WINDOW period AS (PARTITION BY indicator_code, period_start, period_end)) AS o
        JOIN indicator i ON i.code = o.indicator_code
        WHERE o.newest = 1 AND ({_MAIN_PERIODS}) = $main
        ORDER BY i.position, o.period_end
        """,
        {"geography": geography, "code": code or "", "as_of": as_of or date.max, "main": main},
    )


def latest(con: Connection, *, geography: str = DISTRICT) -> dict[str, Observation]:
    """Each indicator's last period of its main kind, the newest vintage of it, by code."""
    statement = f"""
        SELECT {_columns(Observation)} FROM (
            SELECT o.*, row_number() OVER (
                PARTITION BY o.indicator_code ORDER BY o.period_end DESC, o.period_start, o.vintage DESC) AS place
            FROM observation o JOIN indicator i ON i.code = o.indicator_code
            WHERE o.geography = $geography AND {_MAIN_PERIODS}) AS ranked
        WHERE place = 1
        """
    found = sql.fetch(con, Observation, statement, {"geography": geography})
    return {observation.indicator_code: observation for observation in found}


def imported(con: Connection, import_id: str) -> int | None:
    """The rows of an import that was made already, or None."""
    found = events.of_subject(con, import_id)
    return found[0]["detail"]["rows"] if found else None


def last_import(con: Connection) -> int:
    """The number of the last event about indicators: it moves with every import."""
    return sql.scalar(con, "SELECT coalesce(max(n), 0) FROM event WHERE area = 'indicator'")


def add(
    con: Connection,
    fresh: Sequence[Observation],
    *,
    event: Event,
    seen: int,
    targets: Sequence[TargetRow] = (),
    names: Sequence[MappedName] = (),
) -> int:
    """Add published values with their import's event, once: a second try of it meets the first. Returns the rows.

    Raises MovedOn where another import came after `seen`.
    """
    if done := imported(con, event.subject):
        return done
    if last_import(con) != seen:
        raise MovedOn(code=event.subject)
    sql.insert_many(con, "observation", fresh)
    sql.insert_many(con, "indicator_target", [{**vars(one), "imported_at": event.happened_at} for one in targets])
    remember(con, names)
    events.append(con, *seals.sealed(con, event))
    return len(fresh)


def define(con: Connection, added: IndicatorDefinition, *, event: Event) -> None:
    """Add a series to the list. Raises MovedOn where one of this code or name came first."""
    if any(added.code == one.code or added.name_zh == one.name_zh for one in indicators(con)):
        raise MovedOn(code=added.code)
    sql.insert(con, "indicator", added)
    events.append(con, event)


def breaks(con: Connection, codes: Sequence[str]) -> list[Break]:
    statement = f"""
        SELECT {_columns(Break)} FROM series_break WHERE indicator_code = ANY($codes)
        ORDER BY indicator_code, geography, starts_on
        """
    return sql.fetch(con, Break, statement, {"codes": list(codes)})


def mark_break(con: Connection, marked: Break, *, event: Event) -> None:
    """Raises MovedOn where there is one on this day already."""
    known = {(one.geography, one.starts_on) for one in breaks(con, [marked.indicator_code])}
    if (marked.geography, marked.starts_on) in known:
        raise MovedOn(code=marked.indicator_code)
    sql.insert(con, "series_break", marked)
    events.append(con, event)


def targets(con: Connection) -> dict[tuple[str, int], TargetRow]:
    """The newest budget of the district by indicator and year."""
    statement = f"""
        SELECT {_columns(TargetRow)} FROM indicator_target WHERE geography = $geography ORDER BY imported_at
        """
    found = sql.fetch(con, TargetRow, statement, {"geography": DISTRICT})
    return {(one.indicator_code, one.year): one for one in found}


def mapped_names(con: Connection) -> list[MappedName]:
    """All that was said, the newest last."""
    return sql.fetch(con, MappedName, f"SELECT {_columns(MappedName)} FROM indicator_name ORDER BY mapped_at")


def remember(con: Connection, names: Sequence[MappedName]) -> None:
    for name in names:
        sql.upsert(con, "indicator_name", vars(name), key=["source", "form", "name"])


def _columns(record: type) -> str:
    return ", ".join(record.__dataclass_fields__)
