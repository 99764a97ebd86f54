"""A district's own map: a GeoJSON file with the outline of every town, checked whole and kept as rings of points.

What the file calls a town is found among the properties of its feature: the code, also as the twelve digits of the
statistical office, else the name. WGS 84, CGCS2000 and GCJ-02 differ by less than a picture of a district shows.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from math import isfinite

from access.actor import Actor
from access.verbs import writes
from db import references
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from db.system import settings
from db.system.settings import TownMap
from intake.files.apart import read_apart
from intake.files.upload import MOST_BYTES, Upload

FINE = 600  # steps over the district's longer side: a picture needs no more, and every reader's browser draws them all
MOST_POINTS = 20_000
LISTED = 5  # towns that a refusal names
SAID = 20  # letters of what a file calls a town, in a refusal
NOTHING = "000"  # the village digits of a town's twelve

Point = tuple[float, float]
Names = Mapping[str, tuple[str, ...]]  # code → the town's full names


def import_town_map(store: Store, *, actor: Actor, content: bytes, at: datetime) -> TownMap:
    """Keep it instead of the tiles. The last to bring one wins.

    Raises Refused('file_…' | 'town_map_unreadable' | 'town_map_large' | 'town_map_shape' | 'town_map_degrees' |
    'town_map_town' | 'town_map_twice' | 'town_map_missing').
    """
    actor.must("edit_reference")
    towns = store.read(lambda con: references.items(con, "town", active_only=True))
    if len(content) > MOST_BYTES:
        raise Refused("town_map_large")
    names = {town.code: (town.name_zh, town.name_en) for town in towns}
    found = read_apart(_outlines, Upload("", content), names)
    store.write(lambda con: settings.set_town_map(con, found, actor_id=actor.id, role=actor.role, at=at))
    return found


@writes("edit_reference")
def remove_town_map(con: Connection, *, actor: Actor, at: datetime) -> None:
    """Back to the tiles."""
    settings.set_town_map(con, {}, actor_id=actor.id, role=actor.role, at=at)


def _outlines(upload: Upload, names: Names) -> TownMap:
    return read_town_map(upload.content, names)


def read_town_map(content: bytes, names: Names) -> TownMap:
    """Each town's rings: a hole is cut by a slit, and all lie on one grid, so that neighbours still meet."""
    found: dict[str, list[list[Point]]] = {}
    for place, feature in enumerate(_features(content), start=1):
        code = _code(feature, names, place)
        if code in found:
            raise Refused("town_map_twice", name=names[code][0])
        found[code] = list(_rings(feature, names[code][0]))
    if missing := [names[code][0] for code in names if code not in found]:
        raise Refused("town_map_missing", names="、".join(missing[:LISTED]), n=len(missing))
    return _simpler(found)


def _features(content: bytes) -> list[dict]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            features = json.loads(content.decode(encoding))["features"]
        except UnicodeDecodeError:
            continue
        except (ValueError, KeyError, TypeError, RecursionError):
            break
        if features and isinstance(features, list) and all(isinstance(one, dict) for one in features):
            return features
        break
    raise Refused("town_map_unreadable")


def _code(feature: dict, names: Names, place: int) -> str:
    """The town that a code in the feature means; only where there is none, the one that a name means."""
    properties = feature.get("properties")
    values = [*(properties.values() if isinstance(properties, dict) else ()), feature.get("id")]
    said = {f"{value:.0f}" if isinstance(value, float) else str(value).strip() for value in values if value}
    by_code = {code for code in names if code in said or code + NOTHING in said}
    found = by_code or {code for code, known in names.items() if said.intersection(known)}
    if len(found) != 1:
        told = max((one for one in said if not one.isascii()), key=len, default="") or min(said, key=len, default="")
        raise Refused("town_map_town", name=told[:SAID], place=place)
    return found.pop()


def _rings(feature: dict, name: str) -> Iterator[list[Point]]:
    try:
        geometry = feature["geometry"]
        polygons = {"Polygon": lambda c: [c], "MultiPolygon": lambda c: c}[geometry["type"]](geometry["coordinates"])
        drawn = [[[(float(x), float(y)) for x, y, *_ in ring] for ring in polygon] for polygon in polygons]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise Refused("town_map_shape", name=name) from None
    rings = [ring for polygon in drawn for ring in polygon]
    if not rings or any(len(ring) < 4 for ring in rings):
        raise Refused("town_map_shape", name=name)
    for x, y in (point for ring in rings for point in ring):
        if not (isfinite(x) and isfinite(y) and abs(x) <= 180 and abs(y) <= 90):
            raise Refused("town_map_degrees", name=name, x=f"{x:.2f}", y=f"{y:.2f}")
    for outer, *holes in drawn:
        yield [point for ring in (_turned(outer, 1), *(_turned(hole, -1) for hole in holes)) for point in ring]


def _turned(ring: list[Point], way: int) -> list[Point]:
    """Outer rings run one way round and holes the other, whatever the file does."""
    doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))
    return ring if doubled * way >= 0 else ring[::-1]


def _simpler(found: dict[str, list[list[Point]]]) -> TownMap:
    """Every point on the grid, and none that says nothing. An islet too small to see goes, a town never does."""
    xs, ys = zip(*[point for rings in found.values() for ring in rings for point in ring], strict=True)
    step = (max(max(xs) - min(xs), max(ys) - min(ys)) or 1) / FINE
    kept: TownMap = {}
    for code, rings in found.items():
        seen = [ring for ring in (_on_grid(ring, step) for ring in rings) if len(ring) >= 4]
        kept[code] = seen or [max(rings, key=len)]
    if sum(len(ring) for rings in kept.values() for ring in rings) > MOST_POINTS:
        raise Refused("town_map_large")
    return kept


def _on_grid(ring: Iterable[Point], step: float) -> list[Point]:
    made: list[tuple[int, int]] = []
    for x, y in ring:
        point = round(x / step), round(y / step)
        if made and point == made[-1]:
            continue
        if len(made) > 1 and _straight(made[-2], made[-1], point):
            made.pop()
        made.append(point)
    return [(round(x * step, 6), round(y * step, 6)) for x, y in made]


def _straight(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    """`b` lies on the way from `a` on to `c`."""
    ahead = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) > 0
    return ahead and (b[0] - a[0]) * (c[1] - b[1]) == (c[0] - b[0]) * (b[1] - a[1])
