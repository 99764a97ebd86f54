"""A result workbook of Wenjuanxing (问卷星) as a questionnaire drafted from its headings and values, and its answers.

The file does not say which kind a question was: it is inferred, the evidence is said, and a person can choose another.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from db.refused import Refused
from intake.files.imports import capped
from intake.questionnaires.kinds.choices import SEPARATOR, named, options_of
from intake.questionnaires.kinds.level5 import LEVEL5, levels, scores, turned
from intake.questionnaires.kinds.matrix import MATRIX
from intake.questionnaires.kinds.multiple import MULTIPLE
from intake.questionnaires.kinds.single import MOST_WORDS, SINGLE
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Item, Option, Questionnaire, Screen, Words
from intake.questionnaires.scale_words import ends_said, falls
from intake.wjx.guess import Guess, are_ranks, fits, guessed, is_tick, said
from intake.wjx.sheet import Column, Question, ResultCells, ResultSheet, read_results
from intake.xlsform.reader import Reading, ReadItem
from intake.xlsform.sheets import Remark

TURNED, NOMINAL = "turned", "nominal"  # of a scale, instead of its kind: the other end is the best; no end is
CHOICES = tuple(kind.code for kind in KINDS.values() if kind.foreign and kind.foreign.make)  # instead of the guess
TITLES = {
    "wjx": Words("问卷星导入", "Imported from Wenjuanxing"),
    "kobo": Words("Kobo 导入", "Imported from Kobo"),
    "google": Words("Google 表单导入", "Imported from Google Forms"),
}
_ITEMS_A_PAGE = 10
_Taken = tuple[Item, Guess, tuple[Column, ...]]


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
    """`results` is the file that `sheets` were read from, None where it could not be read; `source` the system that it
    seems to be from, one of TITLES; `turned_away` are the sheets that cannot be taken: without a time, copies, or with
    an answer that the inferred kind refuses; `taken` are the rows of the others."""

    reading: Reading
    guesses: tuple[Guess, ...] = ()
    sheets: tuple[Answered, ...] = ()
    results: ResultSheet | None = None
    source: str = ""
    turned_away: tuple[Remark, ...] = ()
    taken: tuple[int, ...] = ()

    @property
    def takes(self) -> int:
        return len(self.taken)

    @property
    def undated(self) -> bool:
        """Whether no sheet says when it was sent, so that somebody has to."""
        return any(remark.code == "wjx_no_moment" for remark in self.turned_away)


def read_wjx(
    cells: ResultCells,
    *,
    code: str,
    model: Questionnaire,
    chosen: Mapping[str, str] | None = None,
    keep: Collection[str] = (),
    day: str = "",
) -> WjxReading:
    """`chosen` are kinds that a person set by item, or what became of its scale; `keep` headings that stay though they
    say who somebody is; `day` when sheets were sent that do not say it.

    What cannot be taken is refused in the reading, never raised.
    """
    try:
        results = read_results(cells, keep, day)
        taken = [part for question in results.questions for part in _items(question, chosen or {}, results.numbered)]
        taken = _as_chosen(taken, chosen or {})
    except Refused as refusal:
        return WjxReading(Reading(None, refused=(Remark.of_file(refusal.code, refusal.facts),)))
    source = cells.source or "wjx"
    asked = _questionnaire(code, TITLES[source], model, [item for item, _, _ in taken])
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
    return WjxReading(Reading(asked, read, capped(remarks)), guesses, _sheets(results, placed), results, source)


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
    foreign = KINDS[item.kind].foreign
    return foreign.grow(item, [column.values for column in columns]) if foreign else item


def _serials(results: ResultSheet) -> list[Remark]:
    """A serial number given twice to different contents is said; the sheets are taken."""
    own = [n for n, row in enumerate(results.rows) if row not in results.copies]
    serials = [serial for n in own if (serial := results.meta.get("serial", ("",) * len(results.rows))[n])]
    twice = sum(n for n in Counter(serials).values() if n > 1)
    return [Remark("", 0, "序号", "wjx_serials", facts={"n": twice})] if twice else []


_Placed = tuple[Item, tuple[Column, ...]]


def _code(question: Question) -> str:
    return f"Q{question.number}" if question.number.isdecimal() else f"Q_{question.number}"


def is_scale(item: Item) -> bool:
    return any(option.value is not None for option in item.options)


def _as_chosen(taken: Sequence[_Taken], chosen: Mapping[str, str]) -> list[_Taken]:
    """With the scales turned or set as nominal. Raises Refused('wjx_no_scale')."""
    scales = [item.code for item, _, _ in taken if is_scale(item)]
    wanted = {code: how for code, how in chosen.items() if how in (TURNED, NOMINAL)}
    if wrong := wanted.keys() - set(scales):
        raise Refused("wjx_no_scale", item="、".join(sorted(wrong)), scales="、".join(scales) or "—")
    return [(*_rescaled(item, guess, wanted.get(item.code), columns), columns) for item, guess, columns in taken]


def _rescaled(item: Item, guess: Guess, how: str | None, columns: tuple[Column, ...]) -> tuple[Item, Guess]:
    if how is None:
        return item, guess
    if how == TURNED:
        return replace(item, options=turned(item.options)), replace(guess, evidence="chosen")
    kind = SINGLE.code if item.kind == LEVEL5.code else item.kind
    given = {value for column in columns for value in column.values}
    options = tuple(replace(option, value=None) for option in item.options if option.zh in given)
    return replace(item, kind=kind, options=options), replace(guess, kind=kind, evidence="chosen")


def _items(question: Question, chosen: Mapping[str, str], numbered: bool) -> list[_Taken]:
    code, columns = _code(question), question.columns
    if len(columns) > 1 and (whole := _ticked(code, question) or _matrix(code, question, numbered)):
        return [(*whole, columns)]
    taken = []
    for n, column in enumerate(columns, start=1):
        own = code if len(columns) == 1 else f"{code}_{n}"
        words = column.stem if len(columns) == 1 else f"{column.stem} — {column.part}"
        taken.append((*_item(own, words, column, chosen.get(own), numbered), (column,)))
    return taken


def _ticked(code: str, question: Question) -> tuple[Item, Guess] | None:
    """One column a choice: 1 or its own words where it was ticked."""
    columns = question.columns
    if not all(is_tick(value, column.part) for column in columns for value in column.values if value):
        return None
    asks = [(column.part, any(named(value)[1] for value in column.values)) for column in columns]
    item = Item(said(question.stem), "", code, MULTIPLE.code, "", options=options_of(asks))
    return item, Guess(code, item.kind, "ticked", {"n": len(columns)})


def _matrix(code: str, question: Question, numbered: bool) -> tuple[Item, Guess] | None:
    """Several columns with one small set of answers between them."""
    values = [value for column in question.columns for value in column.values if value]
    if not values or any(SEPARATOR in value for value in values):
        return None
    ranked = are_ranks([column.values for column in question.columns])
    rated = not ranked and not numbered and set(values) <= set("12345")
    scale = levels(values) or (scores() if rated else ())
    distinct = sorted(set(values), key=int) if ranked else sorted(set(values), key=values.count, reverse=True)
    if not scale and (len(distinct) > 12 or len(distinct) * 2 > len(values) or max(map(len, distinct)) > MOST_WORDS):
        return None
    rows = tuple(Option(column.part, "", f"r{n}") for n, column in enumerate(question.columns, start=1))
    ends = ends_said(question.stem) if rated else None
    scale = turned(scale) if ends and falls(*ends) else scale
    options = scale or options_of((name, False) for name in distinct)
    item = Item(said(question.stem), "", code, MATRIX.code, "", na=False, options=options, rows=rows)
    return item, Guess(code, item.kind, "ranks" if ranked else "shared", {"n": len(rows), "options": len(options)})


def _item(code: str, words: str, column: Column, wanted: str | None, numbered: bool) -> tuple[Item, Guess]:
    values = [value for value in column.values if value]
    kind, evidence, facts = guessed(words, values, numbered=numbered)
    if wanted in CHOICES and wanted != kind and fits(wanted, values):
        kind, evidence, facts = wanted, "chosen", {}
    foreign = KINDS[kind].foreign
    more = foreign.make(values) if foreign and foreign.make else {}
    item = Item(said(words), "", code, kind, "", **more)
    return replace(item, options=turned(item.options)) if facts.get("turned") else item, Guess(
        code, kind, evidence, facts
    )


def _questionnaire(code: str, title: Words, model: Questionnaire, items: list[Item]) -> Questionnaire:
    pages = range(1, (len(items) - 1) // _ITEMS_A_PAGE + 2)
    placed = tuple(replace(item, screen=f"page{n // _ITEMS_A_PAGE + 1}") for n, item in enumerate(items))
    screens = tuple(Screen(f"第 {n} 页", f"Page {n}", f"page{n}") for n in pages)
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
    foreign = KINDS[item.kind].foreign
    return foreign.read(item, values) if foreign else {}
