"""The enterprise register."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from db import events, lookup, masked, sql
from db.events import Event
from db.lookup import WordPlaces
from db.refused import MovedOn
from db.scope import ALL, Scope, enterprises_within
from db.sql import Connection, Row
from i18n.names import Named


@dataclass(frozen=True)
class Enterprise(Named):
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


_WHOLE = ", ".join(f"e.{name}" for name in Enterprise.__dataclass_fields__)
_MASKED = {
    "e.contact_name": masked.name_in_sql("e.contact_name"),
    "e.contact_phone": masked.number_in_sql("e.contact_phone"),
}
COLUMNS = ", ".join(f"{_MASKED[one]} AS {one[2:]}" if one in _MASKED else one for one in _WHOLE.split(", "))


def get(con: Connection, scope: Scope, enterprise_id: str) -> Enterprise | None:
    """Its contact masked, as everywhere but in `to_change`, `by_uscc` and `contacts`."""
    return _one(con, scope, enterprise_id, COLUMNS)


def to_change(con: Connection, scope: Scope, enterprise_id: str) -> Enterprise | None:
    """To be saved as it stands: the contact is whole."""
    return _one(con, scope, enterprise_id, _WHOLE)


def _one(con: Connection, scope: Scope, enterprise_id: str, columns: str) -> Enterprise | None:
    statement = f"SELECT {columns} FROM enterprise e WHERE e.id = $id AND {enterprises_within(scope)}"
    return sql.first(con, Enterprise, statement, {"id": enterprise_id, "scope_key": scope.key})


def these(con: Connection, scope: Scope, ids: Sequence[str]) -> list[Enterprise]:
    statement = f"SELECT {COLUMNS} FROM enterprise e WHERE e.id = ANY($ids) AND {enterprises_within(scope)}"
    return sql.fetch(con, Enterprise, statement, {"ids": list(ids), "scope_key": scope.key})


def name_of(con: Connection, enterprise_id: str) -> str:
    return sql.scalar(con, "SELECT name_zh FROM enterprise WHERE id = $id", {"id": enterprise_id}) or ""


def of_case(con: Connection, case_id: str) -> Enterprise | None:
    statement = f"SELECT {COLUMNS} FROM enterprise e JOIN cases c ON c.enterprise_id = e.id WHERE c.id = $id"
    return sql.first(con, Enterprise, statement, {"id": case_id})


@dataclass(frozen=True)
class EnterpriseFilter:
    """The words of `text` in the names or the credit code; `sector` a division or a section; empty: all."""

    text: str = ""
    sector: str = ""
    town: str = ""


NAMED = WordPlaces("e.words")


def _wanted(con: Connection, scope: Scope, wanted: EnterpriseFilter) -> tuple[str, Row]:
    named, words = lookup.sought(con, wanted.text, NAMED)
    where = f"""
        {enterprises_within(scope)} AND {named}
        AND ($sector = '' OR substr(e.sector_code, 1, length($sector)) = $sector)
        AND ($town = '' OR e.town_code = $town)
        """
    return where, {**vars(wanted), **words, "scope_key": scope.key}


@dataclass(frozen=True)
class WholeContact:
    """Whom to call, whole, each part '' where there is none, and the version of the enterprise that it stands in."""

    name: str
    number: str
    seq: int


def contacts(con: Connection, scope: Scope, ids: Sequence[str]) -> dict[str, WholeContact]:
    """By enterprise, of those within the scope."""
    statement = f"""
        SELECT e.id, coalesce(e.contact_name, '') AS name, coalesce(e.contact_phone, '') AS number, e.seq
        FROM enterprise e WHERE e.id = ANY($ids) AND {enterprises_within(scope)}
        """
    rows = sql.rows(con, statement, {"ids": list(ids), "scope_key": scope.key})
    return {row.pop("id"): WholeContact(**row) for row in rows}


def find(con: Connection, scope: Scope, wanted: EnterpriseFilter, *, limit: int, offset: int = 0) -> list[Enterprise]:
    """A page of the register by name."""
    where, params = _wanted(con, scope, wanted)
    return sql.fetch(
        con,
        Enterprise,
        f"""
        SELECT {COLUMNS} FROM enterprise e WHERE {where}
        ORDER BY e.active DESC, e.name_zh, e.uscc LIMIT $limit OFFSET $offset
        """,
        {**params, "limit": limit, "offset": offset},
    )


def count(con: Connection, scope: Scope, wanted: EnterpriseFilter) -> int:
    where, params = _wanted(con, scope, wanted)
    return sql.scalar(con, f"SELECT count(*) FROM enterprise e WHERE {where}", params)


def by_uscc(con: Connection, scope: Scope, codes: Sequence[str]) -> dict[str, Enterprise]:
    """Those of the register that have one of these credit codes, to change them: their contacts are whole."""
    statement = f"SELECT {_WHOLE} FROM enterprise e WHERE e.uscc = ANY($codes) AND {enterprises_within(scope)}"
    found = sql.fetch(con, Enterprise, statement, {"codes": list(codes), "scope_key": scope.key})
    return {enterprise.uscc: enterprise for enterprise in found}


def counts(con: Connection, scope: Scope, wanted: EnterpriseFilter) -> dict[str, dict[str, int]]:
    """How many each sector and each town would leave, the other filters applied."""
    return {
        "sector": _counted(con, scope, replace(wanted, sector=""), "sector_code"),
        "town": _counted(con, scope, replace(wanted, town=""), "town_code"),
    }


def _counted(con: Connection, scope: Scope, wanted: EnterpriseFilter, column: str) -> dict[str, int]:
    where, params = _wanted(con, scope, wanted)
    statement = f"SELECT e.{column} AS code, count(*) AS n FROM enterprise e WHERE {where} GROUP BY e.{column}"
    return sql.pairs(con, statement, params)


@dataclass(frozen=True)
class Officer:
    """A service officer who may look after enterprises."""

    id: str
    login: str
    name: str


def officers(con: Connection) -> list[Officer]:
    """The active ones, by name."""
    statement = "SELECT id, login, name FROM account WHERE role = 'officer' AND active ORDER BY name, login"
    return sql.fetch(con, Officer, statement)


def imported(con: Connection, import_id: str) -> int | None:
    """The rows of an import that was made already, or None."""
    found = events.of_subject(con, import_id)
    return found[0]["detail"]["rows"] if found else None


def save_all(
    con: Connection, added: Sequence[Enterprise], changed: Sequence[Enterprise], made: Sequence[Event]
) -> None:
    """Add these and change those (each with the `seq` after its change), with the events of it, or nothing.

    Raises MovedOn where one was added or changed by somebody else since it was read.
    """
    if by_uscc(con, ALL, [enterprise.uscc for enterprise in added]):
        raise MovedOn()
    if changed and _change(con, changed) != len(changed):
        raise MovedOn()
    add(con, added)
    events.append(con, *made)


def add(con: Connection, added: Sequence[Enterprise]) -> None:
    sql.insert_many(con, "enterprise", [lookup.with_words("enterprise", one) for one in added])


_CHANGEABLE = {
    "id": "VARCHAR", "name_zh": "VARCHAR", "name_en": "VARCHAR", "sector_code": "VARCHAR", "town_code": "VARCHAR",
    "size": "VARCHAR", "foreign_funded": "BOOLEAN", "officer_id": "VARCHAR", "contact_name": "VARCHAR",
    "contact_phone": "VARCHAR", "active": "BOOLEAN", "seq": "INTEGER", "words": "VARCHAR",
}  # fmt: skip


def _change(con: Connection, changed: Sequence[Enterprise]) -> int:
    """All in one statement: a register of thousands is changed in a fraction of a second."""
    lists = ", ".join(f"unnest(CAST(${name} AS {kind}[])) AS {name}" for name, kind in _CHANGEABLE.items())
    sets = ", ".join(f"{name} = c.{name}" for name in _CHANGEABLE if name != "id")
    statement = f"""
        UPDATE enterprise SET {sets} FROM (SELECT {lists}) AS c
        WHERE enterprise.id = c.id AND enterprise.seq = c.seq - 1
        """
    written = [lookup.with_words("enterprise", one) for one in changed]
    return sql.scalar(con, statement, {name: [row[name] for row in written] for name in _CHANGEABLE})
