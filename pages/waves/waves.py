"""The survey's waves: which is open, who answered (how many, never what), links to hand out."""

import streamlit as st

from intake.waves import running as waves
from pages.shared.here import actor, now, store, t
from pages.shared.rows import empty, records
from pages.shared.style import style
from pages.waves.detail import wave_detail, wave_row
from pages.waves.groups import ask_for_groups
from pages.waves.new import ask_for_a_wave

style("shared/rows", "waves/waves")
found = waves.waves(store(), actor=actor(), at=now())
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title(t("page.surveys"))
    with st.container(horizontal=True, width="content"):
        if st.button(t("groups.groups"), icon=":material/category:", key="wave-groups"):
            ask_for_groups()
        if st.button(t("wave.new"), type="primary", icon=":material/add:", key="wave-new"):
            ask_for_a_wave()

chosen = next(
    (counts for counts in found if counts.wave.id == st.query_params.get("wave")), found[0] if found else None
)
if chosen is None:
    empty(t("wave.none"), t("wave.none_hint"))
else:
    wave_detail(chosen)
    st.header(t("wave.all"), anchor=False)
    records("waves", found, lambda counts: wave_row(counts, chosen=counts is chosen))
