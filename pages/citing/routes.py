"""Cited figures: a page, a picture, a table and data under an address that never changes.

`/cite/economy/exports` is the newest; `/cite/economy/exports/2026-11-30/1873` what was said on a day at a revision.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import i18n
from casework.documents.exports import to_csv
from db import clock
from db.answers import shared
from db.events import Head
from db.figures import citations
from db.figures.citations import Cited, PublicFigure
from db.figures.figures import ground
from insight.citing import given
from insight.citing.citing import SEES
from insight.citing.standing import Superseded, superseded
from pages.citing.page import citation_page
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import kept, now, store
from pages.web.asked import actor_of, language_named, sign_in_first, site_of

LONGEST = 100  # characters of filters that are looked for


@dataclass(frozen=True)
class CitedAddress:
    """What an address asks for; `as_of` and `n` are missing where it is the newest."""

    kind: str
    code: str
    asked: str
    as_of: date | None = None
    n: int | None = None

    @property
    def figure(self) -> PublicFigure:
        return PublicFigure(self.kind, self.code)


def cited_figure(request: Request) -> Response:
    """For whoever may see the figure, and for everybody where it is public."""
    wanted, ending = _wanted(request), request.path_params.get("ending", "")
    language = language_named(request)
    public = wanted is not None and not wanted.asked and wanted.figure in kept(citations.public)
    actor = actor_of(request)
    if not public and actor is None:
        return sign_in_first(request)
    if not public and not (wanted and actor and actor.may(SEES.get(wanted.kind, "see_figures"))):
        return PlainTextResponse(i18n.text("error.forbidden", language), status_code=403)
    one = _found(wanted) if wanted else None
    if one is None or ending not in ("", *given.KINDS):
        return PlainTextResponse(i18n.text("cite.not_here", language), status_code=404)
    standing = _standing(kept(ground), one, clock.day_of(now()))
    if not ending:
        return citation_page(one, language, standing, public=public, site=site_of(request))
    return _file(one, ending, language, standing, site=site_of(request), public=public)


def _wanted(request: Request) -> CitedAddress | None:
    path, query = request.path_params, {name: value for name, value in request.query_params.items() if name != "lang"}
    asked = urlencode(query)[:LONGEST]
    try:
        day = date.fromisoformat(path["day"]) if "day" in path else None
        return CitedAddress(path["kind"], path["code"], asked, day, int(path["n"]) if "n" in path else None)
    except ValueError:
        return None


def _found(wanted: CitedAddress) -> Cited | None:
    place = (wanted.kind, wanted.code, wanted.asked)
    if wanted.as_of is None or wanted.n is None:
        return store().read(lambda con: citations.newest(con, *place))
    day, n = wanted.as_of, wanted.n
    return store().read(lambda con: citations.cited(con, *place, day, n))


@shared(200)
def _standing(head: Head, one: Cited, today: date) -> Superseded | None:
    """Asked again only when a figure moved, however many look."""
    return store().read(lambda con: superseded(con, one, today))


def _file(
    one: Cited, ending: str, language: i18n.Language, standing: Superseded | None, *, site: str, public: bool
) -> Response:
    """A public one may be asked for by another site's page."""
    address = site + one.path
    if ending == "csv":
        columns, rows = given.table(one, language)
        content = to_csv(columns, rows)
    elif ending == "json":
        content = given.data(one, address, standing).encode()
    else:
        content = given.picture(one, language, address, standing).encode()
    headers = {"content-disposition": f'inline; filename="{one.code}-{one.as_of:%Y%m%d}-{one.n}.{ending}"'}
    headers |= {"cache-control": "public, max-age=300", "access-control-allow-origin": "*"} if public else {
        "cache-control": "private, no-store"}  # fmt: skip
    return Response(content, media_type=FILE_TYPES[ending], headers=headers)
