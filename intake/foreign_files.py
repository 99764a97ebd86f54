"""`python -m intake import xlsform|wjx FILE`: a file of another survey system, checked or taken in, as JSON."""

import hashlib
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import i18n
from db import references
from db.refused import Refused
from intake.files.apart import read_apart
from intake.files.imports import capped
from intake.files.upload import MOST_BYTES, Upload
from intake.questionnaires.model import Questionnaire
from intake.questionnaires.questionnaire import read_questionnaire
from intake.wjx.reader import WjxReading, is_scale, read_wjx
from intake.wjx.sheet import cells_of, returned_sheets
from intake.wjx.sorting import sorted_out
from intake.wjx.wave import ImportedWave
from intake.xlsform.reader import Reading, read_xlsform
from intake.xlsform.sheets import Remark

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
        return read_apart(_form, upload)
    except Refused as refusal:
        return refused(refusal)
    except Exception:
        log.exception("the form could not be read")
        return refused(Refused("file_damaged"))


def _form(upload: Upload) -> Reading:
    return read_xlsform(upload, code=code_of(upload.content), model=model())


def is_form(reading: Reading) -> bool:
    """Whether the file is an XLSForm at all, be it an empty one: its questions may be numbered as results are."""
    return not {remark.code for remark in reading.refused} & {"xlsform_no_survey", "xlsform_no_type"}


def read_result_file(
    upload: Upload, chosen: Mapping[str, str] | None = None, keep: Collection[str] = (), day: date | None = None
) -> WjxReading:
    """A result workbook; `chosen`, `keep` and `day` are what a person says of it, see `read_wjx`."""
    try:
        return read_apart(_results, upload, dict(chosen or {}), tuple(keep), day.isoformat() if day else "")
    except Refused as refusal:
        return WjxReading(refused(refusal))
    except Exception:
        log.exception("the results could not be read")
        return WjxReading(refused(Refused("file_damaged")))


def _results(upload: Upload, chosen: dict[str, str], keep: tuple[str, ...], day: str) -> WjxReading:
    code = f"w{code_of(upload.content)[1:]}"
    found = read_wjx(cells_of(upload), code=code, model=model(), chosen=chosen, keep=keep, day=day)
    asked = found.reading.questionnaire
    if asked is None:
        return found
    taken, turned_away = sorted_out(asked, found.sheets)
    return replace(found, turned_away=capped(turned_away), taken=tuple(sheet.row for sheet in taken))


def refused_results(
    upload: Upload,
    chosen: Mapping[str, str],
    keep: Collection[str],
    day: date | None,
    language: str,
    more: Sequence[Remark] = (),
) -> bytes:
    """The answer sheets that are not taken, as a file with a column of reasons; `more` is what the store says of them.

    Raises Refused('file_…').
    """
    said = day.isoformat() if day else ""
    return read_apart(_returned, upload, dict(chosen), tuple(keep), said, language, tuple(more))


def _returned(
    upload: Upload, chosen: dict[str, str], keep: tuple[str, ...], day: str, language: str, more: tuple[Remark, ...]
) -> bytes:
    cells = cells_of(upload)
    found = read_wjx(cells, code="", model=model(), chosen=chosen, keep=keep, day=day)
    asked = found.reading.questionnaire
    wrong = [*(sorted_out(asked, found.sheets)[1] if asked else ()), *more]
    why = {one.row: f"{one.column}: {one.reason(language)}" for one in wrong if one.row}
    return returned_sheets(upload, cells, why, language)


def results_as_json(found: WjxReading, language: str) -> dict[str, Any]:
    """As a form, with what each question was taken for and why, what its scale counts, and how many answer sheets can
    be taken."""
    answer = as_json(found.reading, language)
    why = {guess.code: i18n.text(f"wjx.{guess.evidence}", language, **guess.facts) for guess in found.guesses}
    items = found.reading.questionnaire.items if found.reading.questionnaire else ()
    scales = {item.code: {one.zh: one.value for one in item.options} for item in items if is_scale(item)}
    for item in answer["read"]:
        item["why"] = why[item["code"]]
        if scale := scales.get(item["code"]):
            item["scale"] = scale
    answer["refused"] += _remarks(found.turned_away, language)
    answer["responses"] = found.takes
    return answer | ({"platform": found.source} if found.source else {})


def taken_as_json(taken: ImportedWave, language: str) -> dict[str, Any]:
    """What an import wrote: of a corrected file, what its wave did not have yet."""
    answer: dict[str, Any] = {"wave": taken.wave_id, "again": taken.again, "there": taken.there}
    if taken.again:
        return answer
    return answer | {"responses": taken.responses, "refused": _remarks(taken.refused, language)}


def refused(refusal: Refused) -> Reading:
    return Reading(None, refused=(Remark.of_file(refusal.code, refusal.facts),))


def as_json(reading: Reading, language: str) -> dict[str, Any]:
    return {
        "read": [
            {"row": i.row, "name": i.name, "type": i.type, "code": i.code, "kind": i.kind, "missing": list(i.missing)}
            for i in reading.read
        ],
        "unsupported": _remarks(reading.unsupported, language),
        "refused": _remarks(reading.refused, language),
    }


def _remarks(found: Sequence[Remark], language: str) -> list[dict[str, Any]]:
    return [
        {
            "sheet": remark.sheet,
            "row": remark.row,
            "column": remark.column,
            "name": remark.name,
            "code": remark.code,
            "reason": remark.reason(language),
        }
        for remark in found
    ]
