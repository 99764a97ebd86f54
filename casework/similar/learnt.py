"""What was learnt of history, as one version in a folder: the grams, two linear models, the cases as short vectors.

A case is 48 small numbers, a projection of its grams (truncated SVD), a byte each: a million of them are looked through
at once, and the few dozen nearest are compared exactly, by all their grams.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from casework.similar.grams import KnownGrams
from casework.similar.linear import HeldOut, Likely, Linear

DIMENSIONS = 48
FINE = 127  # steps from nothing to one that a byte tells apart
BLOCK = 8_192  # rows that stay near the processor while they are looked at
LABELS = ("category", "lead")


@dataclass(frozen=True)
class About:
    """`month`: the first month that was held out for the score; `held`: by what was guessed."""

    version: int
    learnt_at: str
    cases: int
    month: str
    held: dict[str, HeldOut]


@dataclass(frozen=True)
class Learnt:
    """`numbers` of the cases in rising order, `vectors` a row each; a model is None where too little was there."""

    about: About
    vocabulary: KnownGrams
    models: dict[str, Linear]
    components: np.ndarray
    numbers: np.ndarray
    vectors: np.ndarray

    def guesses(self, what: str, text: str) -> list[Likely]:
        return self.models[what].guesses(self.vocabulary.vector(text)) if what in self.models else []

    def nearest(self, text: str, most: int, among: Sequence[str] | None = None) -> list[str]:
        """The numbers of the cases nearest to the text, `among` these or all."""
        places, weights = self.vocabulary.vector(text)
        asked = -short(self.components[places].T @ weights)  # so that the nearest are the least
        rows = None if among is None else self._rows(among)
        vectors, numbers = (a if rows is None else a[rows] for a in (self.vectors, self.numbers))
        far = np.concatenate([vectors[n : n + BLOCK].astype(np.float32) @ asked for n in range(0, len(vectors), BLOCK)]
                             or [np.empty(0, np.float32)])  # fmt: skip
        most = min(most, len(far))
        best = np.argpartition(far, most - 1)[:most] if most else np.empty(0, int)
        return [bytes(numbers[n]).decode() for n in best[np.argsort(far[best])]]

    def _rows(self, numbers: Sequence[str]) -> np.ndarray:
        asked = as_bytes(numbers)
        places = np.searchsorted(self.numbers, asked)
        there = places < len(self.numbers)
        return places[there][self.numbers[places[there]] == asked[there]]


def as_bytes(numbers: Sequence[str]) -> np.ndarray:
    """In rising order, in a quarter of the memory that letters take."""
    return np.sort(np.array([number.encode() for number in numbers] or [b""], "S")[: len(numbers)])


def short(projected: np.ndarray) -> np.ndarray:
    """Of length one, a row or many."""
    length = np.linalg.norm(projected, axis=-1, keepdims=True)
    return (projected / np.where(length, length, 1)).astype(np.float32)


def in_bytes(vectors: np.ndarray) -> np.ndarray:
    return np.rint(vectors * FINE).astype(np.int8)


def save(learnt: Learnt, folder: Path) -> None:
    """Into a folder that is not there; whole or not at all."""
    made = folder.with_suffix(".unfinished")
    made.mkdir(parents=True)
    arrays = {"idf": learnt.vocabulary.idf, "components": learnt.components, "numbers": learnt.numbers}
    for what, model in learnt.models.items():
        arrays |= {f"{what}-weights": model.weights, f"{what}-bias": model.bias}
    for name, array in (arrays | {"vectors": learnt.vectors}).items():
        np.save(made / f"{name}.npy", array, allow_pickle=False)
    models = {what: {"labels": model.labels, "sharp": model.sharp} for what, model in learnt.models.items()}
    said = {"about": asdict(learnt.about), "known": learnt.vocabulary.known, "models": models}
    (made / "learnt.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    made.rename(folder)


def load(folder: Path) -> Learnt:
    said: dict[str, Any] = json.loads((folder / "learnt.json").read_text(encoding="utf-8"))

    def array(name: str) -> np.ndarray:
        return np.load(folder / f"{name}.npy", allow_pickle=False)

    about = said["about"]
    held = {what: HeldOut(**one) for what, one in about.pop("held").items()}
    models = {
        what: Linear(tuple(one["labels"]), array(f"{what}-weights"), array(f"{what}-bias"), one["sharp"])
        for what, one in said["models"].items()
    }
    vocabulary = KnownGrams(said["known"], array("idf"))
    return Learnt(
        About(held=held, **about), vocabulary, models, array("components"), array("numbers"), array("vectors")
    )


def versions(folder: Path) -> list[int]:
    """Those that are whole, the newest last."""
    return sorted(int(one.name) for one in folder.glob("*") if one.is_dir() and one.name.isdigit())
