"""Outlines of towns laid out on a plane in per cent, so that a page can draw them at any size."""

from dataclasses import dataclass
from math import cos, radians

from db.system.settings import TownMap

Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class Area:
    """A ring's box in per cent of the map, its outline in per cent of the box, and where a name stands in the map.

    `first` is a town's largest ring, which carries its name; islands and exclaves have none.
    """

    code: str
    left: float
    top: float
    width: float
    height: float
    outline: tuple[tuple[float, float], ...]
    x: float
    y: float
    first: bool


@dataclass(frozen=True)
class TownPlan:
    """`ratio` is width by height. The largest areas come first, so that an enclosed town lies above its neighbour."""

    areas: tuple[Area, ...]
    ratio: float


def plan(found: TownMap) -> TownPlan:
    """A degree of longitude is shortened to what it measures at the district's latitude."""
    points = [point for rings in found.values() for ring in rings for point in ring]
    middle = (min(y for _, y in points) + max(y for _, y in points)) / 2
    flat = {
        code: [[(x * cos(radians(middle)), -y) for x, y in ring] for ring in rings] for code, rings in found.items()
    }
    xs, ys = zip(*[point for rings in flat.values() for ring in rings for point in ring], strict=True)
    left, top, width, height = min(xs), min(ys), (max(xs) - min(xs)) or 1e-9, (max(ys) - min(ys)) or 1e-9
    placed: list[tuple[float, Area]] = []
    for code, rings in flat.items():
        largest = max(rings, key=_size)
        for ring in rings:
            inside = [(100 * (x - left) / width, 100 * (y - top) / height) for x, y in ring]
            placed.append((_size(ring), _area(code, inside, first=ring is largest)))
    return TownPlan(tuple(area for _, area in sorted(placed, key=lambda p: -p[0])), width / height)


def _area(code: str, ring: Ring, *, first: bool) -> Area:
    left, top = min(x for x, _ in ring), min(y for _, y in ring)
    width, height = max(x for x, _ in ring) - left, max(y for _, y in ring) - top
    outline = tuple((100 * (x - left) / (width or 1), 100 * (y - top) / (height or 1)) for x, y in ring)
    x, y = _middle(ring)
    return Area(code, left, top, width, height, outline, x, y, first)


def _size(ring: Ring) -> float:
    return abs(_doubled(ring)) / 2  # a hole runs the other way round and counts against it


def _doubled(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))


def _middle(ring: Ring) -> tuple[float, float]:
    """The centre of gravity."""
    doubled = _doubled(ring)
    if not doubled:
        return ring[0]
    pairs = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    return (
        sum((a[0] + b[0]) * part for a, b, part in pairs) / (3 * doubled),
        sum((a[1] + b[1]) * part for a, b, part in pairs) / (3 * doubled),
    )
