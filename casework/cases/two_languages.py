"""An answer in two languages: the house's own and that of whoever raised the case, each typed by a person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from access.actor import Actor
from access.verbs import reads
from db.cases import cases
from db.cases.cases import Case
from db.sql import Connection
from i18n import folding
from i18n.writing import MAIN

ALIKE = 0.6  # of the pairs of letters of two sentences, Dice's coefficient
_CUT = re.compile(r"(?<=[。！？；!?;])\s*|(?<=\.)\s+|\n+")
_CLAUSE = re.compile(r"[，,]")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Typed:
    """What somebody typed `before`, and the `words` that they put it in."""

    before: str
    words: str


def in_two_languages(case: Case) -> bool:
    return case.language != MAIN


@reads("answer_case")
def typed_before(con: Connection, *, actor: Actor, case: Case, text: str) -> list[Typed]:
    """For each sentence and clause of the text the most alike that was answered in both languages before, of the cases
    that this person may see. Whoever takes one over sees in what it differs: nothing is translated."""
    if not in_two_languages(case) or not text.strip():
        return []
    said = dict.fromkeys(part for sentence in _cut(text) for part in (sentence, *_CLAUSE.split(sentence)))
    known = _sentences(cases.answered_in(con, actor.scope, case.language))
    pairs = [(_pairs(one.before), one) for one in known]
    found = [
        max(((_alike(_pairs(part), had), one) for had, one in pairs), key=lambda f: f[0], default=None) for part in said
    ]
    return list(dict.fromkeys(best[1] for best in found if best and best[0] >= ALIKE))


def _sentences(answers: Sequence[tuple[str, str]]) -> list[Typed]:
    """One by one where both have as many of them, else together."""
    return [
        Typed(*pair)
        for both in answers
        for pair in (
            zip(*map(_cut, both), strict=True) if len(_cut(both[0])) == len(_cut(both[1])) else [both]
        )
    ]  # fmt: skip


def _cut(text: str) -> list[str]:
    return [part.strip() for part in _CUT.split(text) if part.strip()]


def _pairs(sentence: str) -> frozenset[str]:
    """All numbers are one."""
    letters = "".join(c for c in _DIGITS.sub("0", folding.folded(sentence)) if c.isalnum())
    return frozenset(letters[i : i + 2] for i in range(max(1, len(letters) - 1)))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
