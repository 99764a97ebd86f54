"""Staff read what was said in free words before leaders do."""

import streamlit as st

from access.actor import Actor
from db.survey.surveys import Wave
from insight.survey.releasing import release_comments, waiting
from pages.results import board as results_board
from pages.shared.asking import attempt
from pages.shared.here import now, store, t
from pages.shared.plain import letters


def releasing(actor: Actor, wave: Wave) -> None:
    left = waiting(store(), actor=actor, wave_id=wave.id)
    if not left:
        return
    with st.expander(t("results.release.title", n=len(left))), st.form("release-comments", border=False):
        st.markdown(t("results.release.lead"))
        chosen = {one for one, words in left if st.checkbox(letters(words), key=f"release-{one}")}
        if st.form_submit_button(t("results.release.button"), type="primary", key="release-do") and chosen:
            asked = {"wave_id": wave.id, "ids": chosen}
            if n := attempt(lambda: release_comments(store(), actor=actor, at=now(), **asked)):
                results_board.forget()
                st.toast(t("results.release.done", n=n))
                st.rerun()
