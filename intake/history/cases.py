"""Old cases with their true days, states and closers. Nobody is told, and no clock begins anew."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from uuid import UUID, uuid5

from access.actor import Actor
from casework.cases import clocks
from casework.cases.correction import KINDS
from casework.cases.lifecycle import ANSWER, ANSWER_KINDS, DISPATCH, PROMISE
from db.cases import entered
from db.cases.entered import OldCase
from db.events import Event
from db.people import enterprises
from db.refused import Refused
from db.sql import Connection
from db.states import RATINGS
from db.system.integrity import digest_of_case
from intake.history.reading import (
    LedgerSheet,
    Lists,
    OldCell,
    OldRow,
    Values,
    bodies,
    credit_code,
    day,
    in_order,
    line,
    number,
    of_list,
    of_words,
    words,
)
from intake.indicators.terms.periods import read_day
from intake.issue.raising import CHANNELS

_IDS = UUID("5b1f4f3a-3c58-4a7e-8a0b-6a1f6f0b0041")
CLOSERS = ("enterprise", "staff", "department")
_NOON = time(4)  # in UTC: of an old day the hour is not known


def _wrong(values: Values) -> Iterator[tuple[str, Refused]]:
    """What a ledger says and cannot have been: a step without the one before it, a rating that nobody gave."""
    if not (values["uscc"] or values["enterprise"]):
        yield "enterprise", Refused("blank")
    if values["uscc"] and values["enterprise"] not in (None, values["uscc"]):
        yield "enterprise", Refused("old_enterprise_differs")
    yield from in_order(values, "submitted", "accepted", "dispatched", "answered", "fulfilled", "closed")
    for step, before in (
        ("dispatched", "lead"),
        ("lead", "dispatched"),
        ("answered", "dispatched"),
        ("answered", "answer_kind"),
        ("answer_kind", "answered"),
        ("answer", "answered"),
        ("closed", "answered"),
        ("closed", "closer"),
        ("closer", "closed"),
        ("rating", "closed"),
    ):
        if values[step] and not values[before]:
            yield before, Refused("old_step_missing")
    promised = values["answer_kind"] == PROMISE
    if promised != bool(values["promised"]) or (promised and values["closed"] and not values["fulfilled"]):
        yield "promised", Refused("old_promise")
    if values["fulfilled"] and not promised:
        yield "fulfilled", Refused("old_promise")
    if values["rating"] and values["closer"] not in (None, "enterprise"):
        yield "rating", Refused("old_rating")


def _any_day(cell: object, _: Lists) -> date:
    """A promise may lie ahead."""
    return read_day(cell)


SHEET = LedgerSheet(
    {
        "old_number": OldCell(("编号", "原编号", "old number", "number"), line, needed=True, example="2021-017"),
        "uscc": OldCell(("统一社会信用代码", "信用代码", "uscc"), credit_code),
        "enterprise": OldCell(("企业名称", "企业", "enterprise"), of_list("enterprise", "old_enterprise_unknown")),
        "title": OldCell(("标题", "诉求", "title"), line, needed=True, example="园区夜间停电"),
        "text": OldCell(("内容", "具体情况", "text"), words, example="近两个月多次停电。"),
        "kind": OldCell(("性质", "kind"), of_words(KINDS, "case.kind"), example="问题"),
        "category": OldCell(("类别", "category"), of_list("category", "old_category_unknown"), True, "utilities"),
        "sector": OldCell(("行业", "sector"), of_list("sector", "old_sector_unknown")),
        "town": OldCell(("镇街", "town"), of_list("town", "old_town_unknown")),
        "channel": OldCell(
            ("来源", "channel"), of_words((*CHANNELS, "self", "forum", "hotline"), "case.channel"), example="self"
        ),
        "forum": OldCell(("场次", "forum"), number),
        "submitted": OldCell(("提出日期", "submitted"), day, needed=True, example="2021-03-01"),
        "accepted": OldCell(("受理日期", "accepted"), day, example="2021-03-02"),
        "dispatched": OldCell(("交办日期", "dispatched"), day, example="2021-03-03"),
        "lead": OldCell(("牵头部门", "承办部门", "lead"), of_list("body", "old_body_unknown"), example="economy_it"),
        "co": OldCell(("协办部门", "co"), bodies),
        "answered": OldCell(("答复日期", "answered"), day, example="2021-03-09"),
        "answer_kind": OldCell(
            ("答复方式", "answer kind"),
            of_words(ANSWER_KINDS, "case.answer", ("已解决", "solved"), ("承诺", PROMISE), ("说明", "explained")),
            example="已经解决",
        ),
        "answer": OldCell(("答复内容", "answer"), words, example="已经送电。"),
        "promised": OldCell(("承诺日期", "promised"), _any_day),
        "fulfilled": OldCell(("兑现日期", "fulfilled"), day),
        "closed": OldCell(("销号日期", "closed"), day, example="2021-03-12"),
        "closer": OldCell(
            ("销号人", "closed by"),
            of_words(CLOSERS, "role", ("专班", "staff"), ("部门", "department")),
            example="企业",
        ),
        "rating": OldCell(("满意度", "rating"), of_words(RATINGS, "case.rating"), example="满意"),
    },
    lambda values: values["old_number"],
    _wrong,
)


def case_id(old_number: str) -> str:
    """The same for the same old number, so that a ledger may be brought in again."""
    return str(uuid5(_IDS, f"case:{old_number}"))


def known(con: Connection, rows: Sequence[OldRow]) -> set[int]:
    """The rows that were brought in before."""
    there = entered.known(con, "cases", [case_id(row.values["old_number"]) for row in rows])
    return {row.row for row in rows if case_id(row.values["old_number"]) in there}


def refused(con: Connection, _: Actor, rows: Sequence[OldRow]) -> Mapping[int, tuple[str, Refused]]:
    held = entered.forum_ids(con)
    lost = (row.row for row in rows if row.values["forum"] and row.values["forum"] not in held)
    return {n: ("forum", Refused("forum_unknown")) for n in lost}


def keep(con: Connection, actor: Actor, rows: Sequence[OldRow], import_id: str, _: datetime) -> int:
    firms = {one.id: one for one in enterprises.these(con, actor.scope, [_firm(row.values) for row in rows])}
    held = entered.forum_ids(con)
    made = []
    for row in rows:
        values = row.values
        firm = firms[_firm(values)]
        own = {
            "id": case_id(values["old_number"]), "kind": values["kind"] or KINDS[0], "category": values["category"],
            "enterprise_id": firm.id, "sector_code": values["sector"] or firm.sector_code,
            "town_code": values["town"] or firm.town_code, "title": values["title"],
            "text": values["text"] or values["title"], "channel": values["channel"] or "self",
            "forum_id": held.get(values["forum"]), "language": "zh", "notice_version": 0, "leader_id": None,
            "on_spot": None,
        }  # fmt: skip
        made.append(OldCase(own, tuple(_events(own, values, import_id)), values["answer"]))
    return entered.add(con, made)


def _firm(values: Values) -> str:
    return values["uscc"] or values["enterprise"]


def _events(own: Values, values: Values, import_id: str) -> Iterator[Event]:
    """Its steps, each on its day; who did them is not known by name."""
    steps = list(_steps(own, values, import_id))
    for seq, (kind, on, role, state, detail) in enumerate(steps, start=1):
        body = values["lead"] if role == "department" else None
        said = {name: value for name, value in detail.items() if value not in (None, ())}
        yield Event(_at(on), "case", kind, own["id"], seq, None, role, body, state, said)


def _steps(own: Values, v: Values, import_id: str) -> Iterator[tuple[str, date, str, str, Values]]:
    mark = {"content": digest_of_case(own), "history": v["old_number"], "import": import_id, "note": v["old_number"]}
    yield "submit", v["submitted"], "enterprise" if own["channel"] == "self" else "staff", "submitted", mark
    accepted = v["accepted"] or v["dispatched"]
    if accepted:
        yield "accept", accepted, "staff", "accepted", clocks.counted(DISPATCH, accepted).told
    if v["dispatched"]:
        told = {"lead": v["lead"], "co": tuple(code for code in v["co"] or () if code != v["lead"])}
        yield "dispatch", v["dispatched"], "staff", "dispatched", told | clocks.counted(ANSWER, v["dispatched"]).told
    if v["answered"]:
        said = {"answer_kind": v["answer_kind"], "text": v["answer"]}
        if v["answer_kind"] == PROMISE:
            said |= {"promised_on": v["promised"], "due_on": v["promised"], "due_rule": "promise"}
        state = "committed" if v["answer_kind"] == PROMISE else "awaiting"
        yield "answer", v["answered"], "department", state, said
    if v["fulfilled"]:
        yield "fulfil", v["fulfilled"], "department", "awaiting", {"text": v["answer"]}
    if v["closed"]:
        kind = "close" if v["rating"] else "strike_off"
        yield kind, v["closed"], v["closer"], "closed", {"rating": v["rating"]}


def _at(day_: date) -> datetime:
    return datetime.combine(day_, _NOON)
