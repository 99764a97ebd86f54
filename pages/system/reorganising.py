"""Putting one body or town in the place of another: what moves is said before it does."""

import streamlit as st

from casework.cases.reorganising import reorganise, would_move
from db import references
from db.references import ReferenceItem
from pages.shared.asking import by, save
from pages.shared.choices import choose
from pages.shared.here import actor, lang, store, t


def reorganise_form(item: ReferenceItem) -> None:
    """Below what else may be changed of it. A town's successor is a town, a body's one that handles cases."""
    known = store().read(lambda con: references.items(con, item.list, active_only=True))
    offered = {one.code: one.say(lang()) for one in known if one.code != item.code and one.kind != "leadership"}
    found = would_move(store(), actor=actor(), list_name=item.list, code=item.code)
    st.markdown(t(f"references.reorganise_{item.list}", **vars(found)))
    st.caption(t("references.reorganise_past"))
    into = choose(t("references.successor"), offered, key=f"successor-{item.code}")
    if st.button(t("references.reorganise_do"), type="primary", key="reorganise-do"):
        move = {"list_name": item.list, "code": item.code, "successor": into, "seen": item.seq}
        save(lambda: reorganise(store(), **move, **by()))
