"""An XLSForm as a questionnaire of ours: what is read, what is not supported, what is refused, item by item."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from access.typed import one_line
from db.refused import Refused
from intake.imports import shown
from intake.question_model import Condition, Every, Item, Notice, Option, Questionnaire, Screen, Words
from intake.spreadsheets import Upload
from intake.words import cut
from intake.xlsform_choices import Choices, Languages, choices_of, has_chinese, is_yes, item_code, languages_of
from intake.xlsform_items import Taken, item_of, matrix_of, pair_of
from intake.xlsform_rules import Names, NotUnderstood, condition_of
from intake.xlsform_sheets import Line, Remark, XlsForm, read_form
from intake.xlsform_types import Type, type_of

MOST_LINES = 2_000
_LONGEST_TITLE = 60
_SETTINGS = {"form_title", "form_id", "default_language", "version", "allow_choice_duplicates", "style"}
_OWN = {"f2f_title_zh", "f2f_title_en", "f2f_purpose_zh", "f2f_purpose_en", "f2f_minutes", "f2f_notice_zh",
        "f2f_notice_en", "f2f_notice_version"}  # fmt: skip


@dataclass(frozen=True)
class ReadItem:
    """One row that was taken: its name and type in the form, our code and kind, the languages that it lacks."""

    row: int
    name: str
    type: str
    code: str
    kind: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What a file gives. `questionnaire` is a draft's content, None where nothing can be imported."""

    questionnaire: Questionnaire | None
    read: tuple[ReadItem, ...] = ()
    unsupported: tuple[Remark, ...] = ()
    refused: tuple[Remark, ...] = ()


@dataclass
class _Group:
    name: str
    structure: str
    when: Condition | None
    dropped: bool = False  # nothing in it is taken


@dataclass
class _Builder:
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
    seen: set[tuple[str, str]] = field(default_factory=set)
    scales: dict[str, tuple[Option, ...]] = field(default_factory=dict)
    alone: bool = False  # the last screen was begun by a question outside every group


def read_xlsform(upload: Upload, *, code: str, model: Questionnaire) -> Reading:
    """`model` lends its notice and scales. Nothing is raised for the file's faults: they are `refused`."""
    try:
        form = read_form(upload)
    except Refused as refusal:
        return Reading(None, refused=(Remark("", 0, "", refusal.code, facts=refusal.facts),))
    if len(form.survey) > MOST_LINES:
        return Reading(None, refused=(Remark("survey", 0, "", "too_long", facts={"most": MOST_LINES}),))
    languages, remarks = languages_of(form)
    built = _Builder(form, languages, choices_of(form, languages))
    built.unsupported += [*form.unsupported, *remarks, *built.choices.unsupported, *_settings_remarks(form)]
    built.refused += [*form.refused, *built.choices.refused]
    _walk(built)
    asked = _questionnaire(built, code, model) if built.items else None
    return Reading(asked, tuple(built.read), _sorted(built.unsupported), _sorted(built.refused))


def _sorted(remarks: list[Remark]) -> tuple[Remark, ...]:
    order = {"survey": 0, "choices": 1, "settings": 2}
    return tuple(sorted(remarks, key=lambda remark: (order.get(remark.sheet, 3), remark.row)))


def _walk(built: _Builder) -> None:
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


def _begin(built: _Builder, line: Line, kind: Type, lines: Iterator[Line]) -> None:
    top, dropped = not built.stack, _dropped(built)
    if kind.structure != "group":
        built.unsupported.append(Remark("survey", line.row, "type", kind.structure, line.name))
    when = None if dropped else _when(built, line)
    said = built.languages.words(line.words.get("label", {}))
    if top:
        _new_screen(built, said)
    whole = None if dropped else _whole_group(built, line, lines, when)
    if whole:
        return
    built.stack.append(_Group(line.name, kind.structure, when, dropped or kind.structure == "loop"))
    if not dropped:
        _leftovers(built, line, {"type", "name", "relevant", "f2f_kind"}, {"label"})
        if not top and (said.zh or said.en):
            _keep(built, line, kind, Taken(Item(said.zh, said.en, "", "section", "")))


def _whole_group(built: _Builder, line: Line, lines: Iterator[Line], when: Condition | None) -> bool:
    """A group that is one question: a table of choices, or a pair of numbers of ours. Its rows are used up."""
    kind = line.get("f2f_kind")
    if "table-list" not in line.get("appearance") and kind not in ("matrix", "two_numbers"):
        return False
    start = built.form.survey.index(line)
    inside = _inside(built.form.survey[start + 1 :])
    taken = (pair_of if kind == "two_numbers" else matrix_of)(line, inside, built.languages, built.choices)
    if taken is None:
        built.unsupported.append(Remark("survey", line.row, "appearance", "table_list", line.name))
        return False
    for _ in range(len(inside) + 1):
        next(lines, None)
    _keep(built, line, type_of("begin group"), replace(taken, item=replace(taken.item, when=when)), inside)
    return True


def _inside(lines: tuple[Line, ...]) -> list[Line]:
    """The rows up to the group's end."""
    found: list[Line] = []
    for line in lines:
        if type_of(line.get("type")).kind == "end":
            break
        found.append(line)
    return found


def _end(built: _Builder, line: Line, kind: Type) -> None:
    if not built.stack or built.stack[-1].structure != kind.structure:
        built.refused.append(Remark("survey", line.row, "type", "group_end", line.name))
    if built.stack:
        built.stack.pop()
    built.alone = False


def _question(built: _Builder, line: Line, kind: Type) -> None:
    if _dropped(built):
        built.unsupported.append(Remark("survey", line.row, "type", "in_loop", line.name))
    elif not kind.kind:
        remark = Remark("survey", line.row, "type", kind.why, line.name, {"type": shown(kind.plain)})
        (built.refused if kind.why == "type_unknown" else built.unsupported).append(remark)
    elif line.get("f2f_kind") == "words":
        return  # belongs to the choice that asks to say which
    elif kind.kind in ("single", "multiple") and kind.list_name not in built.choices.lists:
        facts = {"list": shown(kind.list_name)}
        built.refused.append(Remark("survey", line.row, "type", "list_missing", line.name, facts))
    elif line.name and (built.stack[-1].name if built.stack else "", line.name) in built.seen:
        built.refused.append(Remark("survey", line.row, "name", "name_twice", line.name))
    elif not line.name and kind.kind != "section":
        built.refused.append(Remark("survey", line.row, "name", "name_missing"))
    else:
        _take(built, line, kind)


def _take(built: _Builder, line: Line, kind: Type) -> None:
    if not built.stack and not built.alone:
        _new_screen(built, Words("", ""))
        built.alone = True
    taken = item_of(line, kind, built.languages, built.choices)
    _keep(built, line, kind, replace(taken, item=replace(taken.item, when=_when(built, line))))


def _keep(built: _Builder, line: Line, kind: Type, taken: Taken, inside: list[Line] | None = None) -> None:
    """Give the item its code and place, remember what it may be called in rules."""
    code = item_code(line.name or "note", {item.code for item in built.items})
    conditions = [c for c in (*(g.when for g in built.stack), taken.item.when) if c is not None]
    when = conditions[0] if len(conditions) == 1 else Every(tuple(conditions)) if conditions else None
    item = replace(taken.item, code=code, screen=built.screens[-1].code, when=when)
    if item.kind in ("level5", "change5", "matrix") and taken.list_name in ("level5", "change5"):
        built.scales[taken.list_name] = item.options
        item = replace(item, options=())
    built.items.append(item)
    built.unsupported += taken.unsupported
    built.seen.add((built.stack[-1].name if built.stack else "", line.name))
    built.choice_codes |= {(code, name): choice for name, choice in taken.choices.items()}
    built.names[line.name] = (code, item)
    for row, option in zip(inside or [], item.rows, strict=False):
        built.names[row.name] = (f"{code}.{option.code}", item)
    missing = tuple(language for language in ("zh", "en") if not getattr(item, language))
    built.read.append(ReadItem(line.row, line.name, kind.plain, code, item.kind, missing))


def _when(built: _Builder, line: Line) -> Condition | None:
    expression = line.get("relevant")
    if not expression:
        return None
    known = frozenset(other.name for other in built.form.survey if other.name)
    model = Questionnaire("", 1, Words("", ""), Words("", ""), 1, Notice("", "", 1), (), built.scales, ())
    try:
        return condition_of(expression, Names(model, built.names, built.choice_codes, known))
    except NotUnderstood as reason:
        code = reason.code
        if code == "expression_later" and reason.facts.get("name") == line.name:
            code = "expression_itself"
        remark = Remark("survey", line.row, line.headings.get("relevant", "relevant"), code, line.name,
                        {**reason.facts, "expression": shown(expression)})  # fmt: skip
        refused = code in ("expression_unknown", "expression_itself")
        (built.refused if refused else built.unsupported).append(remark)
        return None


def _leftovers(built: _Builder, line: Line, cells: set[str], words: set[str]) -> None:
    used = {*cells, *(["appearance"] if line.get("appearance") == "field-list" else [])}
    for column, value in line.cells.items():
        if value and column not in used and is_yes(value) is not False:
            built.unsupported.append(Remark("survey", line.row, line.headings[column], "column", line.name))
    for column in line.words.keys() - words:
        built.unsupported.append(Remark("survey", line.row, line.headings[column], "column", line.name))


def _dropped(built: _Builder) -> bool:
    return any(group.dropped for group in built.stack)


def _new_screen(built: _Builder, said: Words) -> None:
    number = len(built.screens) + 1
    zh, en = (said.zh, said.en) if said.zh or said.en else (f"第 {number} 页", f"Page {number}")
    built.screens.append(Screen(one_line(zh), one_line(en), f"page{number}"))
    built.alone = False


def _settings_remarks(form: XlsForm) -> list[Remark]:
    if not form.settings:
        return []
    said = {column: value for column, value in form.settings.cells.items() if value}
    return [
        Remark("settings", form.settings.row, form.settings.headings[column], "setting")
        for column in said
        if column not in _SETTINGS | _OWN or column == "style"
    ]


def _questionnaire(built: _Builder, code: str, model: Questionnaire) -> Questionnaire:
    own = built.form.settings.get if built.form.settings else lambda _heading: ""
    title = own("form_title")
    named = Words(title if has_chinese(title) else "", "" if has_chinese(title) else title)
    used = {item.screen for item in built.items}
    minutes, version = own("f2f_minutes"), own("f2f_notice_version")
    notice = Notice(own("f2f_notice_zh"), own("f2f_notice_en"), int(version) if version.isdecimal() else 1)
    return Questionnaire(
        code=code,
        version=1,
        title=Words(
            cut(one_line(own("f2f_title_zh") or named.zh), _LONGEST_TITLE),
            cut(one_line(own("f2f_title_en") or named.en), _LONGEST_TITLE),
        ),
        purpose=Words(own("f2f_purpose_zh"), own("f2f_purpose_en")),
        minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 4 else max(1, len(built.items) // 5),
        notice=notice if notice.zh else model.notice,
        screens=tuple(screen for screen in built.screens if screen.code in used),
        scales={**model.scales, **built.scales},
        items=tuple(built.items),
    )
