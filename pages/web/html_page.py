"""A page outside Streamlit: what goes out as HTML was filled into a file of ours."""

import gzip
from collections.abc import Mapping
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse

from pages.shared.markup import filled


def html_page(
    page: Template, facts: Mapping[str, object], *, status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    return HTMLResponse(filled(page, facts), status_code=status, headers=headers)


def smaller(request: Request, answer: HTMLResponse) -> HTMLResponse:
    """Compressed, where the browser can read it."""
    if "gzip" in request.headers.get("accept-encoding", ""):
        answer.body = gzip.compress(bytes(answer.body), 6, mtime=0)
        answer.headers["content-encoding"], answer.headers["content-length"] = "gzip", str(len(answer.body))
    return answer
