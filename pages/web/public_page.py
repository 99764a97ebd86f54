"""The frame of what everybody may read: no account, no script."""

from pathlib import Path
from string import Template

from starlette.responses import HTMLResponse

import i18n
from pages.shared.language_links import language_links
from pages.shared.markup import Markup
from pages.shared.whose import whose
from pages.web.html_page import html_page

_PAGE = Template((Path(__file__).parent / "public_page.html").read_text(encoding="utf-8"))


def public_page(
    language: i18n.Language, title: str, body: Markup, *, style: Markup, back: str, others: str = "",
    status: int = 200,
) -> HTMLResponse:  # fmt: skip
    """`back` is where the other language says the same."""
    facts = dict(
        lang=i18n.LANGUAGES[language].html,
        title=str(title),  # a name in another language says so in the heading alone
        heading=title,
        product=i18n.text("header.product", language),
        whose=whose(language),
        skip=i18n.text("plain.skip", language),
        home=i18n.text("header.home", language),
        style=style,
        body=body,
        others=others,
        languages=language_links(language, back, in_house=True),
    )
    return html_page(_PAGE, facts, status=status)
