"""The HTTP routes by which people with an account come in and leave; and the language they chose."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import i18n
from access import entrance
from access.entrance import Entered
from db.refused import Refused
from pages.entrance.pages import sign_in_page, sign_out_page
from pages.shared.cookies import LANGUAGE_COOKIE, SESSION_COOKIE
from pages.shared.here import now, store
from pages.web.asked import actor_of, address_of, cookie, from_here, keep_cookie, language_of, own_path
from pages.web.plain_pages import refused_page

YEAR = 365 * 24 * 3600  # seconds
LET_IN = 303


def language(request: Request) -> Response:
    answer = RedirectResponse(own_path(request.query_params.get("next", "/")), status_code=303)
    chosen = i18n.choose(request.path_params["code"])
    keep_cookie(request, answer, LANGUAGE_COOKIE, chosen, seconds=YEAR)
    return answer


def sign_in_form(request: Request) -> Response:
    return sign_in_page(language_of(request), then=own_path(request.query_params.get("next", "/")))


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
        return sign_in_page(language_of(request), refusal=refusal, login=login, then=then)
    return let_in(request, entered, then)


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
    """With a new session; the one that this browser had ends, whoever's it was."""
    entrance.sign_out(store(), cookie(request, SESSION_COOKIE), now())
    answer = RedirectResponse(path, status_code=LET_IN)
    with_session(request, answer, entered)
    return answer


def with_session(request: Request, answer: Response, entered: Entered) -> None:
    keep_cookie(request, answer, SESSION_COOKIE, entered.token, seconds=int(entered.lasts.total_seconds()))


async def in_thread(fn: Callable[..., Response], *args: object) -> Response:
    return await run_in_threadpool(fn, *args)


def _pressed_here(request: Request) -> bool:
    return request.method == "POST" and from_here(request)
