"""`/metrics`: numbers for whoever watches over the service (Prometheus' text), for those who have its token alone."""

import hmac
import os

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from db.refused import Refused
from db.system import keeping
from db.system import metrics as numbers
from pages.shared.here import now, store
from pages.web.plain_pages import refused_page


def metrics(request: Request) -> Response:
    """Without the token, or where the operator has set none, nothing is there."""
    token, said = os.environ.get("METRICS_TOKEN", ""), request.headers.get("authorization", "")
    if not token or not hmac.compare_digest(said.encode(), f"Bearer {token}".encode()):
        return refused_page(request, Refused("no_such_page"), status=404)
    at = now()
    found = store().read(lambda con: numbers.standing(con, at))
    found |= {"f2f_read_only": int(bool(store().damage)), "f2f_room": int(store().has_room()),
              "f2f_backup_late": int(keeping.is_late(at))}  # fmt: skip
    lines = (f"{name} {n}\n" for name, n in found.items())
    return PlainTextResponse("".join(lines), media_type="text/plain; version=0.0.4")
