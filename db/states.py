"""The states of a case: one row each. The lifecycle's lists, SQL's conditions and the charts' order come from here."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """`unsettled` (未办结): accepted and no answer stands. `under_way`: a body has work to do. `settled`: an answer
    stands. `over`: nothing more is expected of anybody. `whose` move it is: triage, raiser, body, enterprise or nobody.
    `clock`: whether what is due runs, stands still, or there is none. `tone`: the colour of its mark.
    """

    code: str
    whose: str
    clock: str
    tone: str = "blue"
    unsettled: bool = False
    under_way: bool = False
    settled: bool = False
    over: bool = False


# In the order in which a case passes through them, which is that of filters and charts.
TABLE: tuple[State, ...] = (
    State("submitted", whose="triage", clock="runs"),
    State("returned", whose="raiser", clock="none", tone="pale"),
    State("accepted", whose="triage", clock="runs", unsettled=True),
    State("dispatched", whose="body", clock="runs", unsettled=True, under_way=True),
    State("in_progress", whose="body", clock="runs", unsettled=True, under_way=True),
    State("committed", whose="body", clock="runs", unsettled=True, under_way=True),
    State("reopened", whose="body", clock="runs", tone="red", unsettled=True, under_way=True),
    State("awaiting", whose="enterprise", clock="none", tone="pale", settled=True),
    State("closed", whose="nobody", clock="none", settled=True, over=True),
    State("merged", whose="nobody", clock="none", over=True),
)
BY_CODE: dict[str, State] = {state.code: state for state in TABLE}


def where(holds: Callable[[State], bool]) -> tuple[str, ...]:
    """The codes of the states for which it holds, in the table's order."""
    return tuple(state.code for state in TABLE if holds(state))


UNSETTLED = where(lambda s: s.unsettled)
UNDER_WAY = where(lambda s: s.under_way)
SETTLED = where(lambda s: s.settled)
OVER = where(lambda s: s.over)


def listed(codes: tuple[str, ...]) -> str:
    """The codes as SQL writes a list: they are ours, never a person's words."""
    return "(" + ", ".join(f"'{code}'" for code in codes) + ")"
