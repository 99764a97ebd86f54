"""The enterprise register."""

from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.scope import Scope, enterprises_within
from db.sql import Connection


@dataclass(frozen=True)
class Enterprise:
    """One enterprise. `sector_code` is a GB/T 4754-2017 division; `size` is large, medium, small or micro."""

    id: str
    uscc: str
    name_zh: str
    name_en: str
    sector_code: str
    town_code: str
    size: str
    foreign_funded: bool
    officer_id: str | None
    contact_name: str | None
    contact_phone: str | None
    active: bool
    created_at: datetime
    seq: int

    def name(self, language: str) -> str:
        return self.name_en if language == "en" and self.name_en else self.name_zh


def get(con: Connection, scope: Scope, enterprise_id: str) -> Enterprise | None:
    found = sql.fetch(
        con,
        Enterprise,
        f"SELECT e.* FROM enterprise e WHERE e.id = $id AND {enterprises_within(scope)}",  # noqa: S608
        {"id": enterprise_id, "scope_key": scope.key},
    )
    return found[0] if found else None


def name_of(con: Connection, enterprise_id: str) -> str:
    return sql.scalar(con, "SELECT name_zh FROM enterprise WHERE id = $id", {"id": enterprise_id}) or ""


def of_case(con: Connection, case_id: str) -> Enterprise | None:
    found = sql.fetch(
        con,
        Enterprise,
        "SELECT e.* FROM enterprise e JOIN cases c ON c.enterprise_id = e.id WHERE c.id = $id",
        {"id": case_id},
    )
    return found[0] if found else None
