"""A list of who came to forums before this store: a row a person."""

from intake.history.reading import LedgerSheet, OldCell, line, name, number

SHEET = LedgerSheet(
    {
        "forum": OldCell(("场次", "forum"), number, needed=True, example=1),
        "person_kind": OldCell(("类别", "kind"), line, needed=True, example="企业家"),
        "person": OldCell(("姓名", "name"), name, needed=True, example="示例"),
        "organisation": OldCell(("单位", "企业或单位", "organisation"), line, example="示例纺织有限公司"),
        "country": OldCell(("国别", "country"), line, example="中国"),
        "office": OldCell(("职务", "office"), line, example="总经理"),
    },
    lambda values: tuple(values.values()),
)
