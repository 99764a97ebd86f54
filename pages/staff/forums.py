"""Forums."""

import streamlit as st

from pages.parts.here import t

st.title(t("page.forums"))
