"""A folder becomes the store's district, and a changed folder changes it: nothing that is used is lost."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

import i18n
from access import entrance
from db import references, sql
from db.address import path_of
from db.calendar import calendar_corrections
from db.cases import cases
from db.people import accounts
from db.scope import EVERY
from db.store import open_store
from db.survey import questionnaires, sample_groups
from db.system import integrity, settings
from intake import districts
from tests.casework.cases.steps import raise_case
from tests.conftest import NOON, create, drop, make_account, make_enterprise, url_of

YUNLING = Path(__file__).parent / "yunling"


@pytest.fixture
def yunling(tmp_path):
    return Path(shutil.copytree(YUNLING, tmp_path / "yunling"))


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A migrated store that holds no district."""
    path = tmp_path / "bare.duckdb"
    create(path)
    monkeypatch.setenv("STORE_URL", url_of(path))
    opened = open_store()
    opened.migrate()
    yield opened
    opened.close()
    drop(path)


def begin(store, folder, at=NOON):
    content, faults = districts.read(folder)
    faults = faults or districts.wrong(store, content, at)
    if not faults:
        districts.new(store, content, at)
    return [(one.file, one.line, one.code) for one in faults]


def listed(store, name, **only):
    return {item.code: item for item in store.read(lambda con: references.items(con, name, **only))}


def row(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_empty_store_has_what_is_the_nation_s_and_no_town(bare):
    assert listed(bare, "town") == {}
    assert set(listed(bare, "body")) == {
        "district_committee",
        "peoples_congress",
        "district_government",
        "cppcc",
        "bank",
    }
    assert {"C17", "I65"} <= set(listed(bare, "sector")) and bare.read(settings.district).name_zh == settings.NEUTRAL


def test_a_folder_becomes_the_store_s_district(bare, yunling):
    assert begin(bare, yunling) == []
    district = bare.read(settings.district)
    assert (district.name_zh, district.say("en"), district.say("ko"), district.code) == (
        "云岭区", "Yunling District", "윈링구", "990203")  # fmt: skip
    towns, bodies = listed(bare, "town"), listed(bare, "body")
    assert [item.name_zh for item in towns.values() if item.active] == ["松溪街道", "鹤鸣镇", "白石镇"]
    assert (towns["990203104"].valid_until, towns["990203104"].successor) == (date(2022, 12, 31), "990203103")
    assert towns["990203001"].say("ko") == "쑹시 가도" and (
        towns["990203102"].tile_row,
        towns["990203102"].tile_column,
    ) == (0, 1)
    assert bodies["district_government"].name_zh == "云岭区人民政府" and bodies["tea_office"].kind == "department"
    assert bodies["cppcc"].active and not bodies["old_trade"].active
    assert set(listed(bare, "category", active_only=True)) == {"finance", "tea", "other"}
    assert listed(bare, "sector")["C153"].parent == "C" and listed(bare, "sector")["C17"].active
    assert i18n.offered(in_house=True).keys() == {"zh", "en"} and "ko" in i18n.offered(in_house=False)
    groups = bare.read(sample_groups.current)
    assert groups.version == 1
    assert groups.stratum_of(size="small", sector_code="C153", town_code="990203103") == "all|tea|hills"
    assert bare.read(lambda con: questionnaires.items(con, "tea", 1))[0].zh == "对今年茶季的服务满意吗"
    corrected = calendar_corrections.read(path_of().parent / calendar_corrections.NAME)
    assert corrected.holidays == {date(2023, 12, 4)}
    assert bare.read(integrity.verify) == []


def test_the_same_folder_again_writes_nothing(bare, yunling):
    begin(bare, yunling)
    before = bare.revision()
    assert begin(bare, yunling) == [] and bare.revision() == before


def test_a_changed_folder_changes_what_it_names_and_switches_off_what_nobody_uses(bare, yunling):
    begin(bare, yunling)
    row(yunling, "town.csv", "990203102,鹤鸣镇,Heming,town,0,1,,\n", "990203105,新坝镇,Xinba,town,2,2,,\n")
    row(yunling, "body.csv", "区茶产业办,Tea Industry Office", "区茶叶局,Tea Bureau")
    row(yunling, "sample-group.csv", "990203001 990203102", "990203001")
    (yunling / "logo.svg").unlink()
    assert begin(bare, yunling) == []
    towns = listed(bare, "town")
    assert towns["990203105"].active and not towns["990203102"].active
    assert listed(bare, "body")["tea_office"].name_zh == "区茶叶局" and bare.read(settings.logo) == ""
    assert bare.read(sample_groups.current).version == 2
    assert bare.read(integrity.verify) == []


def test_what_is_used_cannot_be_left_out_or_end_without_a_successor(bare, yunling):
    begin(bare, yunling)
    make_enterprise(bare, town_code="990203102")
    before, line = bare.revision(), "990203102,鹤鸣镇,Heming,town,0,1,,\n"
    row(yunling, "sample-group.csv", "990203001 990203102", "990203001")
    row(yunling, "town.csv", line, "")
    assert begin(bare, yunling) == [("town.csv", 0, "in_use")]
    row(yunling, "town.csv", "990203103,", "990203102,鹤鸣镇,Heming,town,0,1,2023-11-01,\n990203103,")
    assert begin(bare, yunling) == [("town.csv", 3, "in_use")]
    row(yunling, "town.csv", "2023-11-01,", "2023-11-30,990203103")
    assert begin(bare, yunling) == [("town.csv", 3, "day_to_come")]
    assert bare.revision() == before and listed(bare, "town")["990203102"].active


def test_what_ends_hands_its_work_to_its_successor(bare, yunling):
    begin(bare, yunling)
    firm = make_enterprise(bare, town_code="990203102", sector_code="C153")
    person = make_account(bare, "town", None, town_code="990203102")
    sender = entrance.actor_of(make_account(bare, "enterprise", None, enterprise_id=firm.id))
    case = raise_case(bare, SimpleNamespace(firm=firm, enterprise=sender), category="tea").id
    row(yunling, "town.csv", "town,0,1,,", "town,0,1,2023-11-01,990203103")
    row(yunling, "sample-group.csv", "990203001 990203102", "990203001")
    assert begin(bare, yunling) == []
    ended = listed(bare, "town")["990203102"]
    assert (ended.active, ended.successor, ended.valid_until) == (False, "990203103", date(2023, 11, 29))
    assert bare.read(lambda con: cases.these(con, EVERY, [case]))[case].town_code == "990203103"
    assert bare.read(lambda con: accounts.by_id(con, person.id)).town_code == "990203103"
    assert bare.read(lambda con: sql.column(con, "SELECT town_code FROM enterprise")) == ["990203103"]
    again = bare.revision()
    assert begin(bare, yunling) == [] and bare.revision() == again
    assert bare.read(integrity.verify) == []


def test_a_questionnaire_that_stands_never_changes(bare, yunling):
    begin(bare, yunling)
    row(yunling, "questionnaire-tea-1.json", "茶企一问", "茶企二问")
    assert begin(bare, yunling) == [("questionnaire-tea-1.json", 0, "questionnaire_stands")]
    row(yunling, "questionnaire-tea-1.json", '"version": 1', '"version": 2')
    assert begin(bare, yunling) == []
    assert [one.version for one in bare.read(questionnaires.versions) if one.code == "tea"] == [2, 1]


def test_where_a_write_fails_nothing_of_it_stands(bare, yunling, monkeypatch):
    content, _ = districts.read(yunling)
    broken = {"x.json": {"code": "x", "version": 1, "items": [{"kind": "level5"}]}}
    whole = replace(content, questionnaires=broken)
    with pytest.raises(KeyError):
        districts.new(bare, whole, NOON)
    assert listed(bare, "town") == {} and bare.read(settings.district).name_zh == settings.NEUTRAL
    assert not (path_of().parent / calendar_corrections.NAME).exists()
