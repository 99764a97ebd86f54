"""One request of the plain form: who asks, what they sent, and the cookie that they leave with."""

import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import i18n
from access import form_limits
from access.actor import Actor
from access.tokens import new_token
from db.refused import Refused
from intake.files.upload import Upload
from pages.entrance.let_in import LET_IN, with_session
from pages.entrance.links import marked
from pages.plain.came_in import Sent, sent_by
from pages.plain.entering import Entrance, came
from pages.shared.cookies import BROWSER_COOKIE, RECEIPTS_COOKIE
from pages.shared.here import asked_by, now, store
from pages.survey.kind import Posted
from pages.web.asked import cookie, from_here, language_of
from pages.web.plain_pages import refused_page
from pages.web.taken import mark


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

    def written(self, name: str) -> dict[str, Any] | None:
        """What a page of ours wrote into itself; None where somebody else did."""
        try:
            found = json.loads(self.said(name))
        except ValueError:
            return None
        return found if isinstance(found, dict) else None

    def spend(self, what: str = "send") -> None:
        """Raises Refused('too_many_tries') where this link, or this address, has sent too much lately."""
        form_limits.spend(store(), actor=self.person, what=what, at=self.at)

    def asked(self, name: str) -> str:
        return self.request.query_params.get(name, "")


Page = Callable[[Visit], Response]


def plain(show: Page, take: Page) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    """The route of a page and of what is sent from it. Another site's post does nothing."""

    async def route(request: Request) -> Response:
        if request.method == "POST" and not from_here(request):
            return refused_page(request, Refused("other_site"))
        try:
            sent = await sent_by(request)
        except Refused as refusal:
            return refused_page(request, refusal, status=413, back=request.url.path)
        return await run_in_threadpool(_answer, request, sent, show, take)

    return route


def _answer(request: Request, sent: Sent, show: Page, take: Page) -> Response:
    with asked_by(language_of(request)):
        try:
            found = came(request, sent)
            return found if isinstance(found, Response) else _served(request, found, sent, show, take)
        except Refused as refusal:
            return refused_page(request, refusal, back=request.url.path)


def _served(request: Request, found: Entrance, sent: Sent, show: Page, take: Page) -> Response:
    receipts = cookie(request, RECEIPTS_COOKIE) or (new_token() if found.entered else "")
    visit = Visit(
        request, found.person, now(), language_of(request), request.url.path, sent.fields, sent.files, receipts
    )
    with asked_by(visit.language, visit.person):
        answer = _page(visit, show, take)
    if answer.status_code == LET_IN and request.headers.get("x-f2f-script"):  # it cannot see where a redirect leads
        answer = JSONResponse({"to": answer.headers["location"]}, headers={"cache-control": "no-store"})
    if found.entered:
        with_session(request, answer, found.entered)
        marked(request, answer, RECEIPTS_COOKIE, mark=receipts)
    if found.browser:
        marked(request, answer, BROWSER_COOKIE, mark=found.browser)
    return answer


def _page(visit: Visit, show: Page, take: Page) -> Response:
    if visit.request.method != "POST" or not visit.said("do"):
        return show(visit)
    if visit.said("of") not in ("", mark(visit.person)):  # another came in from this browser since
        return refused_page(visit.request, Refused("changed_hands"), back=visit.base)
    return take(visit)
