"""Work orders of the hotline 12345 that concern enterprises: each becomes a case, known by the hotline's own number.

The enterprise keeps all of its rights: it is told as of anything that others raised for it, and it alone closes. Our
clock starts when the order is brought in; the hotline's own deadline stands beside it.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from access.actor import Actor
from casework.cases.act import open_cases
from db import clock, hotline
from db.cases import entered
from db.cases.cases import NewCase
from db.hotline import Order
from db.people import choices, enterprises
from db.people.enterprises import Enterprise
from db.refused import Refused
from db.sql import Connection
from i18n import folding
from intake.files.imports import shown
from intake.files.spreadsheets import as_text
from intake.history.order_cells import digest, moment, order_number, said, until
from intake.history.reading import LedgerSheet, Lists, OldCell, OldRow, Values, line, name, words
from intake.register.rows import read_credit_code, read_telephone

CHANNEL = "hotline"
_IDS = UUID("0f6c2b9e-7b53-4c55-9d0c-12345a0e0064")
_PARTS = re.compile(r"[/\\>、,，;；|]|--|->|—|-")
_SENTENCE = re.compile(r"[。！？!?；;\n]")


def _kind(cell: object, _: Lists) -> str:
    """A suggestion where the hotline calls it one; whatever else it is called asks for something."""
    return "suggestion" if "建议" in as_text(cell) or "suggest" in as_text(cell).casefold() else "problem"


def _category(cell: object, lists: Lists) -> tuple[str, str]:
    """The hotline's own class, and the category of ours that one of its parts is called by, the last part first."""
    whole = said(cell, lists)
    parts = [folding.folded(part.strip()) for part in (whole, *reversed(_PARTS.split(whole))) if part.strip()]
    return whole, next((lists.of["category"][part] for part in parts if part in lists.of["category"]), "other")


def _code(cell: object, _: Lists) -> str:
    return read_credit_code(cell)


def _phone(cell: object, lists: Lists) -> str:
    """As the register keeps it, or in the hotline's own words where that takes it for none."""
    try:
        return read_telephone(cell) or ""
    except Refused:
        return said(cell, lists)


SHEET = LedgerSheet(
    {
        "order_number": OldCell(
            ("工单编号", "工单号", "工单编码", "热线工单编号", "12345工单编号", "诉求编号", "事项编号", "受理编号",
             "流水号", "order number"), order_number, needed=True, example="ZX20231128000123"),
        "called_at": OldCell(("来电时间", "诉求时间", "反映时间", "登记时间", "创建时间", "called"), moment,
                             example="2023-11-28 09:15"),
        "taken_at": OldCell(("受理时间", "立案时间", "taken"), moment, example="2023-11-28 09:40"),
        "uscc": OldCell(("统一社会信用代码", "信用代码", "uscc"), _code),
        "enterprise": OldCell(("企业名称", "诉求企业", "反映企业", "单位名称", "诉求单位", "企业", "enterprise"), name,
                              example="示例纺织有限公司"),
        "caller": OldCell(("诉求人", "诉求人姓名", "来电人", "来电人姓名", "反映人", "联系人", "姓名", "caller"), line,
                          example="张示例"),
        "phone": OldCell(("联系电话", "来电号码", "联系方式", "联系号码", "手机号码", "手机", "电话", "phone"), _phone,
                         example="13800000000"),
        "kind": OldCell(("诉求类型", "工单类型", "诉求性质", "来电类型", "业务类型", "kind"), _kind, example="求助"),
        "order_class": OldCell(
            ("诉求分类", "问题分类", "诉求类别", "事项分类", "内容分类", "归口分类", "一级分类", "类别", "category"),
            _category, example="企业服务/水电气热与能耗"),
        "title": OldCell(("诉求标题", "工单标题", "标题", "主题", "title"), line, example="园区夜间停电"),
        "text": OldCell(
            ("诉求内容", "来电内容", "反映内容", "工单内容", "诉求描述", "问题描述", "主要内容", "内容", "text"), words,
            needed=True, example="近两个月多次停电，影响生产。"),
        "order_body": OldCell(
            ("承办单位", "主办单位", "责任单位", "办理单位", "处置单位", "承办部门", "转办单位", "body"), said,
            example="区经信局"),
        "order_due": OldCell(
            ("办理时限", "办结时限", "办理期限", "截止时间", "截止日期", "限办时间", "要求办结时间", "到期时间", "due"),
            until, example="2023-12-05"),
    },
    lambda values: values["order_number"],
    lenient=True,
)  # fmt: skip


def case_id(number: str) -> str:
    """The same for the same number, so that a file may be brought in again."""
    return str(uuid5(_IDS, number))


def known(con: Connection, rows: Sequence[OldRow]) -> set[int]:
    there = entered.known(con, "cases", [case_id(row.values["order_number"]) for row in rows])
    return {row.row for row in rows if case_id(row.values["order_number"]) in there}


def differing(con: Connection, rows: Sequence[OldRow]) -> set[int]:
    """Of those that are there, the ones that say something else now: they are left as they came."""
    stand = hotline.orders(con, [case_id(row.values["order_number"]) for row in rows])
    asked = ((row, stand.get(case_id(row.values["order_number"]))) for row in rows)
    return {row.row for row, order in asked if order and order.digest != _digest(row.values)}


def refused(con: Connection, actor: Actor, rows: Sequence[OldRow]) -> Mapping[int, tuple[str, Refused]]:
    found = _firms(con, actor, rows)
    return {n: ("enterprise", firm) for n, firm in found.items() if isinstance(firm, Refused)}


def keep(con: Connection, actor: Actor, rows: Sequence[OldRow], import_id: str, at: datetime) -> int:
    found = _firms(con, actor, rows)
    ids = [one for one in found.values() if isinstance(one, str)]
    firms = {one.id: one for one in enterprises.these(con, actor.enterprise_scope, ids)}
    wanted = [_case(row.values, firms[str(found[row.row])]) for row in rows]
    by_order = {case.id: _order(row.values) for case, row in zip(wanted, rows, strict=True)}
    return len(open_cases(con, wanted, actor=actor, at=at, orders=by_order))


def _firms(con: Connection, actor: Actor, rows: Sequence[OldRow]) -> dict[int, str | Refused]:
    """Row → the id of its enterprise, by its credit code or else by its name, or why it has none. Who called may be the
    enterprise itself."""
    codes, named = choices.credit_codes(con, actor.enterprise_scope), dict[str, set[str]]()
    active = choices.enterprises(con, actor.enterprise_scope)
    for firm in active:
        for word in (firm.name_zh, firm.name_en):
            named.setdefault(folding.folded(word or ""), set()).add(firm.id)
    there = {firm.id for firm in active}
    return {row.row: _firm(row.values, codes, named, there) for row in rows}


def _firm(values: Values, codes: Mapping[str, str], named: Mapping[str, set[str]], active: set[str]) -> str | Refused:
    code, called = values["uscc"], values["enterprise"] or values["caller"] or ""
    by_name = named.get(folding.folded(called), set()) if called else set[str]()
    by_code = codes.get(code or "")
    if by_code in active and by_code is not None:
        ours = not values["enterprise"] or not by_name or by_code in by_name
        return by_code if ours else Refused("old_enterprise_differs")
    if code:
        return Refused("order_enterprise_unknown", value=code)
    if len(by_name) > 1:
        return Refused("order_enterprise_twice", value=called)
    return next(iter(by_name), None) or Refused("order_enterprise_unknown", value=called)


def _case(values: Values, firm: Enterprise) -> NewCase:
    _, category = values["order_class"] or ("", "other")
    own = {"enterprise_id": firm.id, "sector_code": firm.sector_code, "town_code": firm.town_code}
    return NewCase(
        case_id(values["order_number"]), values["kind"] or "problem", category, **own,
        title=values["title"] or _title(values["text"]), text=values["text"], channel=CHANNEL, language="zh",
        notice_version=0,  # whoever called was read the hotline's notice, not ours
    )  # fmt: skip


def _title(text: str) -> str:
    """The first sentence of its words, cut where it is long."""
    return shown(next(filter(None, (part.strip() for part in _SENTENCE.split(text))), text))


def _order(v: Values) -> Order:
    called, taken = (_as_said(v[one]) for one in ("called_at", "taken_at"))
    return Order(v["order_number"], called, taken, v["caller"] or "", v["phone"] or "",
                 (v["order_class"] or ("", ""))[0], v["order_body"] or "", v["order_due"], _digest(v))  # fmt: skip


def _as_said(at: datetime | date | None) -> str:
    if isinstance(at, datetime):
        return clock.instant(at).isoformat()
    return at.isoformat() if at else ""


def _digest(values: Values) -> str:
    """Of all that the row says; what we file it under is no part of it."""
    said = {name: value[0] if isinstance(value, tuple) else value for name, value in values.items()}
    return digest(said)
