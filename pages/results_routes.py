"""Results as files for those who may see them, and the public page of what the district published."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import i18n
from casework.exports import to_csv, to_workbook
from db import settings
from insight import report_files as files
from insight.report import Report
from insight.report_words import Speech
from pages.asked import actor_of, file_answer, language_of
from pages.parts import results_board
from pages.parts.here import now, store


def results_file(request: Request) -> Response:
    """GET /results/{number}.xlsx, .csv, .parquet or .docx: all that the page can show of a closed wave."""
    actor, language = actor_of(request), language_of(request)
    if actor is None or not actor.may("see_results"):
        return PlainTextResponse(i18n.text("error.forbidden", language), status_code=403)
    number, kind = request.path_params["number"], request.path_params["kind"]
    waves = results_board.closed_waves()
    wave = next((one for one in waves if str(one.number) == number), None)
    if wave is None or kind not in ("xlsx", "csv", "parquet", "docx"):
        return PlainTextResponse(i18n.text("error.results_not_closed", language), status_code=404)
    earlier = [one for one in waves if one.number < wave.number]
    found = results_board.results(wave, earlier[0] if earlier else None)
    return file_answer(_content(found, kind, results_board.speech(language)), f"survey-{wave.number}", kind)


def _content(found: Report, kind: str, say: Speech) -> bytes:
    if kind == "parquet":
        return files.to_parquet(found)
    if kind == "csv":
        return to_csv(files.columns(say), files.lines(found, say))
    if kind == "docx":
        issuer = store().read(settings.district).name(say.language)
        return files.to_word(found, say, issuer=issuer, at=now())
    notes = [[line] for line in files.notes(found, say)]
    title = found.title(say.language)
    return to_workbook(
        [
            (say.word("file.sheet_figures"), files.columns(say), files.lines(found, say), title),
            (say.word("file.sheet_rates"), files.rate_columns(say), files.rates(found, say), title),
            (say.word("file.sheet_method"), [title], notes, ""),
        ]
    )
