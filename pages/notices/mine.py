"""Where one is told, in which language, and whether at all."""

import streamlit as st

from casework.notices.notices import own_contacts
from pages.notices.contact import contact_card
from pages.notices.leaf_choice import leaf_choice
from pages.shared.here import actor, store, t
from pages.shared.site_links import site_link
from pages.shared.style import style

style("issue/issue", "notices/notices")
with st.container(key="narrow"):
    st.title(t("page.notices_mine"), anchor=False)
    st.markdown(t("notices.mine.lead"))
    for owner, contact in own_contacts(store(), actor=actor()).items():
        contact_card(owner, contact)
    leaf_choice()
    site_link("password", t("notices.mine.password"), icon=":material/key:")
