"""Paper forms keyed in: the form's number, a line of keys for each part, next form."""

import streamlit as st

from intake.paper import keying as paper
from pages.paper.entry import entry, keys, turn
from pages.paper.second import second_keying
from pages.shared.asking import attempt, by
from pages.shared.choices import pick
from pages.shared.here import actor, lang, now, store, t
from pages.shared.rows import empty
from pages.shared.style import style

style("shared/rows", "paper/paper")
st.title(t("page.paper"))
waves = {wave.id: wave for wave in paper.open_waves(store(), actor=actor(), at=now())}
if not waves:
    empty(t("paper.none"), t("paper.none_hint"))
    st.stop()

st.markdown(t("paper.lead"))
wanted = st.query_params.get("wave", "")
with st.container(key="card-paper", border=True):
    with st.container(horizontal=True, vertical_alignment="bottom"):
        titles = {id_: wave.title(lang()) for id_, wave in waves.items()}
        index = list(waves).index(wanted) if wanted in waves else 0
        wave_id = pick(st.selectbox, t("paper.wave"), titles, index=index, key="paper-wave")
        entered, checked = paper.tally(store(), actor=actor(), wave_id=wave_id)
        st.markdown(t("paper.tally", n=entered, checked=checked))
    with st.container(key="paper-keys", gap="small"):
        hint, key = t("paper.number_hint"), f"paper-serial-{turn()}"
        typed = st.text_input(t("paper.number"), key=key, help=hint, autocomplete="off")
        found = attempt(lambda: paper.find(store(), wave_id=wave_id, typed=typed, **by())) if typed else None
        if found and found.entered and found.took_part:
            second_keying(found, typed)
        elif found:
            entry(found, typed)
    keys(turn())
