"""One's own way in, on plain pages: no password ever reaches a Streamlit form, and a new session needs a new cookie."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from access import own_password, sessions
from access.actor import Actor
from db.refused import Refused
from pages.entrance.let_in import let_in
from pages.entrance.own_pages import own_page, reset_page
from pages.shared.cookies import SESSION_COOKIE
from pages.shared.here import now, store
from pages.web.asked import actor_of, address_of, cookie, language_of
from pages.web.plain_pages import refused_page
from pages.web.posted import Typed, posted

OWN = "/password"


def own_form(request: Request) -> Response:
    """GET /password: the password, and where one is signed in."""
    return _shown(request, None)


@posted("end", "current", "new", "again")
def own(request: Request, typed: Typed) -> Response:
    """POST: a new password, or the end of one session."""
    person, key = _holder(request), typed.pop("end")
    if isinstance(person, Response):
        return person
    try:
        if key:
            sessions.end_own_session(store(), actor=person, key=key, at=now())
            return RedirectResponse(OWN, status_code=303)
        entered = own_password.change_own_password(
            store(), actor=person, address=address_of(request), at=now(), **typed
        )
    except Refused as refusal:
        return _shown(request, refusal)
    return let_in(request, entered, f"{OWN}?done=1")


def _shown(request: Request, refusal: Refused | None) -> Response:
    person, token, at = _holder(request), cookie(request, SESSION_COOKIE), now()
    if isinstance(person, Response):
        return person
    held = sessions.own_sessions(store(), actor=person, token=token, at=at)
    done = refusal is None and "done" in request.query_params
    about = {"refusal": refusal, "done": done, "in_house": person.in_house}
    return own_page(language_of(request), held, action=OWN, **about)


def _holder(request: Request) -> Actor | Response:
    """Whoever has a password here; the way to the sign-in for all others."""
    person = actor_of(request)
    if person is None:
        return RedirectResponse(f"/sign-in?next={OWN}", status_code=303)
    return person if person.may("change_password") else refused_page(request, Refused("forbidden"))


def reset_form(request: Request) -> Response:
    """GET /reset/{token}: whose password it sets; nothing is used up."""
    return _reset(request, None)


@posted("new", "again")
def reset(request: Request, typed: Typed) -> Response:
    return _reset(request, typed)


def _reset(request: Request, typed: Typed | None) -> Response:
    language, asked = language_of(request), {"address": address_of(request), "at": now()}
    token, action = request.path_params["token"], request.url.path
    try:
        account = own_password.reset_link(store(), token=token, **asked)
    except Refused as refusal:
        return refused_page(request, refusal, back=action)
    if typed is None:
        return reset_page(language, account.login, action=action)
    try:
        entered = own_password.set_password(store(), token=token, **typed, **asked)
    except Refused as refusal:
        return reset_page(language, account.login, action=action, refusal=refusal)
    return let_in(request, entered, "/")
