"""Items of each version, and the series that go on through versions."""

from db import sql
from db.survey import questionnaires
from tests.conftest import NOON


def a_version(number, items, **more):
    return {"code": "tiny", "version": number, "items": items} | more


def an_item(code, kind="level5", **more):
    return {"code": code, "kind": kind, "dimension": None, "zh": f"题{code}", "en": f"Item {code}"} | more


def stored(store, content, state="open"):
    store.write(lambda con: questionnaires.add(con, content, state=state, by="staff", at=NOON))
    found = store.read(lambda con: questionnaires.items(con, "tiny", content["version"]))
    return {item.item: item.series for item in found}


def test_the_reference_questionnaire_has_its_items_from_the_first_migration(store):
    items = store.read(lambda con: questionnaires.items(con, "satisfaction", 1))
    assert [item.item for item in items][:3] == ["P1", "QP", "P2"]
    assert {(item.item, item.series, item.kind, item.dimension) for item in items} >= {
        ("P1", "P1", "level5", "policy"),
        ("O2", "O2", "scale10", "overall"),
    }
    second = store.read(lambda con: questionnaires.items(con, "satisfaction", 2))
    assert {item.series for item in items} & {item.series for item in second} == {
        item.item for item in items if item.item not in ("P1", "P2", "F2", "L1", "L2", "S1", "J1")
    }
    of_all = store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM questionnaire_item"))
    assert len(items) + len(second) == of_all


def test_a_matrix_has_one_item_a_row_and_a_section_has_none(store):
    rows = [{"code": "price", "zh": "价格", "en": "Price"}, {"code": "speed", "zh": "速度", "en": "Speed"}]
    stored(store, a_version(1, [an_item("S", "section"), an_item("M", "matrix", rows=rows)]))
    items = store.read(lambda con: questionnaires.items(con, "tiny", 1))
    assert [(i.item, i.kind, i.zh) for i in items] == [
        ("M.price", "level5", "题M — 价格"),
        ("M.speed", "level5", "题M — 速度"),
    ]


def test_series_go_on_through_versions_by_what_an_item_was(store):
    assert stored(store, a_version(1, [an_item("A"), an_item("B")])) == {"A": "A", "B": "B"}
    assert stored(store, a_version(2, [an_item("A2", was="A"), an_item("N")], follows=1)) == {"A2": "A", "N": "N"}
    assert stored(store, a_version(3, [an_item("A3", was="A2")], follows=2)) == {"A3": "A"}


def test_a_code_used_again_for_something_else_begins_its_own_series(store):
    stored(store, a_version(1, [an_item("A")]))
    assert stored(store, a_version(2, [an_item("A")], follows=1)) == {"A": "A@2"}


def test_a_draft_has_no_items_yet(store):
    assert stored(store, a_version(1, [an_item("A")]), state="draft") == {}
