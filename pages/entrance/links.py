"""The HTTP routes of links that let somebody in: an invitation, a wall's code, a receipt's code."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from access import entrance
from access.tokens import new_token
from access.typed import link_part
from db.refused import Refused
from pages.entrance.choice import opens_plain
from pages.entrance.let_in import let_in
from pages.entrance.pages import follow_page, instead_page
from pages.shared.cookies import BROWSER_COOKIE, RECEIPTS_COOKIE, YEAR
from pages.shared.here import now, store
from pages.web.asked import actor_of, address_of, cookie, from_here, keep_cookie, language_of
from pages.web.plain_pages import refused_page
from pages.web.posted import Typed, posted


def by_link(enter: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """The route of a link that lets somebody in. It takes an account's place only after its holder has said so: a GET
    asks whoever is signed in, by a page whose button posts; a post of another site's does nothing."""

    def route(request: Request) -> Response:
        person = actor_of(request)
        signed_in = person is not None and person.way == "account"
        if request.method == "POST" and not from_here(request):
            return refused_page(request, Refused("other_site"))
        if person and signed_in and request.method != "POST":
            return instead_page(language_of(request), person, address=_address(request))
        return enter(request)

    return route


def with_choice(enter: Callable[[Request], Response], plain: str) -> Callable[[Request], Response]:
    """The full page's link, which sends on to the same in the plain form before anybody is let in or marked."""

    def route(request: Request) -> Response:
        if request.method != "POST" and opens_plain(request):
            return RedirectResponse(f"{plain}/{link_part(request.path_params['token'])}", status_code=303)
        return enter(request)

    return route


@by_link
def invitation(request: Request) -> Response:
    token = request.path_params["token"]
    try:
        entered = entrance.enter_by_invitation(store(), token=token, address=address_of(request), at=now())
    except Refused as refusal:
        return refused_page(request, refusal, back=request.url.path)
    answer = let_in(request, entered, "/survey" if entered.wave_id else "/raise")
    return marked(request, answer, RECEIPTS_COOKIE)


@by_link
def open_link(request: Request) -> Response:
    """A wall's code. The browser's mark outlives the visit, so that one browser answers once."""
    browser = cookie(request, BROWSER_COOKIE) or new_token()
    token = request.path_params["token"]
    try:
        entered = entrance.enter_by_open_link(
            store(), token=token, browser=browser, address=address_of(request), at=now()
        )
    except Refused as refusal:
        return refused_page(request, refusal, back=request.url.path)
    return marked(request, let_in(request, entered, "/survey"), BROWSER_COOKIE, mark=browser)


def follow_form(request: Request) -> Response:
    """The QR code on a receipt carries the number; a code copied from paper is asked for it."""
    if request.query_params.get("case"):
        return _follow(request)
    return follow_page(language_of(request), link_part(request.path_params["code"]), person=actor_of(request))


@posted("number")
def follow(request: Request, typed: Typed) -> Response:
    request.state.number = typed["number"]
    return _follow(request)


@by_link
def _follow(request: Request) -> Response:
    """`number` is typed, or stands in the address."""
    code = link_part(request.path_params["code"])
    number = getattr(request.state, "number", "") or request.query_params.get("case", "")
    try:
        entered = entrance.enter_by_code(store(), code=code, number=number, address=address_of(request), at=now())
    except Refused as refusal:
        return follow_page(language_of(request), code, refusal=refusal, number=number, person=actor_of(request))
    return let_in(request, entered, "/f/case" if opens_plain(request) else "/case")


def marked(request: Request, answer: Response, name: str, *, mark: str = "") -> Response:
    """With the browser's mark of this name, which outlives the visit."""
    keep_cookie(request, answer, name, mark or cookie(request, name) or new_token(), seconds=YEAR)
    return answer


def _address(request: Request) -> str:
    """What was asked for, to be asked for again."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
