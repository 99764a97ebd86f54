"""Links that stay in this tab: routes outside Streamlit set cookies and send the browser back."""

from casework.documents import documents
from pages.shared.here import t
from pages.shared.markup import Markup, show


def here_link(label: str, address: str, *, primary: bool = False) -> None:
    """A link styled as a button. `address` is one of our own paths."""
    style = "f2f-button f2f-primary" if primary else "f2f-button"
    show(Markup('<a class="{}" href="{}" target="_self">{}</a>').format(style, address, label), width="content")


def paper_links(address: str, label: str, *, primary: bool = False) -> None:
    """A Word file, and its PDF where one can be made."""
    here_link(label, f"{address}.docx", primary=primary)
    if documents.pdf_possible():
        here_link(t("letter.pdf"), f"{address}.pdf")
