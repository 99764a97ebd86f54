"""Cases that somebody names by their numbers."""

from collections.abc import Sequence

from access.actor import Actor
from access.typed import one_line
from db.cases import cases
from db.cases.cases import Case
from db.refused import Refused
from db.sql import Connection


def numbers_typed(typed: Sequence[str], fewest: int, most: int, refusal: str) -> list[str]:
    """Each once. Raises Refused(refusal, most=) where they are fewer or more."""
    numbers = list(dict.fromkeys(number for one in typed if (number := one_line(one))))
    if not fewest <= len(numbers) <= most:
        raise Refused(refusal, most=most)
    return numbers


def numbered(con: Connection, actor: Actor, numbers: Sequence[str], refusal: str) -> list[Case]:
    """In this order. Raises Refused(refusal, numbers=) for what the actor may not see either."""
    found = {case.number: case for case in cases.numbered(con, actor.scope, numbers)}
    if unknown := [number for number in numbers if number not in found]:
        raise Refused(refusal, numbers=", ".join(number[:20] for number in unknown[:5]))
    return [found[number] for number in numbers]
