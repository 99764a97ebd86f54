"""Drafts: a reload, a sleeping phone or a lift without a signal loses nothing. Not history: they write no event."""

from datetime import datetime
from typing import Any

from access.actor import Actor
from db import drafts, events
from db.drafts import Draft
from db.refused import Refused
from db.store import Store

LARGEST = 64_000  # characters of JSON: many times the longest form

# The form's name before its colon → the permissions of which one is needed.
_NEEDS: dict[str, frozenset[str]] = {
    "survey": frozenset({"answer_survey"}),
    "issue": frozenset({"raise_issue", "raise_on_behalf"}),
}


def save_draft(store: Store, *, actor: Actor, form: str, draft_id: str, content: dict[str, Any], at: datetime) -> Draft:
    """Keep what was typed. `form` is 'survey:WAVE' or 'issue'. Raises Refused('forbidden' | 'draft_too_long')."""
    _must(actor, form)
    if len(events.canonical(content)) > LARGEST:
        raise Refused("draft_too_long")
    return store.write(
        lambda con: drafts.save(con, owner=actor.id, form=form, draft_id=draft_id, content=content, at=at)
    )


def load_draft(store: Store, *, actor: Actor, form: str) -> Draft | None:
    """The actor's own draft of this form."""
    _must(actor, form)
    return store.read(lambda con: drafts.of(con, owner=actor.id, form=form))


def discard_draft(store: Store, *, actor: Actor, form: str) -> None:
    _must(actor, form)
    store.write(lambda con: drafts.discard(con, owner=actor.id, form=form))


def _must(actor: Actor, form: str) -> None:
    if not actor.permissions & _NEEDS.get(form.partition(":")[0], frozenset()):
        raise Refused("forbidden")
