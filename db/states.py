"""The states of a case: one row each. The lifecycle's lists, SQL's conditions and the charts' order come from here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class State:
    """`unsettled` (未办结): accepted and no answer stands. `under_way`: a body has work to do. `settled`: an answer
    stands. `over`: nothing more is expected of anybody. `whose` move it is: triage, raiser, body, leader, enterprise or
    nobody; `waits_for` is that move. `clock`: whether what is due runs, stands still, or there is none. `tone`: the
    colour of its mark.
    """

    code: str
    whose: str
    waits_for: str
    clock: str
    tone: str = "blue"
    unsettled: bool = False
    under_way: bool = False
    settled: bool = False
    over: bool = False


# In the order in which a case passes through them, which is that of filters and charts.
TABLE: tuple[State, ...] = (
    State("submitted", whose="triage", waits_for="acceptance", clock="runs"),
    State("returned", whose="raiser", waits_for="resubmission", clock="none", tone="pale"),
    State("accepted", whose="triage", waits_for="letter", clock="runs", unsettled=True),
    State("dispatched", whose="body", waits_for="answer", clock="runs", unsettled=True, under_way=True),
    State("objected", whose="triage", waits_for="objection", clock="runs", tone="quiet", unsettled=True),
    State("disputed", whose="leader", waits_for="ruling", clock="runs", tone="quiet", unsettled=True),
    State("in_progress", whose="body", waits_for="answer", clock="runs", unsettled=True, under_way=True),
    State("committed", whose="body", waits_for="promise", clock="runs", tone="promise", unsettled=True, under_way=True),
    State("reopened", whose="body", waits_for="letter", clock="runs", tone="red", unsettled=True, under_way=True),
    State("suspended", whose="triage", waits_for="review", clock="still", tone="quiet", unsettled=True),
    State("awaiting", whose="enterprise", waits_for="verdict", clock="none", tone="teal", settled=True),
    State("closed", whose="nobody", waits_for="nothing", clock="none", tone="quiet", settled=True, over=True),
    State("taken_back", whose="nobody", waits_for="nothing", clock="none", tone="pale", over=True),
    State("transferred", whose="nobody", waits_for="nothing", clock="none", tone="pale", over=True),
    State("merged", whose="nobody", waits_for="nothing", clock="none", tone="pale", over=True),
)
BY_CODE: dict[str, State] = {state.code: state for state in TABLE}


def where(holds: Callable[[State], bool]) -> tuple[str, ...]:
    """The codes of the states for which it holds, in the table's order."""
    return tuple(state.code for state in TABLE if holds(state))


def waiting_for(*moves: str) -> tuple[str, ...]:
    return where(lambda s: s.waits_for in moves)


CODES = where(lambda _: True)
UNSETTLED = where(lambda s: s.unsettled)
UNDER_WAY = where(lambda s: s.under_way)
SETTLED = where(lambda s: s.settled)
OVER = where(lambda s: s.over)
OPEN = where(lambda s: not s.over and s.whose != "raiser")  # what went back to its raiser is not here
CLOSED = where(lambda s: s.over and s.settled)
UNCOUNTED = where(lambda s: s.over and not s.settled)  # lives on elsewhere, or was taken back: counted apart
COUNTED = where(lambda s: s.settled or not s.over)
TRANSFERRED = ("transferred",)  # to the hotline 12345, whose it is
# Figure → the states that it alone counts: what its enterprise took back, what went over to the hotline.
APART = {"withdrawn": ("taken_back",), "transferred": TRANSFERRED}
PROMISED = waiting_for("promise")
RULED = waiting_for("ruling")
ASIDE = where(lambda s: s.clock == "still")
SENT_BACK = where(lambda s: s.tone == "red")
ITS_MOVE = where(lambda s: s.whose in ("raiser", "enterprise"))
RUNNING = where(lambda s: s.clock == "runs")  # overdue where past the day that is due, see glossary
TIMED = where(lambda s: s.clock != "none")  # something is due by a day, late or not
GROUPS = {"unsettled": UNSETTLED, "open": OPEN}  # that a list of cases may be filtered by, beside each state

# What an enterprise may say of an answer; the bad ones reopen its case.
RATINGS = ("very_satisfied", "satisfied", "fairly_satisfied", "dissatisfied", "very_dissatisfied")
BAD_RATINGS = ("dissatisfied", "very_dissatisfied")


def overdue(state: str, due_on: date | None, today: date) -> bool:
    return state in RUNNING and due_on is not None and due_on < today


def listed(codes: tuple[str, ...]) -> str:
    """The codes as SQL writes a list: they are ours, never a person's words."""
    return "(" + ", ".join(f"'{code}'" for code in codes) + ")"
