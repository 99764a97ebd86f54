"""Where one is told, in which language, and whether at all."""

import streamlit as st

from access.own_data import own_data
from casework.notices.notices import NOTICE_VERSION, own_contacts
from casework.notices.weekly_leaf import choose_leaf, reads_leaf
from pages.notices.contact import contact_card
from pages.notices.stand_in import stand_in_card
from pages.notices.thresholds import threshold_choice
from pages.shared.asking import attempt, by
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import actor, store, t
from pages.shared.links import here_link
from pages.shared.style import style


def leaf_choice() -> None:
    """For those who may see the leaf."""
    if not actor().may("see_dashboard"):
        return
    st.session_state["leaf-wanted"] = reads_leaf(store(), actor=actor())
    with st.container(border=True, key="card-leaf-choice"):
        st.toggle(t("leaf.told"), key="leaf-wanted", on_change=_choose)
        st.caption(t("leaf.told_when"))


def _choose() -> None:
    attempt(lambda: choose_leaf(store(), wanted=st.session_state["leaf-wanted"], **by()))


def own_file() -> None:
    """All that is kept of an enterprise, for those who signed in for it."""
    if actor().enterprise_id:
        content, icon = own_data(store(), **by()), ":material/download:"
        st.download_button(t("notices.mine.own"), content, "face-to-face.json", FILE_TYPES["json"], on_click="ignore",
                           key="own-data", icon=icon)  # fmt: skip
        st.caption(t("notices.mine.own_help"))


style("issue/issue", "notices/notices")
with st.container(key="narrow"):
    st.title(t("page.notices_mine"), anchor=False)
    st.markdown(t("notices.mine.lead"))
    st.caption(t("notices.mine.notice", version=NOTICE_VERSION))
    contacts = own_contacts(store(), actor=actor())
    for owner, contact in contacts.items():
        contact_card(owner, contact)
    leaf_choice()
    threshold_choice(reached=bool(contacts["account"]))
    stand_in_card()
    own_file()
    here_link(t("notices.mine.password"), "/password")
