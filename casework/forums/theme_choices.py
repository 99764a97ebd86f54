"""The choice of a forum's theme, kept with the weights, the scores and the proposal that it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from access.actor import Actor
from access.typed import tidy
from access.verbs import writes
from db import events, references
from db.events import Event, canonical
from db.forums import themes
from db.forums.themes import Choice
from db.refused import Refused
from db.sql import Connection

KINDS = ("sector", "category")
HEAVIEST = 100
LONGEST_NOTE = 1000


@dataclass(frozen=True)
class Grounds:
    """What stood on the screen: `weights` test → whole number, `scores` candidate → test → score, `proposal` lists of
    ids and codes by name."""

    weights: Mapping[str, int]
    scores: Mapping[str, Mapping[str, float]]
    proposal: Mapping[str, list[str]]


@writes("plan_forum")
def choose_theme(
    con: Connection, *, actor: Actor, choice_id: str, kind: str, code: str, grounds: Grounds, note: str, at: datetime
) -> Choice:
    """A second try of the same form gives the first's choice.

    Raises Refused('theme_unknown' | 'theme_weights' | 'theme_note').
    """
    words = tidy(note).strip()
    _check(grounds, words)
    if kept := themes.choice(con, choice_id):
        return kept
    if kind not in KINDS or references.get(con, kind, code) is None:
        raise Refused("theme_unknown")
    made = Choice(
        id=choice_id,
        chosen_at=at,
        account_id=actor.id,
        kind=kind,
        code=code,
        weights=canonical(grounds.weights),
        scores=canonical(grounds.scores),
        proposal=canonical(grounds.proposal),
        note=words,
    )
    themes.add_choice(con, made)
    detail = {"kind": kind, "code": code, "weights": dict(grounds.weights)}
    events.append(con, Event(at, "forum", "choose_theme", choice_id, 1, actor.id, actor.role, detail=detail))
    return made


def _check(grounds: Grounds, note: str) -> None:
    weights = grounds.weights.values()
    if not sum(weights) or not all(0 <= weight <= HEAVIEST for weight in weights):
        raise Refused("theme_weights", heaviest=HEAVIEST)
    if len(note) > LONGEST_NOTE:
        raise Refused("theme_note", longest=LONGEST_NOTE)
