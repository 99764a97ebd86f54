"""What stood in a district's ledgers before: how a cell of them is read, and what it may name."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import i18n
from access.typed import one_line, proper_name, tidy
from db import references
from db.people import choices
from db.refused import Refused
from db.scope import Scope
from db.sql import Connection
from i18n import folding
from intake.files.imports import Finding, Outcome, capped, faults, headed, shown
from intake.files.returned import returned
from intake.files.spreadsheets import Row, as_text, folded
from intake.files.upload import Upload
from intake.indicators.terms.periods import read_day
from intake.register.rows import is_nothing, read_credit_code

_LONGEST = 4000
_DIGITS = "零一二三四五六七八九"
_IN_WORDS = re.compile(rf"(([{_DIGITS[1:]}]?)十)?([{_DIGITS[1:]}]?)")  # 二十一
_APART = re.compile(r"[、,，;；/]")
Values = dict[str, Any]


@dataclass(frozen=True)
class Lists:
    """Folded word → code or id, by list; `today` is the last day that can have been."""

    of: Mapping[str, Mapping[str, str]]
    today: date

    @staticmethod
    def read(con: Connection, scope: Scope, today: date) -> "Lists":
        named = {
            name: {
                folding.folded(word): item.code
                for item in references.items(con, name)
                if name != "sector" or item.parent
                for word in (item.code, item.name_zh, item.name_en)
            }
            for name in ("body", "town", "sector", "category")
        }
        firms = choices.enterprises(con, scope)
        named["enterprise"] = {folding.folded(word): f.id for f in firms for word in (f.name_zh, f.name_en) if word}
        named["uscc"] = choices.credit_codes(con, scope)
        return Lists(named, today)


@dataclass(frozen=True)
class OldCell:
    """`words` are headings that it may have beside the template's; `read` raises Refused."""

    words: tuple[str, ...]
    read: Callable[[object, Lists], Any]
    needed: bool = False
    example: str | int = ""


@dataclass(frozen=True)
class OldRow:
    """A row that was understood. `kind`: new, same where it was brought in before, or differs where it says something
    else now."""

    row: int
    values: Values
    kind: str = "new"

    def as_json(self) -> dict[str, object]:
        said = {n: str(v) if isinstance(v, date) else v for n, v in self.values.items() if v not in (None, "", ())}
        return {"row": self.row, "change": self.kind, **said}


@dataclass(frozen=True)
class LedgerSheet:
    """A kind of ledger: its columns, and what of a row does not go together: (field, refusal)."""

    columns: Mapping[str, OldCell]
    own: Callable[[Values], object]  # by what a row is known: no two of a file are the same
    wrong: Callable[[Values], Iterator[tuple[str, Refused]]] = lambda _: iter(())
    lenient: bool = False  # of two columns of one meaning the first is read
    passed: tuple[str, ...] = ()  # fields that such a table may have beside its own, which are not read

    @property
    def headings(self) -> dict[str, str]:
        every = (*self.passed, *self.columns)
        said = {name: [i18n.text(f"import.field.{name}", lang) for lang in i18n.LANGUAGES] for name in every}
        beside = {folded(word): n for n in self.passed for word in said[n]}
        return beside | {folded(word): n for n, column in self.columns.items() for word in (*said[n], *column.words)}

    @property
    def needed(self) -> list[str]:
        return [name for name, column in self.columns.items() if column.needed]


def read_rows(upload: Upload, sheet: LedgerSheet, lists: Lists) -> Outcome[OldRow]:
    """The file by itself, as limited work. Raises Refused('file_…')."""
    table, columns, of_all = headed(upload, sheet.headings, sheet.needed, lenient=sheet.lenient)
    if of_all.refused:
        return of_all
    read: list[OldRow] = []
    refusals = capped(_rows(table.rows, columns, sheet, lists, read))
    return Outcome(tuple(read), refusals, of_all.warnings)


def returned_rows(upload: Upload, sheet: LedgerSheet, lists: Lists, language: str, more: Sequence[Finding]) -> bytes:
    """The refused rows with their reasons, `more` among them, as limited work."""
    table, columns, _ = headed(upload, sheet.headings, sheet.needed, lenient=sheet.lenient)
    return returned(upload, table, [*_rows(table.rows, columns, sheet, lists, []), *more], language)


def _rows(
    rows: Sequence[Row], columns: Mapping[str, str], sheet: LedgerSheet, lists: Lists, read: list[OldRow]
) -> Iterator[Finding]:
    first: dict[object, int] = {}
    for row in rows:
        values, wrong = _values(row, columns, sheet, lists)
        found = faults(row, columns, wrong)
        if not found and (other := first.setdefault(sheet.own(values), row.number)) != row.number:
            found.append(Finding(row.number, next(iter(sheet.columns)), "row_again", {"other": other}))
        if not found:
            read.append(OldRow(row.number, values))
        yield from found


def _values(
    row: Row, columns: Mapping[str, str], sheet: LedgerSheet, lists: Lists
) -> tuple[Values, list[tuple[str, Refused]]]:
    values: Values = dict.fromkeys(sheet.columns)
    wrong: list[tuple[str, Refused]] = []
    for name, column in sheet.columns.items():
        cell = row.cells.get(columns.get(name, ""))
        if not as_text(cell):
            wrong += [(name, Refused("blank"))] if column.needed else []
            continue
        try:
            values[name] = column.read(cell, lists)
        except Refused as refusal:
            if column.needed or not is_nothing(cell):
                wrong.append((name, refusal))
    return values, wrong or list(sheet.wrong(values))


def line(cell: object, _: Lists) -> str:
    return fitting(one_line(as_text(cell)), 120)


def name(cell: object, _: Lists) -> str:
    return fitting(proper_name(as_text(cell)), 120)


def words(cell: object, _: Lists) -> str:
    return fitting(tidy(as_text(cell)), _LONGEST)


def fitting(text: str, most: int) -> str:
    if len(text) > most:
        raise Refused("too_long", most=most)
    return text


def number(cell: object, _: Lists) -> int:
    """12, 第12场, 第十二期, ⑫."""
    text = re.sub(r"^第|[场期次届]$", "", unicodedata.normalize("NFKC", as_text(cell)).strip()).strip()
    if found := re.fullmatch(r"(\d{1,4})(?:\.0)?", text):
        return int(found[1])
    if text and (found := _IN_WORDS.fullmatch(text)):
        tens, ones = (_DIGITS.find(digit or nothing) for digit, nothing in ((found[2], "一"), (found[3], "零")))
        return (10 * tens if found[1] else 0) + ones
    raise Refused("not_a_number", value=shown(cell))


def day(cell: object, lists: Lists) -> date:
    try:
        found = read_day(cell)
    except Refused:
        raise Refused("old_day", value=shown(cell)) from None
    if found > lists.today:
        raise Refused("old_day_ahead", day=found)
    return found


def credit_code(cell: object, lists: Lists) -> str:
    code = read_credit_code(cell)
    if code not in lists.of["uscc"]:
        raise Refused("old_enterprise_unknown", value=shown(cell))
    return lists.of["uscc"][code]


def of_list(list_name: str, unknown: str) -> Callable[[object, Lists], str]:
    def read(cell: object, lists: Lists) -> str:
        code = lists.of[list_name].get(folding.folded(as_text(cell)))
        if code is None:
            raise Refused(unknown, value=shown(cell))
        return code

    return read


def bodies(cell: object, lists: Lists) -> tuple[str, ...]:
    one = of_list("body", "old_body_unknown")
    return tuple(one(part, lists) for part in _APART.split(as_text(cell)) if part.strip())


def of_words(codes: Sequence[str], key: str, *more: tuple[str, str]) -> Callable[[object, Lists], str]:
    """One of these codes, written as the product says it in any language, or as `more` has it: (word, code)."""
    known = {folding.folded(i18n.text(f"{key}.{code}", lang)): code for code in codes for lang in i18n.LANGUAGES}
    known |= {code: code for code in codes} | {folding.folded(word): code for word, code in more}

    def read(cell: object, _: Lists) -> str:
        code = known.get(folding.folded(as_text(cell)))
        if code is None:
            raise Refused("old_word_unknown", value=shown(cell))
        return code

    return read


def in_order(values: Values, *names: str) -> Iterator[tuple[str, Refused]]:
    """Days that go back: what comes after cannot have been before."""
    last: tuple[str, date] | None = None
    for field in names:
        found = values[field]
        if found and last and found < last[1]:
            yield field, Refused("old_days_turned", day=found, before=last[1])
        last = (field, found) if found else last
