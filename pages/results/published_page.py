"""The public page of what the district published of its surveys: no account, no script, its method below it."""

from datetime import date
from itertools import starmap
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse

import i18n
from db import clock
from db.survey import estimates as stored
from db.survey.estimates import Published
from db.system import settings
from insight.survey.report import TABLES, Report, from_json
from insight.survey.report_words import (
    Speech,
    cells_finding,
    dimensions_finding,
    dimensions_source,
    method,
    sentence,
    trust,
)
from insight.survey.wave_numbers import INDEX
from pages.citing.listed import CITING, public_list
from pages.results import board as results_board
from pages.results.files import FILES
from pages.results.questions import questions_markup
from pages.results.span_rows import span_rows
from pages.results.tiles import tiles_markup
from pages.results.view import finding, lines_markup, source
from pages.shared.here import store
from pages.shared.markup import Markup, own_file
from pages.web.asked import language_named
from pages.web.public_page import public_page

_HERE = Path(__file__).parent
section = Markup('<h2 class="f2f-section">{}</h2>').format


def published_page(request: Request) -> HTMLResponse:
    """GET /published and /published/{number}: no account, nothing but what was published, with its method.

    `?lang=en` names the language in the address, so that a link says the same to everybody it is sent to."""
    named, asked = request.query_params.get("lang"), request.path_params.get("number")
    say = results_board.speech(language_named(request))
    live = [(one, from_json(one.content)) for one in store().read(stored.public)]
    shown = next((pair for pair in live if asked in (None, str(pair[1].number))), None)
    keep = f"?lang={say.language}" if named else ""
    others = Markup().join(
        Markup('<a href="/published/{}{}">{}</a>').format(found.number, keep, found.title(say.language))
        for one, found in live
        if shown is None or one is not shown[0]
    )
    path = f"/published/{quote(asked, safe='')}" if asked else "/published"
    if shown is None:
        none = _nothing(say, others=bool(live))
        return _page(say, say.word("public.title"), none, others, path=path, status=404)
    published, found = shown
    body = _body(found, published, say) + _files(found, say, keep)
    return _page(say, found.title(say.language), body, others, path=path)


def _nothing(say: Speech, *, others: bool) -> Markup:
    said = say.word("public.not_this" if others else "public.none")
    nothing = Markup('<p class="f2f-sentence">{}</p><p><a class="f2f-file" href="/">{}</a></p>')
    return nothing.format(said, say.word("public.home"))


def _body(found: Report, shown: Published, say: Speech) -> Markup:
    facts = {
        "district": store().read(settings.district).say(say.language),
        "opened": i18n.day(date.fromisoformat(found.opened), say.language),
        "closed": i18n.day(date.fromisoformat(found.closed), say.language),
        "version": shown.version,
        "day": i18n.day(clock.day_of(shown.published_at), say.language),
    }
    parts = [
        source(say.word("public.lead", **facts)),
        Markup('<p class="f2f-sentence">{}</p>').format(sentence(found, say)),
        tiles_markup(found, say),
    ]
    if found.dimensions:
        parts += [section(say.word("section.dimensions")), finding(dimensions_finding(found, say))]
        parts.append(span_rows(found.dimensions, say, name=say.figure))
        parts.append(source(dimensions_source(found, say)))
    for table in TABLES:
        if rows := found.tables.get(table, {}).get(INDEX):
            parts.append(section(i18n.DOT.join((say.word("index"), say.word(f"where.{table}")))))
            parts.append(finding(cells_finding(table, rows, say)))
            parts.append(span_rows(rows, say, name=lambda code, table=table: say.group(table, code)))
            if found.hidden.get(table):
                parts.append(source(say.word("where.hidden", n=found.hidden[table])))
    if asked := questions_markup(found, say):
        parts += [section(say.word("section.questions")), asked]
    parts += [section(say.word("section.trust")), lines_markup(trust(found, say))]
    parts += [section(say.word("take.method")), lines_markup(method(found, say))]
    return Markup().join(parts)


def _files(found: Report, say: Speech, keep: str) -> Markup:
    """The same as files, in the reader's language."""
    named = {f"/published/{found.number}.{ending}{keep}": say.word(f"take.{kind}") for kind, ending in FILES.items()}
    links = Markup().join(starmap(Markup('<a class="f2f-file" href="{}">{}</a>').format, named.items()))
    return section(say.word("public.take")) + Markup('<p class="f2f-files">{}</p>').format(links)


def _page(say: Speech, title: str, body: Markup, others: Markup, *, path: str, status: int = 200) -> HTMLResponse:
    more = Markup("<nav><b>{}</b>{}</nav>").format(say.word("public.others"), others) if others else ""
    figures = public_list(say.language)
    style = own_file(_HERE / "results.css") + CITING
    return public_page(say.language, title, body + figures, style=style, back=path, others=more,
                       status=200 if figures else status)  # fmt: skip
