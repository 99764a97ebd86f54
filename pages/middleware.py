"""Headers on every answer, and the page's language in its `<html>`."""

from http.cookies import SimpleCookie

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from i18n import choose

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


class SecurityHeaders:
    """ASGI middleware. Streamlit's own page says `<html lang="en">`; a reader of Chinese gets `zh-CN`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        language = b"zh-CN" if _language(scope) == "zh" else b"en"
        html = False

        async def answer(message: Message) -> None:
            nonlocal html
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                kept = [*message["headers"], *(h for h in HEADERS if h[0] not in own)]
                html = any(name == b"content-type" and value.startswith(b"text/html") for name, value in kept)
                if html:  # the length changes with the language, and a cached copy would keep the old one
                    kept = [h for h in kept if h[0] not in (b"content-length", b"etag", b"last-modified")]
                message = {**message, "headers": kept}
            elif message["type"] == "http.response.body" and html:
                body = message.get("body", b"").replace(b'<html lang="en"', b'<html lang="' + language + b'"', 1)
                message = {**message, "body": body}
            await send(message)

        await self.app(scope, receive, answer)


def _language(scope: Scope) -> str:
    headers = dict(scope["headers"])
    cookies: SimpleCookie = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
    chosen = cookies["language"].value if "language" in cookies else headers.get(b"accept-language", b"").decode()
    return choose(chosen)
