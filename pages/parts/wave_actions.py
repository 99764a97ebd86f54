"""What staff can do with a wave that goes on: one row of buttons, each opening its dialog."""

import streamlit as st

from db.surveys import WaveCounts
from pages.parts.here import t
from pages.parts.wave_forms import ask_to_close, ask_to_take_back
from pages.parts.wave_invite import ask_to_invite
from pages.parts.wave_remind import ask_to_remind
from pages.parts.wave_wall import ask_to_hang


def wave_actions(counts: WaveCounts) -> None:
    wave = counts.wave
    with st.container(horizontal=True, key="wave-actions"):
        if st.button(t("wave.invite"), type="primary", icon=":material/qr_code_2:", key="wave-invite"):
            ask_to_invite(wave)
        if counts.live and st.button(t("wave.take_back"), key="wave-take-back"):
            ask_to_take_back(wave)
        if st.button(t("wall.hang"), icon=":material/wall_art:", key="wave-wall"):
            ask_to_hang(wave)
        if st.button(t("remind.remind"), icon=":material/notifications:", key="wave-remind"):
            ask_to_remind(wave)
        if st.button(t("wave.close"), key="wave-close"):
            ask_to_close(wave)
