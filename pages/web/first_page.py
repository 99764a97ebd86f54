"""What a browser gets first at a page's address: Streamlit's empty page in the reader's language, without what nobody
uses, and with the first words of the page where there are some (docs/decisions/0019)."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from string import Template

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

import i18n
from pages.shared.markup import Markup, filled, own_file
from pages.shared.style import EVERYWHERE, address
from pages.sitemap import SITE
from pages.web import icons, policy, scripts
from pages.web.ahead import links, open_to_enterprises, painter_of
from pages.web.asked import language_of
from pages.web.html_page import html_page, smaller
from pages.web.streamlit_words import streamlit_words

# A face that our stack does not name, and words for readers of English without scripts.
_UNUSED = re.compile(r'<link\s+rel="preload"[^>]*SourceSans[^>]*>|(?s:<noscript>.*?</noscript>)|(?s:^<!--.*?-->\s*)')
_CHANGES = (
    ('<html lang="en">', '<html lang="$lang">'),
    ("<title>Streamlit</title>", "<title>$title</title>"),
    ('href="./favicon.png"', 'href="/app/static/icon.svg"'),
    ("</head>", "$head</head>"),
    ("<body>", "<body>$old$first$words<noscript><p>$needs_script</p></noscript>"),
)
# Below the first words: a browser paints nothing before it has the sheets that stand above.
_SHEETS = re.compile(r'((?:<link rel="stylesheet"[^>]*>\s*)+)(.*)(<div id="root">)', re.DOTALL)
# Pages with the survey's sheet; the first two lead an enterprise home.
_LIKE_A_SURVEY = ("", "start", "home", "survey")
_CHARTS = Path(__file__).with_name("first_charts.js")
_HEAD, _OLD, _FIRST = (
    Template((Path(__file__).parent / f"first_{name}.html").read_text(encoding="utf-8"))
    for name in ("head", "old", "words")
)


class FirstPage:
    """ASGI middleware. `words`: the first words of a page by its path; nothing where there is nothing to say yet."""

    def __init__(self, app: ASGIApp, words: Mapping[str, Callable[[Request], Markup]]) -> None:
        self.app = app
        self.words = words
        self.plain = {"": "", "start": ""} | {row.path: row.plain for row in SITE}
        self.of_the_house = {row.path for row in SITE if not open_to_enterprises(row.permission)}
        self.painter = {row.path: painter_of(row.permission) for row in SITE}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "").removeprefix("/")
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and path in self.plain:
            answer = await run_in_threadpool(self._answer, Request(scope), path)
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _answer(self, request: Request, path: str) -> Response:
        language = language_of(request)
        said = self.words[path](request) if path in self.words else Markup()
        page, head = _page(self.painter.get(path, ""), path in _LIKE_A_SURVEY)
        facts = dict(
            lang=i18n.LANGUAGES[language].html,
            title=i18n.text("header.product", language),
            head=head,
            first=filled(_FIRST, {"words": said, "opening": i18n.text("header.opening", language)}) if said else "",
            words=streamlit_words(language),
            old=filled(_OLD, self._old(path, language)),
            sheet=Markup('<link rel="stylesheet" href="{}">').format(address(EVERYWHERE)),
            needs_script=i18n.text("header.needs_script", language),
        )
        headers = {"cache-control": "private, no-cache", "vary": "accept-encoding, accept-language, cookie"}
        answer = html_page(page, facts, headers=headers, policy=policy.of_streamlit)
        return smaller(request, answer)

    def _old(self, path: str, language: i18n.Language) -> dict[str, str]:
        """Of the page that a browser too old for Streamlit gets: where the same is, else what its reader is told."""
        instead = Markup('<p><a href="/f">{}</a></p>').format(i18n.text("header.old_instead", language))
        offered = path not in self.of_the_house  # who works there has no plain form
        words = i18n.text("header.old_words", language)
        return {"words": words, "instead": instead if offered else "", "plain": self.plain[path]}


@cache
def _page(painter: str, survey: bool) -> tuple[Template, Markup]:
    """Streamlit's page with room for what is ours, and what stands in its head."""
    page = _UNUSED.sub("", (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8"))
    ours = {"icons": icons.ADDRESS, "charts": own_file(_CHARTS), "scripts": scripts.ADDRESS}
    head = links(page, painter, survey=survey) + filled(_HEAD, ours)
    page = page.replace("$", "$$")
    for theirs, ours in _CHANGES:
        if theirs not in page:
            raise ValueError(f"Streamlit's page has changed: {theirs}")
        page = page.replace(theirs, ours, 1)
    return Template(_SHEETS.sub(r"\2\1$sheet\3", page)), head
