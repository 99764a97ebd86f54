"""What Streamlit's own widgets say in English, in the reader's language: buttons that only a screen reader names,
the uploader."""

from functools import lru_cache

import i18n
from pages.shared.here import lang
from pages.shared.markup import run_script

_OWN = "en"  # Streamlit's language


def streamlit_words() -> None:
    """Once a page, by the header, for readers of any language but Streamlit's."""
    if words := _words(lang()):
        run_script("streamlit_words", words)


@lru_cache(maxsize=50)
def _words(language: i18n.Language) -> dict[str, str]:
    said = [entry for key, entry in i18n.catalogue().items() if key.startswith("streamlit.")]
    return {str(entry[_OWN]): str(entry[language]) for entry in said if entry[language] != entry[_OWN]}
