"""Which guidance may help somebody who types an issue: the words of it that stand in the title or the text of what is
published. What is typed is kept nowhere, and nobody's case is looked at.

Alike as cases are (`casework.similar`) was tried and turned down: in English everything is like everything, and a
short line in Chinese is like nothing.
"""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import i18n
from db import guidance
from db.guidance import Guidance
from db.store import Store
from i18n import folding
from i18n.names import STORED

SHOWN = 3
MET = 3  # words of the text that are met, where none of the title is; one, where both are about the same category
COMMON = 4  # a word that stands in more than one of so many pieces tells nothing
TITLE = 2.0  # times what a word of the text weighs
_COMMON = tomllib.loads((Path(i18n.__file__).parent / "common_words.toml").read_text(encoding="utf-8"))
_JOINS = re.compile(f"[{_COMMON['joins']}]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z]{3,}")
_SAID_OFTEN = frozenset(_LATIN.findall(_COMMON["words"]))


@dataclass(frozen=True)
class _Piece:
    """The words of one piece's title, and of all of it."""

    title: frozenset[str]
    whole: frozenset[str]


def may_help(store: Store, text: str, category: str | None = None) -> list[Guidance]:
    """What fits best first. `category`: what was chosen by then."""
    if not (asked := words_of(text)) or not (there := store.kept(guidance.published)):
        return []
    known, weights = _known(tuple(there))
    shares = {one.id: _share(asked, words, weights, near=one.category == category)
              for one, words in zip(there, known, strict=True)}  # fmt: skip
    return sorted((one for one in there if shares[one.id]), key=lambda one: -shares[one.id])[:SHOWN]


def words_of(text: str) -> frozenset[str]:
    """Pairs of Chinese letters, and the stems of longer Latin words that say something."""
    folded = folding.folded(text)
    runs = (run for part in _JOINS.split(folded) for run in _HAN.findall(part))
    pairs = (one + other for run in runs for one, other in pairwise(run))
    return frozenset([*pairs, *(_stem(word) for word in _LATIN.findall(folded) if word not in _SAID_OFTEN)])


def _share(asked: frozenset[str], words: _Piece, weights: dict[str, float], *, near: bool) -> float:
    """How much of what is typed a piece speaks of; nothing where that may be chance."""
    named, met = asked & words.title & weights.keys(), asked & words.whole & weights.keys()
    if not named and len(met) < (1 if near else MET):
        return 0.0
    return sum(weights[word] * (TITLE if word in named else 1.0) for word in met)


@lru_cache(maxsize=2)
def _known(there: Sequence[Guidance]) -> tuple[list[_Piece], dict[str, float]]:
    """Each piece's words, and what a word weighs: nothing where many pieces have it. Made anew only where what is
    published changed."""
    known = [_Piece(frozenset().union(*(words_of(getattr(one, f"title_{code}")) for code in STORED)),
                    words_of(one.said)) for one in there]  # fmt: skip
    met = Counter(word for one in known for word in one.whole)
    most = max(1, len(there) // COMMON)
    return known, {word: math.log(1 + len(there) / n) for word, n in met.items() if n <= most}


def _stem(word: str) -> str:
    """Cables, cabling and cabled are one word."""
    for ending in ("ing", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
