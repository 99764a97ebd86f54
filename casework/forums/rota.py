"""Whose turn it is to host: pure rules over who hosted when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.forums.forums import Hosting

HOSTS = ("district_committee", "peoples_congress", "district_government", "cppcc")
# office → the body whose principal holds it; a deputy may stand in for any
OFFICES: dict[str, str | None] = {
    "party_secretary": "district_committee",
    "congress_chair": "peoples_congress",
    "district_head": "district_government",
    "cppcc_chair": "cppcc",
    "deputy": None,
}
RECENT = 12  # the last forums that fairness looks at: a year of monthly ones


@dataclass(frozen=True)
class Turn:
    """One body's part: `count` and `share` (0 to 1) of all forums, `recent` of the last."""

    body: str
    count: int
    share: float | None
    recent: int
    last_on: date | None


def balance(history: Sequence[Hosting]) -> list[Turn]:
    """A line for each of the four bodies, in their order, over forums held and planned."""
    in_order = sorted((h for h in history if h.body in HOSTS), key=lambda h: h.held_on)
    recent = in_order[-RECENT:]
    return [_turn(body, in_order, recent) for body in HOSTS]


def propose_host(history: Sequence[Hosting]) -> str:
    """The body with fewest of the last twelve; among equals the one whose last turn is longest ago, or never was."""
    turns = balance(history)
    return min(turns, key=lambda turn: (turn.recent, turn.last_on or date.min, HOSTS.index(turn.body))).body


def _turn(body: str, history: Sequence[Hosting], recent: Sequence[Hosting]) -> Turn:
    own = [h.held_on for h in history if h.body == body]
    share = len(own) / len(history) if history else None
    return Turn(body, len(own), share, sum(h.body == body for h in recent), own[-1] if own else None)
