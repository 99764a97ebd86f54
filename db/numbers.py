"""Numbers that are given one after the other: a series is a row here, and its next number comes from one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from db import sql
from db.sql import Connection


@dataclass(frozen=True)
class Series:
    """`number` of the rows of `table` that belong to it, which `of` tells by what the caller gives."""

    table: str
    number: str = "number"
    of: str = "true"


SERIES: Mapping[str, Series] = MappingProxyType(
    {
        "event": Series("event", "n"),
        "case": Series("cases", "CAST(substr(number, 6) AS INTEGER)", "substr(number, 1, 5) = $year || '-'"),
        "forum": Series("forum"),
        "hotline": Series("hotline_file", of="kind = $kind"),
        "letter": Series("letter", of="year = $year"),
        "guidance": Series("guidance"),
        "meeting": Series("meeting", of="kind = $kind AND year = $year"),
        "policy": Series("policy"),
        "wave": Series("wave"),
    }
)


def of_case(year: int | str, n: int) -> str:
    """A case's number as it is written: 2026-0001. SERIES reads it back."""
    return f"{year}-{n:04d}"


def following(con: Connection, series: str, **of: object) -> int:
    """The next number of the series, from 1, within the transaction that gives it.

    One transaction at a time writes a store, of a file or on a server, whose one lock it takes before its first look
    (docs/decisions/0049, 0053): so none is given twice and none left out.
    """
    row = SERIES[series]
    return sql.scalar(con, f"SELECT coalesce(max({row.number}), 0) + 1 FROM {row.table} WHERE {row.of}", of)
