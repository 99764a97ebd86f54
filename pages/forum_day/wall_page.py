"""The wall as a page outside Streamlit: it hangs for hours, on a screen that nobody touches."""

import hashlib
import json
from html import escape
from pathlib import Path
from string import Template

from starlette.requests import Request

import i18n
from casework.forum_day.forum_day import ANSWERS
from casework.forum_day.forum_wall import Wall
from db.forums.forum_day import AgendaLine
from db.system import settings
from pages.shared.here import store
from pages.shared.receipt import qr_image
from pages.web.asked import is_secure

_PAGE = Template((Path(__file__).parent / "wall.html").read_text(encoding="utf-8"))
_ROWS = 7  # of the agenda in one of its two columns, in large type


def wall_page(request: Request, found: Wall, language: i18n.Language) -> str:
    forum, other = found.forum, i18n.LANGUAGES[language].beside
    day = i18n.weekday_and_day(forum.held_on, language)
    words = {kind: i18n.text(f"forum_day.kind_short.{kind}", language) for kind in (*ANSWERS, "over", "stale")}
    number = i18n.text("forum.number", language, number=forum.number)
    return _PAGE.substitute(
        lang=i18n.LANGUAGES[language].html,
        other_lang=i18n.LANGUAGES[other].html,
        title=escape(i18n.DOT.join((number, forum.theme(language)))),
        token=escape(request.path_params["token"]),
        version=version(found),
        number=escape(i18n.DOT.join((i18n.text("header.product", language), number, day, forum.place(language)))),
        theme=escape(forum.theme(language)),
        other=escape(forum.theme(other)),
        rows=max(_ROWS, -(-len(found.lines) // 2)),
        many="many" if len(found.lines) > 2 * _ROWS else "",
        items="".join(_item(line, language) for line in found.lines),
        codes=_codes(request, found, language),
        present=found.present,
        present_word=escape(i18n.text("wall.present", language)),
        answered=f"{answered(found)} / {len(found.lines)}",
        answered_word=escape(i18n.text("wall.answered", language)),
        words=json.dumps(words, ensure_ascii=False).replace("<", "\\u003c"),
    )


def _item(line: AgendaLine, language: i18n.Language) -> str:
    """No enterprise's name without its word."""
    item = line.item
    said = i18n.text(f"forum_day.kind_short.{item.answer_kind}", language) if item.answer_kind else ""
    who = f'<div class="who">{escape(line.enterprise(language))}</div>' if item.named else ""
    return (
        f'<li data-said="{escape(item.answer_kind or "")}"><b>{item.position}</b>'
        f'<div><div class="title">{escape(item.title)}</div>{who}</div><span class="said">{escape(said)}</span></li>'
    )


def _codes(request: Request, found: Wall, language: i18n.Language) -> str:
    codes = _code(request, f"/arrive/{request.path_params['token']}", "wall.sign_in", language)
    return codes + (_code(request, f"/s/{found.survey}", "wall.survey", language) if found.survey else "")


def _code(request: Request, path: str, key: str, language: i18n.Language) -> str:
    """Said in both languages: whoever scans it may not read the wall's."""
    base = store().read(settings.public_url) or f"{'https' if is_secure(request) else 'http'}://{request.url.netloc}"
    other = i18n.LANGUAGES[language].beside
    return (
        f"<figure>{qr_image(base + path, i18n.text(key, language))}<figcaption>{escape(i18n.text(key, language))}"
        f'<small lang="{i18n.LANGUAGES[other].html}">{escape(i18n.text(key, other))}</small></figcaption></figure>'
    )


def answered(found: Wall) -> int:
    return sum(line.item.answer_kind is not None for line in found.lines)


def version(found: Wall) -> str:
    """Another agenda, theme or survey draws the wall anew; an answer or a guest only moves what is there."""
    drawn = [(line.item.id, line.item.title, line.item.named) for line in found.lines]
    parts = (found.forum.seq if found.forum.state == "planned" else 0, found.survey, drawn)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
