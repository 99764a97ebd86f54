"""Which answer sheets of a result file can be taken, when each was sent, and why others are turned away."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from intake.questionnaires.model import Questionnaire
from intake.questionnaires.questionnaire import validate
from intake.wjx.reader import Answered
from intake.wjx.sheet import moment_of
from intake.xlsform.sheets import Remark


def sorted_out(asked: Questionnaire, sheets: Sequence[Answered]) -> tuple[list[Answered], list[Remark]]:
    """The sheets that can be taken, and a remark on each other one; one on all where none says when it was sent."""
    if sheets and not any(moment_of(sheet.submitted) for sheet in sheets):
        return [], [Remark("", 0, "提交答卷时间", "wjx_no_moment", facts={"n": len(sheets)})]
    remarks = [_wrong(asked, sheet) for sheet in sheets]
    taken = [sheet for sheet, remark in zip(sheets, remarks, strict=True) if remark is None]
    return taken, [remark for remark in remarks if remark]


def _wrong(asked: Questionnaire, sheet: Answered) -> Remark | None:
    if sheet.copy_of:
        return Remark("", sheet.row, "序号", "wjx_twice", sheet.serial, {"other": sheet.copy_of})
    if moment_of(sheet.submitted) is None:
        return Remark("", sheet.row, "提交答卷时间", "wjx_moment", sheet.serial)
    wrong = validate(asked, sheet.answers)
    return Remark("", sheet.row, next(iter(wrong)), "wjx_answer", sheet.serial) if wrong else None


def read_moment(submitted: str) -> datetime:
    """When a sheet that can be taken was sent, UTC."""
    found = moment_of(submitted)
    assert found is not None
    return found


def started(sheet: Answered) -> datetime | None:
    seconds = re.match(r"\d{1,7}", sheet.seconds)
    return read_moment(sheet.submitted) - timedelta(seconds=int(seconds[0])) if seconds else None
