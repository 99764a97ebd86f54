"""Above the day's list: numbers, sector and town, the kinds of duty; and what stands where nothing is due."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol, TypeVar

import streamlit as st

from access.actor import Actor
from casework.cases.supervision import KINDS, Work
from db.cases import cases
from db.cases.cases import CaseFilters
from pages.desk.filters import in_hand
from pages.shared import filters
from pages.shared.here import kept, t
from pages.shared.markup import Markup, show
from pages.shared.names import Names
from pages.shared.rows import number_tiles

T = TypeVar("T")
DOUBT = "doubt"
TILES = (("overdue", "f2f-late"), ("late", "f2f-late"), ("today", "f2f-soon"), ("coming", ""), ("awaiting", ""))


class HasPlace(Protocol):
    @property
    def sector_code(self) -> str: ...
    @property
    def town_code(self) -> str: ...


def of_place(found: Sequence[T], placed: Callable[[T], HasPlace]) -> list[T]:
    """Those of the sector and the town that the address names."""
    sector, town = st.query_params.get("sector", ""), st.query_params.get("town", "")
    return [
        one
        for one in found
        if placed(one).sector_code.startswith(sector) and (placed(one).town_code == town or not town)
    ]


def overdue_cases(viewer: Actor, today: date) -> int:
    """Of the sector and the town that the address names."""
    sector, town = (st.query_params.get(name) or None for name in ("sector", "town"))
    asked = CaseFilters(today, sector=sector, town=town, overdue="late")
    return kept(cases.how_many, viewer.scope, asked)


def headline(work: Work, overdue: int) -> None:
    """Cases past what is due next, which the leader counts too, and what somebody has to do about cases."""
    n = {**work.headline(), "overdue": overdue}
    tiles = ((n[name], t(f"today.head.{name}", n=n[name]), tone if n[name] else "") for name, tone in TILES)
    number_tiles("f2f-today-head", tiles)


def place_filters(work: Work, names: Names) -> None:
    """Sector and town first, then in whose hand it is, each choice with what it would leave."""
    with st.container(horizontal=True, key="today-place"):
        for name, sums, words in (("sector", work.sectors, names.sector), ("town", work.towns, names.town)):
            offered = {code: word for code, word in words.items() if code in sums}
            filters.choice(name, t(f"desk.filter.{name}"), t(f"desk.every.{name}"), offered, sums)
        in_hand(work.holders)


def kinds_bar(work: Work, doubtful: int) -> None:
    n = {kind: work.of_kind(kind) for kind in KINDS} | {DOUBT: doubtful}
    words = {
        kind: t(f"today.kind.{kind}") for kind in (*KINDS, DOUBT) if n[kind] or kind == st.query_params.get("what")
    }
    if words:
        filters.quick("what", t("today.what"), words, n)


def nothing_due(viewer: Actor, *, narrowed: bool) -> None:
    key = "today.empty" if viewer.may("triage_case") else "today.body_empty"
    key = "today.empty_filtered" if narrowed else key
    show(Markup('<div class="f2f-desk-empty"><b>{}</b><span>{}</span></div>').format(t(key), t(f"{key}_hint")))
