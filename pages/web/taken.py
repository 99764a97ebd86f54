"""What a browser sends is taken whole, and only from the person whose page it is.

Streamlit stops a running script as soon as a newer message is there, even inside the callback that keeps an answer: the
tap is then shown as chosen and stored nowhere. Here callbacks run to their end, and so does a run that a press began:
what the press does stands in the script. Only the drawing that follows from other changes is stopped.
A page belongs to whoever opened it: what is tapped there after somebody else came in from the same browser is not
taken. Each page carries its owner's mark, so this also holds where the server has forgotten the session. Nor is what
comes from a page that is not this person's (any more): a fragment runs without the script that asks for its right.
"""

import threading
from typing import Any

import streamlit as st
from streamlit.commands import execution_control
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import _has_active_trigger_value
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.util import calc_hash

from access.actor import Actor
from access.tokens import hashed
from db.refused import StoreUnavailable
from pages.shared.here import visitor
from pages.sitemap import SITE

OWNER = "f2f-owner"
_MARK = "f2f-of-"  # a key's beginning; the owner's mark follows

_NEEDS = {calc_hash(row.path): row.permission for row in SITE}  # as entrance/menu.py has them

_run = threading.local()
_take, _may_stop = SafeSessionState.on_script_will_rerun, ScriptRunner._maybe_handle_execution_control_request
_yield = execution_control._force_yield_point


def mark(actor: Actor | None) -> str:
    return hashed(actor.id)[:12] if actor else "nobody"


def somebody_elses(actor: Actor | None) -> bool:
    """Whether the page was opened by another person than is here now. The first to be here opens it."""
    return st.session_state.setdefault(OWNER, mark(actor)) != mark(actor)


def marked(actor: Actor | None) -> None:
    """Draw the owner's mark: a widget that nobody sees, so that every message from the page names it."""
    st.toggle("owner", key=f"{_MARK}{mark(actor)}", label_visibility="collapsed")


def said_by_page() -> frozenset[str]:
    """The keys of the fields that the page speaks of in this run. One that another process drew, or this one before it
    was started anew, comes with all that stands in it."""
    run = get_script_run_ctx()
    ids = run.session_state._state._new_widget_state.states if run else ()
    return frozenset(one.split("-", 2)[-1] for one in ids)


def _taken_whole(state: SafeSessionState, fresh: WidgetStates | None, **more: Any) -> None:  # noqa: ANN401
    _run.taking, _run.pressed = True, fresh is not None and any(map(_has_active_trigger_value, fresh.widgets))
    try:
        if fresh is None or _from_here(fresh):
            _take(state, fresh, **more)
            return
    finally:
        _run.taking = False
    st.rerun()  # main.py says so


def _from_here(fresh: WidgetStates) -> bool:
    """Whether the page that speaks was drawn for the person who is here."""
    marks = [widget.id.rpartition(_MARK)[2] for widget in fresh.widgets if _MARK in widget.id]
    owner = marks[-1] if marks else st.session_state.get(OWNER)
    try:
        here = visitor()
        if owner in (None, mark(here)):
            return may_still(here, _page())
    except StoreUnavailable:  # what was typed waits on the page until the store is back
        return True
    st.session_state[OWNER] = owner
    return False


def may_still(actor: Actor | None, page: str) -> bool:
    """Whether the page of this hash is drawn for this person: the start page, a closed door and ours alike."""
    needs = _NEEDS.get(page, "anyone")
    return needs == "anyone" or (actor is not None and actor.may(needs))


def _page() -> str:
    run = get_script_run_ctx()
    return run.page_script_hash if run else ""


def _stopped_between(runner: ScriptRunner) -> None:
    if not (getattr(_run, "taking", False) or getattr(_run, "pressed", False)):
        _may_stop(runner)


def _asked_for_by_the_script() -> None:
    """`st.rerun` and `st.switch_page` end the run that calls them, whatever began it."""
    _run.pressed = False
    _yield()


SafeSessionState.on_script_will_rerun = _taken_whole  # type: ignore[method-assign]
ScriptRunner._maybe_handle_execution_control_request = _stopped_between  # type: ignore[method-assign]
execution_control._force_yield_point = _asked_for_by_the_script
