"""The product's own routes over HTTP, and visitors that open links by them."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from db.store import Store
from pages.routes import ROUTES
from pages.shared import here


def visit(port: int, path: str, place: int) -> str:
    """GET an address from a machine of one's own; the session that the answer's cookie brings."""
    there = http.client.HTTPConnection(
        "127.0.0.1", port, source_address=(f"127.0.{1 + place // 200}.{1 + place % 200}", 0)
    )
    there.request("GET", f"{path}?page=full")
    reply = there.getresponse()
    reply.read()
    cookies = dict(part.split(";")[0].split("=", 1) for part in reply.headers.get_all("set-cookie") or [])
    there.close()
    if reply.status != 303 or here.SESSION_COOKIE not in cookies:
        raise AssertionError(f"{path}: {reply.status}")
    return cookies[here.SESSION_COOKIE]


def fetched(port: int, path: str, session: str = "") -> bytes:
    there = http.client.HTTPConnection("127.0.0.1", port)
    there.request("GET", path, headers={"cookie": f"{here.SESSION_COOKIE}={session}"})
    reply = there.getresponse()
    content = reply.read()
    if reply.status != 200:
        raise AssertionError(f"{path}: {reply.status}")
    return content


@contextmanager
def served(store: Store, port: int) -> Iterator[None]:
    """The product's own routes over HTTP, on this store."""
    here.use(store)
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=list(ROUTES)), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield
    server.should_exit = True
    thread.join()
