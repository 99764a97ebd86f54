"""An officer's visits: recorded in a dialog, listed with one's own counts."""

from functools import partial
from uuid import uuid4

import streamlit as st

import i18n
from casework import conduct as verbs
from casework.conduct import VisitForm
from db import clock
from db.people.care import InCare
from pages.conduct.words import places, was_asked
from pages.shared.asking import ask, by, day_or_never, save
from pages.shared.choices import pick, pick_day
from pages.shared.here import actor, lang, now, store, t
from pages.shared.rows import cell, row, strong


def visit_button(one: InCare) -> None:
    if st.button(t("visit.record"), key=f"visit-{one.id}", icon=":material/edit_square:", type="tertiary"):
        ask(t("visit.record_of", name=one.say(lang())), partial(_record, one.id, str(uuid4())))


def _record(enterprise_id: str, visit_id: str) -> None:
    st.caption(t("visit.record_lead"))
    today = clock.day_of(now())
    day = pick_day(t("visit.day"), today, min_value=today - verbs.BACK, max_value=today, key="visit-day")
    place = pick(st.segmented_control, t("visit.place_label"), places(), key="visit-place", width="stretch")
    asked = pick(st.segmented_control, t("visit.asked_label"), {True: t("visit.asked.yes"), False: t("visit.asked.no")},
                 key="visit-asked", width="stretch")  # fmt: skip
    about = st.text_area(t("visit.about"), key="visit-about", height=90) or ""
    if st.button(t("visit.save"), type="primary", key="visit-save"):
        form = VisitForm(day_or_never(day), place=place or "", asked=asked, about=about)
        record = partial(verbs.record_visit, store(), visit_id=visit_id, enterprise_id=enterprise_id)
        save(lambda: record(form=form, **by()))


def own_visits() -> None:
    """One's own, and how many; nothing of what enterprises said."""
    found, n = verbs.recorded(store(), actor=actor()), verbs.own_visits(store(), **by())
    st.header(t("visit.own"), anchor=False)
    if not found and not n.visits:
        st.caption(t("visit.own_none"))
        return
    st.caption(t("visit.own_count", n=n.visits, asked=n.asked, unasked=n.visits - n.asked, theirs=n.theirs))
    if not found:
        return
    with st.container(border=True, key="list-visits", gap=None):
        for one in found:
            about = i18n.DOT.join((t(f"visit.place.{one.place}"), was_asked(one.asked)))
            cells = [strong(one.enterprise(lang()), quiet=one.about), cell(about), cell(i18n.day(one.day, lang()))]
            with st.container(key=f"row-{one.id}", gap=None):
                row("visits", cells)
