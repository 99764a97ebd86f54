"""The dialog that reminds: whom it would reach, what went out before, one button."""

from functools import partial
from uuid import uuid4

import streamlit as st

import i18n
from db import clock
from db.surveys import Wave
from intake import reminders
from pages.parts.asking import ask, attempt, saved
from pages.parts.here import actor, lang, now, store, t


def ask_to_remind(wave: Wave) -> None:
    ask(t("remind.remind"), partial(_remind, wave, str(uuid4())))


def _remind(wave: Wave, reminder_id: str) -> None:
    standing = reminders.standing(store(), actor=actor(), wave_id=wave.id)
    st.markdown(t("remind.lead", n=standing.reachable))
    st.caption(t("remind.unreachable", n=standing.unreachable))
    for sent in standing.sent:
        at = i18n.moment(clock.local(sent.reminded_at), lang())
        st.markdown(t("remind.sent", at=at, n=sent.notices))
    if standing.next_at and standing.next_at > now():
        st.info(t("remind.next", at=i18n.moment(clock.local(standing.next_at), lang())))
    pressed = st.button(t("remind.send"), type="primary", disabled=not standing.may_remind(now()), key="wave-remind-do")
    if pressed and attempt(
        lambda: reminders.remind(store(), actor=actor(), wave_id=wave.id, reminder_id=reminder_id, at=now())
    ):
        saved()
