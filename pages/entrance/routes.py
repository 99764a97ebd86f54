"""The HTTP routes by which people with a password come in, and all leave; and the language they chose."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import i18n
from access import entrance
from db.refused import Refused
from pages.entrance.let_in import let_in
from pages.entrance.pages import sign_in_page, sign_out_page
from pages.shared.cookies import LANGUAGE_COOKIE, SESSION_COOKIE, YEAR
from pages.shared.here import now, store
from pages.web import identity
from pages.web.asked import actor_of, address_of, cookie, from_here, keep_cookie, language_of, own_path
from pages.web.posted import Typed, posted


def language(request: Request) -> Response:
    answer = RedirectResponse(own_path(request.query_params.get("next", "/")), status_code=303)
    chosen = i18n.choose(request.path_params["code"])
    keep_cookie(request, answer, LANGUAGE_COOKIE, chosen, seconds=YEAR)
    return answer


def sign_in_form(request: Request) -> Response:
    return _shown(request, own_path(request.query_params.get("next", "/")))


@posted("login", "password", "next")
def sign_in(request: Request, typed: Typed) -> Response:
    login, password, then = typed["login"], typed["password"], own_path(typed["next"])
    try:
        entered = entrance.sign_in(store(), login=login, password=password, address=address_of(request), at=now())
    except Refused as refusal:
        return _shown(request, then, refusal=refusal, login=login)
    return let_in(request, entered, then)


def _shown(request: Request, then: str, *, refusal: Refused | None = None, login: str = "") -> Response:
    elsewhere = identity.configured()
    return sign_in_page(language_of(request), refusal=refusal, login=login, then=then, identity=elsewhere)


def sign_out(request: Request) -> Response:
    """By a button of ours alone: whatever else can make a browser ask only gets asked back, and loses no cookie."""
    if request.method != "POST" or not from_here(request):
        person = actor_of(request)
        return sign_out_page(language_of(request), person) if person else RedirectResponse("/", status_code=303)
    entrance.sign_out(store(), cookie(request, SESSION_COOKIE), now())
    answer = RedirectResponse("/", status_code=303)
    keep_cookie(request, answer, SESSION_COOKIE, "", seconds=0)
    return answer
