"""The HTTP routes of the second factor's code, which follows the password."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from access import second_factor
from db.refused import Refused
from pages.entrance.let_in import let_in
from pages.entrance.pages import code_page
from pages.shared.cookies import SESSION_COOKIE
from pages.shared.here import now, store
from pages.web.asked import address_of, cookie, language_of, own_path
from pages.web.posted import Typed, posted


def code_form(request: Request) -> Response:
    return _shown(request, own_path(request.query_params.get("next", "/")), None)


@posted("code", "next")
def code(request: Request, typed: Typed) -> Response:
    token, then = cookie(request, SESSION_COOKIE), own_path(typed["next"])
    try:
        entered = second_factor.enter(store(), token=token, code=typed["code"], address=address_of(request), at=now())
    except Refused as refusal:
        return _shown(request, then, refusal)
    return let_in(request, entered, then)


def _shown(request: Request, then: str, refusal: Refused | None) -> Response:
    try:
        found = second_factor.asked(store(), token=cookie(request, SESSION_COOKIE), at=now())
    except Refused:  # too late, or nobody typed a password
        return RedirectResponse(f"/sign-in?{urlencode({'next': then})}", status_code=303)
    return code_page(language_of(request), found, refusal=refusal, then=then)
