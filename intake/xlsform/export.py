"""A questionnaire as an XLSForm that other tools open. What they do not know stands in columns that begin with f2f_,
which our own import reads again."""

import io
import re
from collections.abc import Collection
from typing import Any

import xlsxwriter

from intake.questionnaires.kind import Row, labels
from intake.questionnaires.kinds.choices import list_of
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Condition, Either, Every, Item, Neither, Option, Questionnaire, Test
from intake.questionnaires.rules import is_filled

_HEADINGS = ["type", "name", "label::中文 (zh)", "label::English (en)", "hint::中文 (zh)", "hint::English (en)",
             "required", "relevant", "constraint", "appearance", "parameters", "f2f_kind",
             "f2f_dimension", "f2f_na", "f2f_unit_zh", "f2f_unit_en", "f2f_decimals",
             "f2f_low_zh", "f2f_low_en", "f2f_high_zh", "f2f_high_en"]  # fmt: skip
_CHOICES = ["list_name", "name", "label::中文 (zh)", "label::English (en)", "f2f_value", "f2f_last", "f2f_words",
            "f2f_alone"]  # fmt: skip
_WORDS = _HEADINGS[2:6]
_NOTHING_YET = Option("", "", "-")  # a draft's list may be empty, which other tools refuse
_EXPRESSIONS = {"relevant", "constraint"}
_REFERENCE = re.compile(r"\$\{([^{}]*)(\}?)")
_UNSEEN = "\u2060"  # for other tools; our import takes such characters out of words
_SIGNS = {"is": "=", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}


def workbook(asked: Questionnaire) -> bytes:
    """The file. Every cell is a text: nothing in it is a formula."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        survey, settings = _survey(asked), _settings(asked)
        names = {str(row["name"]) for row in survey if "name" in row}
        _sheet(book, "survey", _HEADINGS, survey, names)
        _sheet(book, "choices", _CHOICES, _choices(asked), names)
        _sheet(book, "settings", list(settings), [settings], ())
    return made.getvalue()


def _sheet(book: Any, name: str, headings: list[str], rows: list[Row], names: Collection[str]) -> None:  # noqa: ANN401
    """`names` are those that words may refer to."""
    sheet = book.add_worksheet(name)
    for n, row in enumerate([dict(zip(headings, headings, strict=True)), *rows]):
        for column, heading in enumerate(headings):
            if row.get(heading) not in (None, ""):
                text = str(row[heading])
                sheet.write_string(n, column, text if heading in _EXPRESSIONS else _said(text, names))


def _said(text: str, names: Collection[str]) -> str:
    """Words that look as if they took in an answer, '${name}', say nothing else where no question has the name: other
    tools refuse a form that refers to what it does not ask."""
    return _REFERENCE.sub(lambda r: r[0] if r[1] in names and r[2] else r[0].replace("$", f"${_UNSEEN}", 1), text)


def _settings(asked: Questionnaire) -> Row:
    return {
        "form_title": asked.title.zh or asked.title.en,
        "form_id": asked.code,
        "version": asked.version,
        "default_language": "中文 (zh)",
        "f2f_title_zh": asked.title.zh,
        "f2f_title_en": asked.title.en,
        "f2f_purpose_zh": asked.purpose.zh,
        "f2f_purpose_en": asked.purpose.en,
        "f2f_minutes": asked.minutes,
        "f2f_notice_zh": asked.notice.zh,
        "f2f_notice_en": asked.notice.en,
        "f2f_notice_version": asked.notice.version,
    }


def _survey(asked: Questionnaire) -> list[Row]:
    rows: list[Row] = []
    for screen in asked.screens:
        name = f"{screen.code}_screen"
        rows.append({"type": "begin_group", "name": name, "appearance": "field-list", **labels(screen)})
        for item in asked.on_screen(screen.code):
            rows += KINDS[item.kind].form.write(item, _common(asked, item))
        rows.append({"type": "end_group"})
    return [row if _speaks(row) else row | {"label::中文 (zh)": _UNSEEN} for row in rows]


def _speaks(row: Row) -> bool:
    """Whether a question has words: a draft may lack them, and other tools refuse a form where one does."""
    return "name" not in row or any(row.get(heading) for heading in _WORDS)


def _common(asked: Questionnaire, item: Item) -> Row:
    row: Row = {"name": item.code, "f2f_kind": item.kind, "f2f_dimension": item.dimension, **labels(item)}
    row |= {"f2f_na": "yes" if item.na else "", "required": "yes" if item.required else ""}
    row |= {"relevant": expression(asked, item.when) if item.when else ""}
    row |= {"constraint": KINDS[item.kind].limits.write(item)}
    if item.hint:
        row |= {"hint::中文 (zh)": item.hint.zh, "hint::English (en)": item.hint.en}
    if item.unit:
        row |= {"f2f_unit_zh": item.unit.zh, "f2f_unit_en": item.unit.en}
    row |= {"f2f_decimals": item.decimals} if item.decimals else {}
    if item.random_order:
        row["parameters"] = "randomize=true"
    return row


def _choices(asked: Questionnaire) -> list[Row]:
    lists: dict[str, tuple[Option, ...]] = {}
    for item in asked.items:
        if "options" in KINDS[item.kind].parts:
            lists[list_of(item, KINDS[item.kind].scale or item.kind)] = asked.options_of(item)
    return [
        {"list_name": name, "name": option.code, **labels(option), **_flags(option)}
        for name, options in lists.items()
        for option in options or (_NOTHING_YET,)
    ]


def _flags(option: Option) -> Row:
    flags: Row = {f"f2f_{name}": "yes" for name in ("last", "words", "alone") if getattr(option, name)}
    return flags if option.value is None else {**flags, "f2f_value": f"{option.value:g}"}


def expression(asked: Questionnaire, condition: Condition) -> str:
    """A skip rule in XPath."""
    if isinstance(condition, Test):
        return _test(asked, condition)
    word, parts = {
        Every: (" and ", getattr(condition, "every", ())),
        Either: (" or ", getattr(condition, "either", ())),
        Neither: (" or ", getattr(condition, "neither", ())),
    }[type(condition)]
    joined = word.join(f"({expression(asked, part)})" for part in parts)
    return f"not({joined})" if isinstance(condition, Neither) else joined


def _test(asked: Questionnaire, test: Test) -> str:
    code, _, row = test.item.partition(".")
    name = "${" + (f"{code}__{row}" if row else code) + "}"
    item = asked.item(code)
    if item is None or (row and row not in {one.code for one in item.rows}):
        return "false()"  # nothing holds of what is not asked
    rule = KINDS[item.kind].rule
    if rule is None or is_filled(test):
        return f"{name} != ''"
    if test.op == "selected":
        return f"selected({name}, {rule.write(test.answer)})"
    if test.op == "one_of" and isinstance(test.answer, tuple):
        return " or ".join(f"{name} = {rule.write(answer)}" for answer in test.answer)
    return f"{name} {_SIGNS[test.op]} {rule.write(test.answer)}"
