"""The weekly leaf as PDF, for whoever may see the glance."""

from datetime import date

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import i18n
from casework.documents.print_fonts import NoFont
from db import clock
from insight.glance.leaf import leaf_pdf
from insight.glance.leaf_of import leaf_of
from pages.figures.filters import asked_filters
from pages.shared.here import now, store
from pages.web.asked import actor_of, file_answer, language_of, sign_in_first


def leaf(request: Request) -> Response:
    """Of the day in the address, or of today. A link in a notice leads through the sign-in where nobody is here."""
    language, actor = language_of(request), actor_of(request)
    if actor is None:
        return sign_in_first(request)
    if not actor.may("see_dashboard"):
        return PlainTextResponse(i18n.text("error.forbidden", language), status_code=403)
    today: date = clock.day_of(now())
    _, as_of = asked_filters(request.query_params, today)
    try:
        found = store().read(lambda con: leaf_of(con, scope=actor.scope, as_of=as_of, language=language))
        return file_answer(leaf_pdf(found), f"face-to-face-{as_of:%Y%m%d}", "pdf")
    except NoFont:
        return PlainTextResponse(i18n.text("leaf.no_font", language), status_code=503)
