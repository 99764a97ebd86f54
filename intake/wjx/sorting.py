"""Which answer sheets of a result file can be taken, when each was sent, and why others are turned away."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from db import clock
from intake.questionnaires.model import Questionnaire
from intake.questionnaires.questionnaire import validate
from intake.wjx.reader import Answered
from intake.wjx.sheet import MOMENT
from intake.xlsform.sheets import Remark


def sorted_out(asked: Questionnaire, sheets: Sequence[Answered]) -> tuple[list[Answered], list[Remark]]:
    """The sheets that can be taken, and a remark on each other one; one on all where none says when it was sent."""
    if sheets and not any(_moment(sheet.submitted) for sheet in sheets):
        return [], [Remark("", 0, "提交答卷时间", "wjx_no_moment", facts={"n": len(sheets)})]
    remarks = [_wrong(asked, sheet) for sheet in sheets]
    taken = [sheet for sheet, remark in zip(sheets, remarks, strict=True) if remark is None]
    return taken, [remark for remark in remarks if remark]


def _wrong(asked: Questionnaire, sheet: Answered) -> Remark | None:
    if sheet.copy_of:
        return Remark("", sheet.row, "序号", "wjx_twice", sheet.serial, {"other": sheet.copy_of})
    if _moment(sheet.submitted) is None:
        return Remark("", sheet.row, "提交答卷时间", "wjx_moment", sheet.serial)
    wrong = validate(asked, sheet.answers)
    return Remark("", sheet.row, next(iter(wrong)), "wjx_answer", sheet.serial) if wrong else None


def read_moment(submitted: str) -> datetime:
    """When a sheet that can be taken was sent, UTC."""
    found = _moment(submitted)
    assert found is not None
    return found


def started(sheet: Answered) -> datetime | None:
    seconds = re.match(r"\d{1,7}", sheet.seconds)
    return read_moment(sheet.submitted) - timedelta(seconds=int(seconds[0])) if seconds else None


def _moment(text: str) -> datetime | None:
    """UTC, from the file's Shanghai time."""
    found = MOMENT.match(text)
    if not found:
        return None
    year, month, day, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    try:
        start = clock.start_of_day(date(year, month, day))
    except ValueError:
        return None
    return start + timedelta(hours=hours, minutes=minutes, seconds=seconds) if hours < 24 else None
