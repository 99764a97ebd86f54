"""`docs/lifecycle.md`, drawn from the table that refuses the write: the drawing cannot drift from the rule."""

from casework.cases.lifecycle import AS_IT_WAS, TABLE, Rule
from db.states import CODES, OVER

_HEAD = """# The life of a case

Drawn from `casework/cases/lifecycle.py` by `python -m casework lifecycle`; a test compares them. Every arrow is one
action, by one party. An answer's kind or a rating in brackets decides where it leads. Only the enterprise's own key
closes.

"""
_PARTIES = """
| party | who |
|---|---|
| enterprise | the enterprise itself, signed in or by the code of its receipt |
| raiser | the enterprise, or an officer or staff who report on its behalf |
| triage | staff of the programme office |
| lead | the department in charge; staff may write its answer down |
| approver | staff or a district leader, never the account that asked |
| party | the enterprise, staff, the lead and assisting departments |
"""


def diagram() -> str:
    """The whole page, in Markdown with one Mermaid drawing."""
    arrows = [line for (state, action), rule in TABLE.items() for line in _arrows(state, action, rule)]
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> submitted: submit", *arrows]
    lines += [f"    {state} --> [*]" for state in OVER]
    return _HEAD + "\n".join([*lines, "```", "", *_stays(), ""]) + _PARTIES


def _arrows(state: str, action: str, rule: Rule) -> list[str]:
    """One for each state that the action can lead to; none where the case stays as it is."""
    if rule.next == AS_IT_WAS:
        return []
    turns: dict[str, list[str]] = {}
    for outcome, turn in rule.turns.items():
        turns.setdefault(turn, []).append(outcome)
    bracketed = [f"    {state} --> {to}: {action} [{', '.join(why)}] · {rule.who}" for to, why in turns.items()]
    return [f"    {state} --> {rule.next}: {action} · {rule.who}", *bracketed]


def _stays() -> list[str]:
    """What leaves the state as it was, by state."""
    rows = ["| state | what leaves it as it is |", "|---|---|"]
    for state in CODES:
        kept = [f"{action} ({rule.who})" for (at, action), rule in TABLE.items() if at == state and not rule.next]
        rows += [f"| {state} | {', '.join(kept)} |"] if kept else []
    return rows
