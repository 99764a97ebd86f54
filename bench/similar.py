"""What is suggested, against a plain model, on labelled texts: `python bench/similar.py FILE` (CSV: text, label).

Prints a JSON line each, {name, value, unit, baseline, ratio}: macro-F1 beside that of a LinearSVC on characters one to
three in the same folds (ten repeats of five up to 2,000 texts, one above); recall among the five nearest (a text of the
same label is there); milliseconds a question at 1,000 and at 1,000,000 cases, and the memory of the process that
answers, which is one of its own. The cases of those sizes are mixtures of the file's. Exit 1 where something is worse
than promised.
"""

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measuring import Line, tell  # noqa: E402
from casework.similar import train  # noqa: E402
from casework.similar.asking import NEAR  # noqa: E402
from casework.similar.grams import alike, vocabulary  # noqa: E402
from casework.similar.learnt import Learnt, as_bytes, in_bytes, load, save, short  # noqa: E402
from casework.similar.linear import learn, macro_f1, margins_of  # noqa: E402
from db.cases.similar import PastCase  # noqa: E402

FOLDS, REPEATS, FEW = 5, 10, 2_000
SIZES = (1_000, 1_000_000)
QUESTIONS = 40
PART = 100_000  # cases that are mixed at once
Labelled = tuple[list[str], list[str]]


def read(file: Path) -> Labelled:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["text"].strip()]
    return [row["text"] for row in rows], [row["label"] for row in rows]


def scores(texts: Sequence[str], labels: Sequence[str]) -> tuple[float, float, float]:
    """Ours, the plain model's, and the recall among five, each the mean of all folds."""
    from sklearn.model_selection import StratifiedKFold

    found = []
    for repeat in range(REPEATS if len(texts) <= FEW else 1):
        for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=repeat).split(texts, labels):
            fold: list[list[str]] = [
                [v[i] for i in part] for part in (seen, unseen) for v in (list(texts), list(labels))
            ]
            found.append((ours(*fold), plain(*fold), recall(*fold) if repeat == 0 else np.nan))
    return tuple(float(np.nanmean(column)) for column in zip(*found, strict=True))  # type: ignore[return-value]


def ours(texts: list[str], labels: list[str], asked: list[str], right: list[str]) -> float:
    known = vocabulary(texts)
    model = learn(known.matrix(texts), labels)
    return macro_f1(right, [model.labels[n] for n in margins_of(model, known.matrix(asked)).argmax(axis=1)])


def plain(texts: list[str], labels: list[str], asked: list[str], right: list[str]) -> float:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    cut = TfidfVectorizer(analyzer="char", ngram_range=(1, 3))
    return macro_f1(right, list(LinearSVC().fit(cut.fit_transform(texts), labels).predict(cut.transform(asked))))


def recall(texts: list[str], labels: list[str], asked: list[str], right: list[str]) -> float:
    learnt = of_file(texts, labels)
    own = dict(enumerate(labels))
    said = dict(enumerate(texts))
    hits = [label in [own[n] for n in five(learnt, text, said)] for text, label in zip(asked, right, strict=True)]
    return float(np.mean(hits))


def of_file(texts: Sequence[str], labels: Sequence[str]) -> Learnt:
    told = [PastCase(f"{n:07d}", f"{n:07d}", text, label, None)
            for n, (text, label) in enumerate(zip(texts, labels, strict=True))]  # fmt: skip
    return train.of_history(told, version=1, learnt_at="2026-01-01T00:00:00")


def five(learnt: Learnt, text: str, said: dict[int, str]) -> list[int]:
    """As a question finds them: the nearest by short vectors, of those the most alike by all grams."""
    asked = learnt.vocabulary.vector(text)
    near = [int(number) % len(said) for number in learnt.nearest(text, NEAR)]
    return sorted(near, key=lambda n: -alike(asked, learnt.vocabulary.vector(said[n])))[:5]


def of_size(learnt: Learnt, n: int, folder: Path) -> None:
    """So many cases: each a mixture of two of the file's."""
    rng = np.random.default_rng(0)
    one, other = (rng.integers(0, len(learnt.vectors), n) for _ in range(2))
    vectors = np.concatenate([mixed(learnt.vectors, one[i : i + PART], other[i : i + PART]) for i in range(0, n, PART)])
    numbers = as_bytes([f"{i:07d}" for i in range(n)])
    save(Learnt(learnt.about, learnt.vocabulary, learnt.models, learnt.components, numbers, vectors), folder)


def mixed(vectors: np.ndarray, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return in_bytes(short(vectors[one].astype(np.float32) + vectors[other] / 2))


def asked(folder: Path, file: Path) -> None:
    """In a process of its own: milliseconds of a processor a question, which others disturb less, and megabytes."""
    learnt, (texts, _) = load(folder), read(file)
    said, taken = dict(enumerate(texts)), []
    for text in texts[:QUESTIONS]:
        began = time.process_time()
        five(learnt, text, said)
        for what in learnt.models:
            learnt.guesses(what, text)
        taken.append(time.process_time() - began)
    print(1e3 * float(np.median(taken)), most_memory())


def most_memory() -> float:
    """Megabytes at most, of this program alone: what `getrusage` says begins with what its parent had."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def questions(file: Path, learnt: Learnt) -> list[Line]:
    found = []
    for n in SIZES:
        with tempfile.TemporaryDirectory() as made:
            of_size(learnt, n, Path(made) / "1")
            command = [sys.executable, __file__, "--ask", f"{made}/1", str(file)]
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        found.append(Line(f"a question at {n:,} cases", float(told[0]), "ms of a processor", 150, 1))
        found.append(Line(f"the process that answers at {n:,} cases", float(told[1]), "MB", 500, 1))
    return found


def main(argv: list[str]) -> int:
    if argv[:1] == ["--ask"]:
        asked(Path(argv[1]), Path(argv[2]))
        return 0
    file = Path(argv[0])
    texts, labels = read(file)
    own, bare, among = scores(texts, labels)
    lines = [
        Line(f"macro-F1 of {len(texts)} texts of {len(set(labels))} labels", own, "of 1", bare),
        Line("a plain model's macro-F1 against it", bare, "of 1", own, 1),
        Line("recall among the five nearest", among, "of 1", 1),
    ]
    return int(tell(*lines, *questions(file, of_file(texts, labels))))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
