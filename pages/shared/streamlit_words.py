"""What Streamlit's own widgets say in English, in the reader's language: buttons that only a screen reader names,
the uploader."""

from pathlib import Path

import i18n
from pages.shared.here import lang
from pages.shared.markup import in_script, run_script

_SCRIPT = (Path(__file__).parent / "streamlit_words.js").read_text(encoding="utf-8")
_OWN = "en"  # Streamlit's language


def streamlit_words() -> None:
    """Once a page, by the header, for readers of any language but Streamlit's."""
    said = [entry for key, entry in i18n.catalogue().items() if key.startswith("streamlit.")]
    words = {str(entry[_OWN]): entry[lang()] for entry in said if entry[lang()] != entry[_OWN]}
    if not words:
        return
    run_script(f"window.f2fWords = {in_script(words)};\n{_SCRIPT}")
