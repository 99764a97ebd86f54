"""What a person types, before it is kept: one normal form, nothing invisible."""

import re
import unicodedata

JOINER = "\u200d"  # holds the parts of an emoji together
_LINK_PART = re.compile(r"[A-Za-z0-9_-]+")


def one_line(text: str | None) -> str:
    """NFC, one line, single spaces, no control, bidirectional or zero-width characters."""
    whole = unicodedata.normalize("NFC", text or "")
    seen = (" " if c.isspace() else c for c in whole)
    return " ".join("".join(c for c in seen if unicodedata.category(c)[0] != "C").split())


def tidy(text: str | None) -> str:
    """NFC, no control, bidirectional or zero-width characters but line breaks and emoji joiners, no outer space."""
    whole = unicodedata.normalize("NFC", (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(c for c in whole if c in ("\n", JOINER) or unicodedata.category(c)[0] != "C").strip()


def link_part(text: str) -> str:
    """The token, code or number in what followed a link's address: a message's full stop, bracket or words behind it
    are no part of it."""
    found = _LINK_PART.search(unicodedata.normalize("NFKC", text))
    return found.group() if found else ""
