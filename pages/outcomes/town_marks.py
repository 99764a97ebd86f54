"""How a town is drawn on its map: as a tile, or by the district's own outlines. Each is a link."""

from dataclasses import dataclass

import i18n
from db.references import ReferenceItem
from db.system import settings
from insight.drawing.town_map import Area, plan
from pages.shared.here import lang, t
from pages.shared.markup import Markup


@dataclass(frozen=True)
class Town:
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


def tile(town: Town, spot: str = "") -> Markup:
    look = Markup(' class="f2f-long"') if len(town.name) > 8 else ""
    total = t("tiles.total", n=i18n.number(town.received, lang()))
    return Markup(
        '<a {0.link} style="{1}--shade:{0.shade}%"><span{2}>{0.name}</span><b>{0.unsettled}</b><small>{3}</small></a>'
    ).format(town, spot, look, total)


def outlined(towns: list[Town], outlines: settings.TownMap) -> Markup:
    """The largest areas lie below. A town that the map does not know, added since, stands beneath it as a tile."""
    known, found = {town.item.code: town for town in towns}, plan(outlines)
    layers = {area: layer for layer, area in enumerate(found.areas) if area.code in known}
    listed = sorted(layers, key=lambda area: list(known).index(area.code))  # the keyboard goes by the list
    areas = Markup().join(_area(known[area.code], area, layers[area]) for area in listed)
    name = Markup('<span style="left:{0.x:.2f}%;top:{0.y:.2f}%" aria-hidden="true">{1.name}<b>{1.unsettled}</b></span>')
    firsts = (area for area in found.areas if area.first and area.code in known)
    names = Markup().join(name.format(area, known[area.code]) for area in firsts)
    ratio = f"aspect-ratio:{found.ratio:.3f}"
    others = Markup().join(tile(town) for town in towns if town.item.code not in outlines)
    return Markup(
        '<nav aria-label="{}"><div class="f2f-map" style="{}">{}{}</div><div class="f2f-tiles">{}</div></nav>'
    ).format(t("tiles.name"), ratio, areas, names, others)


def _area(town: Town, area: Area, layer: int) -> Markup:
    """Only a town's largest area is a stop of the keyboard; its others look the same."""
    box = f"left:{area.left:.2f}%;top:{area.top:.2f}%;width:{area.width:.2f}%;height:{area.height:.2f}%"
    outline = ",".join(f"{x:.2f}% {y:.2f}%" for x, y in area.outline)
    style = Markup('style="{};clip-path:polygon(evenodd,{});--shade:{}%"').format(box, outline, town.shade)
    drawn = Markup("<a {1} {0}></a>") if area.first else Markup('<i {0} aria-hidden="true"></i>')
    return Markup('<div style="z-index:{}">{}</div>').format(layer, drawn.format(style, town.link))
