"""What this district is called, and whether demo data is loaded."""

from dataclasses import dataclass

from db import sql
from db.sql import Connection


@dataclass(frozen=True)
class District:
    name_zh: str
    name_en: str
    demo: bool

    def name(self, language: str) -> str:
        return self.name_zh if language == "zh" else self.name_en


def district(con: Connection) -> District:
    """The names set by the operator; a neutral one where nothing is set."""
    found = {row["name"]: row["value"] for row in sql.rows(con, "SELECT name, value FROM setting")}
    return District(
        found.get("district_zh", "本区"),
        found.get("district_en", "Our district"),
        found.get("demo") == "true",
    )


def put(con: Connection, name: str, value: str) -> None:
    sql.run(con, "DELETE FROM setting WHERE name = $name", {"name": name})
    sql.insert(con, "setting", {"name": name, "value": value})


def probe(con: Connection) -> None:
    """A write that readiness makes: a store that cannot write is not ready."""
    sql.run(con, "UPDATE setting SET value = value WHERE name = 'demo'")
    put(con, "probe", "ready")
