"""The mark of invented data, in the frame of every page: with Streamlit and without."""

import i18n
from db.system import settings
from pages.shared.here import kept
from pages.shared.markup import Markup


def demo_mark(language: i18n.Language) -> Markup:
    """Nothing where the data is an office's own."""
    if not kept(settings.district).demo:
        return Markup()
    return Markup('<span class="f2f-demo">{}</span>').format(i18n.text("header.demo", language))
