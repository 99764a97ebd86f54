"""What a phone shows that scanned the code of a forum: the short form, and that it was taken."""

from collections.abc import Mapping
from html import escape

from starlette.responses import HTMLResponse

import i18n
from db.forums.forums import Forum
from db.refused import Refused
from pages.web.plain_pages import button, field, plain_page


def arrive_page(
    language: i18n.Language,
    token: str,
    forum: Forum,
    *,
    refusal: Refused | None = None,
    typed: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """The form, with what was typed still in it where it was refused."""
    typed = typed or {}
    fields = (
        f"<p>{escape(_of(forum, language))}</p>"
        + field(language, "arrive.name", "name", value=typed.get("name", ""), autocomplete="name")
        + field(language, "arrive.organisation", "organisation", value=typed.get("organisation", ""),
                autocomplete="organization")
        + _countries(language, typed.get("country", "CN"))
        + f"<p><small>{escape(i18n.text('arrive.notice', language))}</small></p>"
        + button(language, "arrive.submit")
    )  # fmt: skip
    if refusal and "day" in refusal.facts:
        refusal = Refused(refusal.code, day=i18n.weekday_and_day(forum.held_on, language))
    action = f"/arrive/{token}"
    return plain_page(language, "arrive.title", fields, action=action, refusal=refusal, back=action)


def arrived_page(language: i18n.Language, forum: Forum, name: str, survey: str | None) -> HTMLResponse:
    """The same whether they signed in for the first time or the second, by an enterprise of the register or not."""
    words = f"<p>{escape(i18n.text('arrive.done', language, name=name))}</p><p>{escape(_of(forum, language))}</p>"
    if survey:
        words += f'<p><a href="/s/{escape(survey)}">{escape(i18n.text("arrive.survey", language))}</a></p>'
    return plain_page(language, "arrive.done_title", words, action="/", refusal=None)


def _of(forum: Forum, language: i18n.Language) -> str:
    number, day = i18n.text("forum.number", language, number=forum.number), i18n.day(forum.held_on, language)
    return i18n.DOT.join((number, forum.theme(language), day, forum.place(language)))


def _countries(language: i18n.Language, chosen: str) -> str:
    """China first, then by name."""
    named = {"CN": i18n.countries(language)["CN"], **i18n.countries(language)}
    options = "".join(
        f'<option value="{code}"{" selected" if code == chosen else ""}>{escape(name)}</option>'
        for code, name in named.items()
    )
    label = escape(i18n.text("arrive.country", language))
    return f'<label for="country">{label}</label><select id="country" name="country">{options}</select>'
