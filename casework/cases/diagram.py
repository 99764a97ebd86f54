"""`docs/lifecycle.md`, drawn from the tables of states and actions: every flag and field of a row stands in it."""

from collections.abc import Iterable, Sequence

from casework.cases.lifecycle import AS_IT_WAS, TABLE, Rule
from db.states import CODES, OVER
from db.states import TABLE as STATES

_GROUPS = ("unsettled", "under_way", "settled", "over")
_HELD = {None: "", True: "it is", False: "it is not"}
_WAITS = {None: "", True: "waits", False: "none waits"}

_HEAD = """# The life of a case

Drawn from `casework/cases/lifecycle.py` and `db/states.py` by `python -m casework lifecycle`; a test compares them.
Every arrow is one action, by one party. An answer's kind or a rating in brackets decides where it leads. Only the
enterprise's own key closes.

"""
_PARTIES = """
| party | who |
|---|---|
| enterprise | the enterprise itself, signed in or by the code of its receipt |
| raiser | the enterprise, or an officer or staff who report on its behalf |
| triage | staff of the programme office |
| lead | the department in charge; staff may write its answer down |
| leader | the district leader in charge, or any where none is |
| instructor | a district leader |
| approver | staff or a district leader, never the account that asked |
| desk | staff, the lead and assisting departments |
| town | the town where the enterprise is |
| handler | a desk, and the town |
| party | a handler, and the enterprise itself |
"""


def diagram() -> str:
    """The whole page, in Markdown with one Mermaid drawing."""
    arrows = [line for (state, action), rule in TABLE.items() for line in _arrows(state, action, rule)]
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> submitted: submit", *arrows]
    lines += [f"    {state} --> [*]" for state in OVER]
    return _HEAD + "\n".join([*lines, "```", "", *_stays(), "", *_states(), "", *_actions(), ""]) + _PARTIES


def _arrows(state: str, action: str, rule: Rule) -> list[str]:
    """One for each state that the action can lead to; none where the case stays as it is."""
    turns: dict[str, list[str]] = {}
    for outcome, turn in rule.turns.items():
        turns.setdefault(turn, []).append(outcome)
    bracketed = [f"    {state} --> {to}: {action} [{', '.join(why)}] · {rule.who}" for to, why in turns.items()]
    moved = [] if rule.next == AS_IT_WAS else [f"    {state} --> {rule.next}: {action} · {rule.who}"]
    return [*moved, *bracketed]


def _stays() -> list[str]:
    """What leaves the state as it was, by state."""
    rows = ["| state | what leaves it as it is |", "|---|---|"]
    for state in CODES:
        kept = [f"{action} ({rule.who})" for (at, action), rule in TABLE.items() if at == state and not rule.next]
        rows += [f"| {state} | {', '.join(kept)} |"] if kept else []
    return rows


def _states() -> list[str]:
    rows = [
        (one.code, one.whose, one.waits_for, one.clock, one.tone, ", ".join(n for n in _GROUPS if getattr(one, n)))
        for one in STATES
    ]
    return _table(("state", "whose move", "waits for", "clock", "tone", "counts as"), rows)


def _actions() -> list[str]:
    """What an action takes and gives: a row for all states in which it is the same."""
    states: dict[tuple[str, ...], list[str]] = {}
    for (state, action), rule in TABLE.items():
        states.setdefault((action, *_terms(rule)), []).append(state)
    rows = [(action, ", ".join(at), *terms) for (action, *terms), at in states.items()]
    return _table(
        (
            "action",
            "in",
            "needs",
            "may take",
            "due next",
            "told",
            "hand",
            "request for more time",
            "confidential",
            "instruction",
        ),
        rows,
    )


def _terms(rule: Rule) -> tuple[str, ...]:
    needs = [*rule.needs, *(f"{name} [{outcome}]" for outcome, name in rule.also_needs.items())]
    told = (
        "enterprise reads it" if rule.told else "its own desk" if rule.inside else "the house" if rule.in_house else ""
    )
    hand = "another" if rule.another_hand else "the same, within minutes" if rule.takes_back else ""
    return (
        ", ".join(needs),
        ", ".join(rule.takes),
        rule.due or "as it was",
        told,
        hand,
        _WAITS[rule.asked],
        _HELD[rule.confidential],
        _WAITS[rule.instructed],
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
