"""The pages of one's own password and sessions, and of a password that a link sets."""

from collections.abc import Sequence

from starlette.responses import HTMLResponse

import i18n
from access.passwords import SHORTEST
from access.sessions import Held
from db import clock
from db.refused import Refused
from pages.shared.markup import Markup
from pages.web.plain_fields import Field, button, password_now
from pages.web.plain_pages import plain_page

_NEW = ("password_too_short", "password_differs", "password_same")  # both are empty again: both are typed again
_TWICE = (
    Field("password.new", "new", _NEW, kind="password", autocomplete="new-password",
          facts={"shortest": SHORTEST}),
    Field("password.again", "again", _NEW, kind="password", autocomplete="new-password"),
)  # fmt: skip


def own_page(
    language: i18n.Language, held: Sequence[Held], *, action: str, refusal: Refused | None, done: bool, in_house: bool
) -> HTMLResponse:
    fields = (password_now("current"), *_TWICE, button(language, "password.save"))
    lead = "password.saved" if done else "password.lead"
    below = _sessions(language, held, action)
    return plain_page(
        language, "page.password", fields, action=action, refusal=refusal, lead=lead, back=action, below=below,
        in_house=in_house,
    )  # fmt: skip


def reset_page(language: i18n.Language, login: str, *, action: str, refusal: Refused | None = None) -> HTMLResponse:
    whose = Markup("<p>{}</p>").format(i18n.text("accounts.login_is", language, login=login))
    fields = (whose, *_TWICE, button(language, "password.set"))
    return plain_page(
        language,
        "password.reset_title",
        fields,
        action=action,
        refusal=refusal,
        lead="password.reset_lead",
        back=action,
    )


def _sessions(language: i18n.Language, held: Sequence[Held], action: str) -> Markup:
    """A line each, with a button that ends it; one's own ends by signing out."""
    lines = Markup().join(_session(language, one, action) for one in held)
    title, lead = (i18n.text(f"sessions.{part}", language) for part in ("title", "lead"))
    return Markup('<section><h2>{}</h2><p>{}</p><ul class="held">{}</ul></section>').format(title, lead, lines)


def _session(language: i18n.Language, one: Held, action: str) -> Markup:
    when = {"since": one.since, "seen": one.seen}
    said = i18n.text("sessions.line", language, **{n: i18n.moment(clock.local(at), language) for n, at in when.items()})
    if one.own:
        end = Markup("<b>{}</b>").format(i18n.text("sessions.own", language))
    else:
        end = Markup('<form method="post" action="{}"><button name="end" value="{}">{}</button></form>').format(
            action, one.key, i18n.text("sessions.end", language)
        )
    return Markup("<li><span>{}</span>{}</li>").format(said, end)
