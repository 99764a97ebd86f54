"""Dialogs of the survey's staff page: take a link back, close early."""

from functools import partial

import streamlit as st

import i18n
from db import clock
from db.sql import Row
from db.surveys import Wave
from intake import waves
from pages.parts.asking import ask, attempt, saved
from pages.parts.choices import choose
from pages.parts.here import actor, lang, now, store, t

_MOST_TO_TAKE_BACK = 500


def ask_to_take_back(wave: Wave) -> None:
    ask(t("wave.take_back"), partial(_take_back, wave))


def ask_to_close(wave: Wave) -> None:
    ask(t("wave.close"), partial(_close, wave))


def _take_back(wave: Wave) -> None:
    live = waves.live_links(store(), actor=actor(), wave_id=wave.id, at=now(), limit=_MOST_TO_TAKE_BACK)
    offered = {row["id"]: _named(row) for row in live}
    st.markdown(t("wave.take_back_lead"))
    chosen = choose(t("wave.which_link"), offered, key="take-back")
    pressed = st.button(t("wave.take_back"), type="primary", disabled=chosen is None, key="take-back-do")
    if pressed and attempt(
        lambda: waves.revoke(store(), actor=actor(), invitation_id=chosen or "", at=now()),
    ):
        saved()


def _named(row: Row) -> str:
    name = row["name_en"] if lang() == "en" and row["name_en"] else row["name_zh"]
    return t("wave.link_of", name=name, at=i18n.moment(clock.local(row["created_at"]), lang()))


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
