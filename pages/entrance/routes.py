"""The HTTP routes by which people come in and leave: sign-in, invitation, receipt; and the language they chose."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import i18n
from access import entrance
from access.entrance import Entered
from access.tokens import new_token
from access.typed import link_part
from db.refused import Refused
from pages.entrance.pages import follow_page, instead_page, sign_in_page, sign_out_page
from pages.shared.here import LANGUAGE_COOKIE, RECEIPTS_COOKIE, SESSION_COOKIE, now, store
from pages.web.asked import actor_of, address_of, from_here, is_secure, language_of, own_path
from pages.web.plain_pages import refused_page

YEAR = 365 * 24 * 3600
BROWSER_COOKIE = "f2f_browser"
LET_IN = 303


def language(request: Request) -> Response:
    answer = RedirectResponse(own_path(request.query_params.get("next", "/")), status_code=303)
    chosen = i18n.choose(request.path_params["code"])
    answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=YEAR, httponly=True, samesite="lax", secure=is_secure(request))
    return answer


def sign_in_form(request: Request) -> Response:
    return sign_in_page(language_of(request), then=own_path(request.query_params.get("next", "/")))


async def sign_in(request: Request) -> Response:
    if not from_here(request):
        return refused_page(language_of(request), Refused("other_site"))
    form = await request.form()
    login, password = str(form.get("login", "")), str(form.get("password", ""))
    return await _in_thread(_sign_in, request, login, password, own_path(str(form.get("next", "/"))))


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
    entrance.sign_out(store(), request.cookies.get(SESSION_COOKIE), now())
    answer = RedirectResponse("/", status_code=303)
    answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax", secure=is_secure(request))
    return answer


def by_link(enter: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """The route of a link that lets somebody in. It takes an account's place only after its holder has said so: a GET
    asks whoever is signed in, by a page whose button posts; a post of another site's does nothing."""

    def route(request: Request) -> Response:
        person = actor_of(request)
        signed_in = person is not None and person.way == "account"
        if request.method == "POST" and not from_here(request):
            return refused_page(language_of(request), Refused("other_site"))
        if person and signed_in and request.method != "POST":
            return instead_page(language_of(request), person, address=_address(request))
        answer = enter(request)
        if signed_in and answer.status_code == LET_IN:
            entrance.sign_out(store(), request.cookies.get(SESSION_COOKIE), now())
        return answer

    return route


@by_link
def invitation(request: Request) -> Response:
    token = request.path_params["token"]
    try:
        entered = entrance.enter_by_invitation(store(), token=token, address=address_of(request), at=now())
    except Refused as refusal:
        return refused_page(language_of(request), refusal, back=request.url.path)
    answer = let_in(request, entered, "/survey" if entered.wave_id else "/raise")
    return _marked(request, answer, RECEIPTS_COOKIE, path="/")


@by_link
def open_link(request: Request) -> Response:
    """A wall's code. The browser's mark outlives the visit, so that one browser answers once."""
    browser = request.cookies.get(BROWSER_COOKIE) or new_token()
    token = request.path_params["token"]
    try:
        entered = entrance.enter_by_open_link(
            store(), token=token, browser=browser, address=address_of(request), at=now()
        )
    except Refused as refusal:
        return refused_page(language_of(request), refusal, back=request.url.path)
    return _marked(request, let_in(request, entered, "/survey"), BROWSER_COOKIE, path="/s", mark=browser)


def follow_form(request: Request) -> Response:
    """The QR code on a receipt carries the number; a code copied from paper is asked for it."""
    if request.query_params.get("case"):
        return _follow(request)
    return follow_page(language_of(request), link_part(request.path_params["code"]), person=actor_of(request))


async def follow(request: Request) -> Response:
    request.state.number = str((await request.form()).get("number", ""))
    return await _in_thread(_follow, request)


@by_link
def _follow(request: Request) -> Response:
    """`number` is typed, or stands in the address."""
    code = link_part(request.path_params["code"])
    number = getattr(request.state, "number", "") or request.query_params.get("case", "")
    try:
        entered = entrance.enter_by_code(store(), code=code, number=number, address=address_of(request), at=now())
    except Refused as refusal:
        return follow_page(language_of(request), code, refusal=refusal, number=number, person=actor_of(request))
    return let_in(request, entered, "/case")


def let_in(request: Request, entered: Entered, path: str) -> Response:
    answer = RedirectResponse(path, status_code=LET_IN)
    answer.set_cookie(
        SESSION_COOKIE,
        entered.token,
        max_age=int(entered.lasts.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
    )
    return answer


async def _in_thread(fn: Callable[..., Response], *args: object) -> Response:
    return await run_in_threadpool(fn, *args)


def _marked(request: Request, answer: Response, name: str, *, path: str, mark: str = "") -> Response:
    """With the browser's mark of this name, which outlives the visit."""
    mark = mark or request.cookies.get(name) or new_token()
    answer.set_cookie(name, mark, max_age=YEAR, httponly=True, samesite="lax", secure=is_secure(request), path=path)
    return answer


def _pressed_here(request: Request) -> bool:
    return request.method == "POST" and from_here(request)


def _address(request: Request) -> str:
    """What was asked for, to be asked for again."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
