"""The town map: equal tiles that keep the rough geography, or the district's own outlines. Each town is a link."""

import streamlit as st

import i18n
from db import references
from db.sql import Connection
from db.system import settings
from pages.figures import live_board
from pages.figures.live_view import View
from pages.outcomes.town_marks import Town, outlined, tile
from pages.shared.here import kept, lang, t
from pages.shared.markup import Markup, show

DARKEST = 34  # per cent of blue in the fullest tile: more, and the words on it would be hard to read
STEPS = 4  # shades in the key


def town_tiles(view: View) -> None:
    with st.container(border=True, height="stretch", key="card-chart-tiles"):
        show(kept(_written, view))
        source = t("tiles.source") + t("chart.as_of", day=i18n.day(view.as_of, lang()))
        show(Markup('<p class="f2f-source">{}</p>').format(source))


def _written(con: Connection, view: View) -> Markup:
    """Once for all who look at the same."""
    towns, outlines = _towns(con, view), settings.town_map(con)
    drawn = outlined(towns, outlines) if outlines else _tiled(towns)
    return Markup('<h3 class="f2f-finding">{}</h3>{}{}').format(_title(towns), _key(towns), drawn)


def _towns(con: Connection, view: View) -> list[Town]:
    board = live_board.board(view.head, view.scope, view.filters, view.as_of)
    counts = {one.code: (one.unsettled, one.n) for one in board.groups["town_code"]}
    most = max((unsettled for unsettled, _ in counts.values()), default=0) or 1
    items = references.items(con, "town")
    known = {item.code: counts.get(item.code, (0, 0)) for item in items}
    return [
        Town(item, *known[item.code], round(DARKEST * known[item.code][0] / most))
        for item in items
        if item.active or known[item.code][1]
    ]


def _title(towns: list[Town]) -> str:
    first = max(towns, key=lambda town: town.unsettled, default=None)
    if first is None or not any(town.received for town in towns):
        return t("tiles.name")
    if not first.unsettled:
        return t("tiles.title_calm")
    return t("tiles.title", name=first.item.say(lang()), n=first.unsettled)


def _key(towns: list[Town]) -> Markup:
    """The scale in words: one colour from pale to strong, so that it needs no telling of hues."""
    most = max((town.unsettled for town in towns), default=0)
    depths = (round(DARKEST * step / (STEPS - 1)) for step in range(STEPS))
    shades = Markup().join(map(Markup('<i style="--shade:{}%"></i>').format, depths))
    return Markup('<p class="f2f-scale"><span>0</span>{}<span>{}</span></p>').format(shades, t("tiles.most", n=most))


def _tiled(towns: list[Town]) -> Markup:
    tiles = Markup().join(tile(town, _spot(town)) for town in towns if town.item.tile_row is not None)
    return Markup('<nav class="f2f-tiles" aria-label="{}">{}</nav>').format(t("tiles.name"), tiles)


def _spot(town: Town) -> str:
    return f"grid-row:{int(town.item.tile_row or 0) + 1};grid-column:{int(town.item.tile_column or 0) + 1};"
