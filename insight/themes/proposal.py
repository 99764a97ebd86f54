"""From a chosen theme to a forum: whom to invite, and which issues come to the table, each with its reason.

Read only when a theme is opened. Only of the oldest free cases, `MOST`, are the words compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.forums.agenda import BEFORE
from db.forums import themes
from db.forums.themes import Guest, Theme, Told
from db.sql import Connection
from insight.themes.alike import groups
from insight.themes.ground import Ground

ENTERPRISES = 16
BODIES = 6
ITEMS = 14
MOST = 500  # cases whose words are compared with one another: the time grows with the square of it


@dataclass(frozen=True)
class ProposedItem:
    """A line of the agenda: the case that speaks for `like` open cases that say much the same, itself among them."""

    case_id: str
    number: str
    title: str
    like: int
    enterprises: int


@dataclass(frozen=True)
class Proposal:
    """`bodies` are those that have the theme's cases in hand, with how many, most first.

    `left_out`: why open issues of the theme are no items (answered, put aside, elsewhere, further down), with how many.
    `compared`: of how many free ones the words were compared.
    """

    enterprises: tuple[Guest, ...]
    bodies: tuple[tuple[str, int], ...]
    items: tuple[ProposedItem, ...]
    left_out: Mapping[str, int]
    compared: int
    free: int


def read_proposal(con: Connection, ground: Ground, theme: Theme) -> Proposal:
    asked = (con, ground.asked, ground.marks, theme)
    there = themes.for_the_table(*asked, list(BEFORE))
    told = themes.free(*asked, list(BEFORE), most=MOST)
    items, free = items_of(told), there.pop("free")
    left_out = there | {"further_down": free - sum(item.like for item in items)}
    return Proposal(
        tuple(themes.guests(*asked, most=ENTERPRISES)),
        tuple(themes.in_hand(*asked, most=BODIES)),
        items,
        {why: n for why, n in left_out.items() if n},
        len(told),
        free,
    )


def items_of(told: Sequence[Told]) -> tuple[ProposedItem, ...]:
    """One case for each group of like ones, its oldest; those groups first that most enterprises stand behind."""
    by_id = {one.id: one for one in told}
    found = [
        ProposedItem(group[0], by_id[group[0]].number, by_id[group[0]].title, len(group),
             len({by_id[id_].enterprise_id for id_ in group}))
        for group in groups({one.id: f"{one.title} {one.title} {one.text}" for one in told})
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda item: (-item.enterprises, -item.like))[:ITEMS])
