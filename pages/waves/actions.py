"""What staff can do with a wave that goes on: one row of buttons, each opening its dialog."""

from functools import partial

import streamlit as st

import i18n
from db import clock
from db.survey.surveys import PAPER_GRACE, Wave, WaveCounts
from intake.waves import running as waves
from pages.shared.asking import ask, by, save
from pages.shared.here import lang, store, t
from pages.waves.invite import ask_to_invite
from pages.waves.quota import ask_for_quotas
from pages.waves.remind import ask_to_remind
from pages.waves.take_back import ask_to_take_back
from pages.waves.wall import ask_to_hang


def wave_actions(counts: WaveCounts, *, has_strata: bool) -> None:
    wave = counts.wave
    with st.container(horizontal=True, key="wave-actions"):
        if st.button(t("wave.invite"), type="primary", icon=":material/qr_code_2:", key="wave-invite"):
            ask_to_invite(wave)
        if st.button(t("wall.hang"), icon=":material/wall_art:", key="wave-wall"):
            ask_to_hang(wave)
        if st.button(t("remind.remind"), icon=":material/notifications:", key="wave-remind"):
            ask_to_remind(wave)
        if has_strata and st.button(t("quota.set"), icon=":material/flag:", key="wave-quota"):
            ask_for_quotas(wave)
        if counts.live and st.button(t("take_back.take_back"), icon=":material/link_off:", key="wave-take-back"):
            ask_to_take_back(wave)
        if st.button(t("wave.close"), key="wave-close"):
            ask(t("wave.close"), partial(_close, wave))


def keying_actions(wave: Wave) -> None:
    """A wave that is over waits for the last paper forms before it has results."""
    until = i18n.day(clock.day_of(wave.closes_at + PAPER_GRACE), lang())
    st.text(t("wave.keying", until=until))
    with st.container(horizontal=True, key="wave-keying"):
        if st.button(t("wave.keyed"), type="primary", icon=":material/done_all:", key="wave-keyed"):
            ask(t("wave.keyed"), partial(_finish, wave))
        st.page_link(
            "paper/paper.py", label=t("page.paper"), icon=":material/keyboard:", query_params={"wave": wave.id}
        )


def _close(wave: Wave) -> None:
    st.markdown(t("wave.close_lead"))
    keyed = st.checkbox(t("wave.keyed_all"), key="wave-close-keyed")
    if st.button(t("wave.close"), type="primary", key="wave-close-do"):
        save(lambda: waves.close_wave(store(), wave_id=wave.id, seen=wave.seq, keyed=keyed, **by()))


def _finish(wave: Wave) -> None:
    st.markdown(t("wave.keyed_lead"))
    if st.button(t("wave.keyed"), type="primary", key="wave-keyed-do"):
        save(lambda: waves.finish_keying(store(), wave_id=wave.id, seen=wave.seq, **by()))
