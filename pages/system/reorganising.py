"""Putting one body or town in the place of another: what moves is said before it does."""

import streamlit as st

from casework.cases.reorganising import reorganise, would_move
from db.references import ReferenceItem
from pages.shared.asking import by, save
from pages.shared.choices import choose, handling, names
from pages.shared.here import actor, store, t


def reorganise_form(item: ReferenceItem) -> None:
    """Below what else may be changed of it. A town's successor is a town, a body's one that handles cases."""
    known = handling() if item.list == "body" else names(item.list, active_only=True)
    offered = {code: name for code, name in known.items() if code != item.code}
    found = would_move(store(), actor=actor(), list_name=item.list, code=item.code)
    st.markdown(t(f"references.reorganise_{item.list}", **vars(found)))
    st.caption(t("references.reorganise_past"))
    into = choose(t("references.successor"), offered, key=f"successor-{item.code}")
    if st.button(t("references.reorganise_do"), type="primary", key="reorganise-do"):
        move = {"list_name": item.list, "code": item.code, "successor": into, "seen": item.seq}
        save(lambda: reorganise(store(), **move, **by()))
