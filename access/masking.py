"""A comment without names and numbers: what is taken out of people's words before anybody reads them.

Names of the register and of everybody who has an account are known; other people's names are found by surname and
title. What is masked wrongly (a name that is also a word) is the lesser harm.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from db import regions
from db.system.erasure import MARK

MASK = MARK
WORDS = tomllib.loads((Path(__file__).parent / "comment_words.toml").read_text(encoding="utf-8"))

_SURNAME = f"(?:{WORDS['compound']}|[{WORDS['surnames']}])"
_HAN = r"\u4e00-\u9fff"
CITY = 4  # digits of a city's code


@cache
def _patterns(places: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """`places`: the district's own names, beside the nation's."""
    lists = {name.upper(): WORDS[name] for name in ("pinyin", "roles", "firm", "surnames")}  # inside those of `tells`
    lists["TITLES"] = "|".join(WORDS["titles"])
    lists["SURNAME"] = _SURNAME  # after SURNAMES, which begins like it
    lists["PLACES"] = _one_of(name for name in _known(places) if not name.isascii())
    lists["PUBLIC"] = f"{WORDS['public']}|{_one_of(name for name in _known(places) if name.isascii())}"
    filled = [re.sub("|".join(lists), lambda found: lists[found[0]], pattern) for pattern in WORDS["tells"]]
    return (*_BEFORE, *(re.compile(pattern, re.IGNORECASE) for pattern in filled), *_BEHIND)


def _known(places: tuple[str, ...]) -> list[str]:
    """Of the nation provinces and cities alone: many a firm is called as a county far away is."""
    nation = [one for one in regions.nation() if len(one.code) <= CITY]
    short = [_PLACE_KIND.sub("", name) for name in places]
    return [WORDS["country"], *places, *(name for name in short if len(name) > 1), *(one.short_name for one in nation),
            *(one.name_en for one in nation)]  # fmt: skip


def _one_of(names: Iterable[str]) -> str:
    """The longest first, so that none ends where a shorter one does."""
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(set(names), key=len, reverse=True))


_PLACE_KIND = re.compile(f"[{WORDS['place_kinds']}]$|\\s+(?:District|County|City)$")
_BEFORE = (
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),  # e-mail
    re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE),
    re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])", re.IGNORECASE),
    re.compile(r"\+?\d(?:[\s\-—–.()]*\d){5,}[xX]?"),  # telephones, identity cards, accounts: six digits and more
    re.compile(f"[{WORDS['digits']}]{{6,}}"),  # a number written out
    re.compile(rf"(?:{'|'.join(WORDS['accounts'])})\S?[:\s\uff1a]*(?:is\s+|id\s+)*[A-Za-z0-9_-]{{5,}}", re.IGNORECASE),
    re.compile(f"{_SURNAME}[{_HAN}]{{0,2}}?(?:{'|'.join(WORDS['titles'])})(?![{_HAN}]?[{WORDS['not_titles']}])"),
)
_BEHIND = (
    re.compile(f"{WORDS['surnamed']}(?:{WORDS['compound']}|[{_HAN}])"),
    re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?"),
)
# A day and a sum together are a fine, a grant or a contract that others know of.
_DATE, _SUM = (re.compile(WORDS[name], re.IGNORECASE) for name in ("date", "sum"))
_DATED = (_DATE, _SUM)
_LEGAL = re.compile(rf"(?:{'|'.join(WORDS['legal'])}|Co\.?,?\s*Ltd\.?|Ltd\.?|Inc\.?)$", re.IGNORECASE)
_TOWN = re.compile(f"(?:{'|'.join(WORDS['town_kinds'])})$")
# Full-width letters and digits as narrow ones; Chinese punctuation stays as it was typed.
_NARROW = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF20, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF0E)}
_WORD = 5  # letters of a Latin name's first word that is masked in its own comment
_SHORTEST = 3  # signs of an enterprise's short name that is masked anywhere; its own comment masks shorter ones


@dataclass(frozen=True)
class MaskedNames:
    """Folded names to mask, and their lengths; `places`: what the district is called, of which some patterns speak."""

    known: frozenset[str]
    lengths: tuple[int, ...]
    places: tuple[str, ...] = ()


def names(
    firms: Iterable[str], people: Iterable[str], towns: Iterable[str] = (), places: Iterable[str] = ()
) -> MaskedNames:
    """Towns also as people call them, without the word for what they are."""
    own = tuple(places)
    found = {_folded(form) for name in firms for form in _forms(name, own)}
    found |= {_folded(name) for name in people if len(name) > 1}
    found |= {_folded(form) for name in towns for form in (name, _TOWN.sub("", name)) if len(form) > 1}
    return MaskedNames(frozenset(found), tuple(sorted({len(name) for name in found}, reverse=True)), own)


def without_own(words: str, own: Sequence[str], places: Iterable[str] = ()) -> str:
    """The comment without the names of who wrote it, while that is known: afterwards it is nobody's."""
    return _without(words, _of_writer(own, tuple(places)))


def narrowed(words: str) -> str:
    """Without signs that nobody sees, its letters and digits narrow."""
    return "".join(c for c in unicodedata.normalize("NFC", words) if unicodedata.category(c) != "Cf").translate(_NARROW)


def mask(words: str, known: MaskedNames) -> str:
    """The comment with what could name somebody taken out."""
    shown = narrowed(words)
    for pattern in (*_patterns(known.places), *(_DATED if _SUM.search(shown) and _DATE.search(shown) else ())):
        shown = pattern.sub(MASK, shown)
    return _without(shown, known)


def _without(words: str, known: MaskedNames) -> str:
    """Longest names first; each place of the text is looked up, so that a long register costs no more than a short."""
    if not known.known:
        return words
    folded, kept, at = _folded(words), [], 0
    while at < len(words):
        size = next((n for n in known.lengths if folded[at : at + n] in known.known and n <= len(words) - at), 0)
        kept.append(MASK if size else words[at])
        at += size or 1
    return "".join(kept)


def _of_writer(own: Sequence[str], places: tuple[str, ...]) -> MaskedNames:
    """Also the first two, three and four signs of its short name, and the first word of a Latin one: how people call
    their own firm."""
    short = [_short(name, places) for name in own if not name.isascii()]
    words = [word for name in own if name.isascii() and len(word := name.split(" ")[0]) >= _WORD]
    return names([*own], [*words, *(part for name in short for part in (name[:4], name[:3], name[:2]))],
                 places=places)  # fmt: skip


def _forms(name: str, places: tuple[str, ...]) -> list[str]:
    short = _short(name, places)
    return [name, _LEGAL.sub("", name).strip(" ,"), *([short] if len(short) >= _SHORTEST else [])]


def _short(name: str, places: tuple[str, ...]) -> str:
    return _leading(places).sub("", _LEGAL.sub("", name).strip(" ,"))


@cache
def _leading(places: tuple[str, ...]) -> re.Pattern[str]:
    """The places that an enterprise's name begins with."""
    known = _one_of(name for name in _known(places) if not name.isascii())
    return re.compile(f"^(?:(?:{known})[{WORDS['place_kinds']}]?)+")


def _folded(words: str) -> str:
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in words.translate(_NARROW))
