"""A corrected file: the wave that it belongs to, and which of its answer sheets are not there yet.

It is the file of a survey imported before where its headings are the same and at least one sheet is, in time and
answers; the same form asked again next year has no sheet in common.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from db.refused import Refused
from db.sql import Connection
from db.survey import questionnaires, surveys
from db.survey.surveys import Wave
from intake.questionnaires.model import Questionnaire
from intake.questionnaires.questionnaire import asked_in, to_store
from intake.wjx.reader import Answered, answered_as
from intake.wjx.sheet import ResultSheet
from intake.wjx.sorting import read_moment, sorted_out, started
from intake.xlsform.sheets import Remark

_Times = tuple[datetime, datetime | None]
_Contents = tuple[_Times, frozenset[tuple[object, ...]]]


@dataclass(frozen=True)
class Earlier:
    """`asked` has the choices of the new sheets too; `there` counts the sheets that the wave has."""

    wave: Wave
    asked: Questionnaire
    new: list[Answered]
    there: int
    refused: list[Remark]


def earlier(con: Connection, results: ResultSheet) -> Earlier | None:
    """Raises Refused('wjx_keep_late' | 'wjx_published')."""
    for wave_id in questionnaires.imported_waves(con, results.headings):
        wave = surveys.wave(con, wave_id)
        found = _beside(con, wave, results) if wave else None
        if found and found.there:
            if found.new and surveys.was_published(con, wave_id):
                raise Refused("wjx_published", n=len(found.new))
            asked_before(con, found.wave, results)
            return found
    return None


def asked_before(con: Connection, wave: Wave, results: ResultSheet) -> None:
    """What was left out of the first file stays out. Raises Refused('wjx_keep_late')."""
    late = set(results.kept) & set(answered_as(results, asked_in(con, wave))[2])
    if late:
        raise Refused("wjx_keep_late", heading="、".join(sorted(late)))


def _beside(con: Connection, wave: Wave, results: ResultSheet) -> Earlier:
    known = asked_in(con, wave)
    asked, sheets, _ = answered_as(results, known)
    taken, refused = sorted_out(asked, sheets)
    codes = {code for sheet in sheets for code in sheet.answers}
    stored = _stored(con, wave, codes)
    left, new = Counter(stored), []
    for sheet in taken:
        contents = _contents(asked, sheet)
        if left[contents]:
            left[contents] -= 1
        else:
            new.append(sheet)
    there = len(taken) - len(new)
    changed = _changed(new, [times for (times, _), n in left.items() for _ in range(n)])
    refused += [Remark("", sheet.row, "提交答卷时间", "wjx_changed", sheet.serial) for sheet in changed]
    new = [sheet for sheet in new if sheet not in changed]
    if asked != known:
        items = tuple(replace(item, was=item.code) for item in asked.items)
        asked = replace(asked, version=known.version + 1, follows=known.version, items=items)
    return Earlier(wave, asked, new, there, sorted(refused, key=lambda remark: remark.row))


def _changed(new: Sequence[Answered], unmatched: list[_Times]) -> list[Answered]:
    """New sheets of the very times of one that is stored and not in this file: it was changed, and comes only once."""
    left = Counter(unmatched)
    found = []
    for sheet in new:
        if left[_times(sheet)]:
            left[_times(sheet)] -= 1
            found.append(sheet)
    return found


def _times(sheet: Answered) -> _Times:
    return read_moment(sheet.submitted), started(sheet)


def _contents(asked: Questionnaire, sheet: Answered) -> _Contents:
    rows = to_store(asked, sheet.answers)
    return _times(sheet), frozenset((row.item, row.value, row.choice, row.text) for row in rows)


def _stored(con: Connection, wave: Wave, codes: set[str]) -> list[_Contents]:
    """What the wave has of each sheet, of the items that the file asks: a column may be left out this time."""
    answers: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    times: dict[str, _Times] = {}
    for row in surveys.contents(con, wave.id):
        times[row["id"]] = (row["submitted_at"], row["started_at"])
        if row["item"] and row["item"].partition(".")[0] in codes:
            answers[row["id"]].add((row["item"], row["value"], row["choice"], row["text"]))
    return [(times[found], frozenset(answers[found])) for found in times]
