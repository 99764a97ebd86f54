"""Whether the product can serve: asked by machines of any address, so it costs little and strangers write nothing."""

import logging
import threading
import time
from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from db import events
from db.events import Head
from db.store import Store
from db.system import settings
from pages.shared.here import store
from pages.web.asked import address_of

log = logging.getLogger(__name__)

STANDS = 1.0  # seconds for which an answer is given again


def healthz(_request: Request) -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"})


def readyz(request: Request) -> Response:
    """The store answers, has room and lacks nothing; asked from this machine, also that it can write. 503 otherwise."""
    head = _ASKED[_is_near(address_of(request))].answer(store(), at=time.monotonic())
    if head is None:
        return JSONResponse({"status": "not ready"}, status_code=503)
    return JSONResponse({"status": "ready", "revision": head.n, "head": head.hash})


class Readiness:
    """The last answer; those who ask while it stands, or while it is made, get the same."""

    def __init__(self, *, writes: bool) -> None:
        self._writes = writes
        self._lock = threading.Lock()
        self._of: Store | None = None
        self._at = 0.0
        self._head: Head | None = None

    def answer(self, asked: Store, *, at: float) -> Head | None:
        """The head of a store that is ready, or None. `at` is a clock that never goes back, in seconds."""
        with self._lock:
            if self._of is not asked or at - self._at >= STANDS:
                self._head = _head(asked, writes=self._writes)
                self._of, self._at = asked, at
            return self._head


def _head(asked: Store, *, writes: bool) -> Head | None:
    try:
        if asked.damage:
            log.error("not ready: read-only. %s", asked.damage)
            return None
        if not asked.has_room():
            log.error("not ready: the disk is full")
            return None
        if writes:
            asked.write(settings.probe)
        return asked.read(events.head)
    except Exception:
        log.exception("not ready")
        return None


def _is_near(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


_ASKED = {near: Readiness(writes=near) for near in (True, False)}
