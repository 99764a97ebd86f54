"""Whether the phone is online: said in words where it is not; what is typed or tapped is sent again when it is back.

The script is ours and fixed (online.js). A lost connection is seen by Streamlit's own mark too, see survey.css.
"""

from pathlib import Path

import streamlit as st

from pages.shared.here import t
from pages.shared.markup import Markup, run_script, show

_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def told_when_offline() -> None:
    """The band stands apart from the script: what holds only a script is not drawn."""
    show(Markup('<p class="f2f-offline" role="alert">{}</p>').format(t("survey.offline")))
    run_script(_SCRIPT)
    st.button(t("survey.resend"), key="survey-resend")  # unseen; the script presses it
