"""A ledger of old cases: its columns, and what of a row cannot have been."""

from collections.abc import Iterator
from datetime import date

from casework.cases.correction import EVERY_CHANNEL, KINDS
from casework.cases.lifecycle import ANSWER_KINDS, PROMISE
from db.refused import Refused
from db.states import RATINGS
from intake.history.reading import (
    LedgerSheet,
    Lists,
    OldCell,
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

CLOSERS = ("enterprise", "staff", "department")


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
        "channel": OldCell(("来源", "channel"), of_words(EVERY_CHANNEL, "case.channel"), example="self"),
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
