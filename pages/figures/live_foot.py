"""The line at the foot of the leader's pages: as of when they are, and that newer records will be drawn."""

from datetime import date, timedelta

import streamlit as st

import i18n
from db import clock
from db.events import Head
from db.figures.figures import moved_at
from pages.figures.live_board import View, chain_head, today
from pages.shared.charts import pieces
from pages.shared.here import kept, now, t
from pages.shared.markup import Markup, show
from pages.web.followers import follow, leave

# Newer records are drawn as soon as they are there. A page that asks now and then is also drawn by the browser when its
# line is back: Streamlit lets other pages stand as they were.
ASKS_EVERY = timedelta(minutes=5)


def keep_live(view: View, *, live: bool) -> None:
    """`live` False: a past date, which nothing new changes."""
    chain = {"n": view.head.n, "hash": view.head.hash[:12]}
    if not live:
        leave()
        _foot(t("dashboard.past", **chain))
        return
    follow(view.head, view.as_of)
    moved = clock.local(kept(moved_at) or now())
    words = t("dashboard.live", time=i18n.moment(moved, view.language), **chain)
    st.fragment(_ask, run_every=ASKS_EVERY)(view.head, view.as_of, words)


def _ask(drawn: Head, as_of: date, words: str) -> None:
    if chain_head() != drawn or today() != as_of:
        st.rerun()
    _foot(words)


def _foot(words: str) -> None:
    show(Markup('<p class="f2f-foot">{}</p>').format(pieces(words)))
