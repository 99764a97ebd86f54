"""Whether one is told of the weekly leaf."""

import streamlit as st

from casework.notices.weekly_leaf import choose_leaf, reads_leaf
from pages.shared.asking import attempt
from pages.shared.here import actor, now, store, t

KEY = "leaf-wanted"


def leaf_choice() -> None:
    """For those who may see the leaf."""
    if not actor().may("see_dashboard"):
        return
    st.session_state[KEY] = reads_leaf(store(), actor=actor())
    with st.container(border=True, key="card-leaf-choice"):
        st.toggle(t("leaf.told"), key=KEY, on_change=_choose)
        st.caption(t("leaf.told_when"))


def _choose() -> None:
    attempt(lambda: choose_leaf(store(), actor=actor(), wanted=st.session_state[KEY], at=now()))
