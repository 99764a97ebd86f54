"""What the leader's pages show: computed once a change, shared by all who may see the same, redrawn when it moves."""

import random
from dataclasses import dataclass, replace
from datetime import date
from html import escape

import streamlit as st

import i18n
from db import clock, events, references
from db.events import Head
from db.figures import EVERYTHING, Filters, moved_at, moved_in, sectors_in_use
from db.scope import Scope
from insight.board import Board, read_board
from insight.case_charts import case_charts
from insight.charts import Brush, Chart, Names
from insight.economy import published
from insight.economy_charts import economy
from insight.facts import Facts, read_facts
from insight.mood import read_mood
from insight.mood_chart import mood_chart
from pages.parts.charts import framed
from pages.parts.here import now, store, t
from pages.parts.look import palette

SECONDS = 1.2  # between two looks at the head of the record chain
JITTER = 0.4  # spreads one change over the viewers
NO_HEAD = Head(0, "")  # for what another area's events do not move
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


@st.cache_resource(max_entries=200, show_spinner=False)
def case_charts_of(view: View) -> dict[str, Chart]:
    found = board(view.head, view.scope, view.filters, view.as_of).facts
    return {key: framed(chart, dark=view.dark) for key, chart in case_charts(found, brush(view)).items()}


def mood_chart_of(view: View) -> Chart:
    return _mood_chart(store().read(lambda con: moved_in(con, "survey")), replace(view, head=NO_HEAD))


def economy_charts_of(view: View) -> tuple[Chart, ...]:
    moved = store().read(lambda con: moved_in(con, "indicator"))
    return _economy_charts(moved, replace(view, head=NO_HEAD, filters=EVERYTHING))


@st.cache_resource(max_entries=200, show_spinner=False)
def _mood_chart(moved: str, view: View) -> Chart:
    """Asked again only when an answer came in, not with every case that moves."""
    found = store().read(lambda con: read_mood(con, filters=view.filters, as_of=view.as_of))
    return framed(mood_chart(found, view.as_of, _unnamed(view)), dark=view.dark)


@st.cache_resource(max_entries=200, show_spinner=False)
def _economy_charts(moved: str, view: View) -> tuple[Chart, ...]:
    """In the order of the list; asked again only when something was published."""
    found = store().read(lambda con: published(con, view.as_of))
    return tuple(framed(economy(one, _unnamed(view)), dark=view.dark) for one in found)


def forget() -> None:
    """Empty every cache: another store is served from now on."""
    for cached in (board, facts, names, sectors, case_charts_of, _mood_chart, _economy_charts):
        cached.clear()


def _unnamed(view: View) -> Brush:
    return Brush(palette(dark=view.dark), Names(), view.language)


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
