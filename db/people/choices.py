"""Short lists to choose from in a form."""

from dataclasses import dataclass

from db import sql
from db.scope import Scope, enterprises_within
from db.sql import Connection
from i18n.names import Named


@dataclass(frozen=True)
class EnterpriseChoice(Named):
    """An enterprise as a form offers it."""

    id: str
    name_zh: str
    name_en: str


def credit_codes(con: Connection, scope: Scope) -> dict[str, str]:
    """Credit code → id of all enterprises within the scope."""
    statement = f"SELECT e.uscc, e.id FROM enterprise e WHERE {enterprises_within(scope)}"
    return {row["uscc"]: row["id"] for row in sql.rows(con, statement, {"scope_key": scope.key})}


def enterprises(con: Connection, scope: Scope) -> list[EnterpriseChoice]:
    """The active enterprises within the scope, by name."""
    statement = f"""
        SELECT e.id, e.name_zh, e.name_en FROM enterprise e
        WHERE e.active AND {enterprises_within(scope)} ORDER BY e.name_zh
        """
    return sql.fetch(con, EnterpriseChoice, statement, {"scope_key": scope.key})
