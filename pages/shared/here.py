"""Who is here, in which language, with which store: asked anew at every run, never kept in `session_state`."""

from datetime import datetime

import streamlit as st

import i18n
from access.actor import Actor
from access.entrance import who_is_here
from db import clock
from db.store import Store, open_store

SESSION_COOKIE = "f2f_session"
LANGUAGE_COOKIE = "language"
RECEIPTS_COOKIE = "f2f_receipts"  # what the codes of this browser's receipts follow from

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


def now() -> datetime:
    return clock.now()


def lang() -> i18n.Language:
    """The reader's language: what they chose, else what their browser asks for."""
    return i18n.choose(st.context.cookies.get(LANGUAGE_COOKIE) or st.context.headers.get("Accept-Language"))


def receipts_mark() -> str:
    """This browser's; '' where it keeps no cookie."""
    return st.context.cookies.get(RECEIPTS_COOKIE, "")


def visitor() -> Actor | None:
    """Who is here, or nobody. Fragments ask it too: a right taken away ends with the next run."""
    return who_is_here(store(), st.context.cookies.get(SESSION_COOKIE), now())


def actor() -> Actor:
    """Who is here, on a page that lets nobody else in."""
    found = visitor()
    if found is None:
        st.rerun()  # the session ended meanwhile: main.py shows the welcome page
    return found


def t(key: str, **facts: object) -> str:
    """The text of `key` in the reader's language."""
    return i18n.text(key, lang(), **facts)
