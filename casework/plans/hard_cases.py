"""Which cases may be hard ones: a table of signs, each with its evidence. Nothing here decides, staff do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from access.actor import Actor
from db.calendar.workdays import working_days
from db.cases.past import OFTEN
from db.plans import plans
from db.plans.plans import Signs
from db.store import Store

LATE_FOR = 10  # working days past what is due
MORE_BODIES_THAN = 3
EXTENDED_TIMES = 2


@dataclass(frozen=True)
class Sign:
    """`counted` is the evidence; it shows from `least` on, and suggests `reason` for the plan."""

    code: str
    reason: str
    least: int
    counted: Callable[[Signs, date], int]


def _days_late(case: Signs, today: date) -> int:
    return working_days(case.due_on, today) if case.due_on else 0


SIGNS: tuple[Sign, ...] = (
    Sign("reopened", "reopened", OFTEN, lambda case, _: case.oppositions),
    Sign("late", "overdue", LATE_FOR + 1, _days_late),
    Sign("bodies", "departments", MORE_BODIES_THAN + 1, lambda case, _: case.bodies),
    Sign("extended", "overdue", EXTENDED_TIMES, lambda case, _: case.extensions),
    Sign("leader", "higher_level", 1, lambda case, _: case.calls_for_leader),
)


@dataclass(frozen=True)
class HardCase:
    """A case with the signs that it shows: (sign, how many)."""

    case: Signs
    evidence: tuple[tuple[Sign, int], ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sign.reason for sign, _ in self.evidence))


def shown(case: Signs, today: date) -> HardCase:
    counted = [(sign, sign.counted(case, today)) for sign in SIGNS]
    return HardCase(case, tuple((sign, n) for sign, n in counted if n >= sign.least))


def candidates(store: Store, *, actor: Actor, today: date) -> list[HardCase]:
    """Cases that show a sign and have no plan yet: those with most signs first. Raises Refused('forbidden')."""
    actor.must("see_plans")
    found = store.read(lambda con: plans.signs(con, actor.scope))
    return ranked(shown(case, today) for case in found)


def ranked(found: Iterable[HardCase]) -> list[HardCase]:
    return sorted((one for one in found if one.evidence), key=lambda one: (-len(one.evidence), one.case.number))
