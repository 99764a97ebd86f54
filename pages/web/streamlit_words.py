"""What Streamlit's own widgets say in English, in the reader's language: buttons that only a screen reader names,
the uploader."""

from functools import lru_cache

import i18n
from pages.shared.markup import Markup, asks_script

_OWN = "en"  # Streamlit's language


@lru_cache(maxsize=50)
def streamlit_words(language: i18n.Language) -> Markup:
    """In what a browser gets first, for readers of any language but Streamlit's: they stand by before its first widget
    does. Drawn with the page they came after it, and on a slow phone English stood there, and was read, until then."""
    said = [entry for key, entry in i18n.catalogue().items() if key.startswith("streamlit.")]
    words = {str(entry[_OWN]): str(entry[language]) for entry in said if entry[language] != entry[_OWN]}
    return asks_script("streamlit_words", words) if words else Markup()
