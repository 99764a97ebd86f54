"""What an import says of a file: the rows understood, those refused and why, and what to look at twice."""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, Self, TypeVar

import i18n
from access.typed import one_line
from db.refused import Refused
from intake.files.apart import read_apart
from intake.files.number_formats import APART
from intake.files.spreadsheets import Row, Table, as_text, folded, read_table
from intake.files.upload import Upload
from intake.words import cut

MOST_FINDINGS = 100  # of one code are listed; more are counted
_MORE = "findings_more"


class SaidOfFile(Protocol):
    """Something said of one place of a file."""

    @property
    def code(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, object]: ...
    @classmethod
    def of_file(cls, code: str, facts: Mapping[str, object]) -> Self:
        """The same said of the file as a whole."""
        ...


T = TypeVar("T")
S = TypeVar("S", bound=SaidOfFile)


@dataclass(frozen=True)
class Finding:
    """Something about one cell. `row` is the spreadsheet's number, 0 for the file as a whole; `field` a stable name.

    `code` is stable too; `facts` fill the sentence that `reason` makes of it. A fact that is a word of ours stands in
    it by language: {"zh": …, "en": …}, and a day is a date. `cell` is its place in a table with many values a row,
    as 'Sheet!C5'.
    """

    row: int
    field: str
    code: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)
    cell: str = ""

    @classmethod
    def of_file(cls, code: str, facts: Mapping[str, object]) -> Self:
        return cls(0, "file", code, facts)

    def reason(self, language: str) -> str:
        said = {name: _said(fact, language) for name, fact in self.facts.items()}
        return i18n.text(f"error.{self.code}", language, **said)


def _said(fact: object, language: str) -> object:
    if isinstance(fact, date):
        return i18n.day(fact, language)
    return fact[language] if isinstance(fact, dict) else fact


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """`written` counts the rows kept; None: nothing was written, because it was a check or something was refused."""

    read: tuple[T, ...] = ()
    refused: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    written: int | None = None

    @property
    def good(self) -> bool:
        """Whether what is right may be taken without the rest: it is no fault of the file as a whole."""
        return bool(self.read) and all(one.row or one.cell or one.code == _MORE for one in self.refused)


def capped(found: Iterable[S]) -> tuple[S, ...]:
    """The first hundred of each code, and how many more there are: a wrong file has as many faults as cells."""
    seen, kept, more = Counter[str](), list[S](), 0
    for one in found:
        seen[one.code] += 1
        more += int(str(one.facts["n"])) if one.code == _MORE else seen[one.code] > MOST_FINDINGS
        kept += [one] if one.code != _MORE and seen[one.code] <= MOST_FINDINGS else []
    return (*kept, *([type(kept[0]).of_file(_MORE, {"n": more})] if more else []))


def how_many(found: Iterable[SaidOfFile]) -> int:
    """With those that are only counted."""
    return sum(int(str(one.facts["n"])) if one.code == _MORE else 1 for one in found)


def of_file(refusal: Refused) -> Outcome[Any]:
    """The outcome for a file that could not be read at all."""
    return Outcome(refused=(Finding(0, "file", refusal.code, refusal.facts),))


def finding(row: int, name: str, refusal: Refused) -> Finding:
    return Finding(row, name, refusal.code, refusal.facts)


def shown(value: object) -> str:
    """A cell as a reason quotes it: one short line."""
    text = one_line(str(value if value is not None else ""))
    return text if len(text) <= 40 else cut(text, 39) + "…"


def columns_of(
    table: Table, headings: Mapping[str, str], required: Iterable[str], *, lenient: bool = False
) -> tuple[dict[str, str], list[Finding], list[Finding]]:
    """({field: the file's heading}, refusals, warnings). `headings` maps folded headings to fields; `lenient`: of two
    of one meaning the first is read, and that is said."""
    found: dict[str, str] = {}
    refused, warnings = [], []
    if table.notes_row:
        warnings.append(Finding(table.notes_row, "row", "row_of_notes"))
    for column in table.columns:
        name = headings.get(folded(column))
        if name is None:
            warnings.append(Finding(table.header_row, "header", "column_ignored", {"column": shown(column)}))
        elif name in found:
            facts = {"column": shown(column), "other": shown(found[name])}
            code = "column_passed_over" if lenient else "column_same_meaning"
            (warnings if lenient else refused).append(Finding(table.header_row, name, code, facts))
        else:
            found[name] = column
    for name in required:
        if name not in found:
            refused.append(
                Finding(table.header_row, name, "column_missing", {"columns": _headings_for(name, headings)})
            )
    if not found:
        refused, warnings = [Finding(table.header_row, "header", "columns_unknown")], []
    return found, refused, warnings


def headed(
    upload: Upload, headings: Mapping[str, str], required: Iterable[str], *, lenient: bool = False
) -> tuple[Table, dict[str, str], Outcome[Any]]:
    """A file with one record a row: its table, the columns by field, and what is wrong with it as a whole."""
    table = read_table(upload, known=headings)
    columns, refused, warnings = columns_of(table, headings, required, lenient=lenient)
    if not refused and not table.rows:
        refused = [Finding(table.header_row, "file", "no_rows")]
    return table, columns, Outcome(refused=in_order(refused), warnings=in_order(warnings))


def checked_apart(read: Callable[..., Outcome[T]], upload: Upload, *args: object) -> Outcome[T]:
    """What `read(upload, …)` says, as limited work; a file that cannot be read at all is an outcome too."""
    try:
        return read_apart(read, upload, *args)
    except Refused as refusal:
        return of_file(refusal)


def faults(row: Row, columns: Mapping[str, str], wrong: Iterable[tuple[str, Refused]]) -> list[Finding]:
    """All that is wrong with a row; what is `wrong` with a field that could not be read at all is left out."""
    found = surplus(row, columns)
    unread = {one.field for one in found}
    return [*found, *(finding(row.number, name, refusal) for name, refusal in wrong if name not in unread)]


def surplus(row: Row, columns: Mapping[str, str]) -> list[Finding]:
    """What is wrong with a row before anything is read of it. `columns`: the headings that are read, by field."""
    unsaved = [name for name, column in columns.items() if column in row.unsaved]
    empty = [Finding(row.number, name, "formula_unsaved", {"column": shown(columns[name])}) for name in unsaved]
    apart = ((name, APART.fullmatch(as_text(row.cells.get(column)))) for name, column in columns.items())
    hidden = [Finding(row.number, name, "shown_otherwise", _as_shown(found)) for name, found in apart if found]
    return [*([Finding(row.number, "row", "row_surplus")] if row.surplus else []), *empty, *hidden]


def _as_shown(found: re.Match[str]) -> dict[str, object]:
    nothing = {language: i18n.text("import.shows_nothing", language) for language in i18n.LANGUAGES}
    return {"value": shown(found[1]) or nothing, "stored": found[2]}


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return capped(sorted(findings, key=lambda f: f.row))


def _headings_for(name: str, headings: Mapping[str, str]) -> str:
    """The first Chinese and the first English heading that a field may have."""
    words = [heading for heading, meant in headings.items() if meant == name]
    return " / ".join(dict.fromkeys([words[0], next((w for w in words if w.isascii()), words[0])]))
