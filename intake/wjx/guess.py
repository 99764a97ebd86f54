"""What a question of a result file seems to be, from its words and its answers; the evidence is said."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.questionnaires.kinds.choices import named
from intake.questionnaires.kinds.multiple import NOT_TICKED
from intake.questionnaires.kinds.table import KINDS

_TYPE = re.compile(r"\s*[\[【(（](?:单选|多选|填空|矩阵|排序|量表|打分|评分|下拉|简答)[^\])】）]*[\]】)）]")
_IN_TURN = sorted(
    ((guess, kind) for kind in KINDS.values() if kind.foreign for guess in kind.foreign.guesses),
    key=lambda pair: pair[0].turn,
)


@dataclass(frozen=True)
class Guess:
    """What a question seems to be, and why: `evidence` is the end of a `wjx.…` text with its facts."""

    code: str
    kind: str
    evidence: str
    facts: Mapping[str, object]


def said(words: str) -> str:
    """A heading without the name of its type, '[多选题]'."""
    return _TYPE.sub("", words).strip() or words


def is_tick(value: str, part: str) -> bool:
    """Whether a cell can be that of one choice among several columns."""
    return value in (NOT_TICKED, "1") or named(value)[0] == part


def are_ranks(columns: Sequence[Sequence[str]]) -> bool:
    """Whether every answer sheet gives each column another place, 1 to as many as there are."""
    places = {str(n) for n in range(1, len(columns) + 1)}
    sheets = [[value for value in row if value] for row in zip(*columns, strict=True)]
    return len(columns) > 2 and all(len(set(row)) == len(row) and set(row) <= places for row in sheets)


def guessed(words: str, values: list[str], *, numbered: bool = False) -> tuple[str, str, dict[str, object]]:
    """The first kind that sees itself in them. `numbered`: the file says choices by their number."""
    seen = ((kind, guess, guess.sees(words, values, numbered)) for guess, kind in _IN_TURN)
    return next((kind.code, guess.evidence, facts) for kind, guess, facts in seen if facts is not None)


def fits(kind: str, values: list[str]) -> bool:
    """Whether every value can be one of this kind."""
    foreign = KINDS[kind].foreign
    return foreign is not None and all(map(foreign.fits, values))
