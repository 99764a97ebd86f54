"""What a forum leaves by an authorised route: its agenda and its minutes, as Word and PDF."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from casework.forum_day.minutes import minutes
from casework.forums.agenda_paper import agenda_paper
from db.refused import Refused
from pages.shared.here import store
from pages.web.asked import actor_of, not_there
from pages.web.paper_answer import KINDS, paper_answer


def agenda_of(request: Request) -> Response:
    """GET /agenda/{id}.docx or .pdf."""
    return _paper(request, "agenda", agenda_paper)


def minutes_of(request: Request) -> Response:
    """GET /minutes/{id}.docx or .pdf."""
    return _paper(request, "minutes", minutes)


def _paper(request: Request, name: str, make: Callable[..., bytes]) -> Response:
    if request.path_params["kind"] not in KINDS:
        return not_there(request, "forum_unknown")
    actor, code, status = actor_of(request), "forbidden", 403
    if actor is not None:
        try:
            content = make(store(), actor=actor, forum_id=request.path_params["id"])
            return paper_answer(request, content, name)
        except Refused as refusal:
            code, status = refusal.code, 403 if refusal.code == "forbidden" else 404
    return not_there(request, code, status=status)
