"""Who looks at a page that shows the newest records, and of which records they have drawn it (see drawn_again.py)."""

import time
from dataclasses import dataclass
from datetime import date

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

from db.events import Head


@dataclass(frozen=True)
class AsOf:
    """As of which records a page is: those that moved a figure, the chain's end, the day."""

    figures: Head
    chain: Head
    day: date


@dataclass
class Follower:
    """A session on a live page: which page, its foot's fragment, what it has drawn, when its line was last seen. Where
    that is nothing, its run has met a store that did not answer, and it is drawn once when there is one."""

    page: str
    foot: str
    drawn: AsOf | None
    seen: float


FOLLOWERS: dict[str, Follower] = {}


def follow(drawn: AsOf) -> None:
    """From the foot of a live page, a fragment."""
    if run := get_script_run_ctx():
        foot = ThreadState.get().fragment_id or ""
        FOLLOWERS[run.session_id] = Follower(run.page_script_hash, foot, drawn, time.monotonic())


def come_back() -> None:
    """From a run of any page that the store let down."""
    if run := get_script_run_ctx():
        FOLLOWERS[run.session_id] = Follower(run.page_script_hash, "", None, time.monotonic())


def leave() -> None:
    """From the script of a page that shows a past day."""
    if run := get_script_run_ctx():
        FOLLOWERS.pop(run.session_id, None)
