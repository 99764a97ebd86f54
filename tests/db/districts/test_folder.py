"""What a district's folder may get wrong, each said with its file and line in both languages, and nothing written."""

import shutil
from pathlib import Path

import pytest

from db import references
from db.__main__ import main
from db.districts import folder as folders
from db.store import open_store
from intake import districts

YUNLING = Path(__file__).parent / "yunling"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


@pytest.fixture
def yunling(tmp_path):
    return Path(shutil.copytree(YUNLING, tmp_path / "yunling"))


def rewritten(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


WRONG = [
    ("district.toml", 'name_en = "Yunling District"', "", 0, "name_en"),
    ("district.toml", 'name_zh = "云岭区"', 'name_zh = "  "', 0, "name_zh"),
    ("district.toml", 'code = "990203"', 'code = "99020"', 0, "99020"),
    ("district.toml", 'code = "990203"', 'code = "880203"', 0, "880203"),
    ("district.toml", 'name_zh = "云岭区"', 'name_zh = "云领区"', 0, "990203"),
    ("district.toml", '"ko"', '"xx"', 0, "xx"),
    ("district.toml", '"zh", ', "", 0, "zh"),
    ("district.toml", '"en", "ko"', '"ko"', 0, "en"),
    ("district.toml", '"云岭", ', '"岭", ', 0, "岭"),
    ("district.toml", "called", "nicknames", 0, "nicknames"),
    ("district.toml", '"云岭区"', '"云岭区', 1, ""),
    ("region.csv", "9902,", "99020,", 3, "99020"),
    ("town.csv", "kind,", "sort,", 1, "kind"),
    ("town.csv", "990203102,", "990203001,", 3, "990203001"),
    ("town.csv", "990203102,", "330203102,", 3, "330203102"),
    ("town.csv", "Heming", "", 3, "990203102"),
    ("town.csv", "Heming,town", "Heming,village", 3, "street"),
    ("town.csv", "town,0,1", "town,0,12", 3, "tile_column"),
    ("town.csv", "town,0,1", "town,0,0", 3, "2"),
    ("town.csv", "2022-12-31", "31.12.2024", 5, "31.12.2024"),
    ("town.csv", ",990203103\n", ",990203109\n", 5, "990203109"),
    ("town.csv", "Baishi,", "Baishi,,", 4, ""),
    ("body.csv", "tea_office", "tea office", 4, "tea office"),
    ("body.csv", "district_government,云岭区人民政府,Yunling District Government,leadership,,",
     "district_government,云岭区人民政府,Yunling District Government,leadership,2020-01-01,", 2, "district_government"),
    ("body.csv", ",economy_it\n", ",district_government\n", 6, "old_trade"),
    ("sector.csv", "C153,C,", "C153,Z9,", 2, "Z9"),
    ("sample-group.csv", "hills,山区镇,The hills,*", "hills,山区镇,The hills,990203103", 0, "town"),
    ("sample-group.csv", "990203102", "990209", 0, "990209"),
    ("sample-group.csv", "size,all", "age,all", 2, "age"),
    ("calendar.toml", "holidays", "rest_days", 0, "rest_days"),
    ("questionnaire-tea-1.json", '"code": "T1"', '"code": "1 T"', 0, "1 T"),
    ("questionnaire-tea-1.json", '"kind": "level5"', '"kind": "level6"', 0, "level6"),
    ("questionnaire-tea-1.json", '"code": "tea",', '"code": "tea"', 3, ""),
    ("names-ko.toml", '"윈링구"', '""', 0, "云岭区"),
    ("logo.svg", "<path", "<script>1</script><path", 0, ""),
    ("logo.svg", "<path", "<image href='https://example.org/x.png'/><path", 0, ""),
    ("logo.svg", "<svg", "<div", 0, ""),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "line", "named"), WRONG)
def test_what_is_wrong_is_said_with_its_file_and_line_in_both_languages(yunling, file, old, new, line, named):
    rewritten(yunling, file, old, new)
    _, faults = districts.read(yunling)
    assert (file, line) in {(one.file, one.line) for one in faults}
    told = districts.said(faults).splitlines()
    own = [one for one in told if one.startswith(f"{file}:{line}: " if line else f"{file}: ")]
    assert len(own) >= 2 and len(told) % 2 == 0
    assert any(named in one for one in own)
    assert any("\u4e00" <= c <= "\u9fff" for c in own[0].partition(": ")[2]) and own[0] != own[1]


@pytest.mark.parametrize("file", ["district.toml", "town.csv", "body.csv"])
def test_what_every_district_has_must_be_there(yunling, file):
    (yunling / file).unlink()
    assert (file, 0, "file_missing") in {(one.file, one.line, one.code) for one in folders.read(yunling)[1]}


def test_a_file_that_nothing_reads_is_refused_by_its_name(yunling):
    (yunling / "towns.csv").write_text("x")
    assert [(one.file, one.code) for one in folders.read(yunling)[1]] == [("towns.csv", "file_unknown")]


def test_everything_wrong_is_said_at_once(yunling):
    rewritten(yunling, "town.csv", "Heming", "")
    rewritten(yunling, "body.csv", "tea_office", "tea office")
    rewritten(yunling, "calendar.toml", "holidays", "rest_days")
    assert {one.file for one in folders.read(yunling)[1]} >= {"town.csv", "body.csv", "calendar.toml"}


def test_a_list_saved_by_a_spreadsheet_in_gb_18030_or_with_a_mark_in_front_is_read(yunling):
    towns = (yunling / "town.csv").read_text(encoding="utf-8")
    (yunling / "town.csv").write_bytes(towns.encode("gb18030"))
    (yunling / "body.csv").write_bytes((yunling / "body.csv").read_bytes().join([b"\xef\xbb\xbf", b""]))
    content, faults = folders.read(yunling)
    assert faults == [] and [row.item.name_zh for row in content.lists["town"] or ()][:2] == ["松溪街道", "鹤鸣镇"]


def test_a_logo_may_be_a_png_of_64_kb(yunling):
    (yunling / "logo.svg").unlink()
    (yunling / "logo.png").write_bytes(PNG)
    assert folders.read(yunling)[0].logo.startswith("data:image/png;base64,iVBOR")
    (yunling / "logo.png").write_bytes(PNG + bytes(64 * 1024))
    assert [one.code for one in folders.read(yunling)[1]] == ["logo_large"]
    (yunling / "logo.png").write_bytes(b"GIF89a")
    assert [one.code for one in folders.read(yunling)[1]] == ["logo_broken"]


def test_the_template_is_a_folder_without_faults_and_writes_over_nothing(tmp_path, capsys):
    assert main(["district", "template", str(tmp_path / "new")]) == 0
    content, faults = districts.read(tmp_path / "new")
    assert faults == [] and content.name_zh == "示例区"
    assert all(content.lists.values()) and content.groups and content.questionnaires and content.logo and content.names
    assert main(["district", "template", str(tmp_path / "new")]) == 1
    assert "new" in capsys.readouterr().err


def test_a_wrong_folder_writes_nothing_and_a_check_needs_no_store(yunling, tmp_path, monkeypatch, capsys):
    store = tmp_path / "beside" / "store.duckdb"
    monkeypatch.setenv("STORE_URL", f"duckdb:{store}")
    assert main(["district", "check", str(yunling)]) == 0
    assert "云岭区" in capsys.readouterr().out and not store.parent.exists()
    rewritten(yunling, "town.csv", "Heming", "")
    assert main(["district", "check", str(yunling)]) == 1
    store.parent.mkdir()
    assert main(["district", "new", str(yunling)]) == 1
    assert "town.csv:3: 990203102" in capsys.readouterr().err
    opened = open_store(f"duckdb:{store}")
    assert opened.read(lambda con: references.items(con, "town")) == []
    opened.close()
    assert not (store.parent / "calendar.toml").exists()
