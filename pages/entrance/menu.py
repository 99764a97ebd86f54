"""The menu that a person may see: its pages are made once for all who may see the same in the same language."""

import os
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path

import streamlit as st
from streamlit.util import calc_hash

import i18n
from access.actor import Actor
from pages.entrance.denied import denied
from pages.shared.here import lang
from pages.sitemap import SITE, SitePage

_PICTURE = (Path(__file__).parents[1] / "static/icon.svg").read_bytes()
ICON = f"data:image/svg+xml;base64,{b64encode(_PICTURE).decode()}"  # Streamlit would read the file at every run


class SharedPage(st.Page):
    """Streamlit lets a page be run once by whom it was given to, and takes the hash of its address dozens of times a
    run: this one serves every run."""

    _can_be_called = property(lambda _: True, lambda _, __: None)  # type: ignore[assignment]

    @cached_property
    def _script_hash(self) -> str:  # type: ignore[override]
        return calc_hash(self._url_path)


@dataclass(frozen=True)
class Menu:
    """`pages` by their address; `groups` as Streamlit's menu takes them; `start` only leads on."""

    pages: Mapping[str, st.Page]
    groups: dict[str, list[st.Page]]
    start: st.Page
    shown: bool


def menu_of(actor: Actor | None) -> Menu:
    permissions = actor.permissions if actor else frozenset()
    lacks = frozenset(row.path for row in SITE if row.wants and not os.environ.get(row.wants))
    return _menu(permissions, lacks, actor is not None, bool(actor) and actor.in_house, lang())


@lru_cache(maxsize=200)
def _menu(
    permissions: frozenset[str], lacks: frozenset[str], signed_in: bool, beside: bool, language: i18n.Language
) -> Menu:
    allowed = {row.path: row.permission == "anyone" or row.permission in permissions for row in SITE}
    pages = {
        row.path: _page(row, allowed[row.path], signed_in, language, offered=row.path not in lacks) for row in SITE
    }
    # Streamlit gives its default page no other address than '/', and ours keep theirs: the default only leads on.
    title = i18n.text("header.product", language)
    start = SharedPage(lambda: None, title=title, url_path="start", default=True, visibility="hidden")
    groups: dict[str, list[st.Page]] = {"": [start]}
    for row in SITE:  # those of no group, and what no menu shows, stand under none
        word = i18n.text(f"menu.{row.group}", language) if row.group and allowed[row.path] else ""
        groups.setdefault(word, []).append(pages[row.path])
    several = sum(allowed[row.path] and row.menu for row in SITE) > 1
    return Menu(pages, groups, start, several and beside)


def _page(row: SitePage, allowed: bool, signed_in: bool, language: i18n.Language, *, offered: bool) -> st.Page:
    """A page that this person may not see keeps its address, so that the answer is ours and in their language."""
    return SharedPage(
        Path(__file__).parents[1] / row.file if allowed else partial(denied, signed_in=signed_in),
        title=i18n.text(f"page.{row.path}", language),
        icon=row.icon,
        url_path=row.path,
        visibility="visible" if allowed and row.menu and offered else "hidden",
    )
