"""Who of a desk may have a case in hand, how much each has, and how many cases are dealt out among several."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from access.actor import Actor
from access.verbs import reads
from db.cases import holders
from db.people import accounts
from db.refused import Refused
from db.sql import Connection


@dataclass(frozen=True)
class Colleague:
    """Somebody of the reader's own desk; `load` is the number of open cases in their hand."""

    id: str
    name: str
    load: int


@reads("see_cases")
def colleagues(con: Connection, *, actor: Actor) -> list[Colleague]:
    """Those of the same desk, the reader first, then whoever has least; nobody for those who have no cases in hand."""
    load = holders.loads(con, actor.scope, actor.desk)
    found = [Colleague(one, name, load.get(one, 0)) for one, name in people_of(con, actor).items()]
    return sorted(found, key=lambda one: (one.id != actor.id, one.load, one.name))


def people_of(con: Connection, actor: Actor) -> dict[str, str]:
    """Id → name of those of the actor's desk; nobody where it has no cases in hand, as a town's."""
    if actor.may("triage_case"):
        return accounts.of_desk(con, actor.role, None)
    return accounts.of_desk(con, actor.role, actor.body_code) if actor.may("answer_case") and actor.body_code else {}


def check_holder(con: Connection, actor: Actor, holder: str) -> None:
    """Raises Refused('holder_unknown') for whoever is not of the actor's desk."""
    if holder not in people_of(con, actor):
        raise Refused("holder_unknown")


def dealt(case_ids: Iterable[str], among: Sequence[str], load: Mapping[str, int]) -> dict[str, str]:
    """Case → person: each in turn to whoever has least by then, so that loads come out as even as they can."""
    have = {one: load.get(one, 0) for one in among}
    found: dict[str, str] = {}
    for case_id in case_ids:
        found[case_id] = least = min(among, key=lambda one: have[one])
        have[least] += 1
    return found
