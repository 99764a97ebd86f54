"""What Streamlit's own widgets say in English, in the reader's language: buttons that only a screen reader names,
the uploader."""

from functools import lru_cache
from pathlib import Path

import i18n
from pages.shared.here import lang
from pages.shared.markup import in_script, run_script

_SCRIPT = (Path(__file__).parent / "streamlit_words.js").read_text(encoding="utf-8")
_OWN = "en"  # Streamlit's language


def streamlit_words() -> None:
    """Once a page, by the header, for readers of any language but Streamlit's."""
    if script := _script(lang()):
        run_script(script)


@lru_cache(maxsize=50)
def _script(language: i18n.Language) -> str:
    said = [entry for key, entry in i18n.catalogue().items() if key.startswith("streamlit.")]
    words = {str(entry[_OWN]): entry[language] for entry in said if entry[language] != entry[_OWN]}
    return f"window.f2fWords = {in_script(words)};\n{_SCRIPT}" if words else ""
