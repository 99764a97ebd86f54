"""Pages that show the newest records are drawn again when there are newer ones: the server begins the run.

Nobody asks, so whoever only looks costs nothing; a page whose line was cut is drawn when it is back. One change is
drawn on a few pages at a time, each as soon as one before it is ready, and after all of them comes a rest as long as
they took: people who click find the server half free (docs/decisions/0018).
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx

from db.events import Head
from db.store import Store

log = logging.getLogger(__name__)

AT_ONCE = 3  # pages drawn at the same time
REST = 0.3  # seconds at least between two looks at the store
LOOK = 2.0  # seconds at most: the day ends, a line is back, without any change of the store
LONGEST = 10.0  # seconds that others wait for one page
AWAY = 600.0  # seconds without a line, after which nobody is expected back


@dataclass
class Follower:
    """A session on a live page: which page, what it has drawn, when its line was last seen."""

    page: str
    drawn: tuple[Head, date]
    seen: float


_FOLLOWERS: dict[str, Follower] = {}


def follow(head: Head, day: date) -> None:
    """From the script of a live page: it has drawn the records as of this head, on this day."""
    if run := get_script_run_ctx():
        _FOLLOWERS[run.session_id] = Follower(run.page_script_hash, (head, day), time.monotonic())


def leave() -> None:
    """From the script of a page that shows a past day."""
    if run := get_script_run_ctx():
        _FOLLOWERS.pop(run.session_id, None)


async def keep_drawn(store: Store, prepared: Callable[[], tuple[Head, date]]) -> None:
    """Until cancelled. Runs on Streamlit's loop, where its sessions may be asked. `prepared` computes in a thread what
    will be drawn, and says of which records and day it is."""
    changed, loop = asyncio.Event(), asyncio.get_running_loop()

    def wake() -> None:
        with suppress(RuntimeError):  # the last commits come while the loop ends
            loop.call_soon_threadsafe(changed.set)

    store.on_commit(wake)
    while True:
        begun = time.monotonic()
        try:
            await _draw_all(await asyncio.to_thread(prepared))
        except Exception:
            log.exception("live pages were not drawn")
        await asyncio.sleep(max(REST, time.monotonic() - begun))
        with suppress(TimeoutError):
            await asyncio.wait_for(changed.wait(), LOOK)
        changed.clear()


async def _draw_all(newest: tuple[Head, date]) -> None:
    if not _FOLLOWERS:
        return
    runtime = get_instance()
    begun: list[AppSession] = []
    for name in list(_FOLLOWERS):
        session = _behind(runtime, name, newest)
        if session is None:
            continue
        session.request_rerun(session._client_state)
        begun.append(session)
        until = time.monotonic() + LONGEST
        while len(begun) >= AT_ONCE and time.monotonic() < until:
            await asyncio.sleep(0.002)
            begun = [one for one in begun if one._scriptrunner is not None]


def _behind(runtime: Runtime, name: str, newest: tuple[Head, date]) -> AppSession | None:
    """The session, where its page shows something else. Whoever is on another page, or long gone, is forgotten."""
    follower, session, now = _FOLLOWERS.get(name), runtime.get_app_session(name), time.monotonic()
    if session is None or follower is None:
        if follower and now - follower.seen > AWAY:
            _FOLLOWERS.pop(name, None)
        return None
    follower.seen = now
    if session._scriptrunner is not None:
        return None  # a run of its own, perhaps of what has just been tapped, which must not be run over: next time
    if session.page_script_hash != follower.page:
        _FOLLOWERS.pop(name, None)
        return None
    if follower.drawn == newest:
        return None
    follower.drawn = newest  # unless the run says otherwise: a page that fails is not drawn for ever
    return session
