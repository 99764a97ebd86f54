"""What a run draws goes to the server's loop by the handful, not piece by piece.

Streamlit wakes its loop for every element, and each time script and loop wait for one another: a fifth of what a look
costs. The loop sends every ten milliseconds at most, so that nobody sees the difference.
"""

from collections import deque
from typing import Any

from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent

SOON = 0.01  # seconds that a piece waits for others, where the run goes on

_DRAWN = ScriptRunnerEvent.ENQUEUE_FORWARD_MSG

Told = tuple[tuple[Any, ...], dict[str, Any]]


def hand_over_by_the_handful() -> None:
    """From the start of the server on, for every session."""
    AppSession._on_scriptrunner_event = _told  # type: ignore[method-assign]


def _told(session: AppSession, *given: Any, **more: Any) -> None:  # noqa: ANN401
    """In the script's thread. A run's beginning and end are told at once, with all that was drawn before."""
    waiting, loop = _waiting(session), session._event_loop
    waiting.append((given, more))
    if more["event"] is not _DRAWN:
        session._call_soon_on_event_loop(lambda: _taken(session))
    elif len(waiting) == 1:
        session._call_soon_on_event_loop(lambda: (loop.call_later(SOON, _taken, session), None)[1])


def _taken(session: AppSession) -> None:
    """On the loop, in the order in which it happened: a beginning clears what was not sent of the run before."""
    waiting, wake = _waiting(session), session._message_enqueued_callback
    session._message_enqueued_callback = None  # whoever sends is told once, not of every piece
    try:
        while waiting:
            given, more = waiting.popleft()
            session._handle_scriptrunner_event_on_event_loop(*given, **more)
    finally:
        session._message_enqueued_callback = wake
        if wake:
            wake()


def _waiting(session: AppSession) -> "deque[Told]":
    return session.__dict__.setdefault("f2f_waiting", deque())
