"""What rows are looked up by, folded anew from what they say: after the migration, and where the folding changed."""

import json

from db import sql
from db.batches import batches
from db.lookup import KEPT_WITH, of_row, said_in
from db.sql import Connection, Row
from db.system import settings
from i18n import folding

SIZE = 50_000  # rows at once: each part looks through the whole history
Part = tuple[str, str, str]  # a table, the first and the last id


def parts(con: Connection) -> list[Part]:
    """All that is folded, in parts that a transaction takes at once."""
    return [(name, part["first"], part["last"]) for name in KEPT_WITH for part in batches(con, name, "id", size=SIZE)]


def is_old(con: Connection) -> bool:
    """Whether the store was folded otherwise than a search is now."""
    return sql.scalar(con, "SELECT value FROM setting WHERE name = 'folding'") != folding.KIND


def done(con: Connection) -> None:
    settings.put(con, "folding", folding.KIND)


def fold(con: Connection, part: Part) -> None:
    """Write what differs."""
    name, first, last = part
    asked = {"first": first, "last": last}
    columns = ", ".join(("id", "words", *KEPT_WITH[name]))
    found = sql.rows(con, f"SELECT {columns} FROM {name} WHERE id BETWEEN $first AND $last", asked)
    said = _said(con, asked) if name == "cases" else {}
    anew = [{"id": row["id"], "words": of_row(name, row, *said.get(row["id"], ()))} for row in found]
    differing = [new for new, row in zip(anew, found, strict=True) if new["words"] != row["words"]]
    if differing:
        sql.run(con, "CREATE TEMP TABLE folded_anew (id VARCHAR, words VARCHAR)")
        sql.insert_many(con, "folded_anew", differing)
        sql.run(con, f"UPDATE {name} SET words = f.words FROM folded_anew f WHERE f.id = {name}.id")
        sql.run(con, "DROP TABLE folded_anew")


def _said(con: Connection, asked: Row) -> dict[str, list[str]]:
    """case id → what its events said, in their order."""
    statement = """
        SELECT subject, detail FROM event
        WHERE area = 'case' AND state IS NOT NULL AND detail <> '{}' AND subject BETWEEN $first AND $last ORDER BY n
        """
    found: dict[str, list[str]] = {}
    for row in sql.rows(con, statement, asked):
        found.setdefault(row["subject"], []).extend(said_in(json.loads(row["detail"])))
    return found
