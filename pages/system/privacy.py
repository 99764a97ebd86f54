"""Personal data: who was shown whom, how long what is kept, and what is erased on request."""

import streamlit as st

from pages.shared.here import t
from pages.shared.rows import row_style
from pages.system.erasing import erasing_part
from pages.system.kept import kept_part, looked_part

row_style()
st.title(t("page.privacy"))
st.caption(t("privacy.lead"))
with st.container(border=True, key="card-looked"):
    looked_part()
with st.container(border=True, key="card-kept"):
    kept_part()
with st.container(border=True, key="card-erase"):
    erasing_part()
