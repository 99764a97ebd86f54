"""Which of Streamlit's scripts a page names in its first HTML: Streamlit asks for them one after another, when it is
told to draw with them."""

import re
from collections.abc import Iterable

from access.roles import PERMISSIONS
from pages.shared.markup import Markup
from pages.shared.style import SURVEY, address
from pages.web import icons
from pages.web.static_files import FOLDER

_EVERYWHERE = ("Html", "Checkbox", "Button", "purify.es")
_PAINTER = ("PlotlyChart",)  # of charts, four megabytes
_AT_ONCE, _IDLE = "modulepreload", "prefetch"
_DRAWN = ("see_dashboard", "see_screen", "see_results")
_ICONS = Markup('<link rel="preload" as="font" type="font/woff2" crossorigin href="{}">').format(icons.ADDRESS)
_FETCHES = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')


def painter_of(permission: str) -> str:
    """How a page with this permission names the painter of charts: at once where it draws some, idly for those who may
    look at one elsewhere; '', not at all: a phone that answers or raises something."""
    if permission in _DRAWN:
        return _AT_ONCE
    return "" if open_to_enterprises(permission) else _IDLE


def open_to_enterprises(permission: str) -> bool:
    return permission == "anyone" or permission in PERMISSIONS["enterprise"]


def links(page: str, painter: str, *, survey: bool) -> Markup:
    """Links to what every page draws with and, as `painter_of` says, to the painter; where there is one, to the icons
    too: a phone fetches them when it meets one. `survey`: its sheet is fetched with the page, elsewhere when idle."""
    soon = _fetched(_EVERYWHERE, page)
    late = _fetched(_PAINTER, page, *soon) if painter else []
    return _links(_AT_ONCE, soon) + _links(painter, late) + (_ICONS if painter else _sheet(survey=survey))


def _sheet(*, survey: bool) -> Markup:
    return Markup('<link rel="{}" as="style" href="{}">').format("preload" if survey else "prefetch", address(SURVEY))


def _fetched(names: Iterable[str], page: str, *known: str) -> list[str]:
    """These scripts and all that they fetch, as far as neither the page nor `known` names them."""
    found = dict[str, None]()
    waiting = [file.name for name in names for file in (FOLDER / "js").glob(f"{name}.*.js")]
    while waiting:
        name = waiting.pop()
        if name not in found and name not in page and name not in known:
            found[name] = None
            waiting += _FETCHES.findall((FOLDER / "js" / name).read_text(encoding="utf-8"))
    return list(found)


def _links(rel: str, names: Iterable[str]) -> Markup:
    link = Markup('<link rel="{}" as="script" crossorigin href="./static/js/{}">')
    return Markup().join(link.format(rel, name) for name in names)
