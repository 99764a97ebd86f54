"""Links that stay in this tab: routes outside Streamlit set cookies and send the browser back."""

from html import escape

import streamlit as st


def here_link(label: str, address: str, *, primary: bool = False) -> None:
    """A link styled as a button. `address` is one of our own paths."""
    style = "f2f-button f2f-primary" if primary else "f2f-button"
    st.html(f'<a class="{style}" href="{escape(address)}" target="_self">{escape(label)}</a>', width="content")
