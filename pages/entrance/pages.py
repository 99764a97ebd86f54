"""The pages of signing in, of following a case by its code, and of leaving."""

from html import escape
from urllib.parse import quote

from starlette.responses import HTMLResponse

import i18n
from access.actor import Actor
from db.refused import Refused
from pages.web.plain_pages import button, field, plain_page


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
    return plain_page(language, "sign_in.title", fields, action="/sign-in", refusal=refusal, back=back)


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
    return plain_page(language, "follow.title", fields, action=action, refusal=refusal, lead="follow.lead", back=action)


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
    return plain_page(language, f"{about}.title", fields, action=escape(action), refusal=None, back=action)


def _signed_in_as(key: str, language: i18n.Language, person: Actor) -> str:
    return i18n.text(key, language, name=person.name or i18n.text(f"role.{person.role}", language))
