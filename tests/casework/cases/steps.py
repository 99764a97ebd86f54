"""Cases for tests, brought to a state by the verbs that people use."""

from datetime import date, timedelta
from uuid import uuid4

from casework.cases.act import Given, act, open_case
from db.cases.cases import Case, NewCase
from tests.conftest import NOON

TODAY = date(2023, 11, 30)  # the Shanghai day of NOON
PROMISE = date(2023, 12, 20)
GIVEN = {
    "accept": {},
    "return": {"reason": "请补充材料"},
    "resubmit": {"text": "已补充用电合同"},
    "dispatch": {"lead": "economy_it", "co": ("tax",)},
    "start": {},
    "answer": {"answer_kind": "solved", "text": "已经送电"},
    "promise": {"answer_kind": "committed", "text": "列入改造计划", "promised_on": PROMISE},
    "ask_extension": {"reason": "设备延迟到货", "extended_on": PROMISE + timedelta(days=21)},
    "grant_extension": {},
    "refuse_extension": {"reason": "可以先更换变压器"},
    "fulfil": {"text": "改造完成"},
    "close": {"rating": "satisfied"},
    "reject": {"reason": "晚上还是停电"},
    "reopen": {"reason": "又停电了"},
    "suspend": {"reason": "等待市级政策明确", "review_on": date(2023, 12, 29)},
    "resume": {},
    "withdraw": {"reason": "已自行解决"},
    "correct": {"category": "finance", "reason": "按内容应归融资"},
    "transfer": {"reason": "属个人劳动争议，不是企业诉求"},
    "contest": {"reason": "是企业的用电问题"},
    "recall": {"reason": "热线退回，由我方办理"},
    "outcome": {"text": "人社局已约双方调解", "order": {"number": "KQ2312010001"}},
    "object": {"better": "tax", "reason": "属税务职责"},
    "refuse_objection": {"reason": "按三定方案由你局办理"},
    "unmerge": {"reason": "不是同一件事"},
    "confide": {"reason": "涉及商业秘密"},
    "open_up": {"reason": "企业同意公开"},
    "note": {"note": "已电话了解情况"},
    "proxy": {"note": "企业说已经好了"},
    "reminder_call": {"result": "reached"},
    "monthly_check": {"result": "on_track"},
    "return_visit": {"result": "better"},
    "remind": {},
    "support": {"note": "已协调园区先行供电"},
    "accompany": {"note": "陪同经信局到厂查看"},
    "assign": {},
    "undo": {},
    "instruct": {"text": "请抓紧办理", "answer_by": date(2023, 12, 6)},
    "answer_instruction": {"text": "已完成增容"},
}
WAY_TO = {
    "submitted": (),
    "returned": ("return",),
    "accepted": ("accept",),
    "dispatched": ("accept", "dispatch"),
    "in_progress": ("accept", "dispatch", "start"),
    "committed": ("accept", "dispatch", "promise"),
    "awaiting": ("accept", "dispatch", "answer"),
    "closed": ("accept", "dispatch", "answer", "close"),
    "reopened": ("accept", "dispatch", "answer", "reject"),
    "merged": ("merge",),
    "objected": ("accept", "dispatch", "object"),
    "disputed": ("accept", "dispatch", "object", "refuse_objection", "object", "refuse_objection"),
    "transferred": ("accept", "dispatch", "transfer"),
    "taken_back": ("accept", "dispatch", "withdraw"),
    "suspended": ("accept", "dispatch", "suspend"),
}


def new_case(people, **changes) -> NewCase:
    return NewCase(
        **{
            "id": str(uuid4()),
            "kind": "problem",
            "category": "utilities",
            "enterprise_id": people.firm.id,
            "sector_code": people.firm.sector_code,
            "town_code": people.firm.town_code,
            "title": "园区夜间停电",
            "text": "近两个月多次停电，影响织机生产。",
            "channel": "self",
            "language": "zh",
            "notice_version": 1,
        }
        | changes
    )


def raise_case(store, people, at=NOON, **changes) -> Case:
    new = new_case(people, **changes)
    raiser = people.enterprise if new.enterprise_id == people.firm.id else people.stranger
    return store.write(lambda con: open_case(con, case=new, actor=raiser, at=at))


def take(store, actor, case, step, at=NOON, form_id=None, **given) -> Case:
    action = "answer" if step == "promise" else step
    detail = GIVEN.get(step, {}) | given
    return act(
        store, actor=actor, case_id=case.id, action=action, seen=case.seq, at=at, given=Given(**detail), form_id=form_id
    )


def bring_to(store, people, state, at=NOON, **changes) -> Case:
    case = raise_case(store, people, at, **changes)
    for step in WAY_TO[state]:
        who = people.enterprise if step in ("close", "reject", "withdraw") else people.staff
        given = {"into": raise_case(store, people, at).id} if step == "merge" else {}
        at += timedelta(minutes=1)
        case = take(store, who, case, step, at, **given)
    assert case.state == state
    return case
