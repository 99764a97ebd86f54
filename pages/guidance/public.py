"""The public page of guidance: no account, no script. All there is, what is looked for, or one piece whole."""

from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse

import i18n
from db import guidance
from db.guidance import Guidance
from pages.guidance.words import about, beginning, facts_of, titled, written
from pages.shared.here import asked_by, kept, store, t
from pages.shared.markup import Markup, own_file
from pages.web.asked import language_named
from pages.web.public_page import public_page

_STYLE = own_file(Path(__file__).with_name("guidance.css"))
LONGEST, SHOWN = 100, 20


def guidance_page(request: Request) -> HTMLResponse:
    """GET /guidance (`?q=` the words that are looked for, `?page=`) and /guidance/{number}. `?lang=en` names the
    language in the address."""
    language, number = language_named(request), request.path_params.get("number")
    with asked_by(language):
        return _all(request, language) if number is None else _one(request, language, str(number))


def _all(request: Request, language: i18n.Language) -> HTMLResponse:
    typed = request.query_params.get("q", "")[:LONGEST].strip()
    found = store().read(lambda con: guidance.published(con, typed)) if typed else kept(guidance.published)
    last = max(1, -(-len(found) // SHOWN))
    asked = request.query_params.get("page", "")
    page = min(int(asked), last) if asked.isdecimal() and len(asked) < 7 and int(asked) else 1
    rows = Markup().join(_row(one, request) for one in found[SHOWN * (page - 1) :][:SHOWN])
    count = t("guidance.found", n=len(found)) if typed else t("guidance.count", n=len(found))
    listed = Markup('<p class="f2f-source" role="status">{}</p><ul class="f2f-guides">{}</ul>').format(count, rows)
    none = Markup('<p class="f2f-sentence">{}</p>').format(t("guidance.none_found" if typed else "guidance.none"))
    body = Markup('<p class="f2f-lead">{}</p>').format(t("guidance.lead")) + _search(request, typed)
    body += listed + _pages(request, typed, page, last) if found else none
    return _page(language, t("guidance.title"), body, _to(request, "/guidance", q=typed))


def _one(request: Request, language: i18n.Language, asked: str) -> HTMLResponse:
    number = int(asked) if asked.isdecimal() and len(asked) < 7 else 0
    found = next((one for one in kept(guidance.published) if one.number == number), None)
    all_of_it = Markup('<nav><a href="{}">{}</a></nav>').format(_to(request, "/guidance"), t("guidance.all"))
    path = f"/guidance/{number}"
    if found is None:
        gone = Markup('<p class="f2f-sentence">{}</p>').format(t("guidance.gone_hint")) + all_of_it
        return _page(language, t("guidance.gone"), gone, path, status=404)
    behind = kept(guidance.behind, found.id)
    facts = Markup().join(Markup("<dt>{}</dt><dd>{}</dd>").format(*one) for one in facts_of(found, behind))
    body = Markup('<p class="f2f-kind">{}</p>{}<dl class="f2f-facts">{}</dl>')
    body = body.format(about(found), written(found), facts)
    return _page(language, titled(found), body + all_of_it, path)


def _row(one: Guidance, request: Request) -> Markup:
    to = _to(request, f"/guidance/{one.number}")
    return Markup('<li><a href="{}">{}</a><p>{}</p><p class="f2f-source">{}</p></li>').format(
        to, titled(one), beginning(one), about(one)
    )


def _search(request: Request, typed: str) -> Markup:
    """What names the language in the address stays with it."""
    named = request.query_params.get("lang")
    keep = Markup('<input type="hidden" name="lang" value="{}">').format(named) if named else Markup()
    form = Markup(
        '<form action="/guidance" role="search">{}<label for="q">{}</label><span><input id="q" name="q" type="search" '
        'value="{}" maxlength="{}" placeholder="{}"><button>{}</button></span></form>'
    )
    return form.format(keep, t("guidance.search"), typed, LONGEST, t("guidance.search_hint"), t("guidance.go"))


def _pages(request: Request, typed: str, page: int, last: int) -> Markup:
    ways = [(n, t(word)) for n, word in ((page - 1, "guidance.before"), (page + 1, "guidance.after")) if 0 < n <= last]
    links = Markup().join(
        Markup('<a href="{}">{}</a>').format(_to(request, "/guidance", q=typed, page=n), words) for n, words in ways
    )
    return Markup("<nav>{}</nav>").format(links) if links else links


def _to(request: Request, path: str, **asked: object) -> str:
    more = {name: value for name, value in {**asked, "lang": request.query_params.get("lang")}.items() if value}
    return f"{path}?{urlencode(more)}" if more else path


def _page(language: i18n.Language, title: str, body: Markup, path: str, *, status: int = 200) -> HTMLResponse:
    return public_page(language, title, body, style=_STYLE, back=path, status=status)
