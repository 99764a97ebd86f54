"""Documents that leave by an authorised route: letters, the templates in use, briefings."""

from datetime import date

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import i18n
from casework import briefings
from casework.documents import documents
from casework.letters import letters
from db.refused import Refused
from pages.shared.here import now, store
from pages.web.asked import actor_of, file_answer, language_of


def letter(request: Request) -> Response:
    """GET /letters/{id}.docx or .pdf: the same answer for one that does not exist and for one that is not theirs."""
    actor, kind = actor_of(request), request.path_params["kind"]
    if actor is None or kind not in ("docx", "pdf"):
        return _refused(request, "letter_unknown", 404)
    try:
        found, content = letters.rebuild(store(), actor=actor, letter_id=request.path_params["id"])
    except Refused as refusal:
        return _refused(request, refusal.code, 404)
    made = content if kind == "docx" else documents.to_pdf(content)
    if made is None:
        return _refused(request, "no_pdf", 503)
    return file_answer(made, f"letter-{found.year}-{found.number}", kind)


def template(request: Request) -> Response:
    """GET /templates/{name}.docx: the Word template in use."""
    actor, name = actor_of(request), request.path_params["name"]
    if actor is None or not actor.may("triage_case"):
        return _refused(request, "forbidden", 403)
    if name not in documents.KINDS:
        return _refused(request, "template_unreadable", 404)
    present = store().read(lambda con: documents.present(con, name, now()))
    return file_answer(present.content, f"template-{name}", "docx")


def briefing(request: Request) -> Response:
    """GET /briefings/{since}/{until}.docx or .xlsx."""
    actor, kind, at = actor_of(request), request.path_params["kind"], now()
    if actor is None or kind not in ("docx", "xlsx"):
        return _refused(request, "forbidden", 403)
    language = "zh" if kind == "docx" else language_of(request)
    try:
        since, until = (date.fromisoformat(request.path_params[name]) for name in ("since", "until"))
        found = briefings.briefing(store(), actor=actor, since=since, until=until, language=language, at=at)
    except ValueError:
        return _refused(request, "period", 404)
    except Refused as refusal:
        return _refused(request, refusal.code, 403 if refusal.code == "forbidden" else 404)
    word = kind == "docx"
    made = briefings.to_word(store(), found, at=at) if word else briefings.to_excel(
        store(), found, language=language, at=at
    )  # fmt: skip
    return file_answer(made, f"briefing-{found.since:%Y%m%d}-{found.until:%Y%m%d}", kind)


def _refused(request: Request, code: str, status: int) -> Response:
    words = i18n.text(f"error.{code}", language_of(request))
    return PlainTextResponse(words, status_code=status, headers={"cache-control": "no-store"})
