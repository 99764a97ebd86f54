"""What the leader's pages show: computed once a change, shared by all who may see the same, redrawn when it moves."""

import random
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

import i18n
from db import clock, events, references
from db.events import Head
from db.figures import Filters, moved_at, sectors_in_use
from db.scope import Scope
from insight.board import Board, read_board
from insight.case_charts import case_charts
from insight.charts import Brush, Chart, Names
from insight.economy_charts import economy
from insight.facts import Facts, read_facts
from pages.parts.charts import framed
from pages.parts.here import now, store, t
from pages.parts.look import palette

SECONDS = 1.6  # between two looks at the head of the record chain
JITTER = 0.6  # spreads one change over the viewers
_LISTS = ("town", "sector", "category", "body")


@dataclass(frozen=True)
class View:
    """One reader's question. All of it is an argument of what is cached; the head says which records."""

    head: Head
    scope: Scope
    filters: Filters
    as_of: date
    language: i18n.Language
    dark: bool


def chain_head() -> Head:
    return store().read(events.head)


@st.cache_resource(max_entries=200, show_spinner=False)
def board(head: Head, scope: Scope, filters: Filters, as_of: date) -> Board:
    """Shared between viewers: nobody changes it."""
    return store().read(lambda con: read_board(con, scope=scope, filters=filters, as_of=as_of))


@st.cache_resource(max_entries=200, show_spinner=False)
def facts(head: Head, scope: Scope, filters: Filters, as_of: date) -> Facts:
    return store().read(lambda con: read_facts(con, scope=scope, filters=filters, as_of=as_of))


@st.cache_resource(max_entries=20, show_spinner=False)
def names(head: Head, language: i18n.Language) -> Names:
    def read(list_name: str) -> dict[str, str]:
        found = store().read(lambda con: references.items(con, list_name))
        return {item.code: item.name(language) for item in found}

    return Names({list_name: read(list_name) for list_name in _LISTS})


@st.cache_resource(max_entries=20, show_spinner=False)
def sectors(head: Head) -> list[str]:
    return store().read(sectors_in_use)


@st.cache_resource(max_entries=400, show_spinner=False)
def charts(view: View) -> tuple[dict[str, Chart], tuple[Chart, ...]]:
    """The charts of the cases by key, and those of the economy in the order of the list."""
    found, drawn_with = board(view.head, view.scope, view.filters, view.as_of), brush(view)
    of_cases = {key: framed(chart, dark=view.dark) for key, chart in case_charts(found, drawn_with).items()}
    of_economy = (framed(economy(one, drawn_with), dark=view.dark) for one in found.economy)
    return of_cases, tuple(of_economy)


def brush(view: View) -> Brush:
    return Brush(palette(dark=view.dark), names(view.head, view.language), view.language)


def today() -> date:
    return clock.day_of(now())


def keep_live(view: View, *, live: bool) -> None:
    """The line at the foot, which looks for a newer head and has the page drawn again when there is one."""
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
    st.html(f'<p class="f2f-foot">{escape(words)}</p>')
