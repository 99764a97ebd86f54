"""Who is here, in which language, with which store: asked anew at every run, never kept in `session_state`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import i18n
from access.actor import Actor
from access.entrance import who_is_here
from db import clock
from db.answers import forget_shared
from db.sql import Connection
from db.store import Store, open_store
from pages.shared.cookies import LANGUAGE_COOKIE, RECEIPTS_COOKIE, SESSION_COOKIE, named

T = TypeVar("T")
P = ParamSpec("P")

_LANGUAGE = "f2f_language"  # kept with the run: the cookies and headers of its browser stay as they were sent

_ASKED: ContextVar[tuple[i18n.Language, Actor | None] | None] = ContextVar("asked", default=None)
_STORE: Store | None = None


def store() -> Store:
    """The process's one store, opened at first use."""
    global _STORE
    if _STORE is None:
        _STORE = open_store()
    return _STORE


def use(other: Store) -> None:
    """Serve from this store: a test's, or one that a command line has opened already."""
    global _STORE
    _STORE = other
    forget_shared()


def kept(fn: Callable[Concatenate[Connection, P], T], *asked: P.args, **more: P.kwargs) -> T:
    """What `fn` reads of the store, asked again only after a write: what every page asks at every run."""
    return store().kept(fn, *asked, **more)


def now() -> datetime:
    return clock.now()


def lang() -> i18n.Language:
    """The reader's language: what they chose, else what their browser asks for. Pages ask hundreds of times a run."""
    if asked := _ASKED.get():
        return asked[0]
    run = get_script_run_ctx(suppress_warning=True)
    known = getattr(run, _LANGUAGE, None)
    if known is None:
        known = read_in(cookie(LANGUAGE_COOKIE) or st.context.headers.get("Accept-Language"), visitor)
        if run is not None:
            setattr(run, _LANGUAGE, known)
    return known


def read_in(wanted: str | None, person: Callable[[], Actor | None]) -> i18n.Language:
    """The language for a wish; whoever's pages it does not have reads them in the one that stands in for it."""
    chosen = i18n.choose(wanted)
    if (instead := i18n.whole(chosen)) == chosen:
        return chosen
    who = person()
    return instead if who and who.in_house else chosen


@contextmanager
def asked_by(language: i18n.Language, person: Actor | None = None) -> Iterator[None]:
    """A page outside Streamlit, whose request has said the language and who it is: for all that is asked here within
    the block."""
    before = _ASKED.set((language, person))
    try:
        yield
    finally:
        _ASKED.reset(before)


def cookie(name: str) -> str:
    """Of the browser whose run this is; '' where it keeps none."""
    secure = st.context.headers.get("X-Forwarded-Proto") == "https" or (st.context.url or "").startswith("https:")
    return st.context.cookies.get(named(name, secure=secure), "")


def receipts_mark() -> str:
    """This browser's; '' where it keeps no cookie."""
    return cookie(RECEIPTS_COOKIE)


def visitor() -> Actor | None:
    """Who is here, or nobody. Fragments ask it too: a right taken away ends with the next run."""
    if asked := _ASKED.get():
        return asked[1]
    return who_is_here(store(), cookie(SESSION_COOKIE), now())


def actor() -> Actor:
    """Who is here, on a page that lets nobody else in."""
    found = visitor()
    if found is None:
        st.rerun()  # the session ended meanwhile: main.py shows the welcome page
    return found


def t(key: str, **facts: object) -> str:
    """The text of `key` in the reader's language."""
    return i18n.text(key, lang(), **facts)
