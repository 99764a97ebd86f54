"""The wall of a forum, which moves by itself, and the sign-in of a phone that scanned its code. Both are public."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import i18n
from access.typed import link_part
from casework.forum_day import forum_wall
from casework.forum_day.forum_wall import Wall
from db.refused import Refused
from pages.forum_day.arrive_pages import arrive_page, arrived_page
from pages.forum_day.wall_page import HEADERS, answered, version, wall_page
from pages.shared.here import now, store
from pages.web.asked import address_of, language_of
from pages.web.plain_pages import refused_page
from pages.web.posted import Typed, posted


def wall(request: Request) -> Response:
    """GET /wall/{token}."""
    language = i18n.whole(language_of(request))
    try:
        found = _wall(request)
    except Refused as refusal:
        return refused_page(request, refusal, status=404)
    return wall_page(request, found, language)


def wall_now(request: Request) -> Response:
    """GET /wall/{token}/now: what moves on the wall."""
    try:
        found = _wall(request)
    except Refused as refusal:
        return JSONResponse({"error": refusal.code}, status_code=404, headers=HEADERS)
    said = [line.item.answer_kind for line in found.lines]
    moved = {"present": found.present, "answered": answered(found), "said": said, "version": version(found)}
    return JSONResponse(moved, headers=HEADERS)


def arrive_form(request: Request) -> Response:
    """GET /arrive/{token}."""
    language, token = language_of(request), link_part(request.path_params["token"])
    try:
        forum = forum_wall.forum_of(store(), token=token, address=address_of(request), at=now())
    except Refused as refusal:
        return refused_page(request, refusal, status=404)
    return arrive_page(language, token, forum)


@posted("name", "organisation", "country")
def arrive(request: Request, typed: Typed) -> Response:
    """POST /arrive/{token}. It needs no cookie and gives none: whoever is in the room may send our form."""
    language, address, at = language_of(request), address_of(request), now()
    token = link_part(request.path_params["token"])
    try:
        forum = forum_wall.forum_of(store(), token=token, address=address, at=at)
    except Refused as refusal:
        return refused_page(request, refusal, status=404)
    try:
        came = forum_wall.arrive(store(), token=token, address=address, at=at, **typed)
    except Refused as refusal:
        return arrive_page(language, token, forum, refusal=refusal, typed=typed)
    survey = forum_wall.wall(store(), token=token, address=address, at=at).survey
    return arrived_page(language, forum, came.person_name, survey)


def _wall(request: Request) -> Wall:
    token = request.path_params["token"]
    return forum_wall.wall(store(), token=token, address=address_of(request), at=now())
