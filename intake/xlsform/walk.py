"""The rows of an XLSForm one by one: each becomes an item, a page or a remark; what hangs on groups is handed down."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from access.typed import one_line
from i18n.names import STORED
from intake.files.imports import shown
from intake.questionnaires.kinds.section import SECTION
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Condition, Every, Item, Option, PrivacyNotice, Questionnaire, Screen, Words
from intake.xlsform.choices import Choices, Languages, is_yes, item_code
from intake.xlsform.items import GROUPS, TakenItem, item_of, matrix_of
from intake.xlsform.row_types import Type, type_of
from intake.xlsform.rules import FormNames, NotUnderstood, condition_of
from intake.xlsform.sheets import Remark, SheetLine, XlsForm


@dataclass(frozen=True)
class ReadItem:
    """One row that was taken: its name and type in the form, our code and kind, the languages that it lacks."""

    row: int
    name: str
    type: str
    code: str
    kind: str
    missing: tuple[str, ...]


@dataclass
class _Group:
    row: int
    name: str
    structure: str
    when: Condition | None
    dropped: bool = False  # nothing in it is taken


@dataclass
class Builder:
    form: XlsForm
    languages: Languages
    choices: Choices
    screens: list[Screen] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    read: list[ReadItem] = field(default_factory=list)
    unsupported: list[Remark] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    stack: list[_Group] = field(default_factory=list)
    names: dict[str, tuple[str, Item]] = field(default_factory=dict)
    choice_codes: dict[tuple[str, str], str] = field(default_factory=dict)
    seen: set[tuple[int, str]] = field(default_factory=set)  # the group's row, a name in it
    scales: dict[str, tuple[Option, ...]] = field(default_factory=dict)
    alone: bool = False  # the last screen was begun by a question outside every group


def walk(built: Builder) -> None:
    lines = iter(built.form.survey)
    for line in lines:
        kind = type_of(line.get("type"))
        if not line.get("type"):
            if any(line.cells.values()) or line.words:
                built.refused.append(Remark("survey", line.row, "type", "type_missing", line.name))
        elif line.get("disabled") and is_yes(line.get("disabled")):
            built.unsupported.append(Remark("survey", line.row, "disabled", "disabled", line.name))
        elif kind.kind == "begin":
            _begin(built, line, kind, lines)
        elif kind.kind == "end":
            _end(built, line, kind)
        else:
            _question(built, line, kind)
    built.refused.extend(Remark("survey", 0, "type", "group_open", group.name) for group in built.stack)


def _begin(built: Builder, line: SheetLine, kind: Type, lines: Iterator[SheetLine]) -> None:
    top, dropped = not built.stack, _dropped(built)
    if kind.structure != "group":
        built.unsupported.append(Remark("survey", line.row, "type", kind.structure, line.name))
    elif dropped:
        built.unsupported.append(Remark("survey", line.row, "type", "in_loop", line.name))
    when = None if dropped else _when(built, line)
    said = built.languages.words(line.words.get("label", {}))
    if top:
        _new_screen(built, said)
    whole = None if dropped else _whole_group(built, line, lines, when)
    if whole:
        return
    if not dropped:
        _leftovers(built, line, {"type", "name", "relevant", "f2f_kind"}, {"label"})
        if top or not (said.zh or said.en):
            screen = built.screens[-1].code if built.screens else ""
            built.read.append(ReadItem(line.row, line.name, kind.plain, screen, "page" if top else "group", ()))
        else:
            _keep(built, line, kind, TakenItem(Item(said.zh, said.en, "", SECTION.code, "", when=when)))
    built.stack.append(_Group(line.row, line.name, kind.structure, when, dropped or kind.structure == "loop"))


def _whole_group(built: Builder, line: SheetLine, lines: Iterator[SheetLine], when: Condition | None) -> bool:
    """A group that is one question: a table of choices, or a pair of numbers of ours. Its rows are used up."""
    read = GROUPS.get(line.get("f2f_kind"))
    if "table-list" not in line.get("appearance") and read is None:
        return False
    start = built.form.survey.index(line)
    inside = _inside(built.form.survey[start + 1 :])
    taken = (read or matrix_of)(line, inside, built.languages, built.choices)
    if taken is None:
        built.unsupported.append(Remark("survey", line.row, "appearance", "table_list", line.name))
        return False
    for _ in range(len(inside) + 1):
        next(lines, None)
    _keep(built, line, type_of("begin group"), replace(taken, item=replace(taken.item, when=when)), inside)
    return True


def _inside(lines: tuple[SheetLine, ...]) -> list[SheetLine]:
    """The rows up to the group's end."""
    found: list[SheetLine] = []
    for line in lines:
        if type_of(line.get("type")).kind == "end":
            break
        found.append(line)
    return found


def _end(built: Builder, line: SheetLine, kind: Type) -> None:
    if not built.stack or built.stack[-1].structure != kind.structure:
        built.refused.append(Remark("survey", line.row, "type", "group_end", line.name))
    if built.stack:
        built.stack.pop()
    built.alone = False


def _question(built: Builder, line: SheetLine, kind: Type) -> None:
    if _dropped(built):
        built.unsupported.append(Remark("survey", line.row, "type", "in_loop", line.name))
    elif not kind.kind:
        remark = Remark("survey", line.row, "type", kind.why, line.name, {"type": shown(kind.plain)})
        (built.refused if kind.why == "type_unknown" else built.unsupported).append(remark)
    elif line.get("f2f_kind") == "words":
        return  # belongs to the choice that asks to say which
    elif kind.selects and kind.list_name not in built.choices.lists:
        facts = {"list": shown(kind.list_name)}
        built.refused.append(Remark("survey", line.row, "type", "list_missing", line.name, facts))
    elif line.name and (_group(built), line.name) in built.seen:
        built.refused.append(Remark("survey", line.row, "name", "name_twice", line.name))
    elif not line.name and KINDS[kind.kind].asks:
        built.refused.append(Remark("survey", line.row, "name", "name_missing"))
    else:
        _take(built, line, kind)


def _take(built: Builder, line: SheetLine, kind: Type) -> None:
    if not built.stack and not built.alone:
        _new_screen(built, Words("", ""))
        built.alone = True
    taken = item_of(line, kind, built.languages, built.choices)
    _keep(built, line, kind, replace(taken, item=replace(taken.item, when=_when(built, line))))


def _keep(built: Builder, line: SheetLine, kind: Type, taken: TakenItem, inside: list[SheetLine] | None = None) -> None:
    """Give the item its code and place, remember what it may be called in rules."""
    code = item_code(line.name or "note", {item.code for item in built.items})
    conditions = [c for c in (*(g.when for g in built.stack), taken.item.when) if c is not None]
    when = conditions[0] if len(conditions) == 1 else Every(tuple(conditions)) if conditions else None
    item = replace(taken.item, code=code, screen=built.screens[-1].code, when=when)
    if taken.list_name and taken.list_name == KINDS[item.kind].scale:
        built.scales[taken.list_name] = item.options
        item = replace(item, options=())
    built.items.append(item)
    built.unsupported += taken.unsupported
    if KINDS[item.kind].asks or kind.kind != "begin":  # a heading's group may hold a question of its name
        built.seen.add((_group(built), line.name))
    built.choice_codes |= {(code, name): choice for name, choice in taken.choices.items()}
    built.names[line.name] = (code, item)
    missing = tuple(language for language in STORED if not getattr(item, language))
    built.read.append(ReadItem(line.row, line.name, kind.plain, code, item.kind, missing))
    _keep_rows(built, inside or [], item)


def _keep_rows(built: Builder, inside: list[SheetLine], item: Item) -> None:
    """The rows of a table: its headings have none of their own."""
    for row in inside:
        name = row.name.removeprefix(f"{inside[0].name}__")
        built.read.append(
            ReadItem(row.row, row.name, type_of(row.get("type")).plain, f"{item.code}.{name}", item.kind, ())
        )
    asked = [row for row in inside if row.get("appearance") != "label"]
    for row, option in zip(asked, item.rows, strict=False):
        built.names[row.name] = (f"{item.code}.{option.code}", item)


def _when(built: Builder, line: SheetLine) -> Condition | None:
    expression = line.get("relevant")
    if not expression:
        return None
    known = frozenset(other.name for other in built.form.survey if other.name)
    model = Questionnaire("", 1, Words("", ""), Words("", ""), 1, PrivacyNotice("", "", 1), (), built.scales, ())
    try:
        return condition_of(expression, FormNames(model, built.names, built.choice_codes, known))
    except NotUnderstood as reason:
        code = reason.code
        if code == "expression_later" and reason.facts.get("name") == line.name:
            code = "expression_itself"
        remark = Remark("survey", line.row, line.headings.get("relevant", "relevant"), code, line.name,
                        {**reason.facts, "expression": shown(expression)})  # fmt: skip
        refused = code in ("expression_unknown", "expression_itself")
        (built.refused if refused else built.unsupported).append(remark)
        return None


def _leftovers(built: Builder, line: SheetLine, cells: set[str], words: set[str]) -> None:
    used = {*cells, *(["appearance"] if line.get("appearance") == "field-list" else [])}
    for column, value in line.cells.items():
        if value and column not in used and is_yes(value) is not False:
            built.unsupported.append(Remark("survey", line.row, line.headings[column], "column", line.name))
    for heading in (heading for column in line.spoken.keys() - words for heading in line.spoken[column]):
        built.unsupported.append(Remark("survey", line.row, heading, "column", line.name))


def _group(built: Builder) -> int:
    """The row where the innermost group began, 0 outside of all."""
    return built.stack[-1].row if built.stack else 0


def _dropped(built: Builder) -> bool:
    return any(group.dropped for group in built.stack)


def _new_screen(built: Builder, said: Words) -> None:
    number = len(built.screens) + 1
    zh, en = (said.zh, said.en) if said.zh or said.en else (f"第 {number} 页", f"Page {number}")
    built.screens.append(Screen(one_line(zh), one_line(en), f"page{number}"))
    built.alone = False
