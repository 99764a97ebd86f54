"""Many cases at once: each by itself, so that each is told apart afterwards and nobody waits for the last of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from access.actor import Actor
from casework.cases.act import Given, act
from casework.letters.letters import MOST_CASES, issue_letter
from db.batches import chunks
from db.cases.cases import Case
from db.refused import Refused
from db.store import Store

ACTIONS = ("accept", "dispatch", "remind", "note", "assign")
MOST = 1000
_LETTERS = UUID("5e7c1d1e-53b8-4a4f-a6a7-0d4f54d5a036")


@dataclass(frozen=True)
class OneOfMany:
    """What became of one case: how it stands now, or why nothing was done."""

    case_id: str
    case: Case | None
    why: Refused | None = None


def _silent(_: int) -> None:
    """Nobody waits for the number."""


def act_on_many(
    store: Store, *, actor: Actor, action: str, seen: Mapping[str, int], given: Given, at: datetime, many: str,
    holders: Mapping[str, str] | None = None, told: Callable[[int], object] = _silent,
) -> list[OneOfMany]:  # fmt: skip
    """Take `action` on each case as it was at the version `seen`. `many` names what is done together in the history;
    `holders` say into whose hand each case goes, `told` hears how many are done. Raises Refused('too_many')."""
    if len(seen) > MOST:
        raise Refused("too_many", most=MOST)
    found: list[OneOfMany] = []
    for case_id, version in seen.items():
        own = replace(given, holder=holders[case_id]) if holders else given
        found.append(_one(store, actor, action, case_id, version, own, at, many))
        told(len(found))
    return found


def letters_of_many(
    store: Store, *, actor: Actor, done: Sequence[OneOfMany], lead: str, copied: Sequence[str], at: datetime, many: str
) -> int:
    """The letters of cases that were dispatched together to one body, as few as may be. Returns how many."""
    some = list(chunks([one.case_id for one in done if one.case], MOST_CASES))
    for n, ids in enumerate(some):
        letter_id = str(uuid5(_LETTERS, f"{many}:{n}"))
        issue_letter(store, actor=actor, letter_id=letter_id, case_ids=ids, lead=lead, copied=copied, at=at)
    return len(some)


def _one(
    store: Store, actor: Actor, action: str, case_id: str, seen: int, given: Given, at: datetime, many: str
) -> OneOfMany:
    try:
        case = act(store, actor=actor, case_id=case_id, action=action, seen=seen, given=given, at=at, many=many)
    except Refused as why:
        return OneOfMany(case_id, None, why)
    return OneOfMany(case_id, case)
