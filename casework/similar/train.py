"""`python -m casework.similar.train FOLDER AT`: learn the next version of what `FOLDER/cases.jsonl` says, in a process
of its own, after everybody else's work. It opens no store."""

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from casework.similar.grams import KnownGrams, vocabulary
from casework.similar.learnt import DIMENSIONS, LABELS, About, Learnt, as_bytes, in_bytes, save, short, versions
from casework.similar.linear import FEWEST, HeldOut, Linear, held_out, learn
from db.cases.similar import PastCase

RECENT = 50_000  # cases that labels are learnt of: the latest
SEEN = 20_000  # cases that the projection is found on
AT_ONCE = 5_000
HELD_BACK = 0.2  # the share of the latest texts, in whole months
KEPT = 3  # versions
NICE = 10


def main(folder: Path, learnt_at: str) -> None:
    os.nice(NICE)
    told = _read(folder / "cases.jsonl")
    (folder / "cases.jsonl").unlink()  # what people wrote stays in the store alone
    made = of_history(told, version=max(versions(folder), default=0) + 1, learnt_at=learnt_at)
    save(made, folder / str(made.about.version))


def _read(file: Path) -> list[PastCase]:
    with file.open(encoding="utf-8") as lines:
        return [PastCase(**json.loads(line)) for line in lines]


def of_history(told: Sequence[PastCase], *, version: int, learnt_at: str) -> Learnt:
    recent = sorted(told, key=lambda one: one.month)[-RECENT:]
    known = vocabulary([one.text for one in recent])
    month = _first_held_back(recent)
    models, held = dict[str, Linear](), dict[str, HeldOut]()
    for what in LABELS:
        labelled = _of_frequent_labels(recent, what)
        early = [one for one in labelled if one.month < month]
        later = [one for one in labelled if one.month >= month]
        if len(early) < FEWEST or len({getattr(one, what) for one in early}) < 2 or not later:
            continue
        score, sharp = held_out(_fit(known, early, what), _matrix(known, later), _labels(later, what))
        models[what], held[what] = replace(_fit(known, labelled, what), sharp=sharp), score
    components = _components(known, recent)
    numbers = as_bytes([one.number for one in told])
    about = About(version, learnt_at, len(told), month, held)
    return Learnt(about, known, models, components, numbers, _vectors(known, components, told))


def _first_held_back(recent: Sequence[PastCase]) -> str:
    """The latest months that hold a fifth of the texts."""
    return recent[-max(1, int(len(recent) * HELD_BACK))].month if recent else ""


def _of_frequent_labels(recent: Sequence[PastCase], what: str) -> list[PastCase]:
    often = Counter(getattr(one, what) for one in recent)
    return [one for one in recent if getattr(one, what) and often[getattr(one, what)] >= FEWEST]


def _fit(known: KnownGrams, texts: Sequence[PastCase], what: str) -> Linear:
    return learn(_matrix(known, texts), _labels(texts, what))


def _matrix(known: KnownGrams, texts: Sequence[PastCase]):  # noqa: ANN202 — a sparse matrix of scipy
    return known.matrix(one.text for one in texts)


def _labels(texts: Sequence[PastCase], what: str) -> list[str]:
    return [getattr(one, what) for one in texts]


def _components(known: KnownGrams, recent: Sequence[PastCase]) -> np.ndarray:
    """grams × dimensions, found on different texts spread over the recent ones."""
    from sklearn.decomposition import TruncatedSVD

    different = list({one.text: one for one in recent}.values())
    texts = different[:: max(1, len(different) // SEEN)]
    most = min(DIMENSIONS, len(texts) - 1, len(known.known) - 1)
    if most < 1:
        return np.zeros((len(known.known), 1), np.float32)
    fitted = TruncatedSVD(most, n_iter=3, random_state=0).fit(_matrix(known, texts))
    return np.asarray(fitted.components_, np.float32).T.copy()


def _vectors(known: KnownGrams, components: np.ndarray, told: Sequence[PastCase]) -> np.ndarray:
    """A row a case, in the order of their numbers; a text that stands there twice is cut once."""
    ordered = sorted(told, key=lambda one: one.number.encode())
    texts = {one.text: n for n, one in enumerate({one.text: one for one in ordered}.values())}
    parts = list(texts)
    rows = [in_bytes(short(known.matrix(parts[n : n + AT_ONCE]) @ components)) for n in range(0, len(parts), AT_ONCE)]
    return np.concatenate(rows or [np.zeros((0, components.shape[1]), np.int8)])[[texts[o.text] for o in ordered]]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
