"""Links to pages of ours by their path in the sitemap, for those who may open them."""

import streamlit as st

from pages.shared.here import visitor
from pages.sitemap import SITE


def site_link(path: str, label: str, *, icon: str | None = None, first: bool = False) -> None:
    """Nothing is drawn for a page that this person may not see. `first` is the one thing to do here."""
    person = visitor()
    row = next((row for row in SITE if row.path == path), None)
    if row and person and person.may(row.permission):
        with st.container(key=f"{'first' if first else 'link'}-{path}"):
            st.page_link(row.file, label=label, icon=icon, width="stretch")


def story_link(enterprise_id: str, label: str) -> None:
    """To an enterprise's story, for those who may read it."""
    person = visitor()
    if person and person.may("see_story"):
        st.page_link("story/story.py", label=label, icon=":material/history_edu:", query_params={"id": enterprise_id})
