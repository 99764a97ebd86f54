"""A linear model over grams: which of several labels a text has, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

FEWEST = 3  # texts of a label that is learnt


@dataclass(frozen=True)
class Likely:
    """A label, and how sure it is: of a hundred guesses so sure, about so many are right."""

    label: str
    sure: float


@dataclass(frozen=True)
class Linear:
    """`sharp` makes of the model's margins shares that sum to one; it is fitted on texts that were held out."""

    labels: tuple[str, ...]
    weights: np.ndarray  # labels × grams
    bias: np.ndarray
    sharp: float = 4.0

    def guesses(self, vector: tuple[np.ndarray, np.ndarray], most: int = 3) -> list[Likely]:
        places, values = vector
        margins = self.weights[:, places] @ values + self.bias
        shares = softmax(margins[None] * self.sharp)[0]
        return [Likely(self.labels[n], float(shares[n])) for n in np.argsort(-shares)[:most]]


def softmax(margins: np.ndarray) -> np.ndarray:
    raised = np.exp(margins - margins.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def learn(matrix: csr_matrix, labels: Sequence[str]) -> Linear:
    """One against the others, rare labels as heavy as frequent ones. Two labels or more."""
    from sklearn.svm import LinearSVC  # here, so that the server and a question never load it

    fitted = LinearSVC(C=1.0, class_weight="balanced", dual="auto").fit(matrix, np.array(labels))
    weights, bias = fitted.coef_, fitted.intercept_
    if len(fitted.classes_) == 2:  # one line says both
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    return Linear(tuple(fitted.classes_), np.asarray(weights, np.float32), np.asarray(bias, np.float32))


def margins_of(model: Linear, matrix: csr_matrix) -> np.ndarray:
    return matrix @ model.weights.T + model.bias


def sharpness(margins: np.ndarray, right: np.ndarray) -> float:
    """What makes the shares of held-out texts truest (least log loss). `right`: the place of each text's label."""
    tried = np.geomspace(0.5, 32, 25)
    losses = [-np.log(softmax(margins * t)[np.arange(len(right)), right] + 1e-9).mean() for t in tried]
    return float(tried[int(np.argmin(losses))])


@dataclass(frozen=True)
class HeldOut:
    """How well the model does on texts of later months, which it had not seen. `first_three`: the share whose label is
    among the first three guesses."""

    texts: int
    macro_f1: float
    right: float
    first_three: float


def held_out(model: Linear, matrix: csr_matrix, labels: Sequence[str]) -> tuple[HeldOut, float]:
    """The score, and the sharpness. A label that was never seen before counts as missed."""
    margins = margins_of(model, matrix)
    places = {label: n for n, label in enumerate(model.labels)}
    right = np.array([places.get(label, -1) for label in labels])
    best = np.argsort(-margins, axis=1)[:, :3]
    seen = right >= 0
    sharp = sharpness(margins[seen], right[seen]) if seen.any() else 4.0
    guessed = [model.labels[n] for n in best[:, 0]]
    first_three = float((best == right[:, None]).any(axis=1).mean())
    share = float(np.mean([g == label for g, label in zip(guessed, labels, strict=True)]))
    return HeldOut(len(labels), macro_f1(labels, guessed), share, first_three), sharp


def macro_f1(labels: Sequence[str], guessed: Sequence[str]) -> float:
    """The mean of the labels' F1, small labels as heavy as large ones."""
    scores = []
    for label in sorted(set(labels)):
        hit = sum(a == b == label for a, b in zip(labels, guessed, strict=True))
        asked, given = sum(a == label for a in labels), sum(b == label for b in guessed)
        scores.append(2 * hit / (asked + given) if asked + given else 0.0)
    return float(np.mean(scores))
