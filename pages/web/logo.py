"""The district's logo, as its folder has it (docs/districts.md)."""

import base64
import re

from starlette.requests import Request
from starlette.responses import Response

from db.system import settings
from pages.shared.here import kept
from pages.web.static_files import FOR_EVER

_DATA = re.compile(r"data:([a-z/+]+);base64,(.+)")
# Opened by itself, a picture runs and loads nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def logo(_request: Request) -> Response:
    """GET /logo, kept for ever: its address has the mark of its content. 404 where the district has none."""
    of = _DATA.fullmatch(kept(settings.logo))
    if of is None:
        return Response(status_code=404)
    headers = {"cache-control": FOR_EVER, "content-security-policy": _POLICY, "x-content-type-options": "nosniff"}
    return Response(base64.b64decode(of[2]), media_type=of[1], headers=headers)
