"""The pages of signing in, of following a case by its code, and of leaving."""

from base64 import b64encode
from urllib.parse import quote

from starlette.responses import HTMLResponse

import i18n
from access.actor import Actor
from access.second_factor import CodeAsked
from casework.documents.code_picture import code_of
from db.refused import Refused
from i18n.names import said
from i18n.writing import MAIN
from pages.shared.markup import Markup
from pages.web.plain_fields import Field, button, code_field
from pages.web.plain_pages import plain_page


def sign_in_page(
    language: i18n.Language, *, refusal: Refused | None = None, login: str = "", then: str = "/", identity: bool = False
) -> HTMLResponse:
    """`then` is the path of ours that signing in leads to; `identity`: another house can say who it is."""
    fields = (
        Markup('<input type="hidden" name="next" value="{}">').format(then),
        Field("sign_in.login", "login", ("login_missing", "sign_in_failed"), value=login, autocomplete="username",
              verbatim=True),
        Field("sign_in.password", "password", ("password_missing", "sign_in_failed"), kind="password",
              autocomplete="current-password"),
        button(language, "sign_in.submit"),
    )  # fmt: skip
    elsewhere = Markup('<p><a class="second" href="/sign-in/identity?next={}">{}</a></p>').format(
        quote(then, safe="/"), i18n.text("sign_in.identity", language)
    )
    back = f"/sign-in?next={quote(then, safe='/')}"
    return plain_page(language, "sign_in.title", fields, action="/sign-in", refusal=refusal, back=back,
                      below=elsewhere if identity else None)  # fmt: skip


def code_page(language: i18n.Language, asked: CodeAsked, *, refusal: Refused | None, then: str) -> HTMLResponse:
    """The code of the second factor; the first time with what a device learns it from."""
    fields = (
        Markup('<input type="hidden" name="next" value="{}">').format(then),
        _to_learn(language, asked) if asked.secret else Markup(),
        code_field("code"),
        button(language, "sign_in.submit"),
    )
    lead, back = ("second.first" if asked.secret else "second.lead"), f"/sign-in/code?next={quote(then, safe='/')}"
    return plain_page(language, "second.title", fields, action="/sign-in/code", refusal=refusal, lead=lead, back=back)


def _to_learn(language: i18n.Language, asked: CodeAsked) -> Markup:
    picture = f"data:image/png;base64,{b64encode(code_of(asked.address)).decode()}"
    typed = i18n.text("second.secret", language)
    return Markup('<img class="code" src="{}" alt=""><p>{}<br><code>{}</code></p>').format(picture, typed, asked.secret)


def follow_page(
    language: i18n.Language, code: str, *, person: Actor | None, refusal: Refused | None = None, number: str = ""
) -> HTMLResponse:
    """Whoever is signed in reads here already that the case is opened in their account's place."""
    signed_in = person is not None and person.way == "account"
    instead = Markup("<p>{}</p>")
    fields = (
        Field("follow.number", "number", ("number_missing", "code_unknown"), value=number),
        instead.format(_signed_in_as("instead.lead", language, person)) if person and signed_in else Markup(),
        button(language, "instead.go" if signed_in else "follow.submit"),
    )
    action = f"/c/{code}"
    return plain_page(language, "follow.title", fields, action=action, refusal=refusal, lead="follow.lead", back=action)


def instead_page(language: i18n.Language, person: Actor, *, address: str) -> HTMLResponse:
    """Asks whoever is signed in before the link at `address` takes their account's place."""
    return _asking(language, "instead", person, action=address)


def sign_out_page(language: i18n.Language, person: Actor) -> HTMLResponse:
    return _asking(language, "leave", person, action="/sign-out")


def _asking(language: i18n.Language, about: str, person: Actor, *, action: str) -> HTMLResponse:
    """One button that does it, and one way back."""
    fields = (
        Markup("<p>{}</p>").format(_signed_in_as(f"{about}.lead", language, person)),
        button(language, f"{about}.go"),
        Markup('<p><a class="second" href="/">{}</a></p>').format(i18n.text("instead.stay", language)),
    )
    house = person.in_house
    return plain_page(language, f"{about}.title", fields, action=action, refusal=None, back=action, in_house=house)


def _signed_in_as(key: str, language: i18n.Language, person: Actor) -> str:
    name = said({MAIN: person.name}, language) or i18n.text(f"role.{person.role}", language)
    return i18n.text(key, language, name=name)
