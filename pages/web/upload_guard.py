"""In front of Streamlit's own addresses: files only from those whom a page asks for one, and its metrics from nobody.

Streamlit takes a file from any open socket, on any page, and keeps it in memory as long as the session lasts.
"""

import logging
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from pages.shared.file_field import WAYS
from pages.web.asked import actor_of, address_of

log = logging.getLogger(__name__)

UPLOADS = "/_stcore/upload_file/"
CLOSED = "/_stcore/metrics"
UPLOADER = "file_uploader_state_value"
MOST_FILES = 20  # that a session holds at once
MOST_OF_SESSION = 64 * 1024 * 1024  # bytes
MOST_OF_ADDRESS = 256 * 1024 * 1024


@dataclass(frozen=True)
class Coming:
    """A file on its way: it counts from the first byte, so that many at once get no more room."""

    session: str
    address: str
    size: int


class OnlyAskedUploads:
    """ASGI middleware. A refusal is a bare status: no page of ours leads to it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.coming: list[Coming] = []
        self.addresses: dict[str, str] = {}  # session → where its files came from

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or not path.startswith((UPLOADS, CLOSED)):
            await self.app(scope, receive, send)
        elif path.startswith(CLOSED):
            await Response(status_code=404)(scope, receive, send)
        else:
            await self._upload(scope, receive, send)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        session = scope["path"].removeprefix(UPLOADS).split("/")[0]
        runtime = get_instance()
        actor = await run_in_threadpool(actor_of, request)
        if actor is None or actor.way not in WAYS or not asks_for_a_file(runtime, session):
            await self._refuse(403, session, scope, receive, send)
            return
        if scope["method"] != "PUT":
            await self.app(scope, receive, send)
            return
        size = request.headers.get("content-length", "")
        if not size.isdecimal():
            await self._refuse(411, session, scope, receive, send)
            return
        one = Coming(session, address_of(request), int(size))
        if not self._fits(runtime, one):
            await self._refuse(413, session, scope, receive, send)
            return
        await self._let_in(one, scope, receive, send)

    async def _let_in(self, one: Coming, scope: Scope, receive: Receive, send: Send) -> None:
        self.addresses[one.session] = one.address
        self.coming.append(one)
        try:
            await self.app(scope, receive, send)
        finally:
            self.coming.remove(one)

    async def _refuse(self, status: int, session: str, scope: Scope, receive: Receive, send: Send) -> None:
        log.warning("refused a file for session %s: %s", session[:8], status)
        await Response(status_code=status)(scope, receive, send)

    def _fits(self, runtime: Runtime, one: Coming) -> bool:
        """With what the session, and the address in all its sessions, hold already or are sending just now."""
        held = _held(runtime)
        known = {c.session for c in self.coming} | held.keys()
        self.addresses = {session: address for session, address in self.addresses.items() if session in known}
        own = held.get(one.session, []) + [c.size for c in self.coming if c.session == one.session]
        theirs = [session for session, address in self.addresses.items() if address == one.address]
        near = [size for session in theirs for size in held.get(session, [])]
        near += [c.size for c in self.coming if c.address == one.address]
        room = sum(own) + one.size <= MOST_OF_SESSION and sum(near) + one.size <= MOST_OF_ADDRESS
        return room and len(own) < MOST_FILES


def asks_for_a_file(runtime: Runtime, session: str) -> bool:
    """Whether an uploader stands on the page that the session shows. A script that runs just now counts as before."""
    found = runtime.get_app_session(session)
    if found is None:
        return False
    state = found.session_state
    widgets = state._new_widget_state
    uploaders = [i for i, one in list(widgets.widget_metadata.items()) if one.value_type == UPLOADER]
    return any(one in widgets.states or one in state._old_state for one in uploaders)


def _held(runtime: Runtime) -> dict[str, list[int]]:
    """Session → the sizes of its files."""
    manager = runtime.uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return {
        session: [len(f.data) for f in list(files.values())] for session, files in list(manager.file_storage.items())
    }
