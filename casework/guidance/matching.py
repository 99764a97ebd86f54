"""Which guidance may help somebody who types an issue: the texts of all that is published, compared as cases are
(`casework.similar.grams`). What is typed is kept nowhere, and nobody's case is looked at."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from casework.similar.grams import KnownGrams, alike, vocabulary
from db import guidance
from db.guidance import Guidance
from db.store import Store

SHOWN = 3
SHORTEST = 6  # letters that are looked up
LIKE, SAME_ABOUT = 0.15, 0.1  # of the cosine: what is offered, and what is where both are about the same category
Vector = tuple[np.ndarray, np.ndarray]


def may_help(store: Store, text: str, category: str | None = None) -> list[Guidance]:
    """The most alike first; none where hardly anything is typed. `category`: what was chosen by then."""
    if len(text.strip()) < SHORTEST or not (there := store.kept(guidance.published)):
        return []
    known, vectors = _known(tuple(one.said for one in there))
    asked = known.vector(text)
    shares = sorted(((alike(asked, own), n) for n, own in enumerate(vectors)), key=lambda pair: (-pair[0], pair[1]))
    least = {n: SAME_ABOUT if one.category == category else LIKE for n, one in enumerate(there)}
    return [there[n] for share, n in shares if share >= least[n]][:SHOWN]


@lru_cache(maxsize=2)
def _known(texts: Sequence[str]) -> tuple[KnownGrams, list[Vector]]:
    """Made anew only where what is published changed."""
    known = vocabulary(texts)
    return known, [known.vector(text) for text in texts]
