"""Drafts: a reload, a sleeping phone or a lift without a signal loses nothing. Not history: they write no event."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from access.actor import Actor
from db import events
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from db.survey import drafts
from db.survey.drafts import Draft

LARGEST = 64_000  # characters of JSON: many times the longest form

# The form's name before its colon → the permissions of which one is needed.
_NEEDS: dict[str, frozenset[str]] = {
    "survey": frozenset({"answer_survey"}),
    "issue": frozenset({"raise_issue", "raise_on_behalf"}),
}


class AnswersMoved(Refused):
    """The draft holds other answers than those that were looked at and sent; `moved` are the codes of a screen's."""

    def __init__(self, moved: frozenset[str] = frozenset()) -> None:
        super().__init__("answers_moved")
        self.moved = moved


def save_draft(store: Store, *, actor: Actor, form: str, draft_id: str, content: dict[str, Any], at: datetime) -> Draft:
    """Keep what was typed. `form` is 'survey:WAVE' or 'issue'. Raises Refused('forbidden' | 'draft_too_long')."""
    _must(actor, form)
    return store.write(lambda con: _save(con, actor, form, draft_id, content, at))


def change_draft(
    store: Store, *, actor: Actor, form: str, change: Callable[[dict[str, Any]], dict[str, Any]], at: datetime
) -> Draft | None:
    """Put `change(content)` in the draft's place, in one transaction: two quick taps keep both. None without a draft.

    `change` may run twice. Raises Refused('forbidden' | 'draft_too_long').
    """
    _must(actor, form)

    def apply(con: Connection) -> Draft | None:
        found = drafts.of(con, owner=actor.id, form=form)
        return found and drafts.change(con, found, form=form, content=_fits(change(found.content)), at=at)

    return store.write(apply)


def load_draft(store: Store, *, actor: Actor, form: str) -> Draft | None:
    """The actor's own draft of this form."""
    _must(actor, form)
    return store.read(lambda con: drafts.of(con, owner=actor.id, form=form))


def _save(con: Connection, actor: Actor, form: str, draft_id: str, content: dict[str, Any], at: datetime) -> Draft:
    return drafts.save(con, owner=actor.id, form=form, draft_id=draft_id, content=_fits(content), at=at)


def _fits(content: dict[str, Any]) -> dict[str, Any]:
    if len(events.canonical(content)) > LARGEST:
        raise Refused("draft_too_long")
    return content


def _must(actor: Actor, form: str) -> None:
    if not actor.permissions & _NEEDS.get(form.partition(":")[0], frozenset()):
        raise Refused("forbidden")
