"""The town map: equal tiles that keep the rough geography, or the district's own outlines. Each town is a link."""

from dataclasses import dataclass

import streamlit as st

import i18n
from db import references
from db.references import ReferenceItem
from db.sql import Connection
from db.system import settings
from insight.drawing.town_map import Area, plan
from pages.figures import live_board
from pages.figures.live_board import View
from pages.shared.here import kept, lang, t
from pages.shared.markup import Markup, show

DARKEST = 34  # per cent of blue in the fullest tile: more, and the words on it would be hard to read
STEPS = 4  # shades in the key


@dataclass(frozen=True)
class _Town:
    item: ReferenceItem
    unsettled: int
    received: int
    shade: int

    @property
    def name(self) -> str:
        return self.item.short_name(lang())

    @property
    def link(self) -> Markup:
        """What a screen reader says of it, and where it leads."""
        said = t("tiles.said", name=self.item.say(lang()), n=self.unsettled, total=self.received)
        return Markup('href="/place?town={}" target="_self" aria-label="{}"').format(self.item.code, said)


def town_tiles(view: View) -> None:
    with st.container(border=True, height="stretch", key="card-chart-tiles"):
        show(kept(_written, view))
        source = t("tiles.source") + t("chart.as_of", day=i18n.day(view.as_of, lang()))
        show(Markup('<p class="f2f-source">{}</p>').format(source))


def _written(con: Connection, view: View) -> Markup:
    """Once for all who look at the same."""
    towns, outlines = _towns(con, view), settings.town_map(con)
    drawn = _outlined(towns, outlines) if outlines else _tiled(towns)
    return Markup('<h3 class="f2f-finding">{}</h3>{}{}').format(_title(towns), _key(towns), drawn)


def _towns(con: Connection, view: View) -> list[_Town]:
    board = live_board.board(view.head, view.scope, view.filters, view.as_of)
    counts = {one.code: (one.unsettled, one.n) for one in board.groups["town_code"]}
    most = max((unsettled for unsettled, _ in counts.values()), default=0) or 1
    items = references.items(con, "town")
    known = {item.code: counts.get(item.code, (0, 0)) for item in items}
    return [
        _Town(item, *known[item.code], round(DARKEST * known[item.code][0] / most))
        for item in items
        if item.active or known[item.code][1]
    ]


def _title(towns: list[_Town]) -> str:
    first = max(towns, key=lambda town: town.unsettled, default=None)
    if first is None or not any(town.received for town in towns):
        return t("tiles.name")
    if not first.unsettled:
        return t("tiles.title_calm")
    return t("tiles.title", name=first.item.say(lang()), n=first.unsettled)


def _key(towns: list[_Town]) -> Markup:
    """The scale in words: one colour from pale to strong, so that it needs no telling of hues."""
    most = max((town.unsettled for town in towns), default=0)
    depths = (round(DARKEST * step / (STEPS - 1)) for step in range(STEPS))
    shades = Markup().join(map(Markup('<i style="--shade:{}%"></i>').format, depths))
    return Markup('<p class="f2f-scale"><span>0</span>{}<span>{}</span></p>').format(shades, t("tiles.most", n=most))


def _tiled(towns: list[_Town]) -> Markup:
    tiles = Markup().join(_tile(town, _spot(town)) for town in towns if town.item.tile_row is not None)
    return Markup('<nav class="f2f-tiles" aria-label="{}">{}</nav>').format(t("tiles.name"), tiles)


def _spot(town: _Town) -> str:
    return f"grid-row:{int(town.item.tile_row or 0) + 1};grid-column:{int(town.item.tile_column or 0) + 1};"


def _tile(town: _Town, spot: str = "") -> Markup:
    look = Markup(' class="f2f-long"') if len(town.name) > 8 else ""
    total = t("tiles.total", n=i18n.number(town.received, lang()))
    return Markup(
        '<a {0.link} style="{1}--shade:{0.shade}%"><span{2}>{0.name}</span><b>{0.unsettled}</b><small>{3}</small></a>'
    ).format(town, spot, look, total)


def _outlined(towns: list[_Town], outlines: settings.TownMap) -> Markup:
    """The largest areas lie below. A town that the map does not know, added since, stands beneath it as a tile."""
    known, found = {town.item.code: town for town in towns}, plan(outlines)
    layers = {area: layer for layer, area in enumerate(found.areas) if area.code in known}
    listed = sorted(layers, key=lambda area: list(known).index(area.code))  # the keyboard goes by the list
    areas = Markup().join(_area(known[area.code], area, layers[area]) for area in listed)
    name = Markup('<span style="left:{0.x:.2f}%;top:{0.y:.2f}%" aria-hidden="true">{1.name}<b>{1.unsettled}</b></span>')
    firsts = (area for area in found.areas if area.first and area.code in known)
    names = Markup().join(name.format(area, known[area.code]) for area in firsts)
    ratio = f"aspect-ratio:{found.ratio:.3f}"
    others = Markup().join(_tile(town) for town in towns if town.item.code not in outlines)
    return Markup(
        '<nav aria-label="{}"><div class="f2f-map" style="{}">{}{}</div><div class="f2f-tiles">{}</div></nav>'
    ).format(t("tiles.name"), ratio, areas, names, others)


def _area(town: _Town, area: Area, layer: int) -> Markup:
    """Only a town's largest area is a stop of the keyboard; its others look the same."""
    box = f"left:{area.left:.2f}%;top:{area.top:.2f}%;width:{area.width:.2f}%;height:{area.height:.2f}%"
    outline = ",".join(f"{x:.2f}% {y:.2f}%" for x, y in area.outline)
    style = Markup('style="{};clip-path:polygon(evenodd,{});--shade:{}%"').format(box, outline, town.shade)
    drawn = Markup("<a {1} {0}></a>") if area.first else Markup('<i {0} aria-hidden="true"></i>')
    return Markup('<div style="z-index:{}">{}</div>').format(layer, drawn.format(style, town.link))
