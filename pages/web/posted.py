"""A form of a page outside Streamlit, as it was sent: another site's does nothing, the typed is taken in a thread."""

from collections.abc import Callable, Coroutine
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from db.refused import Refused
from pages.web.asked import from_here
from pages.web.plain_pages import refused_page

Typed = dict[str, str]
Taking = Callable[[Request, Typed], Response]
Posting = Callable[[Request], Coroutine[Any, Any, Response]]


def posted(*names: str) -> Callable[[Taking], Posting]:
    """The route of a POST whose fields have these names; one that is missing is ''."""

    def of(take: Taking) -> Posting:
        async def route(request: Request) -> Response:
            if not from_here(request):
                return refused_page(request, Refused("other_site"))
            form = await request.form()
            return await run_in_threadpool(take, request, {name: str(form.get(name, "")) for name in names})

        return route

    return of
