"""A result workbook of Wenjuanxing (问卷星) as a questionnaire drafted from its headings and values, and its answers.

The file does not say which kind a question was: it is inferred, the evidence is said, and a person can choose another.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db.refused import Refused
from intake.question_kinds import other_of
from intake.question_model import Item, Option, Questionnaire, Screen, Words
from intake.spreadsheets import Upload
from intake.wjx_sheet import Column, Question, ResultSheet, read_results
from intake.xlsform import Reading, ReadItem
from intake.xlsform_sheets import Remark

SEPARATOR = "┋"
ARROW = "→"
CHOICES = ("level5", "scale10", "single", "multiple", "number", "date", "text")  # what a person may choose instead
_MOST_OPTIONS = 30
_MOST_WORDS = 40  # characters of a choice
_OTHER = re.compile(r"^(.*?)〖(.*)〗$", re.DOTALL)
_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_ITEMS_A_PAGE = 10
# Words of five levels, best first: satisfaction, agreement, fit, change, quality.
_LEVELS = tuple(
    tuple(frozenset(level.split("|")) for level in row.split(","))
    for row in (
        "非常满意|很满意,满意|比较满意,基本满意|一般,不满意|不太满意|比较不满意,非常不满意|很不满意",
        "非常同意|完全同意,同意|比较同意,一般|不确定|中立,不同意|不太同意|比较不同意,非常不同意|完全不同意",
        "非常符合|完全符合,符合|比较符合,一般|不确定,不符合|不太符合|比较不符合,非常不符合|完全不符合",
        "明显改善|明显提升,有所改善|有所提升,基本持平|没有变化,有所下降,明显下降",
        "非常好|很好,好|比较好,一般,差|不太好|比较差,非常差|很差",
    )
)
_RATED = re.compile(r"满意|评价|打分|评分|同意|程度|符合")
_LIKELY = re.compile(r"推荐|可能性|0\s*[-–~～至]\s*10")


@dataclass(frozen=True)
class Guess:
    """What a question seems to be, and why: `evidence` is the end of a `wjx.…` text with its facts."""

    code: str
    kind: str
    evidence: str
    facts: Mapping[str, object]


@dataclass(frozen=True)
class Answered:
    """One answer sheet: its row, serial, when it was sent (as the file says it), seconds, and answers by item."""

    row: int
    serial: str
    submitted: str
    seconds: str
    answers: dict[str, Any]


@dataclass(frozen=True)
class WjxReading:
    reading: Reading
    guesses: tuple[Guess, ...] = ()
    sheets: tuple[Answered, ...] = ()


def read_wjx(upload: Upload, *, code: str, model: Questionnaire, chosen: Mapping[str, str] | None = None) -> WjxReading:
    """`chosen` are kinds that a person set by item. A file that is none is refused in the reading, never raised."""
    try:
        results = read_results(upload)
    except Refused as refusal:
        return WjxReading(Reading(None, refused=(Remark("", 0, "", refusal.code, facts=refusal.facts),)))
    taken = [part for question in results.questions for part in _items(question, model, chosen or {})]
    asked = _questionnaire(code, model, [item for item, _, _ in taken])
    read = tuple(ReadItem(0, columns[0].heading, guess.kind, item.code, item.kind, ("en",) if not item.en else ())
                 for item, guess, columns in taken)  # fmt: skip
    remarks = [Remark("", 0, heading, "wjx_meta") for heading in results.not_taken]
    remarks += [Remark("", 0, columns[0].heading, "wjx_rank", item.code) for item, guess, columns in taken
                if guess.evidence == "rank"]  # fmt: skip
    sheets = tuple(_answered(results, n, taken) for n in range(len(results.rows)))
    return WjxReading(Reading(asked, read, tuple(remarks)), tuple(guess for _, guess, _ in taken), sheets)


_Taken = tuple[Item, Guess, tuple[Column, ...]]


def _items(question: Question, model: Questionnaire, chosen: Mapping[str, str]) -> list[_Taken]:
    code = f"Q{question.number}" if question.number.isdecimal() else f"Q_{question.number}"
    columns = question.columns
    if len(columns) > 1 and (matrix := _matrix(code, question, model)):
        return [(matrix[0], matrix[1], columns)]
    taken = []
    for n, column in enumerate(columns, start=1):
        own = code if len(columns) == 1 else f"{code}_{n}"
        words = column.stem if len(columns) == 1 else f"{column.stem} — {column.part}"
        taken.append((*_item(own, words, column, model, chosen.get(own)), (column,)))
    return taken


def _matrix(code: str, question: Question, model: Questionnaire) -> tuple[Item, Guess] | None:
    """Several columns with one small set of answers between them."""
    values = [value for column in question.columns for value in column.values if value]
    if not values or any(SEPARATOR in value for value in values):
        return None
    levels = _levels(values) or (_scores(values) if set(values) <= set("12345") else None)
    distinct = sorted(set(values), key=values.count, reverse=True)
    options = levels or _options(distinct)
    if not levels and (len(distinct) > 12 or len(distinct) * 2 > len(values) or max(map(len, distinct)) > _MOST_WORDS):
        return None
    rows = tuple(Option(column.part, "", f"r{n}") for n, column in enumerate(question.columns, start=1))
    item = Item(question.stem, "", code, "matrix", "", na=False, options=options, rows=rows)
    return item, Guess(code, "matrix", "matrix", {"n": len(rows), "options": len(options)})


def _item(code: str, words: str, column: Column, model: Questionnaire, wanted: str | None) -> tuple[Item, Guess]:
    values = [value for value in column.values if value]
    kind, evidence, facts = _guessed(words, values)
    if wanted and wanted != kind and _fits(wanted, values):
        kind, evidence, facts = wanted, "chosen", {}
    plain = Item(words, "", code, "text", "")
    return _MADE[kind](plain, values, model), Guess(code, kind, evidence, facts)


def _guessed(words: str, values: list[str]) -> tuple[str, str, dict[str, object]]:
    distinct = sorted(set(values))
    if not values:
        return "text", "nothing", {}
    if any(SEPARATOR in value for value in values):
        return "multiple", "separator", {"n": sum(SEPARATOR in value for value in values)}
    if sum(ARROW in value for value in values) * 2 > len(values):
        return "text", "rank", {}
    if _levels(values):
        return "level5", "levels", {"words": "、".join(distinct[:5])}
    if _fits("number", values):
        return _guessed_number(words, [float(value) for value in values])
    if _fits("date", values):
        return "date", "dates", {}
    names = {_named(value)[0] for value in values}
    few = len(names) <= 2 or (len(names) <= 15 and len(names) * 3 <= len(values))
    if few and len(names) <= _MOST_OPTIONS and max(map(len, names)) <= _MOST_WORDS:
        return "single", "few", {"n": len(names), "of": len(values)}
    return "text", "many", {"n": len(names), "of": len(values)}


def _guessed_number(words: str, numbers: list[float]) -> tuple[str, str, dict[str, object]]:
    low, high = f"{min(numbers):g}", f"{max(numbers):g}"
    whole = all(number.is_integer() for number in numbers)
    if whole and min(numbers) >= 1 and max(numbers) <= 5 and _RATED.search(words):
        return "level5", "scores", {"low": low, "high": high}
    if whole and min(numbers) >= 0 and max(numbers) <= 10 and _LIKELY.search(words):
        return "scale10", "likely", {"low": low, "high": high}
    return "number", "numbers", {"low": low, "high": high}


def _fits(kind: str, values: list[str]) -> bool:
    """Whether every value can be one of this kind."""
    return all(_FITS.get(kind, lambda _value: True)(value) for value in values)


_FITS: dict[str, Callable[[str], bool]] = {
    "number": lambda value: bool(re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", value)),
    "scale10": lambda value: bool(re.fullmatch(r"\d|10", value)),
    "level5": lambda value: bool(re.fullmatch(r"[1-5]", value)),
    "date": lambda value: day_of(value) is not None,
    "single": lambda value: len(_named(value)[0]) <= 200,
}


def day_of(value: str) -> str | None:
    found = _DAY.match(value)
    try:
        return date(*(int(part) for part in found.groups())).isoformat() if found else None
    except ValueError:
        return None


def _named(value: str) -> tuple[str, str]:
    """('其他', 'what was typed') for '其他〖what was typed〗'."""
    found = _OTHER.match(value)
    return (found[1].strip() or "其他", found[2].strip()) if found else (value, "")


def _levels(values: list[str]) -> tuple[Option, ...]:
    """The five levels that these words are of, in the file's words; () where they are of none."""
    distinct = set(values)
    for family in _LEVELS:
        if len(distinct) > 1 and all(any(value in level for level in family) for value in distinct):
            words = [sorted(level & distinct) for level in family]
            if all(len(found) <= 1 for found in words):
                return tuple(_level(n, found[0] if found else _usual(family[n])) for n, found in enumerate(words))
    return ()


def _usual(level: frozenset[str]) -> str:
    return min(level, key=lambda word: (len(word), word))


def _level(place: int, words: str) -> Option:
    return Option(words, "", f"l{5 - place}", value=100 - 25 * place)


def _scores(_values: list[str]) -> tuple[Option, ...]:
    """5 is best: what a scale of one to five means is confirmed by a person."""
    return tuple(Option(str(5 - n), str(5 - n), f"l{5 - n}", value=100 - 25 * n) for n in range(5))


def _options(names: list[str]) -> tuple[Option, ...]:
    return tuple(Option(name, "", f"o{n}") for n, name in enumerate(names, start=1))


def _make_level(item: Item, values: list[str], _model: Questionnaire) -> Item:
    return replace(item, kind="level5", options=_levels(values) or _scores(values))


def _make_choice(kind: Any) -> Callable[[Item, list[str], Questionnaire], Item]:  # noqa: ANN401
    def make(item: Item, values: list[str], _model: Questionnaire) -> Item:
        parts = [
            _named(part) for value in values for part in (value.split(SEPARATOR) if kind == "multiple" else [value])
        ]
        names = [name for name, _ in parts if name]
        distinct = sorted(set(names), key=lambda name: (-names.count(name), name))
        asks = {name for name, words in parts if words}
        options = tuple(replace(o, words=o.zh in asks, last=o.zh in asks) for o in _options(distinct))
        return replace(item, kind=kind, options=options)

    return make


def _make_number(item: Item, values: list[str], _model: Questionnaire) -> Item:
    decimals = max((len(value.partition(".")[2]) for value in values), default=0)
    return replace(item, kind="number", decimals=decimals)


_MADE: dict[str, Callable[[Item, list[str], Questionnaire], Item]] = {
    "level5": _make_level,
    "single": _make_choice("single"),
    "multiple": _make_choice("multiple"),
    "number": _make_number,
    "scale10": lambda item, _values, _model: replace(item, kind="scale10", low=0, high=10),
    "date": lambda item, _values, _model: replace(item, kind="date"),
    "text": lambda item, values, _model: replace(item, longest=max(500, *map(len, values), 0)),
}


def _questionnaire(code: str, model: Questionnaire, items: list[Item]) -> Questionnaire:
    pages = range(1, (len(items) - 1) // _ITEMS_A_PAGE + 2)
    placed = tuple(replace(item, screen=f"page{n // _ITEMS_A_PAGE + 1}") for n, item in enumerate(items))
    screens = tuple(Screen(f"第 {n} 页", f"Page {n}", f"page{n}") for n in pages)
    title = Words("问卷星导入", "Imported from Wenjuanxing")
    return Questionnaire(
        code, 1, title, Words("", ""), max(1, len(items) // 5), model.notice, screens, model.scales, placed
    )


def _answered(results: ResultSheet, n: int, taken: list[_Taken]) -> Answered:
    answers: dict[str, Any] = {}
    for item, _, columns in taken:
        answers |= _answer(item, [column.values[n] for column in columns])
    meta = {name: values[n] for name, values in results.meta.items()}
    return Answered(
        results.rows[n], meta.get("serial", ""), meta.get("submitted", ""), meta.get("seconds", ""), answers
    )


def _answer(item: Item, values: list[str]) -> dict[str, Any]:
    """The answer as our own form would give it; nothing where nothing was said."""
    if not any(values):
        return {}
    by_words = {option.zh: option.code for option in item.options}
    if item.kind == "matrix":
        return {item.code: {row.code: by_words[v] for row, v in zip(item.rows, values, strict=True) if v in by_words}}
    [value] = values
    if item.kind in ("single", "level5"):
        name, said = _named(value) if value not in by_words else (value, "")
        return {item.code: by_words[name]} | ({other_of(item.code): said[:100]} if said else {})
    if item.kind == "multiple":
        parts = dict(_named(part) for part in value.split(SEPARATOR))
        said = "；".join(words for words in parts.values() if words)
        return {item.code: [by_words[p] for p in parts if p in by_words]} | (
            {other_of(item.code): said[:100]} if said else {}
        )
    if item.kind in ("number", "scale10"):
        return {item.code: int(value) if re.fullmatch(r"-?\d+", value) else float(value)}
    return {item.code: day_of(value) if item.kind == "date" else value}
