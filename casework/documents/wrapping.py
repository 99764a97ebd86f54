"""Words on lines of a width, where no browser breaks them."""

from collections.abc import Callable

NEVER_FIRST = "，。；：、！？）”》%）】.,;:!?)"  # no line begins with these


def wrapped(words: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines no wider than `width`. Latin words stay whole; Chinese may break anywhere but before a closing mark."""
    lines, line = [], ""
    for piece in _pieces(words):
        if line and measure(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(words: str) -> list[str]:
    """What is never divided: a letter of Chinese or a Latin word, with the marks that close it and a space."""
    pieces: list[str] = []
    for letter in words:
        joins = pieces and (letter in NEVER_FIRST or letter == " " or _joined(pieces[-1][-1], letter))
        if joins:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _joined(before: str, letter: str) -> bool:
    """Two Latin letters or figures, or an opening mark and what it opens."""
    return before in "（“《(" or (before.isascii() and letter.isascii() and before != " ")
