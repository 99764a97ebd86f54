"""The frame of every page of the plain form: words in the first request, nothing fetched but one small script."""

import hashlib
from base64 import b64encode
from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import Response

import i18n
from pages.plain.pieces import link, note
from pages.plain.visits import Visit
from pages.shared.here import store, t
from pages.shared.language_links import language_links, unreviewed
from pages.shared.markup import Markup, own_file
from pages.shared.whose import whose
from pages.web.html_page import html_page, smaller
from pages.web.static_files import FOR_EVER

_HERE = Path(__file__).parent
_PAGE = Template((_HERE / "plain.html").read_text(encoding="utf-8"))
_CSS, _SCRIPT = own_file(_HERE / "plain.css"), own_file(_HERE / "plain.js")
_DIGEST = hashlib.sha256(_SCRIPT.encode()).hexdigest()[:12]
SCRIPT = "/f/plain.js"
_POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src 'sha256-{b64encode(hashlib.sha256(_CSS.encode()).digest()).decode()}'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# A form's post tells where it comes from only under this policy: no-referrer would make its Origin null.
_HEADERS = {"cache-control": "no-store", "referrer-policy": "same-origin", "content-security-policy": _POLICY}
_WAYS = {"/f": "page.survey", "/f/raise": "page.raise", "/f/cases": "mine.title", "/f/visits": "page.visits",
         "/guidance": "guidance.help.all"}  # fmt: skip
_TOLD = ("kept", "sending", "received", "offline", "other_tab", "failed", "count", "restored")


def page(
    visit: Visit, title: str, content: Markup, *, errors: int = 0, status: int = 200, full: str = "", back: str = ""
) -> Response:
    """`title` says where one is; `errors` how many things are wrong, which the title says first. `full` is the same in
    the full page, `back` where another language leads."""
    said = t("plain.title_errors", n=errors, title=title) if errors else title
    facts = dict(
        lang=i18n.LANGUAGES[visit.language].html,
        dir=i18n.LANGUAGES[visit.language].direction,
        unreviewed=unreviewed(visit.language),
        title=t("plain.title", title=said, product=t("header.product")),
        css=_CSS,
        skip=t("plain.skip"),
        product=t("header.product"),
        whose=whose(visit.language),
        choose_language=t("header.languages"),
        languages=language_links(visit.language, back or visit.base),
        content=(note(t("header.read_only"), late=True) if store().damage else Markup()) + content,
        foot=_foot(visit, full),
        script=f"{SCRIPT}?v={_DIGEST}",
        words=_words(),
    )
    return smaller(visit.request, html_page(_PAGE, facts, status=status, headers=_HEADERS))


def script(_request: Request) -> Response:
    """GET /f/plain.js, kept for ever: its address has the mark of its content."""
    return Response(_SCRIPT, media_type="text/javascript", headers={"cache-control": FOR_EVER})


def _foot(visit: Visit, full: str) -> Markup:
    links = link(full, t("plain.full"), "act") if full else Markup()
    own = visit.person.may("follow_cases") and visit.person.way == "account"
    ways = {path: t(words) for path, words in _WAYS.items()} if own else {}
    nav = (
        Markup('<nav aria-label="{}">{}</nav>').format(
            t("plain.ways"), Markup().join(link(path, words) for path, words in ways.items())
        )
        if ways
        else ""
    )
    return Markup('<p class="quiet">{}</p>{}{}').format(t(f"plain.time_{visit.person.way}"), nav, links)


def _words() -> Markup:
    """What the script says: it is a file and cannot look them up."""
    return Markup().join(Markup(' data-{}="{}"').format(name, t(f"plain.line.{name}")) for name in _TOLD)
