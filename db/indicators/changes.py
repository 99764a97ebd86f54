"""What each import changed: which periods are new, which say another number than the release before, which the same."""

from dataclasses import dataclass
from datetime import date, datetime

from db import sql
from db.sql import Connection


@dataclass(frozen=True)
class MadeImport:
    """One import of indicators: its file, and of its rows how many are of each kind."""

    imported_at: datetime
    file: str
    new: int
    changed: int
    same: int


@dataclass(frozen=True)
class ChangedRow:
    """A row that is `new` or that has another number than before."""

    imported_at: datetime
    indicator_code: str
    geography: str
    period_start: date
    period_end: date
    decimals: int
    new: bool
    value: float | None
    growth: float | None
    value_before: float | None
    growth_before: float | None


_RELEASED = """
    WITH released AS (
        SELECT imported_at, indicator_code, geography, period_start, period_end, decimals, value,
               yoy_published AS growth, row_number() OVER before = 1 AS new, lag(value) OVER before AS value_before,
               lag(yoy_published) OVER before AS growth_before
        FROM observation WINDOW before AS (
            PARTITION BY indicator_code, geography, period_start, period_end ORDER BY vintage)
    ), told AS (
        SELECT *, NOT new AND (value IS DISTINCT FROM value_before OR growth IS DISTINCT FROM growth_before) AS changed
        FROM released
    )
    """


def imports(con: Connection, *, most: int) -> list[MadeImport]:
    """The newest first."""
    statement = f"""
        {_RELEASED}
        SELECT t.imported_at, coalesce(max(e.file), '') AS file, count(*) FILTER (WHERE new) AS new,
               count(*) FILTER (WHERE changed) AS changed, count(*) FILTER (WHERE NOT new AND NOT changed) AS same
        FROM told t LEFT JOIN (
            SELECT happened_at, max(CAST(detail AS JSON) ->> 'file') AS file FROM event
            WHERE area = 'indicator' AND kind = 'import' GROUP BY happened_at) AS e ON e.happened_at = t.imported_at
        GROUP BY t.imported_at ORDER BY t.imported_at DESC LIMIT $most
        """
    return sql.fetch(con, MadeImport, statement, {"most": most})


def changed(con: Connection, at: datetime) -> list[ChangedRow]:
    """The rows of one import that changed something, changed ones first."""
    columns = ", ".join(ChangedRow.__dataclass_fields__)
    statement = f"""
        {_RELEASED} SELECT {columns} FROM told WHERE imported_at = $at AND (new OR changed)
        ORDER BY new, indicator_code, geography, period_end
        """
    return sql.fetch(con, ChangedRow, statement, {"at": at})
