"""The groups of sizes, sectors and towns that make strata, version by version. A version never changes."""

from collections.abc import Sequence

from db import sql
from db.sql import Connection
from db.survey import sampling
from db.survey.sampling import Grouping, SampleGroup


def current(con: Connection) -> Grouping:
    """By which a wave that opens now is stratified."""
    return of_version(con, sql.scalar(con, "SELECT coalesce(max(version), 1) FROM sample_group"))


def of_version(con: Connection, version: int) -> Grouping:
    """The usual ones where this version was never written."""
    statement = """
        SELECT list, code, name_zh, name_en, members FROM sample_group WHERE version = $version ORDER BY position
        """
    found = sql.rows(con, statement, {"version": version})
    groups = tuple(SampleGroup(**{**row, "members": tuple(row["members"].split())}) for row in found)
    return Grouping(version, groups) if groups else sampling.usual()


def add_version(con: Connection, version: int, groups: Sequence[SampleGroup]) -> Grouping:
    """All groups of all lists, in their order."""
    rows = [
        {**vars(group), "members": " ".join(group.members), "version": version, "position": position}
        for position, group in enumerate(groups, start=1)
    ]
    sql.insert_many(con, "sample_group", rows)
    return Grouping(version, tuple(groups))
