"""The HTTP routes by which people with an account come in and leave; and the language they chose."""

from collections.abc import Callable
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import i18n
from access import entrance, second_factor
from access.entrance import Entered
from db.refused import Refused
from pages.entrance.pages import code_page, sign_in_page, sign_out_page
from pages.shared.cookies import LANGUAGE_COOKIE, NEXT_COOKIE, SESSION_COOKIE
from pages.shared.here import now, store
from pages.web import identity
from pages.web.asked import actor_of, address_of, cookie, from_here, keep_cookie, language_of, own_path
from pages.web.plain_pages import refused_page

YEAR = 365 * 24 * 3600  # seconds
LET_IN = 303
CODE = "/sign-in/code"


def language(request: Request) -> Response:
    answer = RedirectResponse(own_path(request.query_params.get("next", "/")), status_code=303)
    chosen = i18n.choose(request.path_params["code"])
    keep_cookie(request, answer, LANGUAGE_COOKIE, chosen, seconds=YEAR)
    return answer


def sign_in_form(request: Request) -> Response:
    then = own_path(request.query_params.get("next", "/"))
    return sign_in_page(language_of(request), then=then, identity=identity.configured())


async def sign_in(request: Request) -> Response:
    if not from_here(request):
        return refused_page(language_of(request), Refused("other_site"))
    form = await request.form()
    login, password = str(form.get("login", "")), str(form.get("password", ""))
    return await in_thread(_sign_in, request, login, password, own_path(str(form.get("next", "/"))))


def _sign_in(request: Request, login: str, password: str, then: str) -> Response:
    try:
        entered = entrance.sign_in(store(), login=login, password=password, address=address_of(request), at=now())
    except Refused as refusal:
        return sign_in_page(
            language_of(request), refusal=refusal, login=login, then=then, identity=identity.configured()
        )
    return let_in(request, entered, then)


def to_identity(request: Request) -> Response:
    """GET /sign-in/identity: to the house that says who it is, where one is named."""
    if not identity.configured():
        return refused_page(language_of(request), Refused("no_such_page"), status=404)
    answer = RedirectResponse(identity.address(), status_code=303)
    keep_cookie(request, answer, NEXT_COOKIE, own_path(request.query_params.get("next", "/")), seconds=600)
    return answer


def from_identity(request: Request) -> Response:
    """GET /sign-in/identity/done: with the other house's word, which is taken for a session of ours and forgotten."""
    try:
        login = identity.login_of(request)
        entered = entrance.enter_by_identity(store(), login=login, address=address_of(request), at=now())
        answer = let_in(request, entered, own_path(cookie(request, NEXT_COOKIE)))
    except Refused as refusal:
        answer = refused_page(language_of(request), refusal)
    identity.forget(request, answer)
    return answer


def code_form(request: Request) -> Response:
    """GET /sign-in/code: after the password."""
    return _code_page(request, own_path(request.query_params.get("next", "/")), None)


async def code(request: Request) -> Response:
    if not from_here(request):
        return refused_page(language_of(request), Refused("other_site"))
    form = await request.form()
    return await in_thread(_code, request, str(form.get("code", "")), own_path(str(form.get("next", "/"))))


def _code(request: Request, typed: str, then: str) -> Response:
    token = cookie(request, SESSION_COOKIE)
    try:
        entered = second_factor.enter(store(), token=token, code=typed, address=address_of(request), at=now())
    except Refused as refusal:
        return _code_page(request, then, refusal)
    return let_in(request, entered, then)


def _code_page(request: Request, then: str, refusal: Refused | None) -> Response:
    try:
        found = second_factor.asked(store(), token=cookie(request, SESSION_COOKIE), at=now())
    except Refused:  # too late, or nobody typed a password
        return RedirectResponse(f"/sign-in?{urlencode({'next': then})}", status_code=303)
    return code_page(language_of(request), found, refusal=refusal, then=then)


def sign_out(request: Request) -> Response:
    """By a button of ours alone: whatever else can make a browser ask only gets asked back, and loses no cookie."""
    if not _pressed_here(request):
        person = actor_of(request)
        return sign_out_page(language_of(request), person) if person else RedirectResponse("/", status_code=303)
    entrance.sign_out(store(), cookie(request, SESSION_COOKIE), now())
    answer = RedirectResponse("/", status_code=303)
    keep_cookie(request, answer, SESSION_COOKIE, "", seconds=0)
    return answer


def let_in(request: Request, entered: Entered, path: str) -> Response:
    """With a new session; the one that this browser had ends, whoever's it was. Where a code is asked as well, it leads
    there first."""
    entrance.sign_out(store(), cookie(request, SESSION_COOKIE), now())
    to = f"{CODE}?{urlencode({'next': path})}" if entered.half else path
    answer = RedirectResponse(to, status_code=LET_IN)
    with_session(request, answer, entered)
    return answer


def with_session(request: Request, answer: Response, entered: Entered) -> None:
    keep_cookie(request, answer, SESSION_COOKIE, entered.token, seconds=int(entered.lasts.total_seconds()))


async def in_thread(fn: Callable[..., Response], *args: object) -> Response:
    return await run_in_threadpool(fn, *args)


def _pressed_here(request: Request) -> bool:
    return request.method == "POST" and from_here(request)
