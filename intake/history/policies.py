"""Special policies that were issued before this store."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from access.actor import Actor
from casework.policies import PolicyForm, enter_policies
from db.cases import entered
from db.sql import Connection
from intake.history.reading import LedgerSheet, OldCell, OldRow, day, line, of_list

_IDS = UUID("0f8a6d0c-3f5e-4d61-9d0b-7d1c2b5f0041")


SHEET = LedgerSheet(
    {
        "old_number": OldCell(("文号", "编号", "number"), line, needed=True, example="区政〔2021〕3号"),
        "title": OldCell(("标题", "政策名称", "title"), line, needed=True, example="关于支持纺织企业技改的意见"),
        "title_en": OldCell(("英文标题", "title (english)"), line, example="Support for textile upgrades"),
        "body": OldCell(("发文部门", "body"), of_list("body", "old_body_unknown"), needed=True, example="economy_it"),
        "issued_on": OldCell(("印发日期", "发布日期", "issued"), day, needed=True, example="2021-06-01"),
    },
    lambda values: values["old_number"],
)


def _id(row: OldRow) -> str:
    return str(uuid5(_IDS, f"policy:{row.values['old_number']}"))


def known(con: Connection, rows: Sequence[OldRow]) -> set[int]:
    there = entered.known(con, "policy", [_id(row) for row in rows])
    return {row.row for row in rows if _id(row) in there}


def keep(con: Connection, actor: Actor, rows: Sequence[OldRow], _import_id: str, at: datetime) -> int:
    forms = {
        _id(row): PolicyForm(v["title"], v["title_en"] or v["title"], v["body"], v["issued_on"])
        for row in sorted(rows, key=lambda row: row.values["issued_on"])
        for v in [row.values]
    }
    return len(enter_policies(con, actor=actor, forms=forms, at=at))
