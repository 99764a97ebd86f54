"""From a chosen theme to a forum: whom to invite, and which issues come to the table, each with its reason."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from casework.forums.agenda import BEFORE
from insight.frames import Frame
from insight.themes.alike import groups
from insight.themes.ranking import Candidate, Coverage

ENTERPRISES = 16
BODIES = 6
ITEMS = 14


@dataclass(frozen=True)
class Invited:
    """An enterprise: its cases of the theme, the forums that it came to before; `behind` its town is one of those
    that forums have reached least."""

    id: str
    name_zh: str
    name_en: str
    town_code: str
    case_ids: tuple[str, ...]
    forums: int
    behind: bool

    def name(self, language: str) -> str:
        return self.name_en if language == "en" and self.name_en else self.name_zh


@dataclass(frozen=True)
class Item:
    """A line of the agenda: the case that speaks for `like`, the open cases that say much the same, itself first."""

    case_id: str
    like: tuple[str, ...]
    enterprises: int


@dataclass(frozen=True)
class Proposal:
    """`bodies` are those that have the theme's cases in hand, with how many, most first.

    `left_out`: why open issues of the theme are no items (answered, elsewhere, further down), with how many.
    """

    enterprises: tuple[Invited, ...]
    bodies: tuple[tuple[str, int], ...]
    items: tuple[Item, ...]
    left_out: Mapping[str, int]


def proposal(
    chosen: Candidate, facts: Frame, register: Frame, known: Coverage, taken: Collection[str] = ()
) -> Proposal:
    """`facts` as in themes.candidates; `register` is themes.forums_of for the enterprises of the candidate; `taken`
    are cases on the agenda of another forum."""
    rows = facts[facts["id"].isin(chosen.case_ids)].sort_values(["submitted_at", "id"])
    still_open = rows[rows["id"].isin(chosen.open_ids)]
    free = still_open[still_open["state"].isin(list(BEFORE))]
    here = free[~free["id"].isin(taken)]
    items = _items(here)
    proposed = sum(len(item.like) for item in items)
    left_out = {"answered": len(still_open) - len(free), "elsewhere": len(free) - len(here),
                "further_down": len(here) - proposed}  # fmt: skip
    told = {why: n for why, n in left_out.items() if n}
    return Proposal(_invited(rows, still_open, register, known), _bodies(rows), items, told)


def like_groups(rows: Frame) -> list[tuple[str, ...]]:
    """The cases that say much the same, those groups first that most enterprises stand behind."""
    firm = dict(zip(rows["id"], rows["enterprise_id"], strict=True))
    texts = {row.id: f"{row.title} {row.title} {row.text}" for row in rows.itertuples()}
    found = groups(texts)
    return sorted(found, key=lambda group: (-len({firm[id_] for id_ in group}), -len(group)))


def _items(rows: Frame) -> tuple[Item, ...]:
    """One case for each group of like ones, its oldest."""
    firm = dict(zip(rows["id"], rows["enterprise_id"], strict=True))
    found = like_groups(rows)
    return tuple(Item(group[0], group, len({firm[id_] for id_ in group})) for group in found[:ITEMS])


def _bodies(rows: Frame) -> tuple[tuple[str, int], ...]:
    counted = rows["lead_body"].dropna().value_counts()
    ordered = sorted(((str(code), int(n)) for code, n in counted.items()), key=lambda one: (-one[1], one[0]))
    return tuple(ordered[:BODIES])


def _invited(rows: Frame, still_open: Frame, register: Frame, known: Coverage) -> tuple[Invited, ...]:
    """Whoever waits for an answer first; then a turn for each town, those behind and those never at a forum first."""
    waiting = set(still_open["enterprise_id"])
    cases = rows.groupby("enterprise_id")["id"].agg(tuple)
    found = [
        Invited(
            id=row.id,
            name_zh=row.name_zh,
            name_en=row.name_en,
            town_code=row.town_code,
            case_ids=cases[row.id],
            forums=int(row.forums),
            behind=row.town_code in known.behind,
        )
        for row in register.itertuples()
    ]
    ordered = sorted(found, key=lambda one: (one.id not in waiting, one.forums > 0, -len(one.case_ids), one.id))
    return tuple(_in_turn(ordered)[:ENTERPRISES])


def _in_turn(ordered: Sequence[Invited]) -> list[Invited]:
    """A round takes one from each town; a town that is behind comes first in the round."""
    place: dict[str, int] = {}
    turned = []
    for number, one in enumerate(ordered):
        turn = place[one.town_code] = place.get(one.town_code, -1) + 1
        turned.append((turn, not one.behind, number, one))
    return [one for *_, one in sorted(turned, key=lambda t: t[:3])]
