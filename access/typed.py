"""What a person types, before it is kept: one normal form, nothing invisible."""

import re
import unicodedata

from db.refused import Refused

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")  # what a spreadsheet may take for the start of a formula
LONGEST_REASON = 200  # characters of why somebody is shown whole, or erased
_QUOTED = 40  # characters of a name that a refusal repeats
JOINER = "\u200d"  # holds the parts of an emoji together
_LINK_PART = re.compile(r"[A-Za-z0-9_-]+")


def one_line(text: str | None) -> str:
    """NFC, one line, single spaces, no control, bidirectional or zero-width characters."""
    whole = unicodedata.normalize("NFC", text or "")
    if whole.isprintable():  # as most words of a file are: nothing in them is to be taken out
        return whole if whole.isalnum() else " ".join(whole.split())
    seen = (" " if c.isspace() else c for c in whole)
    return " ".join("".join(c for c in seen if unicodedata.category(c)[0] != "C").split())


def tidy(text: str | None) -> str:
    """NFC, no control, bidirectional or zero-width characters but line breaks and emoji joiners, no outer space."""
    whole = unicodedata.normalize("NFC", (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    if whole.isprintable():  # as most words of a file are
        return whole.strip()
    return "".join(c for c in whole if c in ("\n", JOINER) or unicodedata.category(c)[0] != "C").strip()


def reason_of(typed: str | None, missing: str) -> str:
    """Tidied and cut. Raises Refused(`missing`) where nothing is left."""
    why = tidy(typed)[:LONGEST_REASON]
    if not why:
        raise Refused(missing)
    return why


def link_part(text: str) -> str:
    """The token, code or number in what followed a link's address: a message's full stop, bracket or words behind it
    are no part of it."""
    found = _LINK_PART.search(unicodedata.normalize("NFKC", text))
    return found.group() if found else ""


def proper_name(text: str | None) -> str:
    """One line that names somebody or something. Raises Refused('name_formula') for what a spreadsheet would run: names
    go into every table that leaves the house, and nobody is called so."""
    name = one_line(text)
    if could_run(name) and any(c.isalnum() for c in name):  # a dash alone stands for nothing
        raise Refused("name_formula", value=name if len(name) <= _QUOTED else f"{name[:_QUOTED]}…")
    return name


def could_run(text: str) -> bool:
    """Whether a spreadsheet might take this text for a formula: also full-width signs, also after blanks."""
    visible = text.lstrip(" \u00a0\u3000\ufeff\u200b\u200c\u200d\u2060\u200e\u200f")
    folded = unicodedata.normalize("NFKC", visible[:1])
    return folded.startswith(_STARTS)
