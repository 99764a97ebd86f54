"""Whether the phone is online: said in words where it is not; what is typed or tapped is sent again when it is back.

The script is ours and fixed (online.js). A lost connection is seen by Streamlit's own mark too, see survey.css.
"""

from html import escape
from pathlib import Path

import streamlit as st

from pages.shared.here import t

_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def told_when_offline() -> None:
    """The band stands apart from the script: what holds only a script is not drawn."""
    st.html(f'<p class="f2f-offline" role="alert">{escape(t("survey.offline"))}</p>')
    st.html(f"<script>{_SCRIPT}</script>", unsafe_allow_javascript=True)
    st.button(t("survey.resend"), key="survey-resend")  # unseen; the script presses it
