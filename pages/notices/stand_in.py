"""Naming who stands in while one is away (AB角), and what lasts or is to come."""

import streamlit as st

import i18n
from casework.cases.standing_in import absences, end_absence, may_stand_in, name_stand_in
from db import clock
from db.people.stand_ins import Absence
from pages.shared.asking import by, save
from pages.shared.choices import choose, pick_day
from pages.shared.here import actor, lang, now, store, t
from pages.shared.names import people, person
from pages.shared.plain import plain


def stand_in_card() -> None:
    """For those who have cases or enterprises in their hand."""
    who = actor()
    if not who.may("name_stand_in"):
        return
    today = clock.day_of(now())
    with st.container(border=True, key="card-stand-in"):
        st.subheader(t("stand_in.title"), anchor=False)
        st.caption(t("stand_in.lead"))
        for one in absences(store(), actor=who, today=today):
            _line(one, own=one.account_id == who.id)
        offered = may_stand_in(store(), actor=who)
        if not offered:
            st.caption(t("stand_in.nobody"))
            return
        chosen = choose(t("stand_in.who"), people(offered), key="stand-in-who")
        with st.container(horizontal=True):
            since = pick_day(t("stand_in.since"), value=today, min_value=today, key="stand-in-since")
            until = pick_day(t("stand_in.until"), value=None, min_value=today, key="stand-in-until")
        if st.button(t("stand_in.name"), type="primary", key="stand-in-name"):
            save(lambda: name_stand_in(store(), stand_in_id=chosen, since=since, until=until, **by()))


def _line(one: Absence, *, own: bool) -> None:
    days = {"since": i18n.day(one.since, lang()), "until": i18n.day(one.until, lang())}
    with st.container(horizontal=True, vertical_alignment="center", key=f"stand-in-{one.id}"):
        who = {"absent": person(one.absent), "stand_in": person(one.stand_in)}
        plain(t("stand_in.own" if own else "stand_in.others", **who, **days))
        if own and st.button(t("stand_in.end"), type="tertiary", key=f"end-{one.id}", icon=":material/close:"):
            save(lambda: end_absence(store(), absence_id=one.id, **by()))
