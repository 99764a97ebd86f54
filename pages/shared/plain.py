"""A person's own words, drawn as text: a picture address or a link in them stays what it is, letters."""

import re

import streamlit as st

from db.refused import Refused
from pages.shared.here import t

_JOINER = "\u2060"  # takes no room and is not seen
_FOUND_LATER = re.compile(r":(?=//|[\w+/-]+:)|@|\bwww(?=\.)", re.IGNORECASE)


def plain(words: str | None) -> None:
    """Draw `words` with their line breaks and nothing interpreted."""
    st.text(words or "", width="stretch")


def told(key: str, **facts: object) -> str:
    """The text of `key` for a label or a message: of its facts, what is a text is letters."""
    return t(key, **{name: letters(fact) if isinstance(fact, str) else fact for name, fact in facts.items()})


def why(refusal: Refused) -> str:
    """Why it was refused, for a message; of several things each its sentence."""
    return " ".join(told(f"error.{one.code}", **one.facts) for one in refusal.each)


def words_of(refusal: Refused) -> str:
    """The same as letters, where nothing is read as Markdown."""
    return " ".join(t(f"error.{one.code}", **one.facts) for one in refusal.each)


def letters(words: str) -> str:
    """`words` for a label or a message, where Markdown is read: every sign that it would read is escaped.

    Addresses, icons and emoji are looked for after the escapes are gone: an invisible joiner breaks them up.
    """
    apart = _FOUND_LATER.sub(lambda found: found.group() + _JOINER, words)
    return "".join(f"\\{c}" if c in "\\`*_{}[]()<>#+-.!|:$~" else c for c in apart)
