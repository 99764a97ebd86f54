"""The roster of service officers: whom each looks after, and who has not been heard or visited for long."""

import streamlit as st

import i18n
from casework.cases.supervision import UNHEARD_FOR, officers, unheard
from db import clock
from db.cases.supervision import OfficerCare
from pages.shared import filters
from pages.shared.filter_address import view_from
from pages.shared.here import actor, lang, now, store, t
from pages.shared.names import names, person
from pages.shared.paging import PAGE, page_of
from pages.shared.rows import cell, records, row, strong
from pages.shared.style import style


def officer(one: OfficerCare) -> None:
    """Whom they look after, how many cases are open, when one was last heard."""
    silent = t("officers.silent", n=one.silent, days=UNHEARD_FOR.days) if one.silent else ""
    heard, tone = t("officers.no_enterprise"), "f2f-quiet"
    if one.enterprises:
        day = i18n.day(one.heard_on, lang()) if one.heard_on else ""
        ago = (today - one.heard_on).days if one.heard_on else 0
        heard = t("officers.heard", day=day, n=ago) if one.heard_on else t("officers.never")
        tone = "f2f-dot f2f-late" if unheard(one.heard_on, today) else "f2f-dot f2f-on"
    with st.container(key=f"row-{one.id}", gap=None):
        who = strong(person(one.name), quiet=called.town.get(one.town_code or "", ""))
        firms = cell(t("officers.enterprises", n=one.enterprises), quiet=silent)
        row("officers", [who, firms, cell(t("officers.open_cases", n=one.open_cases)), cell(heard, style=tone)])


style("shared/rows", "today/supervision")
me, today, called = actor(), clock.day_of(now()), names()
words, page = st.query_params.get("text", "")[:100], view_from(st.query_params)[1]
found, total = officers(store(), actor=me, words=words, page=page, size=PAGE, today=today)

st.title(t("officers.title"), anchor=False)
st.caption(t("officers.order"))
filters.search("text", t("officers.find"), t("officers.find_hint"))
page_of(total)
records("officers", found, officer, t("officers.none"), t("officers.none_hint"))
