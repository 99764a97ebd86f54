"""A case's file, for those within whose scope the case lies, and one that lies beside minutes, for whoever reads them;
for all others it is not there."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from casework.minutes_files import file_of_minutes
from db.cases import attachments, handed_over
from db.cases.attachments import Attachment
from db.minutes_files import MinutesFile
from db.refused import Refused, StoreUnavailable
from pages.shared.here import store
from pages.web.asked import actor_of
from pages.web.plain_pages import refused_page


def attachment(request: Request) -> Response:
    """GET /attachments/{id}: the same answer for a file that does not exist and for one that is not theirs."""
    actor = actor_of(request)
    if actor is None:
        return _absent(request)
    wanted = request.path_params["id"]
    found = store().read(
        lambda con: attachments.get(con, actor.scope, wanted) or handed_over.file(con, actor.scope, wanted)
    )
    return _download(found) if found else _absent(request)


def minutes_file(request: Request) -> Response:
    """GET /minutes-files/{id}."""
    actor = actor_of(request)
    try:
        found = actor and file_of_minutes(store(), actor=actor, file_id=request.path_params["id"])
    except StoreUnavailable:
        raise
    except Refused:
        found = None
    return _download(found) if found else _absent(request)


def _download(found: Attachment | MinutesFile) -> Response:
    """Never shown within our own address: a browser saves it, as the type that its content has."""
    headers = {
        "content-disposition": f"attachment; filename=\"file\"; filename*=UTF-8''{quote(found.name, safe='')}",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "private, no-store",
    }
    return Response(store().files.content(found), media_type=found.media_type, headers=headers)


def _absent(request: Request) -> Response:
    return refused_page(request, Refused("no_such_page"), status=404)
