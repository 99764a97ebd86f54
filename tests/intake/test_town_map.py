"""A district's own map: a small made-up GeoJSON, and what is wrong with others."""

import json

import pytest

from db import references, sql
from db.refused import Refused
from db.system import settings
from insight.drawing.town_map import plan
from intake.town_map import import_town_map, read_town_map, remove_town_map
from tests.conftest import NOON

TOWNS = {"330603001": ("甲街道", "Jia"), "330603002": ("乙镇", "Yi")}
A, B = TOWNS


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
        (b"[" * 200_000, "town_map_unreadable"),
        (b'{"type": "Topology", "objects": {}, "arcs": []}', "town_map_unreadable"),
        (geojson(square(A, 0, 0, geometry=None), square(B, 1, 0)), "town_map_shape"),
        (geojson(square(A, 0, 0, geometry={"type": "Point", "coordinates": [1, 2]})), "town_map_shape"),
        (geojson(square(A, 200, 0), square(B, 1, 0)), "town_map_degrees"),
        (geojson(square(A, 30.1, 120.5), square(B, 1, 0)), "town_map_degrees"),
        (geojson(square(A, 500_123.4, 3_321_000.5), square(B, 1, 0)), "town_map_degrees"),
        (geojson(square(A, 10**400, 0, side=1), square(B, 1, 0)), "town_map_shape"),
        (geojson(square(A, float("nan"), 0), square(B, 1, 0)), "town_map_degrees"),
        (geojson(square(A, 0, 0), square(A, 1, 0), square(B, 2, 0)), "town_map_twice"),
        (geojson(square(A, 0, 0), square(B, 1, 0), square("<b>", 2, 0)), "town_map_town"),
        (geojson(square(A, 0, 0), square(B, 1, 0), square("330603", 0, 0, 3)), "town_map_town"),
        (geojson(square(A, 0, 0, properties={"code": A, "next": B})), "town_map_town"),
        (geojson(square(A, 0, 0)), "town_map_missing"),
    ],
)
def test_what_is_no_map_of_the_towns_is_refused_with_its_reason(content, code):
    with pytest.raises(Refused) as refusal:
        read_town_map(content, TOWNS)
    assert refusal.value.code == code


def test_a_map_larger_than_a_file_may_be_is_refused_unread(store, people):
    with pytest.raises(Refused, match="town_map_large"):
        import_town_map(store, actor=people.admin, content=b" " * 5_000_001, at=NOON)


def test_towns_lie_as_on_the_ground_and_an_enclosed_one_above_its_neighbour():
    found = plan(read_town_map(geojson(square(B, 0.4, 0.4, 0.2), square(A, 0, 0)), TOWNS))
    around, inner = found.areas
    assert (around.code, inner.code) == (A, B)
    assert (round(inner.left), round(inner.top), round(inner.width)) == (40, 40, 20)
    assert (round(inner.x), round(inner.y)) == (50, 50) and round(found.ratio, 2) == 1.0


@pytest.mark.parametrize(
    "properties",
    [{"code": A}, {"adcode": int(A + "000"), "parent": {"adcode": 330603}}, {"gb": float(A)}, {"NAME": "甲街道"},
     {"name": "Jia", "district": "乙"}, {"code": A, "name": "乙镇"}],
)  # fmt: skip
def test_a_town_is_known_by_its_code_or_else_by_its_full_name(properties):
    found = read_town_map(geojson(square("", 0, 0, properties=properties), square(B, 1, 0)), TOWNS)
    assert found[A][0][0] == (0, 0) and found[B][0][0] == (1, 0)


def test_a_file_of_an_older_tool_in_gb18030_is_read():
    text = geojson(square("", 0, 0, properties={"NAME": "甲街道"}), square(B, 1, 0)).decode()
    content = json.dumps(json.loads(text), ensure_ascii=False).encode("gb18030")
    assert set(read_town_map(content, TOWNS)) == {A, B}


@pytest.mark.parametrize("turn", [1, -1])
def test_a_hole_is_cut_out_whichever_way_the_file_winds_it(turn):
    outer, hole = ([[x, y], [x + s, y], [x + s, y + s], [x, y + s], [x, y]] for x, y, s in ((0, 0, 4), (1, 1, 2)))
    holed = square(A, 0, 0, geometry={"type": "Polygon", "coordinates": [outer, hole[::turn]]})
    found = plan(read_town_map(geojson(holed, square(B, 4, 0)), TOWNS))
    area = next(one for one in found.areas if one.code == A)
    corners = [area.outline[i] + area.outline[i - 1] for i in range(len(area.outline))]
    assert abs(sum(x * v - u * y for x, y, u, v in corners)) / 2 == pytest.approx(100 * 100 * 12 / 16)


def test_an_outline_finer_than_a_screen_is_simplified_and_neighbours_still_meet():
    edge = [[1 + 0.0004 * (i % 2), i / 50_000] for i in range(50_001)]
    left = {"type": "Polygon", "coordinates": [[[0, 0], *edge, [0, 1], [0, 0]]]}
    right = {"type": "Polygon", "coordinates": [[[2, 0], *edge, [2, 1], [2, 0]]]}
    found = read_town_map(geojson(square(A, 0, 0, geometry=left), square(B, 0, 0, geometry=right)), TOWNS)
    assert sum(len(ring) for rings in found.values() for ring in rings) < 20
    assert {p for p in found[A][0] if 0.5 < p[0] < 1.5} == {p for p in found[B][0] if 0.5 < p[0] < 1.5}
