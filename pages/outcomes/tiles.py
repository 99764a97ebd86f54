"""The town map: equal tiles that keep the rough geography, or the district's own outlines. Each town is a link."""

from dataclasses import dataclass
from html import escape

import streamlit as st

import i18n
from db import references
from db.references import ReferenceItem
from db.system import settings
from insight.cases.board import Board
from insight.drawing.town_map import Area, plan
from pages.shared.here import lang, store, t

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
    def link(self) -> str:
        """What a screen reader says of it, and where it leads."""
        said = t("tiles.said", name=self.item.say(lang()), n=self.unsettled, total=self.received)
        return f'href="/place?town={escape(self.item.code)}" target="_self" aria-label="{escape(said)}"'


def town_tiles(board: Board) -> None:
    towns = _towns(board)
    outlines = store().read(settings.town_map)
    drawn = _outlined(towns, outlines) if outlines else _tiled(towns)
    with st.container(border=True, height="stretch", key="card-chart-tiles"):
        st.html(f'<h3 class="f2f-finding">{escape(_title(towns))}</h3>{_key(towns)}{drawn}')
        source = t("tiles.source") + t("chart.as_of", day=i18n.day(board.facts.as_of, lang()))
        st.html(f'<p class="f2f-source">{escape(source)}</p>')


def _towns(board: Board) -> list[_Town]:
    counts = {one.code: (one.unsettled, one.n) for one in board.groups["town_code"]}
    most = max((unsettled for unsettled, _ in counts.values()), default=0) or 1
    items = store().read(lambda con: references.items(con, "town"))
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


def _key(towns: list[_Town]) -> str:
    """The scale in words: one colour from pale to strong, so that it needs no telling of hues."""
    most = max((town.unsettled for town in towns), default=0)
    shades = "".join(f'<i style="--shade:{round(DARKEST * step / (STEPS - 1))}%"></i>' for step in range(STEPS))
    return f'<p class="f2f-scale"><span>0</span>{shades}<span>{escape(t("tiles.most", n=most))}</span></p>'


def _tiled(towns: list[_Town]) -> str:
    tiles = "".join(_tile(town, _spot(town)) for town in towns if town.item.tile_row is not None)
    return f'<nav class="f2f-tiles" aria-label="{escape(t("tiles.name"))}">{tiles}</nav>'


def _spot(town: _Town) -> str:
    return f"grid-row:{int(town.item.tile_row or 0) + 1};grid-column:{int(town.item.tile_column or 0) + 1};"


def _tile(town: _Town, spot: str = "") -> str:
    look = ' class="f2f-long"' if len(town.name) > 8 else ""
    return (
        f'<a {town.link} style="{spot}--shade:{town.shade}%"><span{look}>{escape(town.name)}</span>'
        f"<b>{town.unsettled}</b><small>{escape(t('tiles.total', n=i18n.number(town.received, lang())))}</small></a>"
    )


def _outlined(towns: list[_Town], outlines: settings.TownMap) -> str:
    """The largest areas lie below. A town that the map does not know, added since, stands beneath it as a tile."""
    known, found = {town.item.code: town for town in towns}, plan(outlines)
    layers = {area: layer for layer, area in enumerate(found.areas) if area.code in known}
    listed = sorted(layers, key=lambda area: list(known).index(area.code))  # the keyboard goes by the list
    areas = "".join(_area(known[area.code], area, layers[area]) for area in listed)
    names = "".join(
        f'<span style="left:{area.x:.2f}%;top:{area.y:.2f}%" aria-hidden="true">{escape(known[area.code].name)}'
        f"<b>{known[area.code].unsettled}</b></span>"
        for area in found.areas
        if area.first and area.code in known
    )
    ratio = f"aspect-ratio:{found.ratio:.3f}"
    others = "".join(_tile(town) for town in towns if town.item.code not in outlines)
    return (
        f'<nav aria-label="{escape(t("tiles.name"))}"><div class="f2f-map" style="{ratio}">{areas}{names}</div>'
        f'<div class="f2f-tiles">{others}</div></nav>'
    )


def _area(town: _Town, area: Area, layer: int) -> str:
    """Only a town's largest area is a stop of the keyboard; its others look the same."""
    box = f"left:{area.left:.2f}%;top:{area.top:.2f}%;width:{area.width:.2f}%;height:{area.height:.2f}%"
    outline = ",".join(f"{x:.2f}% {y:.2f}%" for x, y in area.outline)
    style = f'style="{box};clip-path:polygon(evenodd,{outline});--shade:{town.shade}%"'
    drawn = f"<a {town.link} {style}></a>" if area.first else f'<i {style} aria-hidden="true"></i>'
    return f'<div style="z-index:{layer}">{drawn}</div>'
