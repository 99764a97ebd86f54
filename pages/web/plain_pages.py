"""The frame of the few pages outside Streamlit: a form whose answer sets a cookie cannot be a Streamlit form."""

from html import escape
from pathlib import Path
from string import Template

from starlette.responses import HTMLResponse

import i18n
from db.refused import Refused
from pages.shared.language_links import language_links

_PAGE = Template((Path(__file__).parent / "plain_page.html").read_text(encoding="utf-8"))


def refused_page(language: i18n.Language, refusal: Refused, *, status: int = 403, back: str = "/") -> HTMLResponse:
    """Nothing to fill in: only why, and what to do. `back`: where the other language says the same."""
    return plain_page(language, "refused.title", "", action="/", refusal=refusal, status=status, back=back)


def plain_page(
    language: i18n.Language,
    title: str,
    fields: str,
    *,
    action: str,
    refusal: Refused | None,
    lead: str | None = None,
    status: int = 403,
    back: str = "/",
) -> HTMLResponse:
    """`action` takes what is filled in; `back` is where a change of language leads."""
    said = i18n.text(f"error.{refusal.code}", language, **refusal.facts) if refusal else ""
    body = _PAGE.substitute(
        lang=i18n.LANGUAGES[language].html,
        title=escape(i18n.text(title, language)),
        product=escape(i18n.text("header.product", language)),
        lead=f"<p>{escape(i18n.text(lead, language))}</p>" if lead else "",
        refusal=f'<p class="refused" role="alert">{escape(said)}</p>' if said else "",
        form=f'<form method="post" action="{action}">{fields}</form>' if fields else "",
        home=escape(i18n.text("header.home", language)),
        languages=language_links(language, back),
    )
    # A form's post tells where it comes from only under this policy: no-referrer would make its Origin null.
    headers = {"cache-control": "no-store", "referrer-policy": "same-origin"}
    return HTMLResponse(body, status_code=status if refusal else 200, headers=headers)


def field(
    language: i18n.Language, label: str, name: str, *, kind: str = "text", value: str = "", autocomplete: str = "off"
) -> str:
    return (
        f'<label for="{name}">{escape(i18n.text(label, language))}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" value="{escape(value)}" '
        f'autocomplete="{autocomplete}" required maxlength="200">'
    )


def button(language: i18n.Language, label: str) -> str:
    return f'<button type="submit">{escape(i18n.text(label, language))}</button>'
