"""What this is, for somebody who is not signed in."""

import streamlit as st

from db.survey import estimates
from pages.shared.here import store, t
from pages.shared.links import here_link

st.title(t("welcome.title"))
st.markdown(t("welcome.lead"))
here_link(t("welcome.sign_in"), "/sign-in", primary=True)
if store().read(estimates.public):
    here_link(t("welcome.published"), "/published")
st.caption(t("welcome.by_link"))
