"""How officers conduct themselves, for the office alone: a row an officer by name, and what enterprises wrote."""

import streamlit as st

import i18n
from casework import conduct as verbs
from casework.conduct import OfficersConduct
from db import clock
from db.conduct import FEWEST, SaidToOffice
from i18n import folding
from pages.conduct.words import said_count
from pages.shared import filters
from pages.shared.asking import by
from pages.shared.here import actor, lang, store, t
from pages.shared.markup import Markup, show
from pages.shared.names import names
from pages.shared.paging import part_of
from pages.shared.plain import plain
from pages.shared.rows import cell, records, row, strong
from pages.shared.style import style


def officer(one: OfficersConduct) -> None:
    n = one.counts
    visits = t("visit.office.asked", asked=n.asked, unasked=n.visits - n.asked, theirs=n.theirs)
    said = said_count(n) if one.told else t("visit.few", n=FEWEST)
    with st.container(key=f"row-{n.officer_id}", gap=None):
        who = strong(one.officer, quiet=names().town.get(one.town_code or "", ""))
        row("conduct", [who, cell(t("visit.office.visits", n=n.visits), quiet=visits), cell(said)])


def word(one: SaidToOffice) -> None:
    """Without a name by its month: a day would tell whose it is."""
    day = clock.day_of(one.said_at)
    when = i18n.day(day, lang()) if one.named else i18n.month(day, lang())
    who = one.enterprise(lang()) if one.named else t("visit.office.nameless")
    about = i18n.DOT.join((t(f"visit.felt.{one.felt}"), t("visit.office.of", officer=one.officer), when))
    with st.container(border=True):
        show(Markup('<b>{}</b><div class="f2f-quiet">{}</div>').format(who, about))
        plain(one.said)


style("shared/rows", "conduct/conduct")
st.title(t("visit.office.title"), anchor=False)
st.caption(t("visit.office.lead"))
said = verbs.words_to_office(store(), actor=actor())
with st.expander(t("visit.office.words", n=len(said)), icon=":material/edit_note:"):
    st.caption(t("visit.office.words_lead"))
    for one in said:
        word(one)
filters.search("text", t("visit.office.find"), t("visit.office.find_hint"))
typed, found = st.query_params.get("text", ""), verbs.conduct_of_officers(store(), **by())
shown = [one for one in found if folding.has(typed, one.officer, names().town.get(one.town_code or "", ""))]
records("conduct", part_of(shown), officer, t("visit.office.none"), t("visit.office.none_hint"))
