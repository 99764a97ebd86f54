"""What the district shows of a wave to everybody, and how much each dimension counts.

The two records that `insight` writes: they are about its own figures and change no other.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from access.actor import Actor
from access.verbs import writes
from db import events
from db.events import Event
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from db.survey import estimates as stored
from db.survey.estimates import Published
from insight.survey.protection import FEWEST
from insight.survey.report import Report, chosen, from_json, report, to_json
from insight.survey.versions import apart
from insight.survey.wave_numbers import read_numbers

PARTS = ("dimensions", "questions", "town", "section", "size")
HEAVIEST = 10.0


def publish_results(
    store: Store, *, actor: Actor, form_id: str, wave_id: str, parts: Sequence[str], at: datetime
) -> Published:
    """Put a closed wave's headline figures, and the `parts` named, where everybody can read them. A new version
    follows an earlier one; a second try of the same form gives the first's.

    Raises Refused('forbidden' | 'results_not_closed' | 'results_too_few' | 'results_too_close').
    """
    actor.must("publish_results")
    whole = store.read(lambda con: _whole(con, wave_id, at))  # takes its time: nobody waits for it with a pen
    content = to_json(chosen(whole, [part for part in PARTS if part in parts]))
    made = Published(form_id, wave_id, 0, content, at, actor.id)
    return store.write(lambda con: stored.published(con, form_id) or _publish(con, actor, made, parts))


@writes("publish_results")
def withdraw_results(con: Connection, *, actor: Actor, published_id: str, at: datetime) -> None:
    """Take a version off the public page. It stays in the store, and that it was there stays in the history."""
    found = stored.published(con, published_id)
    if found is None:
        raise Refused("results_unknown")
    if found.withdrawn_at is None:
        stored.withdraw(con, published_id, by=actor.id, at=at)
        _record(con, found.wave_id, "unpublish_results", actor, at, {"version": found.version})


@writes("publish_results")
def set_weights(con: Connection, *, actor: Actor, weights: Mapping[str, float], at: datetime) -> None:
    """How much each dimension counts in the index of waves that close from now on, from 0 to 10; not all may be 0.

    Those that are closed keep theirs: nobody chooses weights by what they do to a result.
    Raises Refused('index_weights').
    """
    if not all(math.isfinite(x) and 0 <= x <= HEAVIEST for x in weights.values()) or not any(weights.values()):
        raise Refused("index_weights")
    if {**stored.weights(con, at), **weights} != stored.weights(con, at):
        stored.set_weights(con, weights, at)
        _record(con, "setting:index_weights", "set_index_weights", actor, at, {"weights": dict(weights)})


def _whole(con: Connection, wave_id: str, at: datetime) -> Report:
    closed = stored.closed_waves(con, at)
    wave = next((one for one in closed if one.id == wave_id), None)
    if wave is None:
        raise Refused("results_not_closed")
    earlier = [one for one in closed if one.number < wave.number]
    before = read_numbers(con, earlier[0]) if earlier else None
    whole = report(read_numbers(con, wave), before)
    if whole.answered < FEWEST:
        raise Refused("results_too_few")
    return whole


def _publish(con: Connection, actor: Actor, made: Published, parts: Sequence[str]) -> Published:
    versions = stored.versions(con, made.wave_id)
    if not all(apart(from_json(made.content), from_json(one.content)) for one in versions):
        raise Refused("results_too_close")
    made = replace(made, version=len(versions) + 1)
    stored.add_published(con, made)
    detail = {"version": made.version, "parts": sorted(parts)}
    _record(con, made.wave_id, "publish_results", actor, made.published_at, detail)
    return made


def _record(con: Connection, subject: str, kind: str, actor: Actor, at: datetime, detail: dict) -> None:
    earlier = len(events.of_subject(con, subject))
    events.append(con, Event(at, "survey", kind, subject, earlier + 1, actor.id, actor.role, detail=detail))
