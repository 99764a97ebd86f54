"""All that an enterprise is shown of one case, read at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from access.actor import Actor
from db.cases import attachments, cases, milestones, promises
from db.cases.attachments import AttachmentLine
from db.cases.cases import Case, CaseEvent
from db.cases.promises import Promise
from db.sql import Connection
from pages.issue.timeline import standing_answer
from pages.shared.here import store


@dataclass(frozen=True)
class WholeCase:
    """`events` are what happened, with its milestones; `asked` is what was asked when it was last returned."""

    events: Sequence[CaseEvent]
    answer: CaseEvent | None  # that stands on top
    promise: Promise | None
    asked: str
    attached: Sequence[AttachmentLine]  # that came with the issue; others stand where they came


def whole_case(person: Actor, case: Case) -> WholeCase:
    return store().read(lambda con: _whole(con, person, case))


def _whole(con: Connection, person: Actor, case: Case) -> WholeCase:
    history = cases.history(con, person.scope, case.id)
    beside = milestones.told(con, person.scope, case.id)
    asked = next((e.detail.get("reason", "") for e in reversed(history) if e.kind == "return"), "")
    return WholeCase(
        milestones.among(history, beside), standing_answer(case, history), promises.of_history(case, history), asked,
        [line for line in attachments.of_case(con, person.scope, case.id) if line.seq is None],
    )  # fmt: skip
