"""A file of the bodies or towns that a district begins with."""

from access.reference_lists import code_of
from access.typed import proper_name
from db.references import KINDS, LONGEST_NAME
from intake.files.spreadsheets import as_text
from intake.history.reading import LedgerSheet, Lists, OldCell, fitting, of_words

_EXAMPLES = {"body": ("water_bureau", "区水利局", "Water Bureau"), "town": ("110101120", "示例镇", "Shili Town")}


def _code(cell: object, _: Lists) -> str:
    return code_of(as_text(cell).strip())


def _name(cell: object, _: Lists) -> str:
    return fitting(proper_name(as_text(cell)), LONGEST_NAME)


def sheet_of(list_name: str) -> LedgerSheet:
    code, zh, en = _EXAMPLES[list_name]
    kinds = KINDS[list_name]
    return LedgerSheet(
        {
            "list_code": OldCell(("代码", "code"), _code, needed=True, example=code),
            "list_name_zh": OldCell(("中文名称", "名称"), _name, needed=True, example=zh),
            "list_name_en": OldCell(("英文名称",), _name, needed=True, example=en),
            "list_kind": OldCell(("类型", "kind"), of_words(kinds, "references.kind"), needed=True, example=kinds[-1]),
        },
        lambda values: values["list_code"],
    )
