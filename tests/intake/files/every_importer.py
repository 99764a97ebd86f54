"""What every importer says of a file by itself, in one process of its own: each is asked as `read_apart` asks it."""

import resource
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from access.actor import Actor
from db import clock
from db.refused import Refused
from db.sql import Connection
from intake import beneficiaries, foreign_files
from intake.files.imports import Finding, Outcome
from intake.files.upload import Upload
from intake.history.reading import Lists
from intake.history.sheets.every import SHEETS, read_ledger
from intake.indicators.checking import read_file
from intake.indicators.terms.given import Supplement
from intake.indicators.terms.known import Known, knowledge
from intake.register import rows as register
from intake.xlsform.sheets import Remark

CODE = "91330603MA0000001L"
AT = datetime(2023, 11, 30, 4, 0)
ISSUED = date(2023, 1, 10)  # of the policy
_WHERE = {"row", "number", "cell", "rows", "headings", "spots", "form", "sheets"}  # not what a record says
_OWN = {
    "old_number": "2021-1", "uscc": CODE, "login": "user.1", "list_name_zh": "示例", "list_name_en": "Example",
    "forum": "1", "person": "示例", "order_number": "KQ20231128000001", "case_number": "2023-0001",
}  # fmt: skip
_LEFT = {"12345": {"enterprise"}, "cases": {"enterprise", "forum"}, "accounts": {"uscc", "enterprise"}}


@dataclass(frozen=True)
class Against:
    """What rows are read against."""

    register: register.RegisterLists
    known: Known
    ledgers: Lists

    @staticmethod
    def of(con: Connection) -> "Against":
        scope = Actor("admin", "admin", "示例").enterprise_scope
        return Against(register.RegisterLists.of(con), knowledge(con, AT, True), Lists.read(con, scope, AT.date()))


def right() -> dict[str, list[list[str]]]:
    """A table without a fault for each importer: headings and one row, of answer sheets two."""
    tables = {
        "enterprises": [["企业名称", "统一社会信用代码", "行业", "镇街", "规模", "联系电话"],
                        ["示例纺织有限公司", CODE, "C17", "柯桥", "小型", "0575-84120000"]],
        "indicators": [["指标", "时期", "单位", "数值", "来源", "发布日期"],
                       ["出口总额", "2023年1-10月", "亿元", "1450.5", "海关", "2023-11-20"]],
        "beneficiaries": [["统一社会信用代码", "受益日期"], [CODE, "2023-05-06"]],
        "xlsform": [["type", "name", "label"], ["text", "q1", "贵企业的意见"]],
        "wjx": [["序号", "提交答卷时间", "1、您满意吗？"], ["1", "2023/10/1 10:00:00", "满意"],
                ["2", "2023/10/1 10:01:00", "不满意"]],
    }  # fmt: skip
    for name in SHEETS:
        columns, own = SHEETS[name].columns, {**_OWN, "list_code": {"towns": "3306039999"}.get(name, "body_1")}
        own |= dict.fromkeys(_LEFT.get(name, ()), "")
        row = [str(own.get(field, one.example)) for field, one in columns.items()]
        tables[name] = [[one.words[0] for one in columns.values()], row]
    return tables


def read_by_each(files: Sequence[tuple[str, Mapping[str, bytes]]], against: Against) -> tuple[Any, ...]:
    """(kind, importer, what is read, what is refused) of each file, and how many MB the largest took."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = [
        (kind, importer, *_read(importer, Upload("odd", content), against))
        for kind, by_importer in files
        for importer, content in by_importer.items()
    ]
    return said, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def _read(importer: str, upload: Upload, against: Against) -> tuple[str, tuple[Finding | Remark, ...]]:
    try:
        if importer == "xlsform":
            form = foreign_files._form(upload)
            return _words(form.questionnaire and form.questionnaire.items), form.refused
        if importer == "wjx":
            found = foreign_files._results(upload, {}, (), "")
            return _words(found.sheets), (*found.reading.refused, *found.turned_away)
        outcome = _outcome(importer, upload, against)
        return _words(outcome.read), outcome.refused
    except Refused as refusal:
        return "", (Finding(0, "file", refusal.code, refusal.facts),)


def _outcome(importer: str, upload: Upload, against: Against) -> Outcome[Any]:
    if importer == "enterprises":
        return register.read_rows(upload, against.register)
    if importer == "beneficiaries":
        return beneficiaries.read_list(upload, ISSUED, clock.day_of(AT))
    if importer == "indicators":
        found = read_file(upload, against.known, (), Supplement())
        return Outcome(found.figures, (*found.outcome.refused, *found.refused))
    return read_ledger(upload, importer, against.ledgers)


def _words(said: Any) -> str:
    """What a record says, wherever in the file it stood."""
    if is_dataclass(said):
        return _words({one.name: getattr(said, one.name) for one in fields(said) if one.name not in _WHERE})
    if isinstance(said, Mapping):
        return "{" + ", ".join(f"{name}: {_words(one)}" for name, one in said.items()) + "}"
    if isinstance(said, (list, tuple)):
        return "[" + ", ".join(map(_words, said)) + "]"
    return repr(said)
