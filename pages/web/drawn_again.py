"""Pages that show the newest records are drawn again when there are newer ones: the server begins the run.

Nobody asks, so whoever only looks costs nothing; a page whose line was cut is drawn when it is back. One change is
drawn on a few pages at a time, each as soon as one before it is ready, and after all of them comes a rest as long as
they took: people who click find the server half free (docs/decisions/0018). Where no figure moved, the line at the foot
alone is drawn: a fragment, for a third of a page.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.app_session import AppSession

from db.store import Store
from pages.web.followers import FOLLOWERS, AsOf, Follower

log = logging.getLogger(__name__)

AT_ONCE = 3  # pages drawn at the same time
REST, LONGEST_REST = 0.3, 5.0  # seconds at least, and at most, between two looks at the store
LOOK = 2.0  # seconds at most: the day ends, a line is back, without any change of the store
LONGEST = 10.0  # seconds that others wait for one page
AWAY = 600.0  # seconds without a line, after which nobody is expected back


async def keep_drawn(store: Store, prepared: Callable[[], AsOf]) -> None:
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
        await asyncio.sleep(min(LONGEST_REST, max(REST, time.monotonic() - begun)))
        with suppress(TimeoutError):
            await asyncio.wait_for(changed.wait(), LOOK)
        changed.clear()


async def _draw_all(newest: AsOf) -> None:
    if not FOLLOWERS:
        return
    runtime = get_instance()
    begun: list[AppSession] = []
    for name in list(FOLLOWERS):
        session = _behind(runtime, name, newest)
        if session is None:
            continue
        follower = FOLLOWERS[name]
        if follower.drawn is None:  # a live page says so itself, and so does one that is let down once more
            FOLLOWERS.pop(name)
        session.request_rerun(_asked(session, follower, newest))
        follower.drawn = newest  # unless the run says otherwise: a page that fails is not drawn for ever
        begun.append(session)
        until = time.monotonic() + LONGEST
        while len(begun) >= AT_ONCE and time.monotonic() < until:
            await asyncio.sleep(0.002)
            begun = [one for one in begun if one._scriptrunner is not None]


def _asked(session: AppSession, follower: Follower, newest: AsOf) -> ClientState:
    """The page again, or its foot alone."""
    state = ClientState()
    state.CopyFrom(session._client_state)
    drawn = follower.drawn
    still = drawn is not None and (drawn.figures, drawn.day) == (newest.figures, newest.day)
    state.fragment_id = follower.foot if still and session.has_fragment(follower.foot) else ""
    return state


def _behind(runtime: Runtime, name: str, newest: AsOf) -> AppSession | None:
    """The session, where its page shows something else. Whoever is on another page, or long gone, is forgotten."""
    follower, session, now = FOLLOWERS.get(name), runtime.get_app_session(name), time.monotonic()
    if session is None or follower is None:
        if follower and now - follower.seen > AWAY:
            FOLLOWERS.pop(name, None)
        return None
    follower.seen = now
    if session._scriptrunner is not None:
        return None  # a run of its own, perhaps of what has just been tapped, which must not be run over: next time
    if session.page_script_hash != follower.page:
        FOLLOWERS.pop(name, None)
        return None
    return None if follower.drawn == newest else session
