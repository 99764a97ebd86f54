"""Chinese for what Streamlit's own widgets say in English: buttons that only a screen reader names, the uploader."""

from pathlib import Path

import i18n
from pages.shared.here import lang
from pages.shared.markup import in_script, run_script

_SCRIPT = (Path(__file__).parent / "streamlit_words.js").read_text(encoding="utf-8")


def streamlit_words() -> None:
    """Once a page, by the header. English needs none."""
    if lang() == "en":
        return
    words = {str(entry["en"]): entry["zh"] for key, entry in i18n.catalogue().items() if key.startswith("streamlit.")}
    run_script(f"window.f2fWords = {in_script(words)};\n{_SCRIPT}")
