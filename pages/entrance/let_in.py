"""With what somebody leaves who has come in: a session in the browser's cookie, and the way on."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from access import entrance
from access.entrance import Entered
from pages.shared.cookies import SESSION_COOKIE
from pages.shared.here import now, store
from pages.web.asked import cookie, keep_cookie

LET_IN = 303
CODE = "/sign-in/code"


def let_in(request: Request, entered: Entered, path: str) -> Response:
    """Where a code is asked as well, it leads there first."""
    to = f"{CODE}?{urlencode({'next': path})}" if entered.half else path
    answer = RedirectResponse(to, status_code=LET_IN)
    with_session(request, answer, entered)
    return answer


def with_session(request: Request, answer: Response, entered: Entered) -> None:
    """A new one; that which this browser had ends, whoever's it was."""
    entrance.sign_out(store(), cookie(request, SESSION_COOKIE), now())
    keep_cookie(request, answer, SESSION_COOKIE, entered.token, seconds=int(entered.lasts.total_seconds()))
