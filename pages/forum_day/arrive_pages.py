"""What a phone shows that scanned the code of a forum: the short form, and that it was taken."""

from collections.abc import Mapping

from starlette.responses import HTMLResponse

import i18n
from casework.forum_day.forum_wall import NOTICE_VERSION
from db.forums.forums import Forum
from db.refused import Refused
from pages.shared.markup import Markup
from pages.web.plain_fields import Field, button
from pages.web.plain_pages import plain_page


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
        Markup("<p>{}</p>").format(_of(forum, language)),
        Field("arrive.name", "name", ("person_name",), value=typed.get("name", ""), autocomplete="name"),
        Field("arrive.organisation", "organisation", ("arrival_place",), value=typed.get("organisation", ""),
              autocomplete="organization"),
        _countries(language, typed.get("country", "CN")),
        Markup("<p><small>{}</small></p>").format(i18n.text("arrive.notice", language, version=NOTICE_VERSION)),
        button(language, "arrive.submit"),
    )  # fmt: skip
    if refusal and "day" in refusal.facts:
        refusal = Refused(refusal.code, day=i18n.weekday_and_day(forum.held_on, language))
    action = f"/arrive/{token}"
    return plain_page(language, "arrive.title", fields, action=action, refusal=refusal, back=action)


def arrived_page(language: i18n.Language, forum: Forum, name: str, survey: str | None) -> HTMLResponse:
    """The same whether they signed in for the first time or the second, by an enterprise of the register or not."""
    words = Markup("<p>{}</p><p>{}</p>").format(i18n.text("arrive.done", language, name=name), _of(forum, language))
    if survey:
        words += Markup('<p><a href="/s/{}">{}</a></p>').format(survey, i18n.text("arrive.survey", language))
    return plain_page(language, "arrive.done_title", (words,), action="/", refusal=None)


def _of(forum: Forum, language: i18n.Language) -> str:
    number, day = i18n.text("forum.number", language, number=forum.number), i18n.day(forum.held_on, language)
    return i18n.DOT.join((number, forum.theme(language), day, forum.place(language)))


def _countries(language: i18n.Language, chosen: str) -> Markup:
    """China first, then by name."""
    named = {"CN": i18n.countries(language)["CN"], **i18n.countries(language)}
    options = Markup().join(
        Markup('<option value="{}"{}>{}</option>').format(code, " selected" if code == chosen else "", name)
        for code, name in named.items()
    )
    label = i18n.text("arrive.country", language)
    return Markup('<label for="country">{}</label><select id="country" name="country">{}</select>').format(
        label, options
    )
