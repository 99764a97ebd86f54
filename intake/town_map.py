"""A district's own map: a GeoJSON file with the outline of every town, checked whole and kept as rings of points."""

import json
from collections.abc import Iterator
from datetime import datetime
from math import isfinite

from access.actor import Actor
from db import references, settings
from db.refused import Refused
from db.settings import TownMap
from db.sql import Connection
from db.store import Store

LARGEST = 2 * 1024 * 1024
MOST_POINTS = 20_000  # a picture of a district needs no more, and every reader's browser draws them all
CODE = "code"  # the property of a feature that holds the town's code


def import_town_map(store: Store, *, actor: Actor, content: bytes, at: datetime) -> TownMap:
    """Keep it instead of the tiles. The last to bring one wins.

    Raises Refused('town_map_unreadable' | 'town_map_large' | 'town_map_town' | 'town_map_missing').
    """
    actor.must("edit_reference")

    def keep(con: Connection) -> TownMap:
        towns = {town.code for town in references.items(con, "town", active_only=True)}
        found = read_town_map(content, towns)
        settings.set_town_map(con, found, actor_id=actor.id, role=actor.role, at=at)
        return found

    return store.write(keep)


def remove_town_map(store: Store, *, actor: Actor, at: datetime) -> None:
    """Back to the tiles."""
    actor.must("edit_reference")
    store.write(lambda con: settings.set_town_map(con, {}, actor_id=actor.id, role=actor.role, at=at))


def read_town_map(content: bytes, towns: set[str]) -> TownMap:
    """Each town's outer rings. Holes are left out: what lies in them is another town, drawn above."""
    if len(content) > LARGEST:
        raise Refused("town_map_large", points=MOST_POINTS)
    try:
        features = json.loads(content.decode("utf-8-sig"))["features"]
        found = [(str(one["properties"][CODE]), list(_rings(one["geometry"]))) for one in features]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        raise Refused("town_map_unreadable") from None
    if sum(len(ring) for _, rings in found for ring in rings) > MOST_POINTS:
        raise Refused("town_map_large", points=MOST_POINTS)
    codes = [code for code, _ in found]
    odd = [code for code in codes if code not in towns or codes.count(code) > 1]
    if odd:
        raise Refused("town_map_town", code=odd[0][:20])
    if missing := sorted(towns - set(codes)):
        raise Refused("town_map_missing", code=missing[0], n=len(missing))
    return dict(found)


def _rings(geometry: dict) -> Iterator[list[tuple[float, float]]]:
    polygons = {"Polygon": lambda c: [c], "MultiPolygon": lambda c: c}[geometry["type"]](geometry["coordinates"])
    for polygon in polygons:
        ring = [(float(x), float(y)) for x, y, *_ in polygon[0]]
        if len(ring) < 4 or not all(isfinite(x) and isfinite(y) and abs(x) <= 180 and abs(y) <= 90 for x, y in ring):
            raise ValueError
        yield ring
