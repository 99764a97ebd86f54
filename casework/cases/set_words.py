"""Words that a desk writes again and again: kept under a title, versioned, suggested by category, filled by a case."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

import i18n
from access.actor import Actor
from access.typed import one_line, tidy
from access.verbs import reads, writes
from casework.cases.act import LONGEST
from db import events
from db.cases import set_words
from db.cases.set_words import SetWords
from db.events import Event
from db.refused import Refused, Wrong
from db.sql import Connection

LONGEST_TITLE = 30
MOST = 60  # of a desk
FIELDS = ("number", "title", "enterprise", "body", "today")
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_IDS = UUID("7c0e6a52-3c1b-4c8f-9f5d-1f3f6f0d9a11")


@dataclass(frozen=True)
class Wording:
    title: str
    words: str
    translated: str = ""
    category: str | None = None


@reads("answer_case")
def offered(con: Connection, *, actor: Actor, category: str) -> list[SetWords]:
    """Those of the person's desk that are in use: of this category, then of all, then others'."""
    used = [one for one in set_words.of(con, actor.desk) if not one.retired]
    return sorted(used, key=lambda one: (one.category != category, one.category is not None, one.title))


@writes("answer_case")
def save_words(con: Connection, *, actor: Actor, wording: Wording, at: datetime) -> SetWords:
    """Under its title at the person's desk; of the same title it is the next version. Raises
    Refused('words_title' | 'needs_text' | 'too_long' | 'words_field' | 'words_many')."""
    title, words, translated = one_line(wording.title), tidy(wording.words), tidy(wording.translated)
    _check(title, words, translated)
    known = {one.id: one for one in set_words.of(con, actor.desk)}
    name = str(uuid5(_IDS, f"{actor.desk}:{title}"))
    before = known.get(name)
    used = sum(not one.retired for one in known.values())
    if (before is None or before.retired) and used >= MOST:
        raise Refused("words_many", most=MOST)
    seq = before.seq + 1 if before else 1
    made = SetWords(name, actor.desk, wording.category, title, words, translated or None, False, seq)
    if before and made == replace(before, seq=seq):
        return before
    return _kept(con, made, "words_save", actor, at)


@writes("answer_case")
def retire_words(con: Connection, *, actor: Actor, words_id: str, at: datetime) -> None:
    """They are offered no more; a later save of the title brings them back. Raises Refused('words_unknown')."""
    found = next((one for one in set_words.of(con, actor.desk) if one.id == words_id and not one.retired), None)
    if found is None:
        raise Refused("words_unknown")
    _kept(con, replace(found, retired=True, seq=found.seq + 1), "words_retire", actor, at)


def filled(words: str, facts: Mapping[str, str]) -> str:
    """With what the braces stand for, by a field's name in any language; what is not known yet stays in braces."""
    known = _known()
    return _BRACES.sub(lambda found: facts.get(known.get(found[1].strip(), "")) or found[0], words)


def _check(title: str, words: str, translated: str) -> None:
    wrong, known = Wrong(), _known()
    wrong.unless(0 < len(title) <= LONGEST_TITLE, "words_title", most=LONGEST_TITLE)
    wrong.unless(words, "needs_text")
    wrong.unless(max(len(words), len(translated)) <= LONGEST, "too_long", most=LONGEST)
    for field in _BRACES.findall(f"{words}\n{translated}"):
        wrong.unless(field.strip() in known, "words_field", field=field)
    wrong.refuse()


def _known() -> dict[str, str]:
    """A field's name → the field, in every language and by itself."""
    named = {i18n.text(f"words.field.{one}", code): one for code in i18n.LANGUAGES for one in FIELDS}
    return {one: one for one in FIELDS} | named


def _kept(con: Connection, one: SetWords, kind: str, actor: Actor, at: datetime) -> SetWords:
    set_words.save(con, one)
    detail = {"title": one.title, "words": one.words, "translated": one.translated, "category": one.category}
    who = (actor.id, actor.role, actor.body_code)
    said = {name: value for name, value in detail.items() if value}
    events.append(con, Event(at, "letter", kind, f"words:{one.id}", one.seq, *who, detail=said))
    return one
