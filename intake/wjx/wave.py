"""Answers of another survey system become a closed wave of their own: read by estimates only, as every answer is."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from access.actor import Actor
from access.typed import one_line
from db import clock, events, questionnaires, surveys
from db.events import Event
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from db.surveys import Answer, Response, Wave
from intake.questionnaires.model import Questionnaire
from intake.questionnaires.questionnaire import as_content, to_store, validate
from intake.wjx.reader import Answered, WjxReading
from intake.words import fits
from intake.xlsform.sheets import Remark

LONGEST_REASON = 200
_MOMENT = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")


@dataclass(frozen=True)
class Taken:
    """What an import made, or what the same file made before (`again`)."""

    code: str
    wave_id: str
    responses: int
    again: bool


def import_wjx(
    store: Store, *, actor: Actor, content: bytes, found: WjxReading, at: datetime, reason: str = ""
) -> Taken:
    """Questionnaire, wave and answers in one transaction. The same file a second time writes nothing.

    `reason` says why columns stay that tell who somebody is; the event keeps it.
    Raises Refused('forbidden' | 'wjx_no_answers' | 'wjx_keep_reason' | 'too_long').
    """
    actor.must("import_data")
    why = checked_reason(found, reason)
    digest = hashlib.sha256(content).hexdigest()
    return store.write(lambda con: _before(con, digest) or _import(con, actor, digest, found, at, why))


def checked_reason(found: WjxReading, reason: str) -> str:
    """What the event keeps: '' where nothing stays that tells who somebody is."""
    why = one_line(reason)
    if found.kept and not why:
        raise Refused("wjx_keep_reason")
    if not fits(why, LONGEST_REASON):
        raise Refused("too_long", most=LONGEST_REASON)
    return why if found.kept else ""


def refused_rows(found: WjxReading) -> tuple[Remark, ...]:
    """Answer sheets that cannot be taken: without a time, twice, or with an answer that the inferred kind refuses."""
    asked = found.reading.questionnaire
    return tuple(_wrong(asked, found.sheets)[1]) if asked else ()


def _before(con: Connection, digest: str) -> Taken | None:
    known = questionnaires.survey_import(con, digest)
    return Taken(known["questionnaire_code"], known["wave_id"], known["responses"], True) if known else None


def _import(con: Connection, actor: Actor, digest: str, found: WjxReading, at: datetime, reason: str) -> Taken:
    asked = found.reading.questionnaire
    taken = _wrong(asked, found.sheets)[0] if asked else []
    if asked is None or not taken:
        raise Refused("wjx_no_answers")
    moments = [_moment(sheet) for sheet in taken]
    wave = _wave(con, asked, digest, min(moments), max(moments))
    questionnaires.add(con, as_content(asked), state="closed", by=actor.id, at=at)
    surveys.add_wave(con, wave)
    number = surveys.next_response_number(con)
    responses = [_response(wave, asked, sheet, number + n) for n, sheet in enumerate(taken)]
    answers = [a for response, sheet in zip(responses, taken, strict=True) for a in _answers(asked, response, sheet)]
    surveys.add_responses(con, responses, answers)
    row = {"digest": digest, "questionnaire_code": asked.code, "version": 1, "wave_id": wave.id,
           "responses": len(responses), "imported_at": at}  # fmt: skip
    questionnaires.add_survey_import(con, row)
    detail = {"number": wave.number, "responses": len(responses), "file": digest}
    detail |= {"kept": list(found.kept), "reason": reason} if found.kept else {}
    events.append(con, Event(at, "survey", "import", wave.id, 1, actor.id, actor.role, detail=detail))
    return Taken(asked.code, wave.id, len(responses), False)


def _wrong(asked: Questionnaire, sheets: tuple[Answered, ...]) -> tuple[list[Answered], list[Remark]]:
    """The sheets that can be taken, and a remark on each other one."""
    taken: list[Answered] = []
    remarks: list[Remark] = []
    serials: set[str] = set()
    for sheet in sheets:
        wrong = validate(asked, sheet.answers)
        if _read_moment(sheet.submitted) is None:
            remarks.append(Remark("", sheet.row, "提交答卷时间", "wjx_moment", sheet.serial))
        elif sheet.serial and sheet.serial in serials:
            remarks.append(Remark("", sheet.row, "序号", "wjx_twice", sheet.serial))
        elif wrong:
            remarks.append(Remark("", sheet.row, next(iter(wrong)), "wjx_answer", sheet.serial))
        else:
            taken.append(sheet)
        serials.add(sheet.serial)
    return taken, remarks


def _wave(con: Connection, asked: Questionnaire, digest: str, first: datetime, last: datetime) -> Wave:
    day = clock.day_of(last).isoformat()
    return Wave(
        id=str(uuid5(NAMESPACE_URL, f"wjx/{digest}")),
        number=surveys.next_wave_number(con),
        title_zh=f"问卷星导入 {day}",
        title_en=f"Imported from Wenjuanxing {day}",
        questionnaire_code=asked.code,
        questionnaire_version=asked.version,
        opens_at=first,
        closes_at=last + timedelta(seconds=1),
        seq=1,
    )


def _response(wave: Wave, asked: Questionnaire, sheet: Answered, number: int) -> Response:
    """Of no enterprise: the file does not say whose answer it is, and its addresses are not kept."""
    sent = _moment(sheet)
    seconds = re.match(r"\d{1,7}", sheet.seconds)
    return Response(
        id=str(uuid5(NAMESPACE_URL, f"{wave.id}/{sheet.row}")),
        number=number,
        wave_id=wave.id,
        enterprise_id=None,
        sector_code="",
        town_code="",
        size="",
        language="zh",
        notice_version=asked.notice.version,
        started_at=sent - timedelta(seconds=int(seconds[0])) if seconds else None,
        submitted_at=sent,
        source="import",
    )


def _answers(asked: Questionnaire, response: Response, sheet: Answered) -> list[Answer]:
    return [
        Answer(response.id, response.wave_id, row.item, row.value, row.choice, row.text, "", "", response.submitted_at)
        for row in to_store(asked, sheet.answers)
    ]


def _moment(sheet: Answered) -> datetime:
    found = _read_moment(sheet.submitted)
    assert found is not None
    return found


def _read_moment(text: str) -> datetime | None:
    """UTC, from the file's Shanghai time."""
    found = _MOMENT.match(text)
    if not found:
        return None
    year, month, day, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    try:
        start = clock.start_of_day(date(year, month, day))
    except ValueError:
        return None
    return start + timedelta(hours=hours, minutes=minutes, seconds=seconds) if hours < 24 else None
