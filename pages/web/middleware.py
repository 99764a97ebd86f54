"""What Streamlit's server lacks: headers, our words for an unknown address."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db.refused import Refused
from pages.sitemap import SITE
from pages.web import identity
from pages.web.plain_pages import refused_page
from pages.web.policy import WITHOUT_SCRIPT

HEADERS = (
    (b"content-security-policy", WITHOUT_SCRIPT.encode()),  # of a file; a page has its own
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
# Of a script, a sheet or a face in a page, which has its own policy; a page asks for fifty of them.
OF_A_PART = (HEADERS[1], (b"content-security-policy", b"default-src 'self'"))
_PARTS = (b"application/javascript", b"text/javascript", b"text/css", b"font/woff2")
_STREAMLIT = ("_stcore", "media", "component", "app", "favicon.png", "manifest.json")  # its own routes and files


def our_hosts(named: Sequence[str]) -> list[str]:
    """The names under which the site answers, and this machine, which looks whether it is well; none named: any."""
    return [*named, "localhost", "127.0.0.1"] if named else ["*"]


class SecurityHeaders:
    """ASGI middleware: every answer has them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = dict(message["headers"])
                ours = OF_A_PART if own.get(b"content-type", b"").partition(b";")[0] in _PARTS else HEADERS
                message = {**message, "headers": [*message["headers"], *(h for h in ours if h[0] not in own)]}
            await send(message)

        await self.app(scope, receive, answer)


class KnownAddresses:
    """ASGI middleware. Streamlit answers an unknown address in English and runs the front page; we answer ourselves."""

    def __init__(self, app: ASGIApp, routes: tuple[str, ...]) -> None:
        """`routes` are the paths of our own routes."""
        self.app = app
        signing_in = identity.ADDRESSES if identity.configured() else ()
        self.known = {"", *_STREAMLIT, *signing_in, *(row.path for row in SITE), *(_first(path) for path in routes)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _first(scope["path"]) in self.known:
            await self.app(scope, receive, send)
        else:
            await refused_page(Request(scope), Refused("no_such_page"), status=404)(scope, receive, send)


def _first(path: str) -> str:
    return path.strip("/").split("/")[0]
