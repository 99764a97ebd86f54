"""What the house asks of a kind of question: one record, no field of which may be left out.

A field that a kind has no use for says so: None, or one of the plain NO_… below. Its widgets: pages/survey/kind.py.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from access.typed import tidy
from intake.questionnaires.model import Answers, Item, Op, Option, Questionnaire, Stored, Words

Row = dict[str, object]  # of a form, by heading
Columns = Sequence[Sequence[str]]  # of a file of answers: what was given under each heading, '' where nothing was


@dataclass(frozen=True)
class AnsweredItem:
    """One item with the answer that was given to it, not empty and not 'does not apply'."""

    questionnaire: Questionnaire
    item: Item
    given: Any
    answers: Answers

    @cached_property
    def options(self) -> dict[str, Option]:
        return {option.code: option for option in self.questionnaire.options_of(self.item)}

    @property
    def other(self) -> str:
        """The words that say which 'other' was meant."""
        said = self.answers.get(other_of(self.item.code))
        return tidy(said) if isinstance(said, str) else ""


def other_of(code: str) -> str:
    """Where the words to an item's 'other' stand among the answers."""
    return f"{code}.other"


@dataclass(frozen=True)
class SkipRule:
    """How a skip rule may look at an answer. Its value is what stands in `Test.answer`.

    `wrong` gives the end of a `problem.…` where no answer could ever be so; `say` the value in a language. `write` is
    the value in an expression of a form, `read` the other way round, given where the form's choices are looked up: a
    ValueError or KeyError is what cannot be read. `equal` and `selected` are what `=` and `selected()` mean there.
    """

    ops: tuple[Op, ...]
    wrong: Callable[[Questionnaire, Item, Any], str | None]
    say: Callable[[Questionnaire, Item, Any, str], str]
    write: Callable[[Any], str]
    read: Callable[[Any, Callable[[str], str]], Any]
    equal: Op | None
    selected: Op | None


@dataclass(frozen=True)
class Limits:
    """Limits in a form's constraint: as it is written, and as an item's fields (a ValueError: not of this kind)."""

    write: Callable[[Item], str]
    read: Callable[[Item, dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Keys:
    """On paper: the `boxes` that are printed, and what a clerk's key means (a ValueError: it means nothing).

    Both are given what stands for each key; `down`: keys count down to 1. `one`: a key is one character.
    """

    boxes: Callable[[Item, Mapping[str, Option], str], list[str]]
    read: Callable[[Item, Mapping[str, Option], str], Any]
    down: Callable[[Item], bool]
    one: bool


@dataclass(frozen=True)
class Form:
    """In an XLSForm: which words of the `type` column mean it, or which pattern before a list's name (`select`).

    `begins` is what one that was read has besides; `span` are a range's start, end and step that make it this kind.
    `write` makes rows of what every row has; `group`: several rows are one question.
    """

    types: tuple[str, ...]
    select: str
    begins: dict[str, Any]
    span: tuple[float, float, float] | None
    write: Callable[[Item, Row], list[Row]]
    group: bool


@dataclass(frozen=True)
class Looks:
    """What makes a column of a file of answers look like this kind: facts, or None, from its words, its values and
    whether the file says choices by number. `turn`: what is asked first; `evidence` is the end of a `wjx.…` text."""

    turn: int
    evidence: str
    sees: Callable[[str, list[str], bool], dict[str, object] | None]


@dataclass(frozen=True)
class Inferred:
    """In a file of answers that does not say its kinds (问卷星): how it is guessed, whether a value `fits`.

    `make` gives what an item of these values has besides, None where nobody may choose this kind for a column; `grow`
    the item with what a later file needs; `read` the answers of one sheet, a value a column.
    """

    guesses: tuple[Looks, ...]
    fits: Callable[[str], bool]
    make: Callable[[list[str]], dict[str, Any]] | None
    grow: Callable[[Item, Columns], Item]
    read: Callable[[Item, list[str]], dict[str, Any]]


@dataclass(frozen=True)
class Kind:
    """One kind of question. `check` gives the code of what is wrong with an answer, or nothing; `wrong` what keeps a
    question from being asked, each the end of a `problem.…`.

    `parts`: the lists it must have (options, rows, parts); `scale`: whose choices it takes where it has none;
    `asks`: it wants an answer; `own_words`: a person's, drawn as typed; `agrees`: to pass such words on, so it is asked
    only of who answers for an enterprise; `mixes`: may stand in random order; `measured`: answers compare only within
    the same unit and limits; `start`: what a new one has; `results`: the figure that it goes into,
    or how its answers are told (insight/survey/questions.py); None where results say nothing of it.
    """

    code: str
    check: Callable[[AnsweredItem], str | None]
    store: Callable[[AnsweredItem], list[Stored]]
    wrong: Callable[[Questionnaire, Item], Iterator[str]]
    parts: frozenset[str]
    scale: str | None
    asks: bool
    own_words: bool
    agrees: bool
    mixes: bool
    measured: bool
    start: dict[str, Any]
    rule: SkipRule | None
    limits: Limits
    keys: Keys | None
    form: Form
    foreign: Inferred | None
    results: str | None


def labels(words: Words) -> Row:
    return {"label::中文 (zh)": words.zh, "label::English (en)": words.en}


def plain_row(type_: str) -> Callable[[Item, Row], list[Row]]:
    return lambda _item, row: [{"type": type_, **row}]


def only(limits: dict[str, Any], *names: str) -> dict[str, Any]:
    if not limits.keys() <= set(names):
        raise ValueError(limits)
    return limits


def nothing_wrong(_asked: Questionnaire, _item: Item) -> Iterator[str]:
    return iter(())


def as_it_was(item: Item, _columns: Columns) -> Item:
    return item


def _never(*_given: Any) -> Any:  # noqa: ANN401
    raise ValueError("only whether it is answered can be asked")


NO_LIMITS = Limits(write=lambda _item: "", read=lambda _item, limits: only(limits))
IF_FILLED = SkipRule(ops=("filled",), wrong=lambda _asked, _item, _answer: "rule_impossible",
                 say=lambda _asked, _item, answer, _language: str(answer), write=str, read=_never, equal=None,
                 selected=None)  # fmt: skip
