"""Which page a link opens: the plain form on phones and in browsers that nobody knows, the full page at a desk."""

import re
from collections.abc import Mapping

from starlette.requests import Request

from db.system import settings
from pages.shared.here import store

_PHONE = re.compile(r"Mobi|Android|iPhone|iPad|MicroMessenger|DingTalk|Lark|UCBrowser|MiuiBrowser", re.IGNORECASE)
_DESK = re.compile(r"(?:Chrome|Firefox|Version)/(\d+)")
# From here on the full page is drawn as it is meant: Chrome's and Firefox's count in hundreds, Safari's does not.
_OLDEST = {"Version": 16}
_OLDEST_OTHER = 100


def opens_plain(request: Request) -> bool:
    """By a person's own choice (`?page=plain|full`), else by the installation's, else by the browser."""
    wanted = request.query_params.get("page", "")
    chosen = wanted if wanted in settings.FORM_PAGES else store().kept(settings.form_page)
    return not _at_a_desk(request.headers) if chosen == "auto" else chosen == "plain"


def _at_a_desk(headers: Mapping[str, str]) -> bool:
    agent = headers.get("user-agent", "")
    if headers.get("sec-ch-ua-mobile") == "?1" or _PHONE.search(agent):
        return False
    found = _DESK.search(agent)
    return found is not None and int(found[1]) >= _OLDEST.get(found[0].partition("/")[0], _OLDEST_OTHER)
