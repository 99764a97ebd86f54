"""Dialogs of the survey's staff page: close early, say that all paper is in."""

from functools import partial

import streamlit as st

from db.survey.surveys import Wave
from intake.waves import running as waves
from pages.shared.asking import ask, attempt, saved
from pages.shared.here import actor, now, store, t


def ask_to_close(wave: Wave) -> None:
    ask(t("wave.close"), partial(_close, wave))


def _close(wave: Wave) -> None:
    st.markdown(t("wave.close_lead"))
    keyed = st.checkbox(t("wave.keyed_all"), key="wave-close-keyed")
    if st.button(t("wave.close"), type="primary", key="wave-close-do") and attempt(
        lambda: waves.close_wave(store(), actor=actor(), wave_id=wave.id, seen=wave.seq, keyed=keyed, at=now())
    ):
        saved()


def ask_whether_keyed(wave: Wave) -> None:
    ask(t("wave.keyed"), partial(_finish, wave))


def _finish(wave: Wave) -> None:
    st.markdown(t("wave.keyed_lead"))
    if st.button(t("wave.keyed"), type="primary", key="wave-keyed-do") and attempt(
        lambda: waves.finish_keying(store(), actor=actor(), wave_id=wave.id, seen=wave.seq, at=now())
    ):
        saved()
