"""The wall as a page outside Streamlit: it hangs for hours, on a screen that nobody touches."""

import hashlib
from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse

import i18n
from casework.forum_day.forum_day import ANSWERS
from casework.forum_day.forum_wall import Wall
from db.forums.forum_day import AgendaLine
from pages.shared.markup import Markup, in_script
from pages.shared.receipt import qr_image
from pages.web.asked import site_of
from pages.web.html_page import html_page

_PAGE = Template((Path(__file__).parent / "wall.html").read_text(encoding="utf-8"))
HEADERS = {"cache-control": "no-store"}
_ROWS = 7  # of the agenda in one of its two columns, in large type


def wall_page(request: Request, found: Wall, language: i18n.Language) -> HTMLResponse:
    forum, other = found.forum, i18n.LANGUAGES[language].beside
    day = i18n.weekday_and_day(forum.held_on, language)
    words = {kind: i18n.text(f"forum_day.kind_short.{kind}", language) for kind in (*ANSWERS, "over", "stale")}
    number = i18n.text("forum.number", language, number=forum.number)
    facts = dict(
        lang=i18n.LANGUAGES[language].html,
        other_lang=i18n.LANGUAGES[other].html,
        title=i18n.DOT.join((number, forum.theme(language))),
        token=request.path_params["token"],
        version=version(found),
        number=i18n.DOT.join((i18n.text("header.product", language), number, day, forum.place(language))),
        theme=forum.theme(language),
        other=forum.theme(other),
        rows=max(_ROWS, -(-len(found.lines) // 2)),
        many="many" if len(found.lines) > 2 * _ROWS else "",
        items=Markup().join(_item(line, language) for line in found.lines),
        codes=_codes(request, found, language),
        present=found.present,
        present_word=i18n.text("wall.present", language),
        answered=f"{answered(found)} / {len(found.lines)}",
        answered_word=i18n.text("wall.answered", language),
        words=in_script(words),
    )
    return html_page(_PAGE, facts, headers=HEADERS)


def _item(line: AgendaLine, language: i18n.Language) -> Markup:
    """No enterprise's name without its word."""
    item = line.item
    said = i18n.text(f"forum_day.kind_short.{item.answer_kind}", language) if item.answer_kind else ""
    who = Markup('<div class="who">{}</div>').format(line.enterprise(language)) if item.named else ""
    return Markup(
        '<li data-said="{}"><b>{}</b><div><div class="title">{}</div>{}</div><span class="said">{}</span></li>'
    ).format(item.answer_kind or "", item.position, item.title, who, said)


def _codes(request: Request, found: Wall, language: i18n.Language) -> Markup:
    codes = _code(request, f"/arrive/{request.path_params['token']}", "wall.sign_in", language)
    return codes + (_code(request, f"/s/{found.survey}", "wall.survey", language) if found.survey else "")


def _code(request: Request, path: str, key: str, language: i18n.Language) -> Markup:
    """Said in both languages: whoever scans it may not read the wall's."""
    other = i18n.LANGUAGES[language].beside
    return Markup('<figure>{}<figcaption>{}<small lang="{}">{}</small></figcaption></figure>').format(
        qr_image(site_of(request) + path, i18n.text(key, language)),
        i18n.text(key, language),
        i18n.LANGUAGES[other].html,
        i18n.text(key, other),
    )


def answered(found: Wall) -> int:
    return sum(line.item.answer_kind is not None for line in found.lines)


def version(found: Wall) -> str:
    """Another agenda, theme or survey draws the wall anew; an answer or a guest only moves what is there."""
    drawn = [(line.item.id, line.item.title, line.item.named) for line in found.lines]
    parts = (found.forum.seq if found.forum.state == "planned" else 0, found.survey, drawn)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
