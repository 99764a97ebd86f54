"""An XLSForm's lists of choices, its languages, and names made into codes of ours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from i18n.names import STORED
from intake.questionnaires.model import FILLED, NA, Option, Words
from intake.xlsform.sheets import Remark, SheetLine, XlsForm, language_of

_KNOWN = {"list_name", "name", "label", "f2f_value", "f2f_last", "f2f_words", "f2f_alone"}
OTHER = Option("其他", "Other", "other", last=True, words=True)
_YES = {"yes", "true", "true()", "1", "y", "是"}
_NO = {"no", "false", "false()", "0", "n", "否", ""}


@dataclass
class Choices:
    """`lists`: list → its options; `codes`: (list, the form's choice) → our code."""

    lists: dict[str, list[Option]] = field(default_factory=dict)
    codes: dict[tuple[str, str], str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)  # where each list begins
    unsupported: list[Remark] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)


@dataclass(frozen=True)
class Languages:
    """Which of the file's languages stand for our two: '' is a column without a language."""

    plain: str  # zh, en, or '' where each text decides by its script
    stand_in: str = ""  # a third language, where the file has neither of ours

    def words(self, said: Mapping[str, str]) -> Words:
        plain, third = said.get("", ""), said.get(self.stand_in, "") if self.stand_in else ""
        slot = self.plain or ("zh" if has_chinese(plain) else "en")
        found = {slot: plain} | {language: words for language, words in said.items() if words}
        return Words(found.get("zh", ""), found.get("en", "") or third)


def is_yes(text: str) -> bool | None:
    """None where it is neither yes nor no: an expression."""
    lower = text.strip().lower()
    return True if lower in _YES else False if lower in _NO else None


def has_chinese(text: str) -> bool:
    return bool(re.search(r"[\u3400-\u9fff]", text))


def languages_of(form: XlsForm) -> tuple[Languages, list[Remark]]:
    """The two languages of the file, and a remark on each other one."""
    used: dict[str, str] = {}
    for sheet, lines in (("survey", form.survey), ("choices", form.choices)):
        for line in lines:
            used |= {language: sheet for said in line.words.values() for language in said if language not in used}
    default = language_of(form.settings.get("default_language")) if form.settings else ""
    foreign = [language for language in used if language not in ("", *STORED)]
    ours = used.keys() & {"", *STORED}
    stand_in = (default if default in foreign else foreign[0]) if foreign and not ours else ""
    remarks = [
        Remark(used[language], 0, language, "stands_in" if language == stand_in else "language", facts={"x": language})
        for language in foreign
    ]
    return Languages(default if default in STORED else "", stand_in), remarks


def choices_of(form: XlsForm, languages: Languages) -> Choices:
    found = Choices()
    repeats = bool(form.settings and is_yes(form.settings.get("allow_choice_duplicates")))
    for line in form.choices:
        _take(found, line, languages, repeats)
    for column in sorted({c for line in form.choices for c, value in line.cells.items() if value and c not in _KNOWN}):
        heading = next(line.headings[column] for line in form.choices if column in line.headings)
        found.unsupported.append(Remark("choices", 0, heading, "choice_column"))
    for column in sorted({c for line in form.choices for c in line.words if c != "label"}):
        found.unsupported.append(Remark("choices", 0, column, "media"))
    return found


def _take(found: Choices, line: SheetLine, languages: Languages, repeats: bool) -> None:
    list_name, name = line.get("list_name"), line.name
    if not list_name or not name:
        if any(line.cells.values()) or line.words:
            found.refused.append(Remark("choices", line.row, "", "choice_unnamed", name))
        return
    if (list_name, name) in found.codes:
        remark = Remark("choices", line.row, "name", "choice_repeated" if repeats else "choice_twice", name)
        (found.unsupported if repeats else found.refused).append(remark)
        return
    options = found.lists.setdefault(list_name, [])
    found.rows.setdefault(list_name, line.row)
    code = option_code(name, {option.code for option in options})
    found.codes[list_name, name] = code
    said = languages.words(line.words.get("label", {}))
    if not said.zh and not said.en:  # the form shows the name then
        said = languages.words({"": name})
    options.append(_option(line, code, said))


def _option(line: SheetLine, code: str, said: Words) -> Option:
    value = line.get("f2f_value")
    plain = Option(said.zh, said.en, code)
    flags = {flag: bool(is_yes(line.get(f"f2f_{flag}"))) for flag in ("last", "words", "alone")}
    number = float(value) if re.fullmatch(r"-?\d+(\.\d+)?", value) else None
    return replace(plain, value=number, **flags)


def option_code(name: str, taken: set[str]) -> str:
    code = re.sub(r"[^A-Za-z0-9_-]", "_", name)[:40]
    if not code.strip("_") or code in (NA, FILLED):
        code = f"c{len(taken) + 1}"
    return _free(code, taken)


def item_code(name: str, taken: set[str]) -> str:
    code = re.sub(r"[^A-Za-z0-9_]", "_", name)[:40]
    if not code.strip("_"):
        code = f"q{len(taken) + 1}"
    return _free(code if code[0].isalpha() else f"q{code}"[:40], {other.lower() for other in taken})


def _free(code: str, taken: set[str]) -> str:
    """The code, numbered where it is taken: letters count the same in both cases."""
    if code.lower() not in taken and code not in taken:
        return code
    number = 2
    while f"{code[:36]}_{number}".lower() in {t.lower() for t in taken}:
        number += 1
    return f"{code[:36]}_{number}"
