"""Results as files: of a closed wave for those who may see them, of what was published for everybody."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import i18n
from db.survey import estimates as stored
from insight.survey.report import Report, from_json
from insight.survey.wave_numbers import INDEX
from pages.results import board as results_board
from pages.results.files import FILES, content
from pages.shared.here import store
from pages.web.asked import actor_of, file_answer, language_named, language_of, not_there


def results_file(request: Request) -> Response:
    """GET /results/{number}.xlsx, .csv, .parquet or .docx: all that the page can show of a closed wave."""
    actor, language = actor_of(request), language_of(request)
    if actor is None or not actor.may("see_results"):
        return not_there(request, "forbidden", status=403)
    number, kind = request.path_params["number"], request.path_params["kind"]
    waves = results_board.closed_waves()
    wave = next((one for one in waves if str(one.number) == number), None)
    if wave is None or kind not in FILES.values():
        return not_there(request, "results_not_closed")
    earlier = [one for one in waves if one.number < wave.number]
    found = results_board.results(wave, earlier[0] if earlier else None)
    return file_answer(content(found, kind, results_board.speech(language)), f"survey-{wave.number}", kind)


def published_file(request: Request) -> Response:
    """GET /published/{number}.xlsx, .csv, .parquet or .docx: what the public page shows, no account asked."""
    language, kind = language_named(request), request.path_params["kind"]
    live = (from_json(one.content) for one in store().read(stored.public))
    found = next((one for one in live if str(one.number) == request.path_params["number"]), None)
    if found is None or kind not in FILES.values():
        return PlainTextResponse(i18n.text("results.public.not_this", language), status_code=404)
    made = content(_as_shown(found), kind, results_board.speech(language))
    return file_answer(made, f"survey-{found.number}-published", kind)


def _as_shown(found: Report) -> Report:
    """The public page breaks down the index alone: dimensions by town were not chosen for publication by themselves."""
    return replace(found, tables={name: {INDEX: cells.get(INDEX, ())} for name, cells in found.tables.items()})
