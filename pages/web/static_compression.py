"""Streamlit's scripts compressed, which its server never does."""

import gzip

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.web.middleware import is_html

_PARTIAL = frozenset({b"range", b"if-range", b"if-none-match", b"if-modified-since", b"accept-encoding"})


class CompressedStatic:
    """ASGI middleware. Streamlit never compresses its scripts: 2.8 MB for a form, 1.1 MB with this.

    Their names carry a hash and never change, so each is compressed once and kept.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        wanted = path.startswith("/static/") and path.endswith((".js", ".css", ".svg"))
        gzip_accepted = any(name == b"accept-encoding" and b"gzip" in value for name, value in scope.get("headers", ()))
        if not wanted or not gzip_accepted or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        if path not in self.kept and not await self._keep(path, scope, receive):
            await self.app(scope, receive, send)
            return
        headers, body = self.kept[path]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _keep(self, path: str, scope: Scope, receive: Receive) -> bool:
        """Ask for the whole file once. False where there is none.

        The browser may leave meanwhile, which would end the answer half-way: half a script must never be kept.
        """
        started: Message = {"status": 0}
        chunks: list[bytes] = []

        async def collect(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = message
            else:
                chunks.append(message.get("body", b""))

        whole = {**scope, "headers": [h for h in scope["headers"] if h[0] not in _PARTIAL]}
        await self.app(whole, receive, collect)
        if started["status"] != 200 or is_html(started["headers"]):  # an unknown name gets the front page
            return False
        content = b"".join(chunks)
        if dict(started["headers"]).get(b"content-length") != str(len(content)).encode():
            return False
        body = await run_in_threadpool(gzip.compress, content, 6, mtime=0)
        kept = [h for h in started["headers"] if h[0] not in (b"content-length", b"accept-ranges", b"etag")]
        length = (b"content-length", str(len(body)).encode())
        self.kept[path] = ([*kept, length, (b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")], body)
        return True
