"""Many cases at once, a few in a write: each is told apart afterwards and nobody else waits for the last of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from access.actor import Actor
from access.verbs import writes
from casework.cases.act import Given, act_on_each
from casework.letters.letters import MOST_CASES, issue_letter
from db.batches import chunks
from db.cases.cases import Case
from db.refused import Refused
from db.store import Store

ACTIONS = ("accept", "dispatch", "remind", "note", "assign")
MOST = 1000
AT_ONCE = 25  # in one write: what others write waits no longer than for these
_each = writes()(act_on_each)
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
    for some in chunks(list(seen.items()), AT_ONCE):
        wanted = {one: (version, replace(given, holder=holders[one]) if holders else given) for one, version in some}
        for one, done in _each(store, wanted, actor=actor, action=action, at=at, many=many).items():
            found.append(OneOfMany(one, None, done) if isinstance(done, Refused) else OneOfMany(one, done))
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
