"""The HTTP routes beside Streamlit: health, sign-in, invitation, receipt, language, downloads."""

import logging
from collections.abc import Callable
from urllib.parse import urlparse

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

import i18n
from access import entrance
from access.entrance import Entered
from db import events, settings
from db.refused import Refused
from pages import letter_routes
from pages.attachment_routes import attachment
from pages.downloads import export_cases
from pages.entrance_pages import follow_page, refused_page, sign_in_page
from pages.parts.here import LANGUAGE_COOKIE, SESSION_COOKIE, now, store

log = logging.getLogger(__name__)

YEAR = 365 * 24 * 3600


def healthz(_request: Request) -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"})


def readyz(_request: Request) -> Response:
    """The store answers and can write; 503 otherwise."""
    try:
        store().write(settings.probe)
        head = store().read(events.head)
    except Exception:
        log.exception("not ready")
        return JSONResponse({"status": "not ready"}, status_code=503)
    return JSONResponse({"status": "ready", "revision": head.n, "head": head.hash})


def language(request: Request) -> Response:
    answer = RedirectResponse(_own_path(request.query_params.get("next", "/")), status_code=303)
    chosen = i18n.choose(request.path_params["code"])
    answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=YEAR, httponly=True, samesite="lax", secure=_secure(request))
    return answer


def sign_in_form(request: Request) -> Response:
    return sign_in_page(_lang(request), then=_own_path(request.query_params.get("next", "/")))


async def sign_in(request: Request) -> Response:
    if not _from_here(request):
        return refused_page(_lang(request), Refused("other_site"))
    form = await request.form()
    login, password = str(form.get("login", "")), str(form.get("password", ""))
    return await _in_thread(_sign_in, request, login, password, _own_path(str(form.get("next", "/"))))


def _sign_in(request: Request, login: str, password: str, then: str) -> Response:
    try:
        entered = entrance.sign_in(store(), login=login, password=password, address=_address(request), at=now())
    except Refused as refusal:
        return sign_in_page(_lang(request), refusal=refusal, login=login, then=then)
    return _let_in(request, entered, then)


def sign_out(request: Request) -> Response:
    """Only from our own pages: another site cannot sign anybody out."""
    answer = RedirectResponse("/", status_code=303)
    if _from_here(request):
        entrance.sign_out(store(), request.cookies.get(SESSION_COOKIE), now())
        answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax", secure=_secure(request))
    return answer


def invitation(request: Request) -> Response:
    token = request.path_params["token"]
    try:
        entered = entrance.enter_by_invitation(store(), token=token, address=_address(request), at=now())
    except Refused as refusal:
        return refused_page(_lang(request), refusal)
    return _let_in(request, entered, "/survey" if entered.wave_id else "/raise")


def follow_form(request: Request) -> Response:
    """The QR code on a receipt carries the number; a code copied from paper is asked for it."""
    number = request.query_params.get("case")
    return _follow(request, number) if number else follow_page(_lang(request), request.path_params["code"])


async def follow(request: Request) -> Response:
    if not _from_here(request):
        return refused_page(_lang(request), Refused("other_site"))
    form = await request.form()
    return await _in_thread(_follow, request, str(form.get("number", "")))


def _follow(request: Request, number: str) -> Response:
    code = request.path_params["code"]
    try:
        entered = entrance.enter_by_code(store(), code=code, number=number, address=_address(request), at=now())
    except Refused as refusal:
        return follow_page(_lang(request), code, refusal=refusal, number=number)
    return _let_in(request, entered, "/case")


def _let_in(request: Request, entered: Entered, path: str) -> Response:
    answer = RedirectResponse(path, status_code=303)
    answer.set_cookie(
        SESSION_COOKIE,
        entered.token,
        max_age=int(entered.lasts.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=_secure(request),
    )
    return answer


def _from_here(request: Request) -> bool:
    """Whether our own page, or the address bar, asks: browsers say so, and another site cannot forge it."""
    site = request.headers.get("sec-fetch-site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    if not origin:  # no browser, or a link on a plain http address
        return True
    own = {request.headers.get("host"), request.headers.get("x-forwarded-host")}
    return urlparse(origin).netloc in own - {None}


def _own_path(path: str) -> str:
    """A path of ours; anything that would leave this site becomes the front page."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


def _lang(request: Request) -> i18n.Language:
    return i18n.choose(request.cookies.get(LANGUAGE_COOKIE) or request.headers.get("accept-language"))


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _secure(request: Request) -> bool:
    return request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"


async def _in_thread(fn: Callable[..., Response], *args: object) -> Response:
    return await run_in_threadpool(fn, *args)


ROUTES = [
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/language/{code}", language),
    Route("/sign-in", sign_in_form, methods=["GET"]),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-out", sign_out),
    Route("/i/{token}", invitation),
    Route("/c/{code}", follow_form, methods=["GET"]),
    Route("/c/{code}", follow, methods=["POST"]),
    Route("/attachments/{id}", attachment),
    Route("/export/cases.{kind}", export_cases),
    Route("/letters/{id}.{kind}", letter_routes.letter),
    Route("/templates/{name}.docx", letter_routes.template),
    Route("/briefings/{since}/{until}.{kind}", letter_routes.briefing),
]
