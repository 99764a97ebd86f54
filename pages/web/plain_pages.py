"""The frame of the few pages outside Streamlit: a form whose answer sets a cookie cannot be a Streamlit form."""

from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse

import i18n
from db.refused import Refused
from pages.shared.here import store
from pages.shared.language_links import language_links, unreviewed
from pages.shared.markup import Markup
from pages.shared.whose import whose
from pages.web.asked import actor_of, language_of
from pages.web.html_page import html_page
from pages.web.plain_fields import Fields, drawn, said, to_mend

_FORM = Markup('<form method="post" action="{}" novalidate>{}</form>')
_PAGE = Template((Path(__file__).parent / "plain_page.html").read_text(encoding="utf-8"))


def refused_page(request: Request, refusal: Refused, *, status: int = 403, back: str = "/") -> HTMLResponse:
    """Nothing to fill in: only why, and what to do. `back`: where the other language says the same."""
    person = actor_of(request)
    asked = {"status": status, "back": back, "in_house": person is not None and person.in_house}
    return plain_page(language_of(request), "refused.title", (), action="/", refusal=refusal, **asked)


def plain_page(
    language: i18n.Language,
    title: str,
    fields: Fields,
    *,
    action: str,
    refusal: Refused | None,
    lead: str | None = None,
    status: int = 403,
    back: str = "/",
    below: Markup | None = None,
    in_house: bool = False,
) -> HTMLResponse:
    """`action` takes what is filled in; `back` is where a change of language leads; `below` stands behind the form;
    `in_house` readers are offered the languages that have every text."""
    name, wrong = i18n.text(title, language), to_mend(fields, refusal)
    told = i18n.text("header.read_only", language) if store().damage else ""
    facts = dict(
        lang=i18n.LANGUAGES[language].html,
        dir=i18n.LANGUAGES[language].direction,
        title=name,
        title_first=i18n.text("plain.title_errors", language, n=wrong, title=name) if wrong else name,
        product=i18n.text("header.product", language),
        whose=whose(language),
        lead=Markup("<p>{}</p>").format(i18n.text(lead, language)) if lead else "",
        told=Markup('<p class="told" role="status">{}</p>').format(told) if told else "",
        refusal=said(fields, refusal, language),
        form=_FORM.format(action, drawn(fields, refusal, language)) if fields else "",
        below=below or "",
        home=i18n.text("header.home", language),
        languages=language_links(language, back, in_house=in_house),
        unreviewed=unreviewed(language),
    )
    # A form's post tells where it comes from only under this policy: no-referrer would make its Origin null.
    headers = {"cache-control": "no-store", "referrer-policy": "same-origin"}
    return html_page(_PAGE, facts, status=status if refusal else 200, headers=headers)
