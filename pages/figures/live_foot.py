"""The line at the foot of the leader's pages, which looks for newer records and has the page drawn again."""

import random
from datetime import date

import streamlit as st

import i18n
from db import clock
from db.events import Head
from db.figures.figures import moved_at
from pages.figures.live_board import View, chain_head, today
from pages.shared.charts import pieces
from pages.shared.here import now, store, t
from pages.shared.markup import Markup, show

SECONDS = 1.2  # between two looks at the head of the record chain
JITTER = 0.4  # spreads one change over the viewers


def keep_live(view: View, *, live: bool) -> None:
    """`live` False: a past date, which nothing new changes."""
    chain = {"n": view.head.n, "hash": view.head.hash[:12]}
    if not live:
        _foot(t("dashboard.past", **chain))
        return
    moved = clock.local(store().read(moved_at) or now())
    words = t("dashboard.live", time=i18n.moment(moved, view.language), **chain)
    every = st.session_state.setdefault("live_every", SECONDS + random.random() * JITTER)
    st.fragment(_follow, run_every=every)(view.head, view.as_of, words)


def _follow(drawn: Head, as_of: date, words: str) -> None:
    if chain_head() != drawn or today() != as_of:
        st.rerun()
    _foot(words)


def _foot(words: str) -> None:
    show(Markup('<p class="f2f-foot">{}</p>').format(pieces(words)))
