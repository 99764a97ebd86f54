"""A file of the accounts that a district begins with."""

from collections.abc import Iterator

from access.account_fields import PLACES, login_of, name_of
from access.roles import ROLES
from db.people.accounts import folded
from db.refused import Refused
from intake.files.spreadsheets import as_text
from intake.history.reading import LedgerSheet, Lists, OldCell, Values, credit_code, of_list, of_words

_PLACE = {"body_code": "own_body", "town_code": "town", "enterprise_id": "enterprise"}


def _login(cell: object, _: Lists) -> str:
    return login_of(as_text(cell))


def _name(cell: object, _: Lists) -> str:
    return name_of(as_text(cell))


def _wrong(values: Values) -> Iterator[tuple[str, Refused]]:
    field, required = PLACES.get(values["role"], ("", False))
    if required and not place(values)[field]:
        yield _PLACE[field], Refused("place_missing")


def place(values: Values) -> dict[str, str | None]:
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
    lambda values: folded(values["login"]),
    _wrong,
)
