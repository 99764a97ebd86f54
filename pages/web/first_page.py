"""What a browser gets first at a page's address: Streamlit's empty page in the reader's language, without what nobody
uses, and with the first words of the page where there are some (docs/decisions/0019)."""

import gzip
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

import i18n
from pages.shared.markup import Markup, own_file
from pages.sitemap import SITE
from pages.web.asked import language_of
from pages.web.icons import FACE
from pages.web.static_files import FOLDER

# A face that our stack does not name, and words for readers of English without scripts.
_UNUSED = re.compile(r'<link\s+rel="preload"[^>]*SourceSans[^>]*>|(?s:<noscript>.*?</noscript>)|(?s:^<!--.*?-->\s*)')
_SHEET = re.compile(r'<link rel="stylesheet"[^>]*>')
# What every page draws, which Streamlit fetches only when it is told to: its pieces would come one after another.
_SOON = ("Html", "Checkbox", "Button", "purify.es")
_FETCHES = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
_HERE = Path(__file__).parent
_STYLE, _SCRIPT = (Markup(own_file(_HERE / f"first_words.{kind}")) for kind in ("css", "js"))
_WORDS = Markup('<style>{}</style><div id="f2f-first">{}<p class="f2f-opening">{}</p></div><script>{}</script>')
FirstWords = Callable[[Request], Markup]


class FirstPage:
    """ASGI middleware. `words`: the first words of a page by its path; nothing where there is nothing to say yet."""

    def __init__(self, app: ASGIApp, words: Mapping[str, FirstWords]) -> None:
        self.app = app
        self.words = words
        self.pages = {"", "start", *(row.path for row in SITE)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "").removeprefix("/")
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and path in self.pages:
            answer = await run_in_threadpool(self._answer, Request(scope), path)
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _answer(self, request: Request, path: str) -> Response:
        language = language_of(request)
        said = self.words[path](request) if path in self.words else Markup()
        opening = i18n.text("header.opening", language)
        words = _WORDS.format(_STYLE, said, opening, _SCRIPT) if said else Markup()
        content = _page(language).replace("<body>", f"<body>{words}", 1).encode()
        headers = {"cache-control": "private, no-cache", "vary": "accept-encoding, accept-language, cookie"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            content, headers["content-encoding"] = gzip.compress(content, 6, mtime=0), "gzip"
        return Response(content, media_type="text/html", headers=headers)


@cache
def _page(language: i18n.Language) -> str:
    page = _UNUSED.sub("", (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8"))
    without = Markup("<noscript><p>{}</p></noscript>").format(i18n.text("header.needs_script", language))
    changed = (
        ('<html lang="en">', f'<html lang="{i18n.LANGUAGES[language].html}">'),
        ("<title>Streamlit</title>", f"<title>{i18n.text('header.product', language)}</title>"),
        ('href="./favicon.png"', 'href="/app/static/icon.svg"'),
        ("</head>", f"{_soon(page)}{FACE}</head>"),
        ("<body>", f"<body>{without}"),
    )
    # Below the first words: a browser paints nothing before it has the sheets that stand above.
    for sheet in _SHEET.findall(page):
        page = page.replace(sheet, "").replace('<div id="root">', f'{sheet}<div id="root">')
    for theirs, ours in changed:
        if theirs not in page:
            raise ValueError(f"Streamlit's page has no {theirs}")
        page = page.replace(theirs, ours, 1)
    return page


def _soon(page: str) -> str:
    """Links to these scripts and to all that they fetch, as far as the page does not name them itself."""
    folder, found = FOLDER / "js", dict[str, None]()
    waiting = [file.name for name in _SOON for file in folder.glob(f"{name}.*.js")]
    while waiting:
        name = waiting.pop()
        if name not in found and name not in page:
            found[name] = None
            waiting += _FETCHES.findall((folder / name).read_text(encoding="utf-8"))
    return "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in found)
