"""The line at the foot of the leader's pages: as of when they are, and that newer records will be drawn."""

from datetime import timedelta

import streamlit as st

import i18n
from db import clock
from db.events import Head
from db.figures.figures import moved_at
from pages.figures.live_view import View, shown, today
from pages.shared.charts import pieces
from pages.shared.here import kept, now, t
from pages.shared.markup import Markup, show
from pages.web.followers import AsOf, follow, leave

# Newer records are drawn as soon as they are there. A page that asks now and then is also drawn by the browser when its
# line is back: Streamlit lets other pages stand as they were.
ASKS_EVERY = timedelta(minutes=5)


def keep_live(view: View, *, live: bool) -> None:
    """`live` False: a past date, which nothing new changes."""
    if live:
        st.fragment(_ask, run_every=ASKS_EVERY)(view)
    else:
        leave()
        _foot("dashboard.past", shown().chain)


def _ask(view: View) -> None:
    """Drawn alone where the chain went on and no figure moved."""
    newest = shown()
    if newest.figures != view.head or today() != view.as_of:
        st.rerun()
    follow(AsOf(view.head, newest.chain, view.as_of))
    moved = clock.local(kept(moved_at) or now())
    _foot("dashboard.live", newest.chain, time=i18n.moment(moved, view.language))


def _foot(key: str, chain: Head, **facts: str) -> None:
    words = t(key, n=chain.n, hash=chain.hash[:12], **facts)
    show(Markup('<p class="f2f-foot">{}</p>').format(pieces(words)))
