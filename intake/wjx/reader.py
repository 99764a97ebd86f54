"""A result workbook of Wenjuanxing (问卷星) as a questionnaire drafted from its headings and values, and its answers.

The file does not say which kind a question was: it is inferred, the evidence is said, and a person can choose another.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from db.refused import Refused
from intake.files.imports import capped
from intake.files.upload import Upload
from intake.questionnaires.kinds import other_of
from intake.questionnaires.model import Item, Option, Questionnaire, Screen, Words
from intake.wjx.guess import (  # fmt: skip
    MOST_WORDS,
    NOT_TICKED,
    SEPARATOR,
    Guess,
    are_ranks,
    day_of,
    fits,
    guessed,
    is_tick,
    levels,
    named,
    said,
    scores,
)
from intake.wjx.sheet import Column, Question, ResultSheet, read_results
from intake.xlsform.reader import Reading, ReadItem
from intake.xlsform.sheets import Remark

CHOICES = ("level5", "scale10", "single", "multiple", "number", "date", "text")  # what a person may choose instead
_ITEMS_A_PAGE = 10


@dataclass(frozen=True)
class Answered:
    """One answer sheet: its row, serial, when it was sent (as the file says it), seconds, and answers by item."""

    row: int
    serial: str
    submitted: str
    seconds: str
    answers: dict[str, Any]
    copy_of: int = 0  # an earlier row with the same contents


@dataclass(frozen=True)
class WjxReading:
    """`results` is the file that `sheets` were read from, None where it could not be read; `turned_away` are the
    sheets that cannot be taken: without a time, copies, or with an answer that the inferred kind refuses."""

    reading: Reading
    guesses: tuple[Guess, ...] = ()
    sheets: tuple[Answered, ...] = ()
    results: ResultSheet | None = None
    turned_away: tuple[Remark, ...] = ()


def read_wjx(
    upload: Upload,
    *,
    code: str,
    model: Questionnaire,
    chosen: Mapping[str, str] | None = None,
    keep: Collection[str] = (),
) -> WjxReading:
    """`chosen` are kinds that a person set by item, `keep` headings that stay though they say who somebody is.

    A file that is none is refused in the reading, never raised.
    """
    try:
        results = read_results(upload, keep)
    except Refused as refusal:
        return WjxReading(Reading(None, refused=(Remark.of_file(refusal.code, refusal.facts),)))
    taken = [part for question in results.questions for part in _items(question, model, chosen or {}, results.numbered)]
    asked = _questionnaire(code, model, [item for item, _, _ in taken])
    read = tuple(ReadItem(0, columns[0].heading, guess.kind, item.code, item.kind, ("en",) if not item.en else ())
                 for item, guess, columns in taken)  # fmt: skip
    remarks = [Remark("", 0, heading, "wjx_meta") for heading in results.not_taken]
    remarks += [Remark("", 0, heading, why) for heading, why in results.left_out]
    remarks += [Remark("", 0, heading, "wjx_masked", facts={"n": n}) for heading, n in results.masked]
    remarks += [Remark("", 0, columns[0].heading, "wjx_rank", item.code) for item, guess, columns in taken
                if guess.evidence == "rank"]  # fmt: skip
    remarks += _serials(results)
    guesses = tuple(guess for _, guess, _ in taken)
    placed = [(item, columns) for item, _, columns in taken]
    return WjxReading(Reading(asked, read, capped(remarks)), guesses, _sheets(results, placed), results)


def answered_as(results: ResultSheet, known: Questionnaire) -> tuple[Questionnaire, tuple[Answered, ...], list[str]]:
    """The sheets as answers to a questionnaire that such a file became before, the questionnaire with the choices that
    are new, and the headings of columns that it does not ask."""
    placed: list[_Placed] = []
    for question in results.questions:
        code, columns = _code(question), question.columns
        parts = [(known.item(f"{code}_{n}"), (column,)) for n, column in enumerate(columns, start=1)]
        asked = [(whole, columns)] if (whole := known.item(code)) else parts
        placed += [(_with_new(item, own), own) for item, own in asked if item]
    items = {item.code: item for item, _ in placed}
    known = replace(known, items=tuple(items.get(item.code, item) for item in known.items))
    there = {column.heading for _, columns in placed for column in columns}
    missing = [c.heading for question in results.questions for c in question.columns if c.heading not in there]
    return known, _sheets(results, placed), missing


def _with_new(item: Item, columns: tuple[Column, ...]) -> Item:
    """With the choices, decimals and length that answers of a later file need; a scale stays as it is."""
    values = [value for column in columns for value in column.values if value]
    if item.kind == "text":
        return replace(item, longest=max(item.longest, *map(len, values), 0))
    if item.kind == "number":
        return replace(item, decimals=max(item.decimals, _decimals(values)))
    if item.kind not in ("single", "multiple"):
        return item
    if len(columns) == 1:
        asks = _choices(item.kind, values)
    else:
        asks = {o.zh: any(named(v)[1] for v in c.values) for o, c in zip(item.options, columns, strict=True)}
    names = dict.fromkeys([*(option.zh for option in item.options), *asks])
    known = {option.zh: option for option in item.options}
    options = [known.get(name) or Option(name, "", f"o{n}") for n, name in enumerate(names, start=1)]
    options = [replace(o, words=True, last=True) if asks.get(o.zh) else o for o in options]
    return replace(item, options=tuple(options))


def _serials(results: ResultSheet) -> list[Remark]:
    """A serial number given twice to different contents is said; the sheets are taken."""
    own = [n for n, row in enumerate(results.rows) if row not in results.copies]
    serials = [serial for n in own if (serial := results.meta.get("serial", ("",) * len(results.rows))[n])]
    twice = sum(n for n in Counter(serials).values() if n > 1)
    return [Remark("", 0, "序号", "wjx_serials", facts={"n": twice})] if twice else []


_Taken = tuple[Item, Guess, tuple[Column, ...]]
_Placed = tuple[Item, tuple[Column, ...]]


def _code(question: Question) -> str:
    return f"Q{question.number}" if question.number.isdecimal() else f"Q_{question.number}"


def _items(question: Question, model: Questionnaire, chosen: Mapping[str, str], numbered: bool) -> list[_Taken]:
    code, columns = _code(question), question.columns
    if len(columns) > 1 and (whole := _ticked(code, question) or _matrix(code, question, numbered)):
        return [(*whole, columns)]
    taken = []
    for n, column in enumerate(columns, start=1):
        own = code if len(columns) == 1 else f"{code}_{n}"
        words = column.stem if len(columns) == 1 else f"{column.stem} — {column.part}"
        taken.append((*_item(own, words, column, model, chosen.get(own), numbered), (column,)))
    return taken


def _ticked(code: str, question: Question) -> tuple[Item, Guess] | None:
    """One column a choice: 1 or its own words where it was ticked."""
    columns = question.columns
    if not all(is_tick(value, column.part) for column in columns for value in column.values if value):
        return None
    asks = [any(named(value)[1] for value in column.values) for column in columns]
    parts = [column.part for column in columns]
    options = tuple(replace(o, words=asked, last=asked) for o, asked in zip(_options(parts), asks, strict=True))
    item = Item(said(question.stem), "", code, "multiple", "", options=options)
    return item, Guess(code, "multiple", "ticked", {"n": len(columns)})


def _matrix(code: str, question: Question, numbered: bool) -> tuple[Item, Guess] | None:
    """Several columns with one small set of answers between them."""
    values = [value for column in question.columns for value in column.values if value]
    if not values or any(SEPARATOR in value for value in values):
        return None
    ranked = are_ranks([column.values for column in question.columns])
    rated = not ranked and not numbered and set(values) <= set("12345")
    scale = levels(values) or (scores(values) if rated else ())
    distinct = sorted(set(values), key=int) if ranked else sorted(set(values), key=values.count, reverse=True)
    if not scale and (len(distinct) > 12 or len(distinct) * 2 > len(values) or max(map(len, distinct)) > MOST_WORDS):
        return None
    rows = tuple(Option(column.part, "", f"r{n}") for n, column in enumerate(question.columns, start=1))
    options = scale or _options(distinct)
    item = Item(said(question.stem), "", code, "matrix", "", na=False, options=options, rows=rows)
    return item, Guess(code, "matrix", "ranks" if ranked else "matrix", {"n": len(rows), "options": len(options)})


def _item(
    code: str, words: str, column: Column, model: Questionnaire, wanted: str | None, numbered: bool
) -> tuple[Item, Guess]:
    values = [value for value in column.values if value]
    kind, evidence, facts = guessed(words, values, numbered=numbered)
    if wanted and wanted != kind and fits(wanted, values):
        kind, evidence, facts = wanted, "chosen", {}
    plain = Item(said(words), "", code, "text", "")
    return _MADE[kind](plain, values, model), Guess(code, kind, evidence, facts)


def _options(names: list[str]) -> tuple[Option, ...]:
    return tuple(Option(name, "", f"o{n}") for n, name in enumerate(names, start=1))


def _make_level(item: Item, values: list[str], _model: Questionnaire) -> Item:
    return replace(item, kind="level5", options=levels(values) or scores(values))


def _make_choice(kind: Any) -> Callable[[Item, list[str], Questionnaire], Item]:  # noqa: ANN401
    def make(item: Item, values: list[str], _model: Questionnaire) -> Item:
        asks = _choices(kind, values)
        options = tuple(replace(o, words=asks[o.zh], last=asks[o.zh]) for o in _options(list(asks)))
        return replace(item, kind=kind, options=options)

    return make


def _choices(kind: str, values: list[str]) -> dict[str, bool]:
    """The choices that answers name, the commonest first, and whether one asks for words."""
    parts = [named(part) for value in values for part in (value.split(SEPARATOR) if kind == "multiple" else [value])]
    counted = Counter(name for name, _ in parts if name)
    asks = {name for name, words in parts if words}
    return {name: name in asks for name in sorted(counted, key=lambda name: (-counted[name], name))}


def _make_number(item: Item, values: list[str], _model: Questionnaire) -> Item:
    return replace(item, kind="number", decimals=_decimals(values))


def _decimals(values: list[str]) -> int:
    return max((len(value.partition(".")[2]) for value in values), default=0)


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


def _sheets(results: ResultSheet, placed: list[_Placed]) -> tuple[Answered, ...]:
    return tuple(_answered(results, n, placed) for n in range(len(results.rows)))


def _answered(results: ResultSheet, n: int, placed: list[_Placed]) -> Answered:
    answers: dict[str, Any] = {}
    for item, columns in placed:
        answers |= _answer(item, [column.values[n] for column in columns])
    meta = {name: values[n] for name, values in results.meta.items()}
    told = (meta.get("serial", ""), meta.get("submitted", ""), meta.get("seconds", ""))
    return Answered(results.rows[n], *told, answers, results.copies.get(results.rows[n], 0))


def _answer(item: Item, values: list[str]) -> dict[str, Any]:
    """The answer as our own form would give it; nothing where nothing was said. What the item cannot take stays as it
    was written, and is refused with its sheet."""
    if not any(values):
        return {}
    by_words = {option.zh: option.code for option in item.options}
    if item.kind == "matrix":
        return {item.code: {row.code: by_words.get(v, v) for row, v in zip(item.rows, values, strict=True) if v}}
    if item.kind == "multiple" and len(values) > 1:
        return _ticks(item, values)
    [value] = values
    if item.kind in ("single", "level5"):
        name, other = named(value) if value not in by_words else (value, "")
        return {item.code: by_words.get(name, name)} | ({other_of(item.code): other[:100]} if other else {})
    if item.kind == "multiple":
        parts = dict(named(part) for part in value.split(SEPARATOR))
        return _several(item, [by_words.get(p, p) for p in parts if p], parts.values())
    if item.kind in ("number", "scale10"):
        return {item.code: _number(value)}
    return {item.code: (day_of(value) or value) if item.kind == "date" else value}


def _number(value: str) -> int | float | str:
    if not fits("number", [value]):
        return value
    return float(value) if "." in value else int(value)


def _ticks(item: Item, values: list[str]) -> dict[str, Any]:
    chosen = [option.code for option, value in zip(item.options, values, strict=True) if value not in ("", NOT_TICKED)]
    return _several(item, chosen, [named(value)[1] for value in values]) if chosen else {}


def _several(item: Item, chosen: list[str], others: Iterable[str]) -> dict[str, Any]:
    other = "；".join(words for words in others if words)
    return {item.code: chosen} | ({other_of(item.code): other[:100]} if other else {})
