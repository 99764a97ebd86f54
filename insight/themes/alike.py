"""Cases that say much the same, grouped by the character pairs of their words: no language model, no network.

Pairs of characters suit Chinese, which has no spaces, and English well enough. A pair that stands in many texts weighs
little (TF-IDF); two groups join while the mean cosine between their texts is at least `ALIKE`.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from math import log, sqrt

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix
from scipy.spatial.distance import squareform

ALIKE = 0.3


def groups(texts: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Keys of the texts that belong together, each key once; the largest group first, keys in the order given. The
    square of their number is the memory, in numbers of 8 bytes."""
    keys = list(texts)
    if len(keys) < 2:
        return [(key,) for key in keys]
    distance = 1 - cosines([texts[key] for key in keys])
    np.fill_diagonal(distance, 0)
    labels = fcluster(linkage(squareform(distance, checks=False), "average"), 1 - ALIKE, "distance")
    found: dict[int, list[str]] = {}
    for key, label in zip(keys, labels, strict=True):
        found.setdefault(int(label), []).append(key)
    return sorted((tuple(group) for group in found.values()), key=lambda group: (-len(group), keys.index(group[0])))


def cosines(texts: list[str]) -> np.ndarray:
    """How alike each two texts are, from 0 to 1: a square, symmetric array."""
    counted = [Counter(_pairs(text)) for text in texts]
    held = Counter(pair for own in counted for pair in own)
    place = {pair: number for number, pair in enumerate(held)}
    rows = [_weights(own, held, len(texts)) for own in counted]
    filled = [(row, place[pair], weight) for row, own in enumerate(rows) for pair, weight in own.items()]
    at, to, values = zip(*filled, strict=True) if filled else ((), (), ())
    weights = csr_matrix((values, (at, to)), shape=(len(texts), len(place) or 1))
    return np.clip((weights @ weights.T).toarray(), 0, 1)


def _weights(own: Mapping[str, int], held: Mapping[str, int], of: int) -> dict[str, float]:
    """Of length 1 together."""
    found = {pair: (1 + log(times)) * log(1 + of / held[pair]) for pair, times in own.items()}
    length = sqrt(sum(weight * weight for weight in found.values()))
    return {pair: weight / length for pair, weight in found.items()}


def _pairs(text: str) -> list[str]:
    kept = "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalpha())
    return [kept[i : i + 2] for i in range(len(kept) - 1)]
