"""Answers of another survey system become a closed wave of their own: read by estimates only, as every answer is."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from access.actor import Actor
from access.typed import one_line
from db import clock, events, numbers
from db.events import Event
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from db.survey import questionnaires, surveys
from db.survey.surveys import Response, Wave
from intake.files.imports import capped
from intake.questionnaires.model import Questionnaire
from intake.questionnaires.questionnaire import answers_of, as_content
from intake.wjx.earlier import Earlier, asked_before, earlier
from intake.wjx.reader import Answered, WjxReading
from intake.wjx.sorting import read_moment, started
from intake.words import fits
from intake.xlsform.sheets import Remark

LONGEST_REASON = 200


@dataclass(frozen=True)
class ImportedWave:
    """What an import made, or what the same file made before (`again`): the questionnaire's code and version.

    Of the file's answer sheets `responses` were added, `there` stood in the wave already, `refused` are named.
    """

    code: str
    version: int
    wave_id: str
    responses: int
    there: int = 0
    refused: tuple[Remark, ...] = ()
    again: bool = False


def import_wjx(
    store: Store, *, actor: Actor, content: bytes, found: WjxReading, at: datetime, reason: str = ""
) -> ImportedWave:
    """Questionnaire, wave and answers in one transaction. The same file a second time writes nothing; a corrected one
    adds to the wave what is new. `reason` says why columns stay that tell who somebody is; the event keeps it.

    Raises Refused('forbidden' | 'wjx_no_answers' | 'wjx_no_time' | 'wjx_keep_reason' | 'wjx_keep_late' |
    'wjx_published' | 'too_long').
    """
    actor.must("import_data")
    why = checked_reason(found, reason)
    digest = hashlib.sha256(content).hexdigest()
    return store.write(lambda con: _before(con, digest, found) or _import(con, actor, digest, found, at, why))


def checked_reason(found: WjxReading, reason: str) -> str:
    """What the event keeps: '' where nothing stays that tells who somebody is."""
    why = one_line(reason)
    kept = found.results is not None and bool(found.results.kept)
    if kept and not why:
        raise Refused("wjx_keep_reason")
    if not fits(why, LONGEST_REASON):
        raise Refused("too_long", most=LONGEST_REASON)
    return why if kept else ""


def _before(con: Connection, digest: str, found: WjxReading) -> ImportedWave | None:
    known = questionnaires.survey_import(con, digest)
    wave = surveys.wave(con, known["wave_id"]) if known else None
    if known is None or wave is None or found.results is None:
        return None
    asked_before(con, wave, found.results)
    return ImportedWave(wave.questionnaire_code, wave.questionnaire_version, wave.id, known["responses"], again=True)


def _import(con: Connection, actor: Actor, digest: str, found: WjxReading, at: datetime, reason: str) -> ImportedWave:
    asked, results = found.reading.questionnaire, found.results
    rows, turned_away = set(found.taken), found.turned_away
    sheets = [sheet for sheet in found.sheets if sheet.row in rows]
    if asked is None or results is None or not sheets:
        raise Refused("wjx_no_time" if found.undated else "wjx_no_answers")
    before = earlier(con, results)
    if before is None:
        wave = _wave(con, asked, digest, sheets)
        questionnaires.add(con, as_content(asked), state="closed", by=actor.id, at=at)
        surveys.add_wave(con, wave)
        there = 0
    else:
        asked, sheets, turned_away, there = before.asked, before.new, capped(before.refused), before.there
        wave = _grown(con, before, actor, at)
    _add(con, wave, asked, digest, sheets)
    row = {"digest": digest, "questionnaire_code": asked.code, "version": asked.version, "wave_id": wave.id,
           "responses": len(sheets), "imported_at": at, "headings": results.headings}  # fmt: skip
    questionnaires.add_survey_import(con, row)
    detail = {"number": wave.number, "responses": len(sheets), "file": digest}
    detail |= {"day": results.day} if results.day else {}
    detail |= {"kept": list(results.kept), "reason": reason} if results.kept else {}
    events.append(con, Event(at, "survey", "import", wave.id, wave.seq, actor.id, actor.role, detail=detail))
    return ImportedWave(asked.code, asked.version, wave.id, len(sheets), there, turned_away)


def _add(con: Connection, wave: Wave, asked: Questionnaire, digest: str, sheets: Sequence[Answered]) -> None:
    responses = [_response(wave, sheet, digest) for sheet in sheets]
    answers = [
        a for response, sheet in zip(responses, sheets, strict=True) for a in answers_of(asked, response, sheet.answers)
    ]
    surveys.add_responses(con, responses, answers)
    surveys.keep_comments(con, wave.id)


def _grown(con: Connection, before: Earlier, actor: Actor, at: datetime) -> Wave:
    """The wave with the days of the new sheets, and a version of its own where they name choices that nobody had."""
    wave, times = before.wave, [read_moment(sheet.submitted) for sheet in before.new]
    first, last = [min(times), max(times)] if times else [wave.opens_at, wave.opens_at]
    if before.asked.version != wave.questionnaire_version:
        questionnaires.add(con, as_content(before.asked), state="closed", by=actor.id, at=at)
    days = {"opens_at": min(wave.opens_at, first), "closes_at": max(wave.closes_at, last + timedelta(seconds=1))}
    return surveys.change_wave(con, wave, seen=wave.seq, questionnaire_version=before.asked.version, **days)


def _wave(con: Connection, asked: Questionnaire, digest: str, sheets: Sequence[Answered]) -> Wave:
    times = [read_moment(sheet.submitted) for sheet in sheets]
    first, last = min(times), max(times)
    day = clock.day_of(last).isoformat()
    return Wave(
        id=str(uuid5(NAMESPACE_URL, f"wjx/{digest}")),
        number=numbers.following(con, "wave"),
        title_zh=f"{asked.title.zh} {day}",
        title_en=f"{asked.title.en} {day}",
        questionnaire_code=asked.code,
        questionnaire_version=asked.version,
        opens_at=first,
        closes_at=last + timedelta(seconds=1),
        seq=1,
    )


def _response(wave: Wave, sheet: Answered, digest: str) -> Response:
    """Of no enterprise: the file does not say whose answer it is, and its addresses are not kept."""
    return Response(
        id=str(uuid5(NAMESPACE_URL, f"wjx/{digest}/{sheet.row}")),
        wave_id=wave.id,
        source="import",
        sector_code="",
        town_code="",
        size="",
        started_at=started(sheet),
        submitted_at=read_moment(sheet.submitted),
    )
