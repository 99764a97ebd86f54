"""A questionnaire as an XLSForm that other tools open. What they do not know stands in columns that begin with f2f_,
which our own import reads again."""

import io
from collections.abc import Callable
from typing import Any

import xlsxwriter

from intake.questionnaires.model import FILLED, Condition, Either, Every, Item, Neither, Option, Questionnaire, Test

_HEADINGS = ["type", "name", "label::中文 (zh)", "label::English (en)", "hint::中文 (zh)", "hint::English (en)",
             "required", "relevant", "constraint", "appearance", "parameters", "f2f_kind",
             "f2f_dimension", "f2f_na", "f2f_unit_zh", "f2f_unit_en", "f2f_decimals",
             "f2f_low_zh", "f2f_low_en", "f2f_high_zh", "f2f_high_en"]  # fmt: skip
_CHOICES = ["list_name", "name", "label::中文 (zh)", "label::English (en)", "f2f_value", "f2f_last", "f2f_words",
            "f2f_alone"]  # fmt: skip
_SIGNS = {"is": "=", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_Row = dict[str, object]


def workbook(asked: Questionnaire) -> bytes:
    """The file. Every cell is a text: nothing in it is a formula."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        _sheet(book, "survey", _HEADINGS, _survey(asked))
        _sheet(book, "choices", _CHOICES, _choices(asked))
        settings = _settings(asked)
        _sheet(book, "settings", list(settings), [settings])
    return made.getvalue()


def _sheet(book: Any, name: str, headings: list[str], rows: list[_Row]) -> None:  # noqa: ANN401
    sheet = book.add_worksheet(name)
    for n, row in enumerate([dict(zip(headings, headings, strict=True)), *rows]):
        for column, heading in enumerate(headings):
            if row.get(heading) not in (None, ""):
                sheet.write_string(n, column, str(row[heading]))


def _settings(asked: Questionnaire) -> _Row:
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


def _survey(asked: Questionnaire) -> list[_Row]:
    rows: list[_Row] = []
    for screen in asked.screens:
        name = f"{screen.code}_screen"
        rows.append({"type": "begin_group", "name": name, "appearance": "field-list", **_words(screen)})
        for item in asked.on_screen(screen.code):
            rows += _WRITERS.get(item.kind, _plain)(asked, item)
        rows.append({"type": "end_group"})
    return rows


def _words(words: Any) -> _Row:  # noqa: ANN401
    return {"label::中文 (zh)": words.zh, "label::English (en)": words.en}


def _common(asked: Questionnaire, item: Item) -> _Row:
    row: _Row = {"name": item.code, "f2f_kind": item.kind, "f2f_dimension": item.dimension, **_words(item)}
    row |= {"f2f_na": "yes" if item.na else "", "required": "yes" if item.required else ""}
    row |= {"relevant": expression(asked, item.when) if item.when else "", "constraint": _constraint(item)}
    if item.hint:
        row |= {"hint::中文 (zh)": item.hint.zh, "hint::English (en)": item.hint.en}
    if item.unit:
        row |= {"f2f_unit_zh": item.unit.zh, "f2f_unit_en": item.unit.en}
    row |= {"f2f_decimals": item.decimals} if item.decimals else {}
    if item.kind == "scale10":  # the words of its two ends
        for part in item.parts:
            row |= {f"f2f_{part.code}_zh": part.zh, f"f2f_{part.code}_en": part.en}
    if item.random_order:
        row["parameters"] = "randomize=true"
    return row


def _plain(asked: Questionnaire, item: Item) -> list[_Row]:
    number = "decimal" if item.decimals else "integer"
    types = {"scale10": number, "number": number, "text": "text", "date": "date", "section": "note",
             "consent": "acknowledge", "multiple": f"select_multiple {_list_of(item)}"}  # fmt: skip
    rows = [{"type": types.get(item.kind, f"select_one {_list_of(item)}"), **_common(asked, item)}]
    other = next((option.code for option in item.options if option.words), None)
    if other:
        relevant = f"selected(${{{item.code}}}, '{other}')"
        rows.append({"type": "text", "name": f"{item.code}_other_words", "relevant": relevant, "f2f_kind": "words",
                     "label::中文 (zh)": "请具体说明", "label::English (en)": "Please say which"})  # fmt: skip
    return rows


def _matrix(asked: Questionnaire, item: Item) -> list[_Row]:
    required = {"required": "yes" if item.required else ""}
    head = _common(asked, item) | {"type": "begin_group", "appearance": "table-list", "required": ""}
    rows = [
        {"type": f"select_one {_list_of(item)}", "name": f"{item.code}__{row.code}", **required, **_words(row)}
        for row in item.rows
    ]
    return [head, *rows, {"type": "end_group"}]


def _pair(asked: Questionnaire, item: Item) -> list[_Row]:
    own = {"required": "yes" if item.required else "", "constraint": _constraint(item)}
    head = _common(asked, item) | {"type": "begin_group", "required": "", "constraint": ""}
    rows = [{"type": "integer", "name": f"{item.code}__{part.code}", **own, **_words(part)} for part in item.parts]
    return [head, *rows, {"type": "end_group"}]


_WRITERS: dict[str, Callable[[Questionnaire, Item], list[_Row]]] = {"matrix": _matrix, "two_numbers": _pair}


def _list_of(item: Item) -> str:
    """Items with the common scale share its list; others have one of their own."""
    if item.options:
        return f"{item.code}_choices"
    return "level5" if item.kind == "matrix" else item.kind


def _choices(asked: Questionnaire) -> list[_Row]:
    lists: dict[str, tuple[Option, ...]] = {}
    for item in asked.items:
        if asked.options_of(item) and item.kind not in ("section", "text"):
            lists[_list_of(item)] = asked.options_of(item)
    return [
        {"list_name": name, "name": option.code, **_words(option), **_flags(option)}
        for name, options in lists.items()
        for option in options
    ]


def _flags(option: Option) -> _Row:
    flags: _Row = {f"f2f_{name}": "yes" for name in ("last", "words", "alone") if getattr(option, name)}
    return flags if option.value is None else {**flags, "f2f_value": f"{option.value:g}"}


def _constraint(item: Item) -> str:
    limits = {"low": ". >= {}", "high": ". <= {}", "earliest": ". >= date('{}')", "latest": ". <= date('{}')"}
    parts = [text.format(getattr(item, name)) for name, text in limits.items() if getattr(item, name) is not None]
    parts += [f"string-length(.) <= {item.longest}"] if item.longest else []
    parts += [f"count-selected(.) <= {item.most}"] if item.most else []
    return " and ".join(parts)


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
    if test.op == "filled" or test.answer == FILLED:
        return f"{name} != ''"
    if test.op == "selected":
        return f"selected({name}, '{test.answer}')"
    if test.op == "one_of" and isinstance(test.answer, tuple):
        return " or ".join(f"{name} = '{answer}'" for answer in test.answer)
    if isinstance(test.answer, (int, float)):
        return f"{name} {_SIGNS[test.op]} {test.answer}"
    item = asked.item(code)
    answer = f"date('{test.answer}')" if item and item.kind == "date" else f"'{test.answer}'"
    return f"{name} {_SIGNS[test.op]} {answer}"
