"""Answers that look perfunctory, each with its evidence. They are only listed: staff read them and decide.

Three rules, in a table of evidence kinds:
- `same_as`: at least 0.8 of the character trigrams are shared with the answer to another case (Jaccard);
  digits count as alike and punctuation not at all, so that another date or sum does not hide a template.
- `nothing_in_it`: shorter than `SHORT`, and no number, no day and no word of something done stands in it.
- `rejected_twice`: the enterprise has rejected it, or rated it badly, at least twice.
"""

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil
from pathlib import Path

from access.actor import Actor
from db.cases import supervision
from db.cases.past import OFTEN
from db.cases.supervision import LastAnswer
from db.store import Store

ALIKE = 0.8
SHORT = 60  # Chinese characters; a word of another script counts as two
COMPARED = 3000  # the latest answers; all open cases stand among them
_GRAM = 3
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-z]+")
_WORDS = Path(__file__).parent / "words_of_action.toml"


@dataclass(frozen=True)
class AnswerEvidence:
    """Why one answer is listed. `others` are numbers of cases with an answer like it, `alike` the highest share."""

    kind: str
    others: tuple[str, ...] = ()
    alike: float = 0.0
    times: int = 0


@dataclass(frozen=True)
class Listed:
    """An answer of an open case with all that speaks against it."""

    answer: LastAnswer
    evidence: tuple[AnswerEvidence, ...]


def perfunctory_answers(store: Store, *, actor: Actor) -> list[Listed]:
    """The open cases' answers that a rule lists. Raises Refused('forbidden')."""
    actor.must("triage_case")
    return listed(store.read(lambda con: supervision.answers(con, actor.scope, limit=COMPARED)))


def listed(answers: Sequence[LastAnswer]) -> list[Listed]:
    """Those of the open cases' answers that a rule lists, most evidence first."""
    like = near_duplicates({a.case_id: a.text for a in answers}, [a.case_id for a in answers if a.open])
    numbers = {a.case_id: a.number for a in answers}
    found = [Listed(a, _evidence(a, like.get(a.case_id, {}), numbers)) for a in answers if a.open]
    return sorted((one for one in found if one.evidence), key=lambda one: (-len(one.evidence), one.answer.number))


def near_duplicates(texts: dict[str, str], asked: Sequence[str]) -> dict[str, dict[str, float]]:
    """For each of the `asked` keys, the other keys whose text is alike, with the share.

    Exact, without comparing all pairs: two sets that share so much share one of their rarest few grams.
    """
    grams = {key: trigrams(text) for key, text in texts.items()}
    often = Counter(gram for own in grams.values() for gram in own)
    rarest = {key: sorted(own, key=lambda g: (often[g], g))[: _prefix(len(own))] for key, own in grams.items()}
    holders: dict[str, set[str]] = defaultdict(set)
    for key, few in rarest.items():
        for gram in few:
            holders[gram].add(key)
    found = {}
    for key in asked:
        candidates = set().union(*(holders[gram] for gram in rarest[key])) - {key}
        shares = {other: alike(grams[key], grams[other]) for other in candidates}
        found[key] = {other: share for other, share in shares.items() if share >= ALIKE}
    return found


def trigrams(text: str) -> frozenset[str]:
    """The character trigrams of the letters and digits; a shorter text is one gram."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join("0" if c.isdigit() else c for c in folded if c.isalnum())
    return frozenset(kept[i : i + _GRAM] for i in range(max(1, len(kept) - _GRAM + 1))) if kept else frozenset()


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared grams as a share of all grams of both."""
    return len(one & other) / len(one | other) if one and other else 0.0


def nothing_in_it(text: str) -> bool:
    """Short, and neither a number nor a day nor a word of something done."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if len(_HAN.findall(folded)) + 2 * len(_WORD.findall(folded)) >= SHORT or any(c.isdigit() for c in folded):
        return False
    known = _words_of_action()
    for hollow in known["hollow"]:
        folded = folded.replace(hollow, "")
    words = set(_WORD.findall(folded))
    telling = (word for name in ("done", "dated", "english") for word in known[name])
    return not any(word in words if word.isascii() else word in folded for word in telling)


def _evidence(answer: LastAnswer, like: dict[str, float], numbers: dict[str, str]) -> tuple[AnswerEvidence, ...]:
    others = tuple(numbers[key] for key in sorted(like, key=lambda key: (-like[key], numbers[key])))
    found = [AnswerEvidence("rejected_twice", times=answer.oppositions)] if answer.oppositions >= OFTEN else []
    found += [AnswerEvidence("nothing_in_it")] if nothing_in_it(answer.text) else []
    found += [AnswerEvidence("same_as", others, max(like.values()))] if others else []
    return tuple(found)


def _prefix(size: int) -> int:
    return size - ceil(ALIKE * size) + 1


@cache
def _words_of_action() -> dict[str, list[str]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))
