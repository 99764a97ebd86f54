"""What a department sees of itself below its list: in whose hand its cases are, how they were answered and rated."""

from dataclasses import replace
from datetime import date

import streamlit as st

import i18n
from access.actor import Actor
from casework.cases.holding import colleagues
from db.cases import cases
from db.cases.cases import CaseFilters
from db.cases.holders import NOBODY
from insight import wording
from insight.cases.own import own_figures
from insight.measures import Measure
from insight.survey.protection import FEWEST
from pages.shared.here import kept, lang, store, t
from pages.shared.names import person
from pages.shared.rows import facts, row_style


def own_standing(who: Actor, today: date) -> None:
    """Nothing for those who supervise: the leaders' pages tell them of every body."""
    if who.may("triage_case"):
        return
    row_style()
    with st.container(border=True, key="card-today-own"):
        st.header(t("today.own.title"), anchor=False)
        st.text(_load(who, today))
        facts([(t(f"figure.{one.code}.name"), _said(one)) for one in own_figures(store(), actor=who, as_of=today)])
        st.caption(t("today.own.what"))


def _load(who: Actor, today: date) -> str:
    """How many are open, and in whose hand: also in that of accounts that have been closed since."""
    every = CaseFilters(today, state="open", desk=who.desk)
    open_now, free = (_count(who, filters) for filters in (every, replace(every, holder=NOBODY)))
    found = colleagues(store(), actor=who)
    hands = [t("desk.holder.load", name=person(one.name), n=one.load) for one in found]
    others = open_now - free - sum(one.load for one in found)
    rest = [t("today.own.others", n=others)] if others else []
    return i18n.DOT.join([t("today.own.open", n=open_now), *hands, *rest, t("today.own.free", n=free)])


def _count(who: Actor, filters: CaseFilters) -> int:
    return kept(cases.how_many, who.scope, filters)


def _said(one: Measure) -> str:
    """The value with how many cases stand behind it."""
    if one.suppressed:
        return t("today.own.few", n=FEWEST)
    n = i18n.DOT + t("figures.n", n=i18n.number(one.n, lang())) if one.n else ""
    return wording.measured(one, lang()) + n
