"""What a page shows after somebody else came in from the same browser: nothing of either, and the way on."""

import streamlit as st

from access.actor import Actor
from pages.shared.here import t
from pages.shared.links import here_link
from pages.shared.plain import letters


def changed_hands(actor: Actor | None, path: str) -> None:
    with st.container(key="changed-hands"):
        st.title(t("changed_hands.title"), anchor=False)
        st.markdown(_who_is_here(actor))
        st.markdown(t("changed_hands.kept"))
        here_link(t("changed_hands.open"), f"/{path}", primary=True)


def _who_is_here(actor: Actor | None) -> str:
    if actor is None:
        return t("changed_hands.nobody")
    return t("changed_hands.somebody", name=letters(actor.name)) if actor.name else t("changed_hands.another")
