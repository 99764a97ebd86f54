"""The few pages outside Streamlit: a form whose answer sets a cookie cannot be a Streamlit form."""

from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from starlette.responses import HTMLResponse

import i18n
from access.actor import Actor
from db.refused import Refused

_PAGE = Template((Path(__file__).parent / "plain_page.html").read_text(encoding="utf-8"))


def sign_in_page(
    language: i18n.Language, *, refusal: Refused | None = None, login: str = "", then: str = "/"
) -> HTMLResponse:
    """`then` is the path of ours that signing in leads to."""
    fields = (
        f'<input type="hidden" name="next" value="{escape(then)}">'
        + field(language, "sign_in.login", "login", value=login, autocomplete="username")
        + field(language, "sign_in.password", "password", kind="password", autocomplete="current-password")
        + button(language, "sign_in.submit")
    )
    back = f"/sign-in?next={quote(then, safe='/')}"
    return entrance_page(language, "sign_in.title", fields, action="/sign-in", refusal=refusal, back=back)


def follow_page(
    language: i18n.Language, code: str, *, person: Actor | None, refusal: Refused | None = None, number: str = ""
) -> HTMLResponse:
    """Whoever is signed in reads here already that the case is opened in their account's place."""
    signed_in = person is not None and person.way == "account"
    fields = (
        field(language, "follow.number", "number", value=number)
        + (f"<p>{escape(_signed_in_as('instead.lead', language, person))}</p>" if person and signed_in else "")
        + button(language, "instead.go" if signed_in else "follow.submit")
    )
    action = f"/c/{escape(code)}"
    return entrance_page(
        language, "follow.title", fields, action=action, refusal=refusal, lead="follow.lead", back=action
    )


def instead_page(language: i18n.Language, person: Actor, *, address: str) -> HTMLResponse:
    """Asks whoever is signed in before the link at `address` takes their account's place."""
    return _asking(language, "instead", person, action=address)


def sign_out_page(language: i18n.Language, person: Actor) -> HTMLResponse:
    return _asking(language, "leave", person, action="/sign-out")


def _asking(language: i18n.Language, about: str, person: Actor, *, action: str) -> HTMLResponse:
    """One button that does it, and one way back."""
    fields = (
        f"<p>{escape(_signed_in_as(f'{about}.lead', language, person))}</p>"
        + button(language, f"{about}.go")
        + f'<p><a class="second" href="/">{escape(i18n.text("instead.stay", language))}</a></p>'
    )
    return entrance_page(language, f"{about}.title", fields, action=escape(action), refusal=None, back=action)


def _signed_in_as(key: str, language: i18n.Language, person: Actor) -> str:
    return i18n.text(key, language, name=person.name or i18n.text(f"role.{person.role}", language))


def refused_page(language: i18n.Language, refusal: Refused, *, status: int = 403, back: str = "/") -> HTMLResponse:
    """Nothing to fill in: only why, and what to do. `back`: where the other language says the same."""
    return entrance_page(language, "refused.title", "", action="/", refusal=refusal, status=status, back=back)


def entrance_page(
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
    other = "en" if language == "zh" else "zh"
    body = _PAGE.substitute(
        lang="zh-CN" if language == "zh" else "en",
        title=escape(i18n.text(title, language)),
        product=escape(i18n.text("header.product", language)),
        lead=f"<p>{escape(i18n.text(lead, language))}</p>" if lead else "",
        refusal=f'<p class="refused" role="alert">{escape(said)}</p>' if said else "",
        form=f'<form method="post" action="{action}">{fields}</form>' if fields else "",
        other=other,
        other_name=i18n.OWN_NAMES[other],
        home=escape(i18n.text("header.home", language)),
        back=escape(quote(back, safe="/")),
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
