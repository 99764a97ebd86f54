"""What enterprises say in their own words: frequent words and phrases, each with the comments that hold it, masked.

Nothing is said before ten comments are there. A word counts once an answer and is listed from five answers on; a
comment stands alone, without sector, town, size or time, in an order that says nothing.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from access.masking import MASK, WORDS, mask, names
from db.sql import Connection
from db.survey import comments
from db.survey import estimates as stored
from db.survey.surveys import Wave
from db.system import settings
from insight.survey.protection import FEWEST

FEWEST_ANSWERS = 5  # that hold a word before it is listed
LISTED = 24
_NOTHING = frozenset(WORDS["nothing"])
_KEPT = ("n", "v", "a", "l", "i", "j")  # nouns, verbs, adjectives, idioms, abbreviations
_SPOKEN = {"v", "vd", "vi", "vshi", "vyou", "ad", "nr"}  # verbs that need a noun; people's names


@dataclass(frozen=True)
class Word:
    """A word or a phrase, in how many answers it stands, and those answers' comments."""

    words: str
    n: int
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """`comments` counts those of the wave, `read` those that staff released, `by` who did; `words` is of these, and
    empty under ten."""

    comments: int
    words: tuple[Word, ...]
    read: int = 0
    by: tuple[str, ...] = ()


def read_said(con: Connection, wave: Wave) -> Said:
    found = comments.of_wave(con, wave)
    read = [one for one in found if one.by is not None]
    released = tuple(sorted({one.by for one in read if one.by}))
    if len(read) < FEWEST:
        return Said(len(found), (), len(read), released)
    known = names(*stored.known_names(con), settings.district(con).places)
    told = said([mask(one.text, known) for one in read])
    return replace(told, comments=len(found), read=len(read), by=released)


def said(masked: Sequence[str]) -> Said:
    """Pure: masked comments, one an answer, to what they have in common."""
    terms = [_terms(comment) for comment in masked]
    counts = Counter(term for found in terms for term in found)
    frequent = {term: n for term, n in counts.items() if n >= FEWEST_ANSWERS}
    kept = {term: n for term, n in frequent.items() if not _part_of_phrase(term, n, frequent)}
    ordered = sorted(kept, key=lambda term: (-kept[term], term))[:LISTED]
    return Said(len(masked), tuple(Word(term, kept[term], _quotes(term, masked, terms)) for term in ordered))


def _terms(comment: str) -> set[str]:
    """The words that carry meaning, and pairs of them that stand side by side."""
    import rjieba  # here: its dictionary takes 30 MB, and a server may never be asked

    found: set[str] = set()
    before = ""
    for word, kind in rjieba.tag(comment):
        word = word.lower() if word.isascii() else word
        meant = _meant(word, kind)
        if meant and kind not in _SPOKEN:
            found.add(word)
        if meant and before:
            found.add(f"{before} {word}" if word.isascii() else f"{before}{word}")
        before = word if meant else ""
    return found


def _meant(word: str, kind: str) -> bool:
    if word in _NOTHING or word in MASK:
        return False
    if word.isascii():
        return bool(re.fullmatch("[a-z]{4,}", word))
    return len(word) > 1 and kind.startswith(_KEPT) and kind != "nr"


def _part_of_phrase(term: str, n: int, frequent: dict[str, int]) -> bool:
    """A word that nearly always stands in one phrase is said by the phrase."""
    return any(term != other and term in other and frequent[other] >= 0.8 * n for other in frequent)


def _quotes(term: str, masked: Sequence[str], terms: Sequence[set[str]]) -> tuple[str, ...]:
    found = {comment for comment, held in zip(masked, terms, strict=True) if term in held}
    return tuple(sorted(found, key=lambda comment: hashlib.sha256(comment.encode()).hexdigest()))
