"""What was solved before, asked with a text: the cases most like it, likely duplicates, a category and a lead body.

Nothing fills in by itself. The history that answers is what the actor may read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from access.actor import Actor
from access.verbs import writes
from casework.similar.grams import KnownGrams, alike
from casework.similar.learning import newest
from casework.similar.learnt import About, Learnt
from casework.similar.linear import Likely
from db.cases import cases, similar
from db.cases.cases import Case
from db.cases.similar import Suggestion
from db.refused import Refused
from db.scope import Scope
from db.sql import Connection
from db.states import OPEN, SETTLED
from db.store import Store

SHOWN = 5
NEAR = 80  # cases that are compared exactly
SHORTEST = 6  # letters that are asked about
LIKE, SAME = 0.12, 0.5  # of the cosine: what is shown as similar, and as a likely duplicate
FRESH = 500  # cases raised since, which no version knows


@dataclass(frozen=True)
class Alike:
    """A case, and how much of it is like the text that was asked with."""

    case: Case
    share: float

    @property
    def days(self) -> int | None:
        """Calendar days from dispatch to the settlement that stands."""
        sent, settled = self.case.dispatched_at, self.case.settled_at
        return (settled - sent).days if sent and settled else None


@dataclass(frozen=True)
class Before:
    """What the history says: `solved` and `duplicates` most alike first, guesses surest first."""

    about: About
    solved: tuple[Alike, ...] = ()
    duplicates: tuple[Alike, ...] = ()
    category: tuple[Likely, ...] = ()
    lead: tuple[Likely, ...] = ()


def solved_before(store: Store, *, actor: Actor, text: str, besides: str = "") -> Before | None:
    """None where nothing was learnt yet or hardly anything is asked. `besides`: the number of the case itself.

    Raises Refused('forbidden').
    """
    _must(actor)
    learnt = newest()
    if learnt is None or len(text.strip()) < SHORTEST:
        return None
    return store.kept(before, actor.scope, text, besides, learnt.about.version)


def before(con: Connection, scope: Scope, text: str, besides: str, version: int) -> Before | None:
    """The same by what was read at this revision."""
    learnt = newest()
    if learnt is None or learnt.about.version != version:
        return None
    known = learnt.vocabulary
    past = cases.numbered(con, scope, learnt.nearest(text, NEAR))
    open_ones = cases.numbered(con, scope, _open(con, scope, learnt, text))
    solved = [case for case in past if case.state in SETTLED and case.answer_text]
    return Before(
        learnt.about,
        _most_alike(known, text, solved, besides, LIKE),
        _most_alike(known, text, open_ones, besides, SAME),
        tuple(learnt.guesses("category", text)),
        tuple(learnt.guesses("lead", text)),
    )


def _open(con: Connection, scope: Scope, learnt: Learnt, text: str) -> list[str]:
    """The open cases that are nearest, and those raised since it was learnt."""
    since = datetime.fromisoformat(learnt.about.learnt_at)
    fresh = similar.newest(con, scope, since=since, most=FRESH)
    return [*learnt.nearest(text, NEAR, similar.open_numbers(con, scope)), *fresh]


def _most_alike(known: KnownGrams, text: str, found: Sequence[Case], besides: str, least: float) -> tuple[Alike, ...]:
    """Each text once: five that say the same are no five."""
    asked = known.vector(text)
    texts = {similar.said(case.title, case.text): case for case in found if case.number != besides}
    near = [Alike(case, alike(asked, known.vector(said))) for said, case in texts.items()]
    near = [one for one in near if one.share >= least and (least != SAME or one.case.state in OPEN)]
    return tuple(sorted(near, key=lambda one: -one.share)[:SHOWN])


@writes()
def keep_choice(
    con: Connection,
    *,
    actor: Actor,
    case_id: str,
    what: str,
    version: int,
    likely: Likely,
    chosen: str,
    at: datetime,
) -> None:
    """What was suggested and what this person chose. Raises Refused('forbidden')."""
    _must(actor)
    similar.keep(con, Suggestion(case_id, what, version, likely.label, likely.sure, chosen, at))


def _must(actor: Actor) -> None:
    if not (actor.may("triage_case") or actor.may("raise_on_behalf")):
        raise Refused("forbidden")
