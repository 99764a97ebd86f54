"""Streamlit's own files, compressed before anybody asks; its server never does that: 2.8 MB for a form.

`python -m pages.web.static_files` writes a `.br` and a `.gz` beside each script, once, when the product is installed.
Where that was not possible, a file is compressed when it is first asked for. Their names carry a hash and never change.
"""

import gzip
import mimetypes
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import brotli
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

FOLDER = Path(file_util.get_static_dir()) / "static"
WORDS = (".js", ".css", ".svg")  # what becomes smaller
# Faces that no page of ours needs: one that our stack does not name, and all icons there are (icons.py has ours).
_UNUSED = re.compile(rb"@font-face\{font-family:(Source Sans|Material Symbols)[^}]*\}")
ENDINGS = {"br": ".br", "gzip": ".gz"}
FOR_EVER = "public, immutable, max-age=31536000"


class StaticFiles:
    """ASGI middleware for /static/: only files that are there, each as small as the browser can read it."""

    def __init__(self, app: ASGIApp, own: Mapping[str, bytes]) -> None:
        """`own`: what we add to Streamlit's, by address."""
        self.app = app
        self.own = own
        self.files = {f"/static/{file.relative_to(FOLDER).as_posix()}": file for file in _files()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith("/static/"):
            answer = self._answer(path, Headers(scope=scope).get("accept-encoding", ""))
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _answer(self, path: str, accepted: str) -> Response:
        """On the loop: a page asks for sixty files at once, and a thread for each would cost more than its bytes."""
        headers = {"cache-control": FOR_EVER, "vary": "accept-encoding"}
        kind = "font/woff2" if path.endswith(".woff2") else mimetypes.guess_type(path)[0]
        if path not in self.own and path not in self.files:
            return Response(status_code=404)
        coding = coding_of(accepted) if path.endswith(WORDS) else ""
        if coding:
            headers["content-encoding"] = coding
        content = _packed(self.own[path], coding) if path in self.own else _content(self.files[path], coding)
        return Response(content, media_type=kind, headers=headers)


def coding_of(accepted: str) -> str:
    """The best that a browser reads, by its Accept-Encoding; '' for none."""
    known = {one.partition(";")[0].strip() for one in accepted.split(",")}
    return next((coding for coding in ENDINGS if coding in known), "")


def compressed(content: bytes, coding: str, *, hard: bool = False) -> bytes:
    if coding == "br":
        return brotli.compress(content, quality=11 if hard else 5)
    return gzip.compress(content, 9 if hard else 6, mtime=0) if coding == "gzip" else content


@lru_cache(maxsize=16)
def _packed(content: bytes, coding: str) -> bytes:
    return compressed(content, coding, hard=True)


@lru_cache(maxsize=512)
def _content(file: Path, coding: str) -> bytes:
    ahead = file.with_name(file.name + ENDINGS.get(coding, ""))
    if ahead.exists() and file.suffix == ".js":
        return ahead.read_bytes()
    content = file.read_bytes() if file.suffix != ".css" else _UNUSED.sub(b"", file.read_bytes())
    return compressed(content, coding)


def _files() -> list[Path]:
    return [file for file in FOLDER.rglob("*") if file.is_file() and file.suffix not in ENDINGS.values()]


def _write_ahead(file: Path) -> None:
    for coding, ending in ENDINGS.items():
        ahead = file.with_name(file.name + ending)
        if not ahead.exists():
            whole = ahead.with_name(ahead.name + ".unfinished")
            whole.write_bytes(compressed(file.read_bytes(), coding, hard=True))
            whole.rename(ahead)


if __name__ == "__main__":
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_write_ahead, [file for file in _files() if file.suffix == ".js"]))
