"""Links to pages of ours by their path in the sitemap, for those who may open them."""

import streamlit as st

from pages.parts.here import visitor
from pages.sitemap import SITE


def site_link(path: str, label: str, *, icon: str | None = None, **query: str) -> None:
    """Nothing is drawn for a page that this person may not see."""
    person = visitor()
    row = next((row for row in SITE if row.path == path), None)
    if row and person and person.may(row.permission):
        st.page_link(row.file, label=label, icon=icon, width="stretch", query_params=query or None)
