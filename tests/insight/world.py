"""A small world of known days: cases told as (action, state afterwards, day, detail), forums, policies, answers."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

from access.masking import without_own
from db import clock, events, sql
from db.cases import past
from db.events import Event
from db.people.enterprises import Enterprise
from db.sql import Connection
from db.store import Store
from db.survey import ballots, comments, separation, surveys
from db.survey.ballots import AnswerSheet, Participation
from db.system import rebuild
from tests.there import there


def noon(day: str) -> datetime:
    """Noon in Shanghai, as the store keeps it."""
    return clock.start_of_day(date.fromisoformat(day)) + timedelta(hours=12)


def add_case(store: Store, firm: Enterprise, number: str, *told: tuple, **changes: object) -> str:
    """The case as its last event leaves it, and the events. The first word is 'submit'."""
    case_id = str(uuid4())
    row = _row(case_id, firm, number, told) | changes
    store.write(lambda con: _write(con, case_id, row, told))
    return case_id


# What an action says at least; a day without its rule is that of the clock that the action starts.
SAID = {
    "dispatch": {"lead": "economy_it"},
    "answer": {"answer_kind": "solved", "text": "已解决"},
    "fulfil": {"text": "已兑现"},
    "merge": {"into": "another"},
}
CLOCKS = {"accept": "dispatch_3wd", "dispatch": "answer_7wd"}


def _row(case_id: str, firm: Enterprise, number: str, told: tuple) -> dict:
    return {
        "id": case_id, "number": number, "kind": "problem", "category": "finance", "enterprise_id": firm.id,
        "sector_code": firm.sector_code, "town_code": firm.town_code, "title": f"示例诉求 {number}", "text": "内容",
        "channel": "self", "forum_id": None, "on_spot": None, "language": "zh", "notice_version": 1,
        "state": told[-1][1], "leader_id": None, "answer_text": None, "submitted_at": noon(told[0][2]),
        "due_provisional": False, "seq": len(told),
    }  # fmt: skip


def _write(con: Connection, case_id: str, row: dict, told: tuple) -> None:
    """The events; the row and its past are derived from them."""
    sql.insert(con, "cases", row)
    happened = [
        Event(noon(day), "case", kind, case_id, seq, state=state, detail=_detail(kind, *rest))
        for seq, (kind, state, day, *rest) in enumerate(told, start=1)
    ]
    events.append(con, *happened)
    rebuild.rebuild(con)


def _detail(kind: str, given: dict | None = None) -> dict:
    detail = SAID.get(kind, {}) | (given or {})
    if kind == "answer" and "promised_on" in detail:
        detail |= {"due_on": detail["promised_on"], "due_rule": "promise"}
    if kind == "grant_extension":
        detail |= {"due_on": detail["extended_on"], "due_rule": "extension"}
    return detail | ({"due_rule": CLOCKS[kind]} if "due_on" in detail and kind in CLOCKS else {})


def due_days(store: Store, as_of: date) -> list[date]:
    """What each case was due by next, as it stood on that day, in the order in which they came in."""
    statement = f"{past.stood()} ORDER BY submitted_at, id"
    found = store.read(lambda con: sql.rows(con, statement, {"end": clock.end_of_day(as_of)}))
    return [row["due_on"] for row in found]


def add_forum(store: Store, number: int, held_on: str, *present: tuple, **changes: object) -> str:
    """`present`: (person, kind, enterprise id | None, body | None)."""
    forum_id = str(uuid4())
    row = {
        "id": forum_id, "number": number, "theme_zh": "主题", "theme_en": "Theme", "sector_code": "C17",
        "held_on": date.fromisoformat(held_on), "place_zh": "会议室", "place_en": "Room", "format": "many_to_many",
        "host_body": "district_committee", "host_office": "party_secretary", "host_person": "secretary-1",
        "state": "held", "summary": None, "seq": 1,
    } | changes  # fmt: skip
    rows = [
        {"id": str(uuid4()), "forum_id": forum_id, "person_id": person, "person_name": person, "kind": kind,
         "office": None, "body_code": body, "enterprise_id": enterprise, "organisation": None, "country": "CN"}
        for person, kind, enterprise, body in present
    ]  # fmt: skip
    store.write(lambda con: (sql.insert(con, "forum", row), sql.insert_many(con, "attendance", rows)))
    return forum_id


def add_policy(store: Store, number: int, issued_on: str, *benefits: tuple[str, str], case_id: str = "") -> None:
    """`benefits`: (social credit code, day)."""
    policy_id = str(uuid4())
    policy = {"id": policy_id, "number": number, "title_zh": "政策", "title_en": "Policy", "body_code": "economy_it",
              "issued_on": date.fromisoformat(issued_on), "seq": 1}  # fmt: skip
    given = [{"policy_id": policy_id, "uscc": uscc, "benefited_on": date.fromisoformat(on)} for uscc, on in benefits]

    def write(con: Connection) -> None:
        sql.insert(con, "policy", policy)
        sql.insert_many(con, "policy_beneficiary", given)
        if case_id:
            sql.insert(con, "policy_case", {"policy_id": policy_id, "case_id": case_id})

    store.write(write)


def add_wave(store: Store, number: int, opens: str, *, version: int = 1) -> str:
    wave_id = str(_nth(number))
    wave = {"id": wave_id, "number": number, "title_zh": f"第{number}期", "title_en": f"Wave {number}",
            "questionnaire_code": "satisfaction", "questionnaire_version": version, "opens_at": noon(opens),
            "closes_at": noon(opens) + timedelta(days=30), "seq": 1}  # fmt: skip
    store.write(lambda con: sql.insert(con, "wave", wave))
    return wave_id


# What came in of each wave: added to a wave whose answers stand by themselves, all of them come to it again.
_CAME: WeakKeyDictionary[Store, dict[str, list[tuple[Participation, AnswerSheet]]]] = WeakKeyDictionary()


def add_answers(
    store: Store, wave_id: str, day: str, values: Sequence[Mapping[Any, object]], *, firms: list[str] | None = None,
    **how: Any,
) -> None:  # fmt: skip
    """One response for each dictionary of item → value (None does not apply), of `firms` or of new enterprises."""
    add_each(store, wave_id, [
        (day, answers, how | {"firm": firms[i] if firms else str(uuid4())}) for i, answers in enumerate(values)
    ])  # fmt: skip


def add_each(store: Store, wave_id: str, told: Sequence[tuple[str, Mapping[Any, object], dict[str, Any]]]) -> None:
    """The same for each (day, answers, how it came)."""
    came = _CAME.setdefault(store, {}).setdefault(wave_id, [])
    before = len(came)
    came += [_came(wave_id, len(came) + n, *one) for n, one in enumerate(told, start=1)]
    store.write(lambda con: _cleared(con, wave_id))
    store.write(lambda con: _apart(con, wave_id, came, before))


def _came(
    wave_id: str, number: int, day: str, answers: Mapping[Any, object], how: dict[str, Any]
) -> tuple[Participation, AnswerSheet]:
    """`how`: sector, town, size, source, firm, address, seconds."""
    source = how.get("source", "link")
    who = Participation(
        id=str(key := _nth(number, wave_id)), number=int(key) % 10**9, wave_id=wave_id, notice_version=1,
        submitted_at=noon(day),
        enterprise_id=None if source == "open" else how.get("firm", str(uuid4())), source=source,
        sector_code=how.get("sector", "C17"), town_code=how.get("town", "330603001"), size=how.get("size", "small"),
        address_hash=how.get("address"),
    )  # fmt: skip
    rows = [
        {"item": item, "value": None if item == "O5" else value, "choice": "na" if value is None else None,
         "text": value if item == "O5" else None}
        for item, value in answers.items()
    ]  # fmt: skip
    return who, AnswerSheet("zh", noon(day) - timedelta(seconds=how.get("seconds", 300)), rows)


def _cleared(con: Connection, wave_id: str) -> None:
    for table in ("participation", "response", "answer", "comment", "wave_doubt", "counted_frame"):
        sql.run(con, f"DELETE FROM {table} WHERE wave_id = $wave", {"wave": wave_id})  # noqa: S608


def _apart(con: Connection, wave_id: str, came: Sequence[tuple[Participation, AnswerSheet]], before: int) -> None:
    ballots.cast(con, came)
    wave = there(surveys.wave(con, wave_id))
    chance = random.Random(
        wave.number + 1000 * before
    )  # ids give answers their order: what a test found is found again
    with patch("db.survey.separation.uuid4", lambda: UUID(int=chance.getrandbits(128), version=4)):
        separation.separate(con, wave, without_own, wave.closes_at)
    said = "SELECT id FROM comment WHERE wave_id = $wave"
    comments.release(con, sql.column(con, said, {"wave": wave_id}), by="tests", at=noon("2024-01-01"))


def _nth(number: int, of: str = "") -> UUID:
    return UUID(int=random.Random(f"{number} {of}").getrandbits(128), version=4)


def publish(
    store: Store,
    code: str,
    start: str,
    end: str,
    value: float | None,
    yoy: float | None,
    vintage: str,
    status: str = "preliminary",
) -> None:
    row = {"indicator_code": code, "geography": "district", "period_start": date.fromisoformat(start),
           "period_end": date.fromisoformat(end), "value": value, "yoy_published": yoy, "decimals": 1,
           "status": status, "vintage": date.fromisoformat(vintage), "source": "示例来源",
           "imported_at": noon(vintage)}  # fmt: skip
    store.write(lambda con: sql.insert(con, "observation", row))
