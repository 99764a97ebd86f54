"""Whom a request of the plain form comes from: by the link in its address, else by the cookie."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from access import entrance
from access.actor import Actor
from access.entrance import Entered
from access.tokens import new_token
from db.refused import Refused
from pages.entrance.pages import instead_page
from pages.plain.came_in import Sent
from pages.shared.cookies import BROWSER_COOKIE
from pages.shared.here import now, store
from pages.web.asked import actor_of, address_of, cookie, language_of

WALL = "/f/s/"  # what the addresses of walls' links begin with


@dataclass(frozen=True)
class Entrance:
    """`entered` and `browser` are there where a link has let them in just now: its cookies are to be set."""

    person: Actor
    entered: Entered | None = None
    browser: str = ""


def came(request: Request, sent: Sent) -> Entrance | Response:
    """A link takes an account's place only after its holder has said so; what was typed on the link's own page is taken
    for the link, and the account stays."""
    token, person = request.path_params.get("token", ""), actor_of(request)
    if not token:
        return Entrance(person) if person else _to_sign_in(request, sent)
    if person and entrance.came_by(store(), person=person, token=token):
        return Entrance(person)
    signed_in = person if person and person.way == "account" else None
    if signed_in and request.method != "POST":
        return instead_page(language_of(request), signed_in, address=request.url.path)
    came = _enter(request, token)
    return Entrance(came.person) if signed_in and sent.fields.get("do") else came


def _enter(request: Request, token: str) -> Entrance:
    at, address, browser = now(), address_of(request), ""
    if request.url.path.startswith(WALL):
        browser = cookie(request, BROWSER_COOKIE) or new_token()
        entered = entrance.enter_by_open_link(store(), token=token, browser=browser, address=address, at=at)
    else:
        entered = entrance.enter_by_invitation(store(), token=token, address=address, at=at)
    person = entrance.who_is_here(store(), entered.token, at)
    if person is None:
        raise Refused("invitation_unknown")
    return Entrance(person, entered, browser)


def _to_sign_in(request: Request, sent: Sent) -> Response:
    """What was typed before the visit ended is kept in the page that says so, and sent again from there."""
    way = f"/sign-in?next={quote(request.url.path, safe='')}"
    return sent.again(request, way) if sent.fields.get("do") else RedirectResponse(way, status_code=303)
