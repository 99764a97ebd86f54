"""An XLSForm's sheets as rows of named cells: heading variants, languages and file kinds are dealt with here."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

import i18n
from access.typed import tidy
from db.refused import Refused
from intake.files.imports import shown
from intake.files.spreadsheets import Sheet, as_text, read_sheets
from intake.files.upload import Upload

_Column = tuple[int, str, str, str]  # where it stands, its heading, that heading made plain, its language
SHEETS = ("survey", "choices", "settings")
LONGEST_TEXT = 2_000
_TRANSLATED = {"label", "hint", "constraint_message", "required_message", "guidance_hint", "image", "audio", "video",
               "big-image"}  # fmt: skip
_ALIASES = {
    "command": "type",
    "tag": "name",
    "caption": "label",
    "relevance": "relevant",
    "skippattern": "relevant",
    "bind::relevant": "relevant",
    "bind::constraint": "constraint",
    "bind::required": "required",
    "bind::calculate": "calculation",
    "calculate": "calculation",
    "control::appearance": "appearance",
    "body::appearance": "appearance",
    "constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "readonly": "read_only",
    "count": "repeat_count",
    "lists": "list_name",
    "value": "name",
    "title": "form_title",
    "id_string": "form_id",
}
_LANGUAGES = {
    "zh": ("zh", "zho", "chi", "cmn", "chinese", "mandarin", "中文", "汉语", "汉文", "简体", "普通话"),
    "en": ("en", "eng", "english", "英文", "英语"),
}


@dataclass(frozen=True)
class Remark:
    """Something in the file that is not taken as it stands. `row` and `column` are the spreadsheet's, 0 and '' for all
    of it; `code` is stable, `xlsform.<code>` says why."""

    sheet: str
    row: int
    column: str
    code: str
    name: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of_file(cls, code: str, facts: Mapping[str, object]) -> Self:
        return cls("", 0, "", code, facts=facts)

    def reason(self, language: str) -> str:
        """A file that cannot be read at all is refused as every import refuses it."""
        area = "error" if f"error.{self.code}" in i18n.catalogue() else "xlsform"
        return i18n.text(f"{area}.{self.code}", language, **self.facts)


@dataclass(frozen=True)
class SheetLine:
    """One row. `cells` by plain heading; `words[heading][language]` where a heading has languages ('' for none)."""

    row: int
    cells: dict[str, str]
    words: dict[str, dict[str, str]]
    headings: dict[str, str]  # plain heading → as the file has it
    spoken: dict[str, list[str]]  # the same for words: every heading whose cell is filled, one a language

    def get(self, heading: str) -> str:
        return self.cells.get(heading, "")

    @property
    def name(self) -> str:
        return self.get("name")


@dataclass(frozen=True)
class XlsForm:
    survey: tuple[SheetLine, ...]
    choices: tuple[SheetLine, ...]
    settings: SheetLine | None
    unsupported: tuple[Remark, ...]
    refused: tuple[Remark, ...]


def read_form(upload: Upload) -> XlsForm:
    """Raises Refused('file_…' | 'xlsform_no_survey' | 'xlsform_no_type' | 'xlsform_no_rows')."""
    found = {sheet.name.strip().lower(): sheet for sheet in _sheets(upload)}
    survey = found.pop("survey", None) or _only_survey(found)
    if survey is None:
        raise Refused("xlsform_no_survey")
    unsupported = [Remark(s.name, 0, "", "sheet") for n, s in found.items() if n not in SHEETS and any(_filled(s))]
    refused: list[Remark] = []
    if "type" not in _headings(survey):
        raise Refused("xlsform_no_type")
    lines = list(_lines(survey, refused, unsupported))
    if not lines:
        raise Refused("xlsform_no_rows")
    choices = list(_lines(found["choices"], refused, unsupported)) if "choices" in found else []
    settings = list(_lines(found["settings"], refused, unsupported)) if "settings" in found else []
    unsupported += [Remark("settings", line.row, "", "settings_row") for line in settings[1:]]
    return XlsForm(tuple(lines), tuple(choices), settings[0] if settings else None, tuple(unsupported), tuple(refused))


def language_of(name: str) -> str:
    """'zh', 'en', '' for none given, or the name as it stands: 'English (en)', '中文(zh)', 'chinese'."""
    folded = unicodedata.normalize("NFKC", name).strip().lower()
    if not folded:
        return ""
    inner = re.search(r"\(([^()]*)\)\s*$", folded)
    codes = [inner.group(1).strip(), folded[: inner.start()].strip()] if inner else [folded]
    for code in codes:
        for language, names in _LANGUAGES.items():
            own_script = any(ord(name[0]) > 127 and name in code for name in names)
            if own_script or re.split("[-_]", code)[0] in names:
                return language
    return folded


def _sheets(upload: Upload) -> list[Sheet]:
    sheets = list(read_sheets(upload, known=("type", "name", "label", "listname", "survey"), hidden=True))
    if len(sheets) == 1 and not sheets[0].name:
        return _of_csv(sheets[0]) or [Sheet("survey", sheets[0].grid)]
    return sheets


def _of_csv(sheet: Sheet) -> list[Sheet]:
    """A CSV may hold all sheets: a name in the first column begins one, and its rows stand one column further."""
    found: list[Sheet] = []
    for n, row in enumerate(sheet.grid):
        first = as_text(row[0]).strip().lower() if row else ""
        alone = not any(as_text(cell) for cell in row[1:])
        if first in (*SHEETS, "external_choices", "osm", "entities") and alone:
            found.append(Sheet(first, [[] for _ in range(n + 1)]))  # rows keep the numbers that the sender sees
        elif found:
            found[-1].grid.append(list(row[1:]))
    return found


def _only_survey(found: dict[str, Sheet]) -> Sheet | None:
    """A workbook whose one sheet of questions has another name."""
    for name, sheet in list(found.items()):
        if name not in SHEETS and {"type", "name"} <= _headings(sheet):
            return found.pop(name)
    return None


def _headings(sheet: Sheet) -> set[str]:
    head = next(_filled(sheet), None)
    return {_plain(as_text(cell)) for cell in sheet.grid[head]} if head is not None else set()


def _filled(sheet: Sheet) -> Iterator[int]:
    return (n for n, row in enumerate(sheet.grid) if any(as_text(cell) for cell in row))


def _lines(sheet: Sheet, refused: list[Remark], unsupported: list[Remark]) -> Iterator[SheetLine]:
    rows = _filled(sheet)
    head = next(rows, None)
    if head is None:
        return
    columns: list[_Column] = []
    taken: set[tuple[str, str]] = set()
    twice: set[int] = set()
    for at, cell in enumerate(sheet.grid[head]):
        heading = as_text(cell)
        plain, language = _heading(heading)
        if (plain, language) in taken:
            refused.append(Remark(sheet.name, head + 1, shown(heading), "column_twice"))
            twice.add(at)
        elif heading:
            taken.add((plain, language))
            columns.append((at, heading, plain, language))
    for n in rows:
        line = _line(sheet.grid[n], n + 1, columns)
        unsupported += _not_read(sheet, n, columns, twice)
        if any(line.cells.values()) or line.words:
            yield line


def _not_read(sheet: Sheet, row: int, columns: list[_Column], twice: set[int]) -> Iterator[Remark]:
    """Cells under no heading, computed cells that hold nothing yet, words that are too long."""
    known = {at: (heading, plain in _TRANSLATED) for at, heading, plain, _ in columns}
    for at, cell in enumerate(sheet.grid[row]):
        text, (heading, words) = as_text(cell), known.get(at, ("", False))
        if text and not heading and at not in twice:
            yield Remark(sheet.name, row + 1, "", "no_heading")
        elif not text and heading and (row, at) in sheet.formulas:
            yield Remark(sheet.name, row + 1, heading, "formula")
        elif words and len(text) > LONGEST_TEXT:
            yield Remark(sheet.name, row + 1, heading, "cut", facts={"most": LONGEST_TEXT})


def _line(row: list, number: int, columns: list[_Column]) -> SheetLine:
    cells: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    headings: dict[str, str] = {}
    spoken: dict[str, list[str]] = {}
    for at, heading, plain, language in columns:
        value = tidy(as_text(row[at])) if at < len(row) else ""
        headings[plain] = heading
        if plain in _TRANSLATED:
            if value:
                words.setdefault(plain, {})[language] = value[:LONGEST_TEXT]
                spoken.setdefault(plain, []).append(heading)
        else:
            cells[plain] = value
    return SheetLine(number, cells, words, headings, spoken)


def _heading(heading: str) -> tuple[str, str]:
    """('label', 'zh') for 'label::中文(zh)', 'Label:chinese' or 'LABEL::ZH'; ('type', '') for ' Type '."""
    text = unicodedata.normalize("NFKC", heading).strip()
    text = re.sub(r"^(media|bind:jr|bind::jr):+", "", text, flags=re.IGNORECASE)
    first, colon, rest = text.partition(":")
    plain = _plain(first)
    if colon and plain in _TRANSLATED:
        return plain, language_of(rest.lstrip(":"))
    return _plain(text), ""


def _plain(heading: str) -> str:
    text = re.sub(r"\s+", "_", unicodedata.normalize("NFKC", heading).strip().lower())
    return _ALIASES.get(text, text)
