"""A ledger of special policies that were issued before this store."""

from intake.history.reading import LedgerSheet, OldCell, day, line, of_list

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
