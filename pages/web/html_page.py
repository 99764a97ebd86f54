"""A page outside Streamlit: what goes out as HTML was filled into a file of ours."""

import gzip
from collections.abc import Callable, Mapping
from functools import partial
from string import Template

import brotli
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pages.shared.markup import filled
from pages.web.policy import strict

_CODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=5), "gzip": partial(gzip.compress, compresslevel=6, mtime=0)
}  # fmt: skip


def html_page(
    page: Template, facts: Mapping[str, object], *, status: int = 200, headers: Mapping[str, str] | None = None,
    policy: Callable[[str], str] = strict,
) -> HTMLResponse:  # fmt: skip
    """`policy` says from the page itself what a browser may run of it."""
    made = filled(page, facts)
    return HTMLResponse(made, status_code=status, headers={"content-security-policy": policy(made), **(headers or {})})


def smaller(request: Request, answer: HTMLResponse) -> HTMLResponse:
    """Compressed, where the browser can read it."""
    accepted = request.headers.get("accept-encoding", "")
    for coding, compressed in _CODINGS.items():
        if coding in accepted:
            answer.body = compressed(bytes(answer.body))
            answer.headers["content-encoding"], answer.headers["content-length"] = coding, str(len(answer.body))
            break
    return answer
