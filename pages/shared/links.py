"""Links that stay in this tab: routes outside Streamlit set cookies and send the browser back."""

from pages.shared.markup import Markup, show


def here_link(label: str, address: str, *, primary: bool = False) -> None:
    """A link styled as a button. `address` is one of our own paths."""
    style = "f2f-button f2f-primary" if primary else "f2f-button"
    show(Markup('<a class="{}" href="{}" target="_self">{}</a>').format(style, address, label), width="content")
