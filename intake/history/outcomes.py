"""What came of the cases that went over to the hotline: its numbers and outcomes, from the file that it gives back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from access.actor import Actor
from casework.cases.act import Given, act_together
from db import hotline
from db.cases import cases
from db.cases.cases import Case
from db.refused import Refused
from db.scope import EVERY
from db.sql import Connection
from db.states import TRANSFERRED
from intake.history.order_cells import digest
from intake.history.reading import OldRow, Values


def known(con: Connection, rows: Sequence[OldRow]) -> set[int]:
    """Those of which an outcome of the case says the same: a file of before that comes again is no news."""
    found = _cases(con, rows)
    there = hotline.outcomes(con, [case.id for case in found.values()])
    return {row.row for row in rows if (case := found.get(row.row)) and (case.id, digest(row.values)) in there}


def refused(con: Connection, actor: Actor, rows: Sequence[OldRow]) -> Mapping[int, tuple[str, Refused]]:
    found = _cases(con, rows, actor)
    wrong = {row.row: _wrong(found.get(row.row), row.values["case_number"]) for row in rows}
    return {n: ("case_number", why) for n, why in wrong.items() if why}


def keep(con: Connection, actor: Actor, rows: Sequence[OldRow], _: str, at: datetime) -> int:
    found = _cases(con, rows, actor)
    wanted = {case.id: (case.seq, _given(row.values)) for row in rows for case in [found[row.row]]}
    return len(act_together(con, wanted, actor=actor, action="outcome", at=at))


def _given(v: Values) -> Given:
    order = {"number": v["order_number"], "body": v["order_body"], "done_on": v["outcome_on"],
             "rating": v["outcome_rating"], "digest": digest(v)}  # fmt: skip
    return Given(text=v["outcome"], order={name: value for name, value in order.items() if value})


def _cases(con: Connection, rows: Sequence[OldRow], actor: Actor | None = None) -> dict[int, Case]:
    """Row → the case of its number."""
    scope = actor.scope if actor else EVERY
    found = {case.number: case for case in cases.numbered(con, scope, [row.values["case_number"] for row in rows])}
    return {row.row: found[n] for row in rows if (n := row.values["case_number"]) in found}


def _wrong(case: Case | None, number: str) -> Refused | None:
    if case is None:
        return Refused("outcome_unknown", number=number)
    return None if case.state in TRANSFERRED else Refused("outcome_not_handed", number=number)
