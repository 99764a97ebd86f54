"""One row of an XLSForm, or one table of rows, as one item. What is not supported is remarked column by column."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from intake.files.imports import shown
from intake.questionnaires.kinds.matrix import MATRIX
from intake.questionnaires.kinds.number import NUMBER
from intake.questionnaires.kinds.section import SECTION
from intake.questionnaires.kinds.single import SINGLE
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.kinds.two_numbers import TWO_NUMBERS
from intake.questionnaires.model import Item, Option, Words
from intake.xlsform.choices import OTHER, Choices, Languages, is_yes, option_code
from intake.xlsform.limits import limits_of
from intake.xlsform.row_types import Type, type_of
from intake.xlsform.rules import NotUnderstood
from intake.xlsform.sheets import Remark, SheetLine

_DECIMALS = 6
_HONOURED = {"multiline", "field-list", "table-list", "list-nolabel", "label"}
_READ = {"type", "name", "relevant", "required", "constraint", "appearance", "parameters", "f2f_kind", "f2f_dimension",
         "f2f_na", "f2f_unit_zh", "f2f_unit_en", "f2f_decimals", "disabled", "f2f_low_zh", "f2f_low_en", "f2f_high_zh",
         "f2f_high_en"}  # fmt: skip
_REFERENCE = re.compile(r"\$\{[^}]*\}|%\(")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|\*\*|^#{1,6} ", re.MULTILINE)


@dataclass(frozen=True)
class TakenItem:
    """An item without its code and place. `choices`: the form's name of a choice → our code."""

    item: Item
    choices: dict[str, str] = field(default_factory=dict)
    unsupported: tuple[Remark, ...] = ()
    list_name: str = ""


def item_of(line: SheetLine, kind: Type, languages: Languages, choices: Choices) -> TakenItem:
    own = line.get("f2f_kind")
    named = kind.kind if own not in KINDS else own
    only_labels = _one_of(kind) and line.get("appearance") == "label"  # the headings of a table that follows
    plain = Item(
        *_words(languages, line, "label"),
        code="",
        kind=SECTION.code if only_labels else named,
        screen="",
        dimension=line.get("f2f_dimension") or None,
        na=bool(is_yes(line.get("f2f_na"))),
    )
    remarks = list(_remarks(line, kind))
    item = replace(plain, hint=_hint(languages, line), unit=_unit(line), parts=_ends(line))
    if KINDS[item.kind].asks:
        item = _required(item, line, remarks)
        item = _choices(item, kind, choices)
        item = _numbers(item, line, kind, remarks)
    item = _constraint(item, line, remarks)
    return TakenItem(item, _codes(kind, choices), tuple(remarks), kind.list_name)


def matrix_of(line: SheetLine, inside: list[SheetLine], languages: Languages, choices: Choices) -> TakenItem | None:
    """A table: questions with one list of choices between them, none with a rule of its own."""
    kinds = [type_of(row.get("type")) for row in inside]
    rows = [row for row, kind in zip(inside, kinds, strict=True) if row.get("appearance") != "label"]
    lists = {kind.list_name for kind in kinds}
    if not rows or not all(map(_one_of, kinds)) or len(lists) != 1 or not lists <= choices.lists.keys():
        return None
    if any(row.get("relevant") or not row.name for row in inside) or any(kind.other for kind in kinds):
        return None
    [list_name] = lists
    required = {bool(is_yes(row.get("required"))) for row in rows}
    if len(required) != 1:
        return None
    item = Item(
        *_words(languages, line, "label"),
        code="",
        kind=MATRIX.code,
        screen="",
        dimension=line.get("f2f_dimension") or None,
        required=required == {True},
        na=bool(is_yes(line.get("f2f_na"))),
        options=tuple(choices.lists[list_name]),
        rows=_rows(line, rows, languages),
        random_order="randomize=true" in line.get("parameters"),
        hint=_hint(languages, line),
    )
    remarks = [remark for row, kind in zip(inside, kinds, strict=True) for remark in _remarks(row, kind)]
    return TakenItem(item, _codes(kinds[0], choices), tuple(remarks), list_name)


def pair_of(line: SheetLine, inside: list[SheetLine], languages: Languages, _choices: Choices) -> TakenItem | None:
    """Two numbers asked together, as our own export writes them."""
    if len(inside) < 2 or {type_of(row.get("type")).kind for row in inside} != {NUMBER.code}:
        return None
    remarks: list[Remark] = []
    item = Item(*_words(languages, line, "label"), code="", kind=TWO_NUMBERS.code, screen="",
                dimension=line.get("f2f_dimension") or None, na=bool(is_yes(line.get("f2f_na"))),
                parts=_rows(line, inside, languages), unit=_unit(line), hint=_hint(languages, line))  # fmt: skip
    item = _required(item, inside[0], remarks)
    return TakenItem(_constraint(item, inside[0], remarks), unsupported=tuple(remarks))


# Several rows that are one question; of another system's, a table alone.
GROUPS: dict[str, Callable[[SheetLine, list[SheetLine], Languages, Choices], TakenItem | None]] = {
    MATRIX.code: matrix_of,
    TWO_NUMBERS.code: pair_of,
}


def _one_of(kind: Type) -> bool:
    return kind.kind == SINGLE.code


def _rows(line: SheetLine, rows: list[SheetLine], languages: Languages) -> tuple[Option, ...]:
    found: list[Option] = []
    for row in rows:
        name = row.name.removeprefix(f"{line.name}__")
        code = option_code(name, {option.code for option in found})
        found.append(Option(*_words(languages, row, "label"), code=code))
    return tuple(found)


def _words(languages: Languages, line: SheetLine, heading: str) -> tuple[str, str]:
    said = languages.words(line.words.get(heading, {}))
    return said.zh, said.en


def _hint(languages: Languages, line: SheetLine) -> Words | None:
    said = languages.words(line.words.get("hint", {}))
    return said if said.zh or said.en else None


def _unit(line: SheetLine) -> Words | None:
    zh, en = line.get("f2f_unit_zh"), line.get("f2f_unit_en")
    return Words(zh, en) if zh or en else None


def _ends(line: SheetLine) -> tuple[Option, ...]:
    """What nothing and ten mean, in a form of our own."""
    ends = [Option(line.get(f"f2f_{end}_zh"), line.get(f"f2f_{end}_en"), end) for end in ("low", "high")]
    return tuple(end for end in ends if end.zh or end.en)


def _required(item: Item, line: SheetLine, remarks: list[Remark]) -> Item:
    wanted = is_yes(line.get("required"))
    if wanted is None:
        remarks.append(_remark(line, "required", "required"))
    return replace(item, required=bool(wanted))


def _choices(item: Item, kind: Type, choices: Choices) -> Item:
    if not kind.selects:
        return item
    options = list(choices.lists[kind.list_name])
    if kind.other and "other" not in {option.code for option in options}:
        options.append(OTHER)
    return replace(item, options=tuple(options))


def _codes(kind: Type, choices: Choices) -> dict[str, str]:
    codes = {name: code for (list_name, name), code in choices.codes.items() if list_name == kind.list_name}
    return codes | ({"other": "other"} if kind.other else {}) | {"na": "na"}


def _numbers(item: Item, line: SheetLine, kind: Type, remarks: list[Remark]) -> Item:
    """Decimals, a range's ends, a random order."""
    parameters = dict(re.findall(r"([\w-]+)\s*=\s*([^\s,;]+)", line.get("parameters")))
    if parameters.pop("randomize", "false").lower() in ("true", "true()"):
        item = replace(item, random_order=True)
    if kind.plain == "decimal":
        own = line.get("f2f_decimals")
        item = replace(item, decimals=int(own) if own in set("123456") else _DECIMALS)
    if kind.plain == "range":
        item = _range(item, line, parameters, remarks)
    if parameters and kind.plain != "range":
        remarks.append(_remark(line, "parameters", "parameters", x=", ".join(sorted(parameters))))
    return replace(item, **KINDS[item.kind].form.begins)


def _range(item: Item, line: SheetLine, parameters: dict[str, str], remarks: list[Remark]) -> Item:
    try:
        low, high, step = (float(parameters.pop(k, d)) for k, d in (("start", "1"), ("end", "10"), ("step", "1")))
    except ValueError:
        remarks.append(_remark(line, "parameters", "parameters", x=shown(line.get("parameters"))))
        return item
    whole = all(n.is_integer() for n in (low, high, step))
    if step != 1:
        remarks.append(_remark(line, "parameters", "range_step"))
    if parameters:
        remarks.append(_remark(line, "parameters", "parameters", x=", ".join(sorted(parameters))))
    ends = {"low": int(low), "high": int(high)} if whole else {"low": low, "high": high}
    kind = next((kind.code for kind in KINDS.values() if kind.form.span == (low, high, step)), item.kind)
    return replace(item, kind=kind, decimals=0 if whole else _DECIMALS, **ends)


def _constraint(item: Item, line: SheetLine, remarks: list[Remark]) -> Item:
    """Limits that we know are kept; anything else is named, and the question is asked without it."""
    if not line.get("constraint"):
        return item
    try:
        limits = limits_of(line.get("constraint"))
        return replace(item, **KINDS[item.kind].limits.read(item, limits))
    except (NotUnderstood, ValueError):
        remarks.append(_remark(line, "constraint", "constraint", expression=shown(line.get("constraint"))))
        return item


def _remarks(line: SheetLine, kind: Type) -> list[Remark]:
    """Every filled cell of the row that is not taken."""
    found = []
    for column, value in line.cells.items():
        honoured = column != "appearance" or set(value.split()) <= _HONOURED
        if value and (column not in _READ or not honoured) and is_yes(value) is not False:
            code = "appearance" if column == "appearance" else "default" if column == "default" else "column"
            found.append(_remark(line, column, code))
    for column in line.spoken.keys() - {"label", "hint"}:
        code = "media" if column in ("image", "audio", "video", "big-image") else "column"
        found += [Remark("survey", line.row, heading, code, line.name) for heading in line.spoken[column]]
    said = [said for column in ("label", "hint") for said in line.words.get(column, {}).values()]
    if any(_REFERENCE.search(text) for text in said):
        found.append(Remark("survey", line.row, "label", "reference", line.name))
    if any(_MARKUP.search(text) for text in said):
        found.append(Remark("survey", line.row, "label", "markup", line.name))
    if kind.plain == "phone number":
        found.append(_remark(line, "type", "phone"))
    return found


def _remark(line: SheetLine, column: str, code: str, **facts: object) -> Remark:
    return Remark("survey", line.row, line.headings.get(column, column), code, line.name, facts)
