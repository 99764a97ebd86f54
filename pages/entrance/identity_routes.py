"""The HTTP routes to the house that says who somebody is, where one is named, and back from it."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from access import entrance
from db.refused import Refused
from pages.entrance.let_in import let_in
from pages.shared.cookies import NEXT_COOKIE
from pages.shared.here import now, store
from pages.web import identity
from pages.web.asked import address_of, cookie, keep_cookie, own_path
from pages.web.plain_pages import refused_page


def to_identity(request: Request) -> Response:
    if not identity.configured():
        return refused_page(request, Refused("no_such_page"), status=404)
    answer = RedirectResponse(identity.address(), status_code=303)
    keep_cookie(request, answer, NEXT_COOKIE, own_path(request.query_params.get("next", "/")), seconds=600)
    return answer


def from_identity(request: Request) -> Response:
    """With the other house's word, which is taken for a session of ours and forgotten."""
    try:
        login = identity.login_of(request)
        entered = entrance.enter_by_identity(store(), login=login, address=address_of(request), at=now())
        answer = let_in(request, entered, own_path(cookie(request, NEXT_COOKIE)))
    except Refused as refusal:
        answer = refused_page(request, refusal)
    identity.forget(request, answer)
    return answer
