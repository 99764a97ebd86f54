"""In front of what pages offer to be taken away: Streamlit hands it to whoever has its address, signed in or not."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.media_file_manager import MediaFileManager

from access.actor import Actor
from pages.web.asked import actor_of
from pages.web.taken import OWNER, mark

MEDIA = "/media/"
_EXECUTE = MediaFileManager.execute_deferred
_PLACES: dict[str, set[str]] = {}  # a file that was made at a press → the places that pages hold for it


class OnlyOwnMedia:
    """ASGI middleware. A file of a page is sent to the person whose page it is, while it is open; to all others it is
    not there."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        MediaFileManager.execute_deferred = _made  # type: ignore[method-assign]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith(MEDIA):
            actor = await run_in_threadpool(actor_of, Request(scope))
            if not stands_on_a_page_of(actor, _id_in(path), get_instance()):
                await Response(status_code=404)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def stands_on_a_page_of(actor: Actor | None, file_id: str, runtime: Runtime) -> bool:
    held = runtime.media_file_mgr._files_by_session_and_coord
    wanted = {file_id, *_PLACES.get(file_id, ())}
    those = [session for session, files in list(held.items()) if wanted.intersection(list(files.values()))]
    return any(_owner(runtime, session) == mark(actor) for session in those)


def _made(manager: MediaFileManager, place: str) -> str:
    """What is made when somebody presses for it: Streamlit notes the place that the page holds for it, not the file."""
    url = _EXECUTE(manager, place)
    for file_id, places in list(_PLACES.items()):
        if not places & manager._deferred_callables.keys():
            _PLACES.pop(file_id, None)
    _PLACES.setdefault(_id_in(url), set()).add(place)
    return url


def _id_in(path: str) -> str:
    return path.rpartition("/")[2].split(".")[0]


def _owner(runtime: Runtime, session: str) -> str:
    """Whose page it is; '' where it is closed."""
    found = runtime.get_app_session(session)
    return str(found.session_state[OWNER]) if found and OWNER in found.session_state else ""
