"""Accounts that a district begins with, from a file: nobody has a password until their one-time link set it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from access import admin
from access.actor import Actor
from access.admin import PLACES, Belonging
from access.roles import ROLES
from db.cases import entered
from db.people import accounts
from db.refused import Refused
from db.sql import Connection
from intake.files.spreadsheets import as_text
from intake.history.reading import LedgerSheet, Lists, OldCell, OldRow, Values, credit_code, of_list, of_words

_IDS = UUID("2b0b6a3e-58d5-4d2c-a8f4-5a9f0c1d0059")
_PLACE = {"body_code": "own_body", "town_code": "town", "enterprise_id": "enterprise"}


def _login(cell: object, _: Lists) -> str:
    return admin.login_of(as_text(cell))


def _name(cell: object, _: Lists) -> str:
    return admin.name_of(as_text(cell))


def _wrong(values: Values) -> Iterator[tuple[str, Refused]]:
    field, required = PLACES.get(values["role"], ("", False))
    if required and not _place(values)[field]:
        yield _PLACE[field], Refused("place_missing")


def _place(values: Values) -> dict[str, str | None]:
    said = {field: values[name] for field, name in _PLACE.items()}
    return said | {"enterprise_id": values["uscc"] or values["enterprise"]}


SHEET = LedgerSheet(
    {
        "login": OldCell(("账号", "登录名", "login"), _login, needed=True, example="zhang.san"),
        "account_name": OldCell(("姓名", "name"), _name, needed=True, example="张示例"),
        "role": OldCell(("角色", "role"), of_words(ROLES, "role"), needed=True, example="承办部门"),
        "own_body": OldCell(("部门", "body"), of_list("body", "old_body_unknown"), example="economy_it"),
        "town": OldCell(("镇街", "town"), of_list("town", "old_town_unknown")),
        "uscc": OldCell(("信用代码", "统一社会信用代码"), credit_code),
        "enterprise": OldCell(("企业名称", "企业", "enterprise"), of_list("enterprise", "old_enterprise_unknown")),
    },
    lambda values: values["login"],
    _wrong,
)


def _id(row: OldRow) -> str:
    return str(uuid5(_IDS, row.values["login"]))


def known(con: Connection, rows: Sequence[OldRow]) -> set[int]:
    """By login, and by what came from such a file before and has another login since: it was erased."""
    there = accounts.these_logins(con, [row.values["login"] for row in rows])
    before = entered.known(con, "account", [_id(row) for row in rows])
    return {row.row for row in rows if row.values["login"] in there or _id(row) in before}


def keep(con: Connection, actor: Actor, rows: Sequence[OldRow], import_id: str, at: datetime) -> int:
    wanted = [
        (admin.new_account(_id(row), v["login"], v["account_name"], v["role"], at), Belonging(**_place(v)))
        for row in rows
        for v in [row.values]
    ]
    return len(admin.add_within(con, actor, wanted, at, of_import=import_id))
