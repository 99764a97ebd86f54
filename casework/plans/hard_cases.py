"""Which cases may be hard ones: a table of signs, each with its evidence. Nothing here decides, staff do."""

from dataclasses import dataclass
from datetime import date

from access.actor import Actor
from db.cases.past import OFTEN
from db.plans import plans
from db.plans.plans import Signs
from db.store import Store

LATE_FOR = 10  # working days past what is due
MORE_BODIES_THAN = 3
EXTENDED_TIMES = 2


@dataclass(frozen=True)
class Sign:
    """`counted` is the field of `Signs` with its evidence; it shows from `least` on, and suggests `reason` for the
    plan."""

    code: str
    reason: str
    least: int
    counted: str


SIGNS: tuple[Sign, ...] = (
    Sign("reopened", "reopened", OFTEN, "oppositions"),
    Sign("late", "overdue", LATE_FOR + 1, "days_late"),
    Sign("bodies", "departments", MORE_BODIES_THAN + 1, "bodies"),
    Sign("extended", "overdue", EXTENDED_TIMES, "extensions"),
    Sign("leader", "higher_level", 1, "calls_for_leader"),
)
LEAST = {sign.counted: sign.least for sign in SIGNS}


@dataclass(frozen=True)
class HardCase:
    """A case with the signs that it shows: (sign, how many)."""

    case: Signs
    evidence: tuple[tuple[Sign, int], ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sign.reason for sign, _ in self.evidence))


def candidates(
    store: Store, *, actor: Actor, today: date, led_by: str = "", most: int = 30
) -> tuple[list[HardCase], int]:
    """The first cases that show a sign and have no plan yet, those with most signs first, and how many there are in
    all; `led_by`: of this leader alone. Raises Refused('forbidden')."""
    actor.must("see_plans")
    found, total = store.read(lambda con: plans.signs(con, actor.scope, today, LEAST, led_by=led_by, most=most))
    return [_shown(case) for case in found], total


def _shown(case: Signs) -> HardCase:
    counted = [(sign, getattr(case, sign.counted)) for sign in SIGNS]
    return HardCase(case, tuple((sign, n) for sign, n in counted if n >= sign.least))
