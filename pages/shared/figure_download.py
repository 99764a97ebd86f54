"""A chart taken away as a picture, with its finding, the meaning of its colours and its source: the browser puts it
together from what it shows, and nothing is sent to the server. The script is ours and fixed (figure_download.js); the
content security policy allows inline scripts, but none from a blob, which is how a component would bring it.
"""

from html import escape
from pathlib import Path

import streamlit as st

from pages.shared.here import t

KINDS = ("png", "svg")
_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def figure_download(chart_key: str, name: str) -> None:
    """PNG and SVG of the chart that is drawn under this key; `name` is the file's, without its ending."""
    buttons = "".join(
        f'<button type="button" value="{kind}" data-chart="{escape(chart_key)}" data-name="{escape(name)}">'
        f"{escape(t(f'economy.{kind}'))}</button>"
        for kind in KINDS
    )
    st.html(f'<span class="f2f-take">{buttons}</span>', width="content")
    st.html(f"<script>{_SCRIPT}</script>", unsafe_allow_javascript=True)  # style.css hides what holds a script
