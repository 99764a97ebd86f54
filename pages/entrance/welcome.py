"""What this is, for somebody who is not signed in."""

import streamlit as st

from db import guidance
from db.survey import estimates
from pages.shared.here import kept, store, t
from pages.shared.links import here_link
from pages.shared.steps import show_next_steps

st.title(t("welcome.title"))
st.markdown(t("welcome.lead"))
show_next_steps()
with st.container(horizontal=True):
    here_link(t("welcome.sign_in"), "/sign-in", primary=True)
    here_link(t("page.verify"), "/verify")
    if store().read(estimates.public):
        here_link(t("welcome.published"), "/published")
    if kept(guidance.published):
        here_link(t("guidance.help.all"), "/guidance")
st.caption(t("welcome.by_link"))
