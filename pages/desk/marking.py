"""Where the words that somebody looked for stand in a text."""

from collections.abc import Sequence

from i18n import folding
from pages.shared.markup import Markup

AROUND = 24  # letters on either side of a hit


def marked(text: str | None, words: Sequence[str]) -> Markup:
    """The whole text, each hit marked."""
    return _marked(text or "", folding.hits(text or "", words) if words else [])


def around(text: str, words: Sequence[str]) -> Markup:
    """What stands round the first hit, all hits in it marked; nothing where there is none."""
    found = folding.hits(text, words)
    if not found:
        return Markup()
    start, end = max(0, found[0][0] - AROUND), found[0][1] + 2 * AROUND
    inside = [(a - start, min(b, end) - start) for a, b in found if a < end]
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return Markup("{}{}{}").format(before, _marked(text[start:end], inside), after)


def _marked(text: str, found: Sequence[tuple[int, int]]) -> Markup:
    parts, last = [], 0
    for start, end in found:
        parts.append(Markup("{}<mark>{}</mark>").format(text[last:start], text[start:end]))
        last = end
    return Markup().join([*parts, text[last:]])
