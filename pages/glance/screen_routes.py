"""The link by which a large screen comes in."""

from starlette.requests import Request
from starlette.responses import Response

from access import entrance
from db.refused import Refused
from pages.entrance.let_in import let_in
from pages.entrance.links import by_link
from pages.shared.here import now, store
from pages.web.asked import address_of
from pages.web.plain_pages import refused_page


@by_link
def screen_link(request: Request) -> Response:
    """A large screen's link, which it may open again each morning."""
    token = request.path_params["token"]
    try:
        entered = entrance.enter_by_screen_link(store(), token=token, address=address_of(request), at=now())
    except Refused as refusal:
        return refused_page(request, refusal)
    return let_in(request, entered, "/screen")
