"""How words are looked up: width, script, case, accents and signs alike.

A text is folded letter by letter, so that what was folded whole has every part of it in it, and a hit is found again in
the letters as they were written. The space beside a Chinese character is none: LED 生产线 and LED生产线 are one.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version

KIND = f"1 opencc {version('opencc')}"  # what is folded otherwise is folded again where the store is migrated
# Signs that people take for one another, each behind the one that stands for them.
_SIGNS = ('"“”„‟«»「」『』', "'‘’‚‛", "-—–‐‑‒―−", ".·•・。", ",、", "[【〔〖", "]】〕〗", "<《〈", ">》〉")
_ONE_SIGN = str.maketrans({sign: signs[0] for signs in _SIGNS for sign in signs[1:]})
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
_BESIDE_HAN = re.compile(f"(?<=[{_HAN}]) | (?=[{_HAN}])")
_BLANKS = re.compile(r"\s{2,}")
_ACCENTS = re.compile("[\u0300-\u036f]")


class _Letters(dict[int, str]):
    """Each letter's folded form, found when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _letter(chr(code))
        return found


def _letter(letter: str) -> str:
    if letter.isspace():
        return " "
    if unicodedata.category(letter)[0] == "C":
        return ""
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", letter))).casefold()
    return (_simplified(plain) if plain > "\u2e80" else plain).translate(_ONE_SIGN)


def _simplified(letter: str) -> str:
    return _converter().convert(letter)


@cache
def _converter():  # noqa: ANN202 — the library has no types, and is read where the first Chinese letter is met
    from opencc import OpenCC

    return OpenCC("t2s")


_LETTERS = _Letters()


def folded(text: str) -> str:
    """One line."""
    return _BESIDE_HAN.sub("", _BLANKS.sub(" ", text.translate(_LETTERS)).strip())


def lines(*texts: str | None) -> str:
    """Several texts folded, each a line with a break on either side, so that a whole one can be asked for as well."""
    return "".join(f"\n{line}" for line in (folded(text) for text in texts if text) if line) + "\n"


def words_of(typed: str) -> tuple[str, ...]:
    """What somebody looks for: each word folded, none that stands in another."""
    words = sorted({folded(word) for word in typed.split()} - {""}, key=len, reverse=True)
    return tuple(word for n, word in enumerate(words) if not any(word in longer for longer in words[:n]))


def has(typed: str, *texts: str) -> bool:
    """Whether every word of it stands somewhere in the texts."""
    there = lines(*texts)
    return all(word in there for word in words_of(typed))


def hits(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where the folded words stand in the text as it was written: beginnings and ends, none within another."""
    letters = [(form, place) for place, letter in enumerate(text) for form in _LETTERS[ord(letter)]]
    kept = [one for n, one in enumerate(letters) if not _is_no_space(letters, n)]
    whole, places = "".join(form for form, _ in kept), [place for _, place in kept]
    found = sorted(
        (places[m.start()], places[m.end() - 1] + 1) for word in words for m in re.finditer(re.escape(word), whole)
    )
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _is_no_space(letters: list[tuple[str, int]], n: int) -> bool:
    """A space beside a Chinese character, or after another space."""
    if letters[n][0] != " ":
        return False
    before, after = (letters[i][0] if 0 <= i < len(letters) else " " for i in (n - 1, n + 1))
    return before == " " or re.match(f"[{_HAN}]", before) is not None or re.match(f"[{_HAN}]", after) is not None
