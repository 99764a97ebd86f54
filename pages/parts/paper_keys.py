"""The keys of data entry: Enter goes on to the next box, Backspace in an empty one goes back."""

from pathlib import Path

from streamlit.components.v2 import component

_SCRIPT = (Path(__file__).parent / "paper_keys.js").read_text(encoding="utf-8")
_KEYS = component("f2f_paper_keys", html="<span></span>", js=_SCRIPT)


def keys() -> None:
    """Without it, Tab does the same."""
    _KEYS(key="paper-keys-script")
