"""A page outside Streamlit: what goes out as HTML was filled into a file of ours."""

from collections.abc import Mapping
from string import Template

from starlette.responses import HTMLResponse

from pages.shared.markup import filled


def html_page(
    page: Template, facts: Mapping[str, object], *, status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    return HTMLResponse(filled(page, facts), status_code=status, headers=headers)
