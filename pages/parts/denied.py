"""What somebody sees at the address of a page that is not theirs."""

import streamlit as st

from pages.parts.here import t
from pages.parts.links import here_link


def denied(*, signed_in: bool) -> None:
    """Says so, and offers the way on."""
    st.title(t("denied.title"))
    st.markdown(t("denied.other_role") if signed_in else t("denied.sign_in_first"))
    here_link(t("header.sign_in"), "/sign-in", primary=True)
