"""`python -m intake import xlsform|wjx FILE`: a file of another survey system, checked or taken in, as JSON."""

import hashlib
import logging
from pathlib import Path
from typing import Any

from db import references
from db.refused import Refused
from intake.question_model import Questionnaire
from intake.questionnaire import read_questionnaire
from intake.spreadsheets import MOST_BYTES, Upload
from intake.xlsform import Reading, read_xlsform
from intake.xlsform_sheets import Remark

log = logging.getLogger(__name__)
_MODEL = references.FOLDER / "questionnaire-satisfaction-1.json"


def model() -> Questionnaire:
    """What an imported questionnaire takes its scales and its privacy notice from."""
    return read_questionnaire(_MODEL.read_text(encoding="utf-8"))


def code_of(content: bytes) -> str:
    """The questionnaire that a file becomes: the same file is recognised."""
    return f"x{hashlib.sha256(content).hexdigest()[:12]}"


def upload_of(path: Path) -> Upload:
    try:
        with path.open("rb") as file:
            return Upload(path.name, file.read(MOST_BYTES + 1))
    except OSError:
        raise Refused("file_missing") from None


def read_form_file(upload: Upload) -> Reading:
    """Whatever happens is an answer: a refusal as such, a fault as a damaged file, logged."""
    try:
        return read_xlsform(upload, code=code_of(upload.content), model=model())
    except Refused as refusal:
        return refused(refusal)
    except Exception:
        log.exception("the form could not be read")
        return refused(Refused("file_damaged"))


def refused(refusal: Refused) -> Reading:
    return Reading(None, refused=(Remark("", 0, "", refusal.code, facts=refusal.facts),))


def as_json(reading: Reading, language: str) -> dict[str, Any]:
    return {
        "read": [
            {"row": i.row, "name": i.name, "type": i.type, "code": i.code, "kind": i.kind, "missing": list(i.missing)}
            for i in reading.read
        ],
        "unsupported": [_remark(remark, language) for remark in reading.unsupported],
        "refused": [_remark(remark, language) for remark in reading.refused],
    }


def _remark(remark: Remark, language: str) -> dict[str, Any]:
    return {
        "sheet": remark.sheet,
        "row": remark.row,
        "column": remark.column,
        "name": remark.name,
        "code": remark.code,
        "reason": remark.reason(language),
    }
