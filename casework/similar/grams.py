"""A text as weighted n-grams of its letters and words: what is learnt from history and what is asked of it are cut
alike."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import rjieba
from scipy.sparse import csr_matrix

from i18n import folding

LONGEST = 3  # letters in a gram
MOST = 120_000  # grams that are known, the most frequent ones
FEW = 100  # texts; of fewer every gram is known
_DIGITS = re.compile(r"\d+")
_READ = 2000  # letters of a text


def grams(text: str) -> Counter[str]:
    """The runs of one to three letters, and the words, of a folded text; all numbers are one, for another sum or day
    makes no other matter."""
    whole = _DIGITS.sub("0", folding.folded(text[:_READ]))
    found = Counter(whole[i : i + n] for n in range(1, LONGEST + 1) for i in range(len(whole) - n + 1))
    words = [word for word in rjieba.cut(whole) if word.strip()]
    found.update(f"\t{word}" for word in words)
    found.update(f"\t{one}\t{other}" for one, other in pairwise(words))
    return found


@dataclass(frozen=True)
class KnownGrams:
    """The grams that are known, each with how much it tells (inverse document frequency)."""

    known: Sequence[str]
    idf: np.ndarray

    @cached_property
    def place(self) -> dict[str, int]:
        return {gram: n for n, gram in enumerate(self.known)}

    def vector(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """The places and weights of a text's grams, of length one; empty where nothing of it is known."""
        places, counts = self._known(grams(text))
        weights = (1 + np.log(counts)) * self.idf[places]
        length = math.sqrt(float(weights @ weights))
        return places, (weights / length if length else weights).astype(np.float32)

    def matrix(self, texts: Iterable[str]) -> csr_matrix:
        rows = [self.vector(text) for text in texts]
        ends = np.cumsum([0, *(len(places) for places, _ in rows)])
        places = np.concatenate([places for places, _ in rows] or [np.empty(0, np.int32)])
        weights = np.concatenate([weights for _, weights in rows] or [np.empty(0, np.float32)])
        return csr_matrix((weights, places, ends), shape=(len(rows), len(self.known)))

    def _known(self, found: Counter[str]) -> tuple[np.ndarray, np.ndarray]:
        pairs = sorted((self.place[gram], n) for gram, n in found.items() if gram in self.place)
        places, counts = zip(*pairs, strict=True) if pairs else ((), ())
        return np.array(places, np.int32), np.array(counts, np.float32)


def vocabulary(texts: Sequence[str]) -> KnownGrams:
    """Of these texts. Among many, what stands in one alone tells nothing: a text to come will not have it."""
    fewest = 1 if len(texts) < FEW else 2
    often = Counter[str]()
    for text in texts:
        often.update(grams(text).keys())
    known = sorted(gram for gram, n in often.most_common(MOST) if n >= fewest)
    idf = np.log((1 + len(texts)) / (1 + np.array([often[gram] for gram in known], np.float32))) + 1
    return KnownGrams(known, idf.astype(np.float32))


def alike(one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]) -> float:
    """The cosine of two vectors."""
    _, mine, theirs = np.intersect1d(one[0], other[0], assume_unique=True, return_indices=True)
    return float(one[1][mine] @ other[1][theirs])
