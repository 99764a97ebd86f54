"""Documents that leave by an authorised route: letters, the templates in use, briefings."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from casework import briefings
from casework.documents import documents
from casework.letters import letters
from db.refused import Refused
from pages.shared.here import now, store
from pages.web.asked import actor_of, file_answer, language_of, not_there
from pages.web.paper_answer import KINDS, paper_answer


def letter(request: Request) -> Response:
    """GET /letters/{id}.docx or .pdf: the same answer for one that does not exist and for one that is not theirs."""
    actor = actor_of(request)
    if actor is None or request.path_params["kind"] not in KINDS:
        return not_there(request, "letter_unknown")
    try:
        found, content = letters.rebuild(store(), actor=actor, letter_id=request.path_params["id"])
    except Refused as refusal:
        return not_there(request, refusal.code)
    return paper_answer(request, content, f"letter-{found.year}-{found.number}")


def template(request: Request) -> Response:
    """GET /templates/{name}.docx: the Word template in use."""
    actor, name = actor_of(request), request.path_params["name"]
    if actor is None or not actor.may("triage_case"):
        return not_there(request, "forbidden", status=403)
    if name not in documents.KINDS:
        return not_there(request, "template_unreadable")
    present = store().read(lambda con: documents.present(con, name, now()))
    return file_answer(present.content, f"template-{name}", "docx")


def briefing(request: Request) -> Response:
    """GET /briefings/{since}/{until}.docx or .xlsx."""
    actor, kind, at = actor_of(request), request.path_params["kind"], now()
    if actor is None or kind not in ("docx", "xlsx"):
        return not_there(request, "forbidden", status=403)
    language = "zh" if kind == "docx" else language_of(request)
    try:
        since, until = (date.fromisoformat(request.path_params[name]) for name in ("since", "until"))
        found = briefings.briefing(store(), actor=actor, since=since, until=until, language=language, at=at)
    except ValueError:
        return not_there(request, "period")
    except Refused as refusal:
        return not_there(request, refusal.code, status=403 if refusal.code == "forbidden" else 404)
    if kind == "docx":
        made = briefings.to_word(store(), found, at=at)
    else:
        made = briefings.to_excel(store(), found, language=language, at=at)
    return file_answer(made, f"briefing-{found.since:%Y%m%d}-{found.until:%Y%m%d}", kind)
