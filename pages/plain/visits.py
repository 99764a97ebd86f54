"""Who asks for a page of the plain form, what they sent, and the cookie that they leave with."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

import i18n
from access import entrance, form_limits
from access.actor import Actor
from access.entrance import Entered
from access.tokens import new_token
from db.refused import Refused
from intake.files.upload import Upload
from pages.entrance.let_in import LET_IN, with_session
from pages.entrance.links import marked
from pages.entrance.pages import instead_page
from pages.plain.came_in import Sent, sent_by
from pages.shared.cookies import BROWSER_COOKIE, RECEIPTS_COOKIE
from pages.shared.here import asked_by, now, store
from pages.survey.kind import Posted
from pages.web.asked import actor_of, address_of, cookie, from_here, language_of
from pages.web.plain_pages import refused_page
from pages.web.taken import mark

WALL = "/f/s/"  # what the addresses of walls' links begin with


@dataclass(frozen=True)
class Visit:
    """One request. `base` is the address of the form, by which its pages lead to each other; `given` were the fields
    of what was sent; `receipts` is this browser's mark, from which the codes of its receipts follow."""

    request: Request
    person: Actor
    at: datetime
    language: i18n.Language
    base: str
    given: Posted
    files: tuple[Upload, ...]
    receipts: str

    def to(self, **query: object) -> str:
        return f"{self.base}?{urlencode(query)}" if query else self.base

    def said(self, name: str) -> str:
        return (self.given.get(name) or ("",))[0]

    def spend(self, what: str = "send") -> None:
        """Raises Refused('too_many_tries') where this link, or this address, has sent too much lately."""
        form_limits.spend(store(), actor=self.person, what=what, at=self.at)

    def asked(self, name: str) -> str:
        return self.request.query_params.get(name, "")


@dataclass(frozen=True)
class _Entrance:
    person: Actor
    entered: Entered | None = None
    browser: str = ""


Page = Callable[[Visit], Response]


def plain(show: Page, take: Page) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    """The route of a page and of what is sent from it. Another site's post does nothing."""

    async def route(request: Request) -> Response:
        if request.method == "POST" and not from_here(request):
            return refused_page(language_of(request), Refused("other_site"))
        try:
            sent = await sent_by(request)
        except Refused as refusal:
            return refused_page(language_of(request), refusal, status=413, back=request.url.path)
        return await run_in_threadpool(_answer, request, sent, show, take)

    return route


def _answer(request: Request, sent: Sent, show: Page, take: Page) -> Response:
    with asked_by(language_of(request)):
        try:
            came = _came(request, sent)
            return came if isinstance(came, Response) else _served(request, came, sent, show, take)
        except Refused as refusal:
            return refused_page(language_of(request), refusal, back=request.url.path)


def _served(request: Request, came: _Entrance, sent: Sent, show: Page, take: Page) -> Response:
    receipts = cookie(request, RECEIPTS_COOKIE) or (new_token() if came.entered else "")
    visit = Visit(
        request, came.person, now(), language_of(request), request.url.path, sent.fields, sent.files, receipts
    )
    with asked_by(visit.language, visit.person):
        answer = _page(visit, show, take)
    if answer.status_code == LET_IN and request.headers.get("x-f2f-script"):  # it cannot see where a redirect leads
        answer = JSONResponse({"to": answer.headers["location"]}, headers={"cache-control": "no-store"})
    if came.entered:
        with_session(request, answer, came.entered)
        marked(request, answer, RECEIPTS_COOKIE, mark=receipts)
    if came.browser:
        marked(request, answer, BROWSER_COOKIE, mark=came.browser)
    return answer


def _page(visit: Visit, show: Page, take: Page) -> Response:
    if visit.request.method != "POST" or not visit.said("do"):
        return show(visit)
    return take(visit) if visit.said("of") in ("", mark(visit.person)) else _another_came_in(visit)


def _another_came_in(visit: Visit) -> Response:
    return refused_page(visit.language, Refused("changed_hands"), back=visit.base)


def _came(request: Request, sent: Sent) -> _Entrance | Response:
    """Who it is: by the link in the address, else by the cookie. A link takes an account's place only after its
    holder has said so; what was typed on the link's own page is taken for the link, and the account stays."""
    token, person = request.path_params.get("token", ""), actor_of(request)
    if not token:
        return _Entrance(person) if person else _to_sign_in(request, sent)
    if person and entrance.came_by(store(), person=person, token=token):
        return _Entrance(person)
    signed_in = person if person and person.way == "account" else None
    if signed_in and request.method != "POST":
        return instead_page(language_of(request), signed_in, address=request.url.path)
    came = _enter(request, token)
    return _Entrance(came.person) if signed_in and sent.fields.get("do") else came


def _enter(request: Request, token: str) -> _Entrance:
    at, address, browser = now(), address_of(request), ""
    if request.url.path.startswith(WALL):
        browser = cookie(request, BROWSER_COOKIE) or new_token()
        entered = entrance.enter_by_open_link(store(), token=token, browser=browser, address=address, at=at)
    else:
        entered = entrance.enter_by_invitation(store(), token=token, address=address, at=at)
    person = entrance.who_is_here(store(), entered.token, at)
    if person is None:
        raise Refused("invitation_unknown")
    return _Entrance(person, entered, browser)


def _to_sign_in(request: Request, sent: Sent) -> Response:
    """What was typed before the visit ended is kept in the page that says so, and sent again from there."""
    way = f"/sign-in?next={quote(request.url.path, safe='')}"
    return sent.again(request, way) if sent.fields.get("do") else RedirectResponse(way, status_code=303)
