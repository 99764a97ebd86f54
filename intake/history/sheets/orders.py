"""An export of the hotline 12345's work orders, as such platforms write it."""

import re

from db.refused import Refused
from i18n import folding
from intake.files.spreadsheets import as_text
from intake.history.order_cells import moment, order_number, said, until
from intake.history.reading import LedgerSheet, Lists, OldCell, line, name, words
from intake.register.rows import read_credit_code, read_telephone

_PARTS = re.compile(r"[/\\>、,，;；|]|--|->|—|-")


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
