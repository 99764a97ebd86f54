"""Accounts that a district begins with, from a file: nobody has a password until their one-time link set it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from access import admin
from access.actor import Actor
from access.admin import Belonging
from db.cases import entered
from db.people import accounts
from db.sql import Connection
from intake.history.reading import OldRow
from intake.history.sheets.accounts import place

_IDS = UUID("2b0b6a3e-58d5-4d2c-a8f4-5a9f0c1d0059")


def _id(row: OldRow) -> str:
    return str(uuid5(_IDS, row.values["login"]))


def known(con: Connection, rows: Sequence[OldRow]) -> set[int]:
    """By login, and by what came from such a file before and has another login since: it was erased."""
    there = accounts.these_logins(con, [row.values["login"] for row in rows])
    before = entered.known(con, "account", [_id(row) for row in rows])
    return {row.row for row in rows if row.values["login"] in there or _id(row) in before}


def keep(con: Connection, actor: Actor, rows: Sequence[OldRow], import_id: str, at: datetime) -> int:
    wanted = [
        (admin.new_account(_id(row), v["login"], v["account_name"], v["role"], at), Belonging(**place(v)))
        for row in rows
        for v in [row.values]
    ]
    return len(admin.add_within(con, actor, wanted, at, of_import=import_id))
