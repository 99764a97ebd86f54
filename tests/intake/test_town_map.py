"""A district's own map: a small made-up GeoJSON, and what is wrong with others."""

import json

import pytest

from db import references, settings, sql
from db.refused import Refused
from insight.town_map import plan
from intake.town_map import import_town_map, read_town_map, remove_town_map
from tests.conftest import NOON

TOWNS = {"A", "B"}


def square(code, x, y, side=1.0, **changes):
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry} | changes


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def test_a_map_of_every_town_is_kept_and_put_on_record(store, people):
    codes = [town.code for town in store.read(lambda con: references.items(con, "town"))]
    content = geojson(*(square(code, 120 + place / 10, 30, 0.1) for place, code in enumerate(codes)))
    import_town_map(store, actor=people.admin, content=content, at=NOON)
    assert set(store.read(settings.town_map)) == set(codes)
    kinds = store.read(lambda con: sql.rows(con, "SELECT kind FROM event WHERE subject = 'setting:town_map'"))
    assert [row["kind"] for row in kinds] == ["set_town_map"]
    remove_town_map(store, actor=people.admin, at=NOON)
    assert store.read(settings.town_map) == {}


def test_only_who_keeps_the_lists_may_change_the_map(store, people):
    with pytest.raises(Refused, match="forbidden"):
        import_town_map(store, actor=people.staff, content=b"{}", at=NOON)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "town_map_unreadable"),
        (b"[1, 2]", "town_map_unreadable"),
        (b"\xff\xfe\x00", "town_map_unreadable"),
        (geojson(square("A", 0, 0, geometry=None), square("B", 1, 0)), "town_map_unreadable"),
        (geojson(square("A", 200, 0), square("B", 1, 0)), "town_map_unreadable"),
        (geojson(square("A", float("nan"), 0), square("B", 1, 0)), "town_map_unreadable"),
        (b"[" * 200_000, "town_map_unreadable"),
        (b" " * (3 * 1024 * 1024), "town_map_large"),
        (geojson(square("A", 0, 0), square("A", 1, 0), square("B", 2, 0)), "town_map_town"),
        (geojson(square("A", 0, 0), square("B", 1, 0), square("<b>", 2, 0)), "town_map_town"),
        (geojson(square("A", 0, 0)), "town_map_missing"),
    ],
)
def test_what_is_no_map_of_the_towns_is_refused_with_its_reason(content, code):
    with pytest.raises(Refused) as refusal:
        read_town_map(content, TOWNS)
    assert refusal.value.code == code


def test_towns_lie_as_on_the_ground_and_an_enclosed_one_above_its_neighbour():
    found = plan(read_town_map(geojson(square("B", 0.4, 0.4, 0.2), square("A", 0, 0)), TOWNS))
    around, inner = found.areas
    assert (around.code, inner.code) == ("A", "B")
    assert (round(inner.left), round(inner.top), round(inner.width)) == (40, 40, 20)
    assert (round(inner.x), round(inner.y)) == (50, 50) and round(found.ratio, 2) == 1.0
