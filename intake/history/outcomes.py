"""What came of the cases that went over to the hotline: its numbers and outcomes, from the file that it gives back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from access.actor import Actor
from casework.cases.act import Given, act_within
from casework.hotline.files import CELLS, FILLED_IN
from db import hotline
from db.cases import cases
from db.cases.cases import Case
from db.hotline import HANDED
from db.refused import Refused
from db.scope import EVERY
from db.sql import Connection
from db.states import TRANSFERRED
from intake.history.order_cells import digest, order_number, said, until
from intake.history.reading import LedgerSheet, OldCell, OldRow, Values, line, words


def _filled_in(values: Values) -> Iterator[tuple[str, Refused]]:
    """Of a row that the hotline left as it went out nobody is told."""
    if not any(values[name] for name in FILLED_IN):
        yield "outcome", Refused("blank")


SHEET = LedgerSheet(
    {
        "case_number": OldCell(
            ("我方编号", "来源编号", "来源单号", "第三方编号", "外部编号", "our number"),
            line, needed=True, example="2023-0001"),
        "order_number": OldCell(
            ("工单编号", "工单号", "工单编码", "热线工单编号", "12345工单编号", "order number"),
            order_number, needed=True, example="KQ2311280017"),
        "order_body": OldCell(
            ("承办单位", "主办单位", "责任单位", "办理单位", "处置单位", "承办部门", "body"), said, example="区人社局"),
        "outcome": OldCell(
            ("办理结果", "处理结果", "办理情况", "答复内容", "回复内容", "办理意见", "结果", "outcome"),
            words, example="已约双方调解，达成一致。"),
        "outcome_on": OldCell(
            ("办结时间", "办结日期", "办理时间", "回复时间", "答复时间", "done"), until, example="2023-12-05"),
        "outcome_rating": OldCell(
            ("热线满意度", "满意度", "回访满意度", "回访结果", "评价结果", "rating"), said, example="满意"),
    },
    lambda values: values["case_number"],
    _filled_in,
    lenient=True,
    passed=tuple(CELLS[HANDED]),
)  # fmt: skip


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
    for row in rows:
        case, v = found[row.row], row.values
        order = {"number": v["order_number"], "body": v["order_body"], "done_on": v["outcome_on"],
                 "rating": v["outcome_rating"], "digest": digest(v)}  # fmt: skip
        given = Given(text=v["outcome"], order={name: value for name, value in order.items() if value})
        act_within(con, actor=actor, case_id=case.id, action="outcome", seen=case.seq, given=given, at=at)
    return len(rows)


def _cases(con: Connection, rows: Sequence[OldRow], actor: Actor | None = None) -> dict[int, Case]:
    """Row → the case of its number."""
    scope = actor.scope if actor else EVERY
    found = {case.number: case for case in cases.numbered(con, scope, [row.values["case_number"] for row in rows])}
    return {row.row: found[n] for row in rows if (n := row.values["case_number"]) in found}


def _wrong(case: Case | None, number: str) -> Refused | None:
    if case is None:
        return Refused("outcome_unknown", number=number)
    return None if case.state in TRANSFERRED else Refused("outcome_not_handed", number=number)
