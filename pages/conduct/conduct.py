"""How officers conduct themselves, for the office alone: a row an officer by name, and what enterprises wrote."""

import streamlit as st

import i18n
from casework import conduct as verbs
from db import clock
from db.conduct import Conduct, SaidToOffice, ToldVisits
from i18n import folding
from pages.conduct.words import said_count, who_came
from pages.shared import filters
from pages.shared.asking import by
from pages.shared.here import lang, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import names, person
from pages.shared.paging import part_of
from pages.shared.plain import plain
from pages.shared.rows import cell, records, row, strong
from pages.shared.style import style

LATEST = 50  # words that are drawn


def officer(one: Conduct) -> None:
    visits = t("visit.office.asked", asked=one.asked, unasked=one.visits - one.asked, theirs=one.theirs)
    said = said_count(one) if one.spoken else t("visit.office.unsaid")
    with st.container(key=f"row-{one.officer_id}", gap=None):
        who = strong(person(one.officer), quiet=town_of(one))
        row("conduct", [who, cell(t("visit.office.visits", n=one.visits), quiet=visits), cell(said)])


def told(one: ToldVisits) -> None:
    """Of a body: visits that only enterprises tell of."""
    said = t("visit.office.told_asked", asked=one.asked, unasked=one.spoken - one.asked)
    with st.container(key=f"row-told-{one.body_code}", gap=None):
        who = strong(who_came("", one.body_code))
        row("conduct", [who, cell(t("visit.office.told", n=one.spoken), quiet=said), cell(said_count(one))])


def town_of(one: Conduct | SaidToOffice) -> str:
    return names().town.get(one.town_code or "", "")


def word(one: SaidToOffice) -> None:
    """Without a name by its month: a day would tell whose it is."""
    day = clock.day_of(one.said_at)
    when = i18n.day(day, lang()) if one.named else i18n.month(day, lang())
    who = one.enterprise(lang()) if one.named else t("visit.office.nameless")
    whom = t("visit.office.of", officer=who_came(one.officer, one.body_code))
    about = i18n.DOT.join((t(f"visit.felt.{one.felt}"), whom, when))
    with st.container(border=True):
        show(Markup('<b>{}</b><div class="f2f-quiet">{}</div>').format(who, about))
        plain(one.said)


def sought(one: Conduct | SaidToOffice) -> bool:
    known = (one.officer, person(one.officer), town_of(one))
    return folding.has(st.query_params.get("text", ""), *known, *_of_body(one))


def _of_body(one: Conduct | SaidToOffice) -> list[str]:
    return [who_came("", one.body_code)] if isinstance(one, SaidToOffice) else []


style("shared/rows", "conduct/conduct")
st.title(t("visit.office.title"), anchor=False)
st.caption(t("visit.office.lead"))
filters.search("text", t("visit.office.find"), t("visit.office.find_hint"))
said = [one for one in verbs.words_to_office(store(), **by()) if sought(one)]
found = [one for one in verbs.conduct_of_officers(store(), **by()) if sought(one)]
with st.expander(t("visit.office.words", n=len(said)), icon=":material/edit_note:"):
    st.caption(t("visit.office.words_lead", n=LATEST))
    for one in said[:LATEST]:
        word(one)
heard = verbs.told_visits(store(), **by())
if heard:
    n = sum(one.spoken for one in heard)
    with st.expander(t("visit.office.told_title", n=n), icon=":material/edit_note:"):
        st.caption(t("visit.office.told_lead"))
        for one in heard:
            told(one)
records("conduct", part_of(found), officer, t("visit.office.none"), t("visit.office.none_hint"))
