"""What a run draws reaches the browser whole and in order, and wakes the server's loop once rather than every time."""

import asyncio
import threading

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import ScriptRunnerEvent

from bench.client import sign_in, tab
from pages.web.handfuls import hand_over_by_the_handful
from tests.conftest import awaited

PIECES = 100


class CountingLoop(asyncio.SelectorEventLoop):
    woken = 0

    def call_soon_threadsafe(self, *given, **more):
        self.woken += 1
        return super().call_soon_threadsafe(*given, **more)


def a_session(loop):
    session = AppSession.__new__(AppSession)
    session._event_loop, session._scriptrunner, session._state = loop, None, AppSessionState.SHUTDOWN_REQUESTED
    session._browser_queue, session._message_enqueued_callback = ForwardMsgQueue(), None
    return session


def in_a_thread(work):
    """Of its own: a browser's tests keep a loop in this one."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def piece(place):
    message = ForwardMsg()
    message.delta.new_element.text.body = str(place)
    message.metadata.delta_path[:] = [0, place]
    return message


def test_a_page_of_a_hundred_pieces_wakes_the_loop_once(monkeypatch):
    monkeypatch.setattr(AppSession, "_on_scriptrunner_event", AppSession._on_scriptrunner_event)
    hand_over_by_the_handful()
    loop = CountingLoop()
    session, told = a_session(loop), []
    session._message_enqueued_callback = lambda: told.append(1)

    def run():
        for place in range(PIECES):
            session._on_scriptrunner_event(
                None, event=ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, forward_msg=piece(place)
            )  # fmt: skip

    in_a_thread(run)
    assert loop.woken == 1

    async def all_there():
        while len(session._browser_queue) < PIECES:
            await asyncio.sleep(0)

    in_a_thread(lambda: loop.run_until_complete(asyncio.wait_for(all_there(), 10)))
    loop.close()
    sent = [message.delta.new_element.text.body for message in session._browser_queue.flush()]
    assert sent == [str(place) for place in range(PIECES)] and len(told) == 1


async def kinds_at_each_look(url):
    async with tab(url, sign_in(url, "leader")) as page:
        await page.open("accounts")
        return [[kind for kind, _ in (await page.rerun()).shown] for _ in range(20)]


@pytest.mark.browser  # a running server
def test_every_run_draws_the_whole_page(served):
    first, *others = awaited(kinds_at_each_look(served.url))
    assert "heading" in first
    assert all(look == first for look in others)
