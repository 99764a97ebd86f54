"""Who is named for a confidential case: they alone read it, besides its enterprise."""

from collections.abc import Sequence

from db import sql
from db.sql import Connection


def named(con: Connection, account_id: str) -> tuple[str, ...]:
    """The confidential cases that this account is named for."""
    statement = """
        SELECT r.case_id FROM case_reader r JOIN cases c ON c.id = r.case_id
        WHERE r.account_id = $id AND c.confidential ORDER BY r.case_id
        """
    return tuple(sql.column(con, statement, {"id": account_id}))


def readers(con: Connection, case_id: str) -> dict[str, str]:
    """id → name of those who are named for it."""
    statement = """
        SELECT a.id, a.name FROM case_reader r JOIN account a ON a.id = r.account_id
        WHERE r.case_id = $id ORDER BY a.name, a.id
        """
    return {row["id"]: row["name"] for row in sql.rows(con, statement, {"id": case_id})}


def may_be_named(con: Connection, roles: Sequence[str]) -> dict[str, tuple[str, str, str | None]]:
    """id → (name, role, body or town) of the active accounts of these roles."""
    statement = """
        SELECT id, name, role, coalesce(body_code, town_code) AS place FROM account
        WHERE active AND role = ANY($roles) ORDER BY role, place, name, id
        """
    found = sql.rows(con, statement, {"roles": list(roles)})
    return {row["id"]: (row["name"], row["role"], row["place"]) for row in found}


def name(con: Connection, case_id: str, account_ids: Sequence[str]) -> None:
    """They, and nobody who was named before."""
    sql.run(con, "DELETE FROM case_reader WHERE case_id = $id", {"id": case_id})
    sql.insert_many(con, "case_reader", [{"case_id": case_id, "account_id": one} for one in account_ids])
