"""What Streamlit's server lacks: headers, the page's language, our words for an unknown address."""

from http.cookies import SimpleCookie

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db.refused import Refused
from i18n import LANGUAGES, Language, choose
from pages.sitemap import SITE
from pages.web.plain_pages import refused_page

_CONTENT = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", _CONTENT.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
_STREAMLIT = frozenset({"_stcore", "static", "media", "component", "app", "vendor"})


class SecurityHeaders:
    """ASGI middleware. Streamlit's own page says `<html lang="en">`; ours says the reader's language."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        language = LANGUAGES[_language(scope)].html.encode()
        if _first(scope["path"]) not in _STREAMLIT and "." not in scope["path"]:
            # The page itself is 2 kB; uncompressed, its language can be put in.
            scope = {**scope, "headers": [h for h in scope["headers"] if h[0] != b"accept-encoding"]}
        html = False

        async def answer(message: Message) -> None:
            nonlocal html
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                kept = [*message["headers"], *(h for h in HEADERS if h[0] not in own)]
                html = is_html(kept)
                if html:  # the length changes with the language, and a cached copy would keep the old one
                    kept = [h for h in kept if h[0] not in (b"content-length", b"etag", b"last-modified")]
                message = {**message, "headers": kept}
            elif message["type"] == "http.response.body" and html:
                body = message.get("body", b"").replace(b'<html lang="en"', b'<html lang="' + language + b'"', 1)
                message = {**message, "body": body}
            await send(message)

        await self.app(scope, receive, answer)


class KnownAddresses:
    """ASGI middleware. Streamlit answers an unknown address in English and runs the front page; we answer ourselves."""

    def __init__(self, app: ASGIApp, routes: tuple[str, ...]) -> None:
        """`routes` are the paths of our own routes."""
        self.app = app
        self.known = {"", *(row.path for row in SITE), *(_first(path) for path in routes)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        first = _first(scope.get("path", "/"))
        streamlit = first in _STREAMLIT or "." in first  # its own routes and files
        if scope["type"] != "http" or streamlit or first in self.known:
            await self.app(scope, receive, send)
        else:
            await refused_page(_language(scope), Refused("no_such_page"), status=404)(scope, receive, send)


def is_html(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/html") for name, value in headers)


def _first(path: str) -> str:
    return path.strip("/").split("/")[0]


def _language(scope: Scope) -> Language:
    headers = dict(scope["headers"])
    cookies: SimpleCookie = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
    chosen = cookies["language"].value if "language" in cookies else headers.get(b"accept-language", b"").decode()
    return choose(chosen)
