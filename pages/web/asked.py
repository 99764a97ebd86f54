"""What an HTTP request says: who asks, in which language, from where; and a file as its answer."""

from collections.abc import Callable
from functools import partial
from os import SEEK_END
from tempfile import TemporaryFile
from typing import BinaryIO, cast
from urllib.parse import quote, urlparse

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse

import i18n
from access.actor import Actor
from access.entrance import who_is_here
from db.system import settings
from pages.shared.cookies import LANGUAGE_COOKIE, SESSION_COOKIE, named
from pages.shared.file_types import FILE_TYPES
from pages.shared.here import kept, now, read_in, store

PIECE = 256 * 1024  # bytes of a file in memory at once


def actor_of(request: Request) -> Actor | None:
    """From the cookie, anew with every request."""
    return who_is_here(store(), cookie(request, SESSION_COOKIE), now())


def file_answer(content: bytes, name: str, kind: str) -> Response:
    """A download called `name`.`kind`, never kept by a cache. `name` is ours and ASCII."""
    return Response(content, media_type=FILE_TYPES[kind], headers=_download(name, kind))


def written_answer(write: Callable[[BinaryIO], None], name: str, kind: str) -> Response:
    """The same of what may be large: it is written to the disk, and sent from there piece by piece."""
    file = cast(BinaryIO, TemporaryFile())  # noqa: SIM115 - it is gone as soon as it is sent
    write(file)
    headers = _download(name, kind) | {"content-length": str(file.seek(0, SEEK_END))}
    file.seek(0)
    pieces = iter(partial(file.read, PIECE), b"")
    return StreamingResponse(
        pieces, media_type=FILE_TYPES[kind], headers=headers, background=BackgroundTask(file.close)
    )


def _download(name: str, kind: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}.{kind}"', "cache-control": "private, no-store"}


def not_there(request: Request, code: str = "no_such_page", *, status: int = 404) -> Response:
    """Why there is nothing for whoever asks, in their language; after how many seconds there may be where it is only
    that the machine has no time now."""
    words, headers = i18n.text(f"error.{code}", language_of(request)), {"cache-control": "no-store"}
    if code == "paper_busy":
        status, headers = 503, headers | {"retry-after": "60"}
    return PlainTextResponse(words, status_code=status, headers=headers)


def sign_in_first(request: Request) -> Response:
    """Nobody is here: through the sign-in, and back."""
    here = f"{request.url.path}?{request.url.query}".rstrip("?")
    return RedirectResponse(f"/sign-in?next={quote(here)}", status_code=303)


def from_here(request: Request) -> bool:
    """Whether our own page, or the address bar, asks: browsers say so, and another site cannot forge it."""
    site = request.headers.get("sec-fetch-site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    if not origin:  # no browser, or a link on a plain http address
        return True
    own = {request.headers.get("host"), request.headers.get("x-forwarded-host")}
    return urlparse(origin).netloc in own - {None}


def own_path(path: str) -> str:
    """A path of ours; anything that would leave this site becomes the front page."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


def language_of(request: Request) -> i18n.Language:
    wanted = cookie(request, LANGUAGE_COOKIE) or request.headers.get("accept-language")
    return read_in(wanted, lambda: actor_of(request))


def language_named(request: Request) -> i18n.Language:
    """Of what is published: the address may name it (`?lang=en`), so that a link says the same to everybody it is sent
    to."""
    named = request.query_params.get("lang")
    return i18n.whole(i18n.choose(named) if named else language_of(request))


def cookie(request: Request, name: str) -> str:
    """'' where the browser sends none."""
    return request.cookies.get(named(name, secure=is_secure(request)), "")


def keep_cookie(request: Request, answer: Response, name: str, value: str, *, seconds: int) -> None:
    """No script reads it, and no other site's page sends it; 0 seconds take it away."""
    secure = is_secure(request)
    name = named(name, secure=secure)
    answer.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="lax", secure=secure)


def address_of(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def site_of(request: Request) -> str:
    """What addresses begin with that leave this site: as it was set, else as it was asked for."""
    return kept(settings.public_url) or f"{'https' if is_secure(request) else 'http'}://{request.url.netloc}"


def is_secure(request: Request) -> bool:
    return request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
