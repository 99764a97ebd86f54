"""In front of what pages offer to be taken away: Streamlit hands it to whoever has its address, signed in or not."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime, get_instance

from access.actor import Actor
from pages.web.asked import actor_of
from pages.web.taken import OWNER, mark

MEDIA = "/media/"


class OnlyOwnMedia:
    """ASGI middleware. A file of a page is sent to the person whose page it is, while it is open; to all others it is
    not there."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith(MEDIA):
            actor = await run_in_threadpool(actor_of, Request(scope))
            if not stands_on_a_page_of(actor, path.removeprefix(MEDIA).split(".")[0], get_instance()):
                await Response(status_code=404)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def stands_on_a_page_of(actor: Actor | None, file_id: str, runtime: Runtime) -> bool:
    held = runtime.media_file_mgr._files_by_session_and_coord
    those = [session for session, files in list(held.items()) if file_id in list(files.values())]
    return any(_owner(runtime, session) == mark(actor) for session in those)


def _owner(runtime: Runtime, session: str) -> str:
    """Whose page it is; '' where it is closed."""
    found = runtime.get_app_session(session)
    return str(found.session_state[OWNER]) if found and OWNER in found.session_state else ""
