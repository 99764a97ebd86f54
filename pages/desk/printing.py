"""Cases on paper: a page without a menu, each case whole, that the browser prints."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

import i18n
from access.actor import Actor
from casework.cases.standing_in import stood_in
from casework.many import MOST
from db import clock
from db.cases import cases
from db.cases.cases import Case
from pages.desk.history import history_line, told_of
from pages.desk.row import due_word
from pages.shared.filter_address import filters_from, view_from
from pages.shared.here import asked_by, lang, now, store, t
from pages.shared.markup import Markup, own_file
from pages.shared.names import Names, names
from pages.shared.rows import listed
from pages.web.asked import actor_of, language_of, not_there
from pages.web.public_page import public_page

_STYLE = own_file(Path(__file__).parent / "printing.css")
_CASE = Markup('<article><h2>{} {}</h2>{}<p class="f2f-said">{}</p>{}</article>')


def print_cases(request: Request) -> Response:
    """GET /print/cases: those that the address filters or names, a page break where one does not fit."""
    who, (sort, _) = actor_of(request), view_from(request.query_params)
    if who is None or not who.may("see_cases"):
        return not_there(request, "forbidden", status=403)
    at = now()
    asked = filters_from(request.query_params, clock.day_of(at), who)
    found = store().read(lambda con: list(cases.every(con, who.scope, asked, sort=sort, most=MOST)))
    with asked_by(language_of(request), who):
        called = names()
        body = Markup().join(_whole(case, called) for case in found)
        body += _history(who, found[0], called) if len(found) == 1 else Markup()
        head = Markup("<p>{}</p>").format(t("desk.printed", n=len(found), time=i18n.moment(clock.local(at), lang())))
        here = f"{request.url.path}?{request.url.query}"
        return public_page(lang(), t("desk.title"), head + body, style=_STYLE, back=here)


def _whole(case: Case, called: Names) -> Markup:
    pairs = {
        "enterprise": case.enterprise(lang()),
        "sector": called.sector.get(case.sector_code),
        "town": called.town.get(case.town_code),
        "category": called.category.get(case.category),
        "state": t(f"case.state.{case.state}"),
        "submitted": i18n.moment(clock.local(case.submitted_at), lang()),
        "lead": called.who(case.lead_body),
        "co": t("desk.comma").join(called.who(code) for code in case.co),
        "due": due_word(case, clock.day_of(now())) if case.due_on else "",
        "rating": t(f"case.rating.{case.rating}") if case.rating else "",
    }
    told = listed("f2f-facts", ((t(f"desk.fact.{name}"), value) for name, value in pairs.items()))
    both = Markup("<br>").join(filter(None, (case.answer_text, case.answer_translated)))
    answer = Markup('<p class="f2f-said"><b>{}</b> {}</p>').format(t("desk.hit.answer"), both)
    return _CASE.format(case.number, case.title, told, case.text, answer if both else "")


def _history(who: Actor, case: Case, called: Names) -> Markup:
    """Of a case by itself, all that its reader is shown of what happened, the first first."""
    stood = stood_in(store(), actor=who, case_id=case.id)
    lines = Markup().join(history_line(event, called, stood) for event in told_of(who, case.id)[1])
    return Markup('<article class="f2f-whole"><h2>{}</h2><ol class="f2f-history">{}</ol></article>').format(
        t("desk.history"), lines
    )
