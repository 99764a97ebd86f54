"""A page outside Streamlit: what goes out as HTML was filled into a file of ours."""

from collections.abc import Callable, Mapping
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse

from pages.shared.markup import filled
from pages.web.policy import strict
from pages.web.static_files import coding_of, compressed


def html_page(
    page: Template, facts: Mapping[str, object], *, status: int = 200, headers: Mapping[str, str] | None = None,
    policy: Callable[[str], str] = strict,
) -> HTMLResponse:  # fmt: skip
    """`policy` says from the page itself what a browser may run of it."""
    made = filled(page, facts)
    return HTMLResponse(made, status_code=status, headers={"content-security-policy": policy(made), **(headers or {})})


def smaller(request: Request, answer: HTMLResponse) -> HTMLResponse:
    """Compressed, where the browser can read it."""
    if coding := coding_of(request.headers.get("accept-encoding", "")):
        answer.body = compressed(bytes(answer.body), coding)
        answer.headers["content-encoding"], answer.headers["content-length"] = coding, str(len(answer.body))
    return answer
