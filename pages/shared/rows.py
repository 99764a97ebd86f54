"""Rows of a list in our own markup, each piece escaped; a phone stacks them."""

from collections.abc import Callable, Iterable, Sequence
from itertools import count, starmap
from typing import TypeVar

import streamlit as st

import i18n
from pages.shared import filters
from pages.shared.here import lang, t
from pages.shared.markup import Markup, show
from pages.shared.style import style

T = TypeVar("T")


def row_style() -> None:
    """Once a page that draws rows."""
    style("shared/rows")


def cell(words: str, *, quiet: str = "", style: str = "") -> Markup:
    """Words with a quiet line below. `style` is one of our own class names, never a person's."""
    return Markup('<div><span class="{}">{}</span>{}</div>').format(style, words, quiet_line(quiet))


def strong(words: str, *, quiet: str = "") -> Markup:
    return Markup("<div><b>{}</b>{}</div>").format(words, quiet_line(quiet))


def quiet_line(words: str | None) -> Markup:
    """Below what it belongs to; nothing where there are no words."""
    return Markup('<div class="f2f-quiet">{}</div>').format(words) if words else Markup()


def row(kind: str, cells: Sequence[Markup]) -> None:
    """`kind` chooses the widths in rows.css; `cells` come from `cell` and `strong`."""
    show(Markup('<div class="f2f-row f2f-{}">{}</div>').format(kind, Markup().join(cells)))


def listed(style: str, pairs: Iterable[tuple[object, object]]) -> Markup:
    """Terms with what each is here; those that are nothing are left out."""
    lines = starmap(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format, (pair for pair in pairs if pair[1]))
    return Markup('<dl class="{}">{}</dl>').format(style, Markup().join(lines))


def number_tiles(look: str, shown: Iterable[tuple[int, str, str]]) -> None:
    """Numbers in large type, each with its words and its tone."""
    tile = Markup('<div class="{}"><strong>{}</strong><span>{}</span></div>')
    tiles = Markup().join(tile.format(tone, i18n.number(n, lang()), words) for n, words, tone in shown)
    show(Markup('<div class="{}">{}</div>').format(look, tiles))


def facts(pairs: Sequence[tuple[str, str]]) -> None:
    """Labels with their values, as many side by side as fit."""
    inside = starmap(Markup('<div><div class="f2f-quiet">{}</div>{}</div>').format, pairs)
    show(Markup('<div class="f2f-facts">{}</div>').format(Markup().join(inside)))


def empty(title: str, hint: str) -> None:
    """What stands where nothing is, and what to do."""
    show(Markup('<div class="f2f-empty"><b>{}</b>{}</div>').format(title, hint))


def secret(words: str) -> None:
    """A password or code, shown this once, selected whole by a click."""
    show(Markup('<div class="f2f-secret f2f-mono">{}</div>').format(words))


def records(kind: str, found: Sequence[T], draw: Callable[[T], object], *none: str) -> None:
    """Each as `draw` draws it, one below the other; where there is none, its title and what to do."""
    if not found:
        empty(*none)
        return
    with st.container(key=f"list-{kind}", gap=None):
        for one in found:
            draw(one)


def pressed_row(look: Markup, row: str, button: str, label: str, name: str, value: str) -> None:
    """A row that is a button as a whole: a press puts `value` under `name` into the address. By the keys `row` and
    `button` the stylesheets lay the one over the other."""
    with st.container(key=row, gap=None):
        show(look)
        st.button(label, key=button, on_click=filters.put, args=(name, value), width="stretch", type="tertiary")


def under_buttons(head: Markup, looks: Sequence[Markup], style: str = "") -> Markup:
    """The same for many rows at once, as one piece that is drawn first in its container; as many buttons follow as
    there are `looks`. The stylesheet lays each row and its button into the same line of a grid. `style` is our own."""
    rows = Markup().join(map(Markup('<div class="f2f-under" style="grid-row:{}">{}</div>').format, count(2), looks))
    own = Markup(' style="{}"').format(style) if style else ""
    return Markup('<div class="f2f-unders"{}>{}{}</div>').format(own, head, rows)


def back_button(name: str) -> None:
    """From one record to the list of all."""
    st.button(t(f"{name}.back"), icon=":material/arrow_back:", type="tertiary", key=f"{name}-back",
              on_click=filters.put, args=(name, None))  # fmt: skip
