"""Leaders' written instructions (批示): who gave them, what waits for an answer, what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from access.actor import Actor
from access.verbs import reads
from db.cases import instructions
from db.cases.instructions import Instruction
from db.sql import Connection


@dataclass(frozen=True)
class InstructionPage:
    """`counts`: in each of `instructions.STATES`, and ('mine', 'all') of whom."""

    lines: Sequence[Instruction]
    total: int
    counts: Mapping[str, int]


@reads("see_instructions")
def instructions_given(
    con: Connection, *, actor: Actor, today: date, state: str, whose: str, size: int, page: int
) -> InstructionPage:
    """A page of those on cases that this person may see, in one of `instructions.STATES` ('': any); `whose`: a leader's
    own ('mine') or everybody's."""
    asked: dict[str, Any] = {"today": today, "led_by": actor.id if whose == "mine" else ""}
    lines = instructions.found(con, actor.scope, **asked, state=state, size=size, page=page)
    counts = instructions.counts(con, actor.scope, me=actor.id, **asked)
    of_any = counts["mine" if whose == "mine" else "all"]
    return InstructionPage(lines, counts[state] if state in instructions.STATES else of_any, counts)
