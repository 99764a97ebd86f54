"""Links to our routes outside Streamlit: in this tab, where they set cookies and send the browser back or bring a file;
in another where they are read, so that what is typed here stays."""

import streamlit as st

from casework.documents import documents
from pages.shared.here import t
from pages.shared.markup import Markup, show


def here_link(label: str, address: str, *, primary: bool = False) -> None:
    """A link styled as a button. `address` is one of our own paths."""
    style = "f2f-button f2f-primary" if primary else "f2f-button"
    show(Markup('<a class="{}" href="{}" target="_self">{}</a>').format(style, address, label), width="content")


def beside_link(label: str, address: str) -> None:
    """The same, in a tab of its own."""
    link = Markup('<a class="f2f-button" href="{}" target="_blank" rel="noopener">{}</a>')
    show(link.format(address, label), width="content")


def paper_links(address: str, label: str, *, primary: bool = False) -> None:
    """A Word file, and beside it its PDF where one can be made."""
    with st.container(horizontal=True, width="content"):
        here_link(label, f"{address}.docx", primary=primary)
        if documents.pdf_possible():
            here_link(t("letter.pdf"), f"{address}.pdf")
