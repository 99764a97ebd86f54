"""What stands before Streamlit's server."""

import gzip

from pages.web.static_compression import CompressedStatic
from tests.conftest import awaited

SCRIPT = b"export const answer = 42;" * 100
ASKED = {"type": "http", "method": "GET", "path": "/static/js/a.js", "headers": [(b"accept-encoding", b"gzip")]}


def served(*, half_at_first: bool):
    """A server of one script, which breaks off half-way the first time as it does when the browser leaves."""
    asked = []

    async def app(scope, receive, send):
        asked.append(scope)
        whole = not half_at_first or len(asked) > 1
        length = (b"content-length", str(len(SCRIPT)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [length]})
        await send({"type": "http.response.body", "body": SCRIPT if whole else SCRIPT[:100]})

    return CompressedStatic(app)


def body_of(app):
    sent = []

    async def send(message):
        sent.append(message)

    awaited(app(dict(ASKED), None, send))
    headers = dict(sent[0]["headers"])
    body = b"".join(message.get("body", b"") for message in sent)
    return gzip.decompress(body) if headers.get(b"content-encoding") == b"gzip" else body


def test_a_script_is_compressed_and_kept():
    app = served(half_at_first=False)
    assert body_of(app) == SCRIPT
    assert list(app.kept) == ["/static/js/a.js"]


def test_half_a_script_is_never_kept():
    app = served(half_at_first=True)
    assert body_of(app) == SCRIPT
    assert app.kept == {}
    assert body_of(app) == SCRIPT
