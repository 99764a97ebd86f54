"""A page outside Streamlit, filled into its file: what is no markup is escaped, as everywhere."""

from collections.abc import Mapping
from string import Template

from markupsafe import escape
from starlette.responses import HTMLResponse


def html_page(
    page: Template, facts: Mapping[str, object], *, status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    content = page.substitute({name: escape(fact) for name, fact in facts.items()})
    return HTMLResponse(content, status_code=status, headers=headers)
