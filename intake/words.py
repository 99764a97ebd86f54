"""Limits on what people type, in characters as a reader counts them."""

import unicodedata

from access.typed import JOINER

_SKIN_TONES = range(0x1F3FB, 0x1F400)
_REGIONAL = range(0x1F1E6, 0x1F200)
_MARKS_PER_CHARACTER = 4


def graphemes(text: str) -> int:
    """Characters as a reader counts them: an accent, an emoji's skin tone or a flag's second half adds none."""
    count, previous, half_flag = 0, "", False
    for c in text:
        regional = ord(c) in _REGIONAL
        joined = _extends(c) or previous == JOINER or (regional and half_flag)
        half_flag = regional and not half_flag
        count += not joined
        previous = c
    return count


def fits(text: str, most: int) -> bool:
    """At most `most` graphemes, and no towers of marks upon them."""
    return len(text) <= most or (len(text) <= most * _MARKS_PER_CHARACTER and graphemes(text) <= most)


def cut(text: str, most: int) -> str:
    """The longest beginning that fits."""
    kept = text[: most * _MARKS_PER_CHARACTER]
    while not fits(kept, most):
        kept = kept[:-1]
    return kept


def _extends(c: str) -> bool:
    return c == JOINER or unicodedata.category(c)[0] == "M" or ord(c) in _SKIN_TONES
