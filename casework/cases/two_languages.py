"""An answer in two languages: the house's own and that of whoever raised the case, each typed by a person."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from access.actor import Actor
from casework.cases.perfunctory import alike
from db.cases import cases
from db.cases.cases import Case
from db.scope import Scope
from db.sql import Connection
from db.store import Store
from i18n import folding
from i18n.writing import MAIN

ALIKE = 3 / 7  # of all pairs of letters of two sentences, those that both have
_CUT = re.compile(r"(?<=[。！？；!?;])\s*|(?<=\.)\s+|\n+")
_WHOLE = re.compile(r"(?<=[。！？!?])\s*|(?<=\.)\s+|\n+")  # a semicolon of one language is a comma of the other
_CLAUSE = re.compile(r"[，,]")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Typed:
    """What somebody typed `before`, and the `words` that they put it in."""

    before: str
    words: str


def in_two_languages(case: Case) -> bool:
    return case.language != MAIN


def typed_before(store: Store, *, actor: Actor, case: Case, text: str) -> list[Typed]:
    """For each sentence and clause of the text the most alike that was answered in both languages before, of the cases
    that this person may see. Whoever takes one over sees in what it differs: nothing is translated.

    Raises Refused('forbidden').
    """
    actor.must("answer_case")
    if not in_two_languages(case) or not text.strip():
        return []
    said = dict.fromkeys(part for sentence in _cut(text) for part in (sentence, *_CLAUSE.split(sentence)))
    known = store.kept(_known, actor.scope, case.language)
    return list(dict.fromkeys(one for part in said if (one := _most_alike(_pairs(part), known))))


def _known(con: Connection, scope: Scope, language: str) -> list[tuple[frozenset[str], Typed]]:
    """Cut once until anything is written: the drawer asks at every run."""
    said = dict.fromkeys(_sentences(cases.answered_in(con, scope, language)))
    return [(_pairs(one.before), one) for one in said]


def _most_alike(part: frozenset[str], known: Sequence[tuple[frozenset[str], Typed]]) -> Typed | None:
    likeness, best = max(((alike(part, had), one) for had, one in known), key=lambda f: f[0], default=(0, None))
    return best if likeness >= ALIKE else None


def _sentences(answers: Sequence[tuple[str, str]]) -> Iterator[Typed]:
    """One by one where both have as many of them, else together."""
    for both in answers:
        cuts = ([_cut(text, at) for text in both] for at in (_CUT, _WHOLE))
        mine, theirs = next((cut for cut in cuts if len(cut[0]) == len(cut[1])), ([both[0]], [both[1]]))
        yield from map(Typed, mine, theirs)


def _cut(text: str, at: re.Pattern[str] = _CUT) -> list[str]:
    return [part.strip() for part in at.split(text) if part.strip()]


def _pairs(sentence: str) -> frozenset[str]:
    """All numbers are one."""
    letters = "".join(c for c in _DIGITS.sub("0", folding.folded(sentence)) if c.isalnum())
    return frozenset(letters[i : i + 2] for i in range(max(1, len(letters) - 1))) if letters else frozenset()
