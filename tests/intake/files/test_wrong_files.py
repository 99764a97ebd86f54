"""A wrong file is given up early, in a process of its own and once; it never slows or fills the server."""

import io
import json
from contextlib import closing
from datetime import datetime

import pytest
import xlsxwriter
from stdnum.cn import uscc

from access.actor import Actor
from db import demo, limited, references
from db.refused import Refused
from db.store import open_store
from intake.__main__ import main
from intake.files import apart
from intake.files.imports import MOST_FINDINGS, Finding, capped, how_many
from intake.files.spreadsheets import Sheet
from intake.files.upload import Upload
from intake.foreign_files import read_form_file, read_result_file
from intake.indicators.importing import check_indicators
from intake.indicators.reading import layouts
from intake.indicators.reading.facets import Vocabulary
from intake.register.enterprises import check_enterprises
from intake.town_map import import_town_map
from tests.intake.test_town_map import geojson, square

CLERK = Actor("clerk", "staff", "示例")
AT = datetime(2024, 3, 1, 4, 0)
WORDS = "经济指标统计年鉴全区规模以上工业企业增加值累计同比增长社会消费品零售总额"


def text_in_cells(rows: int = 1_000) -> bytes:
    """2.4 MB of words, all different: what somebody sends who chose the wrong file."""
    lines = (",".join(f"{WORDS}{row}第{column}" for column in range(20)) for row in range(rows))
    return "\n".join([*lines, "总计,1,2,3"]).encode()


def workbook(*rows: list) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("survey")
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    return buffer.getvalue()


@pytest.fixture
def importers(store):
    known = {"actor": CLERK, "at": AT}
    return {
        "indicators": lambda upload: check_indicators(store, upload=upload, **known).refused,
        "enterprises": lambda upload: check_enterprises(store, upload=upload, **known).refused,
        "xlsform": lambda upload: read_form_file(upload).refused,
        "wjx": lambda upload: read_result_file(upload).reading.refused,
    }


@pytest.fixture
def command_line(tmp_path, capsysbinary):
    def said(what: str, content: bytes) -> dict:
        (tmp_path / "x.xlsx").write_bytes(content)
        main(["import", what, str(tmp_path / "x.xlsx"), "--check", "--language", "zh"])
        return json.loads(capsysbinary.readouterr().out)

    return said


@pytest.fixture
def started(monkeypatch) -> list[int]:
    """The size of each request that went to a process of its own."""
    sizes: list[int] = []
    run = limited.limited_bytes
    monkeypatch.setattr(apart, "_KEPT", type(apart._KEPT)())
    monkeypatch.setattr(
        limited, "limited_bytes", lambda request, **most: sizes.append(len(request)) or run(request, **most)
    )
    return sizes


@pytest.mark.parametrize("importer", ["indicators", "enterprises", "xlsform", "wjx"])
def test_two_megabytes_of_text_are_refused_from_another_process_and_looked_at_once(importers, started, importer):
    content = text_in_cells()
    assert len(content) > 2_000_000
    found = [[one.code for one in importers[importer](Upload("年鉴.csv", content))] for _ in range(3)]
    assert found[0] and found == [found[0]] * 3
    assert len(started) == 1  # a page that is drawn again asks nobody


def test_a_table_with_more_words_or_numbers_than_statistics_have_is_given_up(importers):
    rows = [["指标", *(f"2023年1-{month}月" for month in range(2, 13))]]
    many = [*rows, *(["出口总额", *range(1, 12)] for _ in range(2_000))]
    labels = "\n".join(["2023年1-10月,", *(f"{WORDS}{row},{row}" for row in range(6_000))]).encode()
    for content in (labels, workbook(*many)):
        assert [one.code for one in importers["indicators"](Upload("x", content))] == ["table_too_large"]


def test_numbers_are_no_questions_of_a_result_file(importers):
    content = workbook(*([WORDS, *(0.25 + n / 100 for n in range(20))] for _ in range(300)))
    assert [one.code for one in importers["wjx"](Upload("x.xlsx", content))] == ["wjx_no_questions"]


@pytest.mark.parametrize(
    ("below", "refused"),
    [
        ([[str(n), *map(float, range(20))] for n in range(2_000)], "table_too_large"),
        ([[n, *(f"{WORDS}{n}第{c}" for c in range(9))] for n in range(1_200)], "table_too_large"),
        ([[float(n), *["同意"] * 14] for n in range(8_000)], "file_too_many_cells"),
    ],
)
def test_what_is_no_table_of_statistics_is_given_up_before_anything_is_looked_at(monkeypatch, below, refused):
    monkeypatch.setattr(layouts, "Grid", None)
    sheets = (Sheet("", [["指标", "2023年1-10月"], *below]),)
    with pytest.raises(Refused, match=refused):
        layouts.read_layout(sheets, "x.csv", Vocabulary({}, {}, str))


def test_one_long_text_that_every_cell_names_is_refused_before_it_is_copied(importers):
    content = workbook(["指标", "2023年1-10月"], *([WORDS * 500] * 40 for _ in range(100)))
    assert len(content) < 100_000
    assert [one.code for one in importers["indicators"](Upload("x.xlsx", content))] == ["file_too_many_letters"]


def take_memory(upload: Upload) -> int:
    return len(bytearray(2_000_000_000))


def test_work_beyond_what_it_may_take_is_refused_in_words():
    with pytest.raises(Refused) as refusal:
        apart.read_apart(take_memory, Upload("x.csv", text_in_cells()))
    assert refusal.value.code == "file_too_much_memory"


def test_a_small_table_needs_no_process_and_a_workbook_always_does(importers, started):
    importers["indicators"](Upload("x.csv", "2023年1-10月,\n指标,累计\n出口总额,1\n".encode()))
    assert started == []
    importers["indicators"](Upload("x.xlsx", workbook(["2023年1-10月"], ["指标", "累计"], ["出口总额", 1])))
    assert len(started) == 1


def test_a_hundred_findings_of_a_kind_are_listed_and_the_rest_is_a_number(importers):
    head = "企业名称,统一社会信用代码,行业,镇街,规模"
    rows = "\n".join(f"甲{n},{n},丙丁,丙丁,丙丁" for n in range(1_000))
    found = importers["enterprises"](Upload("x.csv", f"{head}\n{rows}\n".encode()))
    codes = [one.code for one in found]
    assert {codes.count(code) for code in set(codes) - {"findings_more"}} == {MOST_FINDINGS}
    assert found[-1].code == "findings_more"
    assert how_many(found) == 4_000
    for language in ("zh", "en"):
        assert "3,600" in found[-1].reason(language)


def test_a_hundred_remarks_of_a_kind_on_a_form_or_on_answers_are_listed_and_the_rest_is_a_number(command_line):
    rows = [["begin repeat", f"r{n}", f"第{n}", "x"] for n in range(150)]
    form = command_line("xlsform", workbook(["type", "name", "label", "nowhere"], ["text", "q", "问"], *rows))
    sheets = [[0, "2023-11-20 10:00", "好"], *([n, "不详", "好"] for n in range(1, 151))]
    answers = command_line("wjx", workbook(["序号", "提交答卷时间", "1、您满意吗？"], *sheets))
    for found, more in ((form["unsupported"], "100"), (answers["refused"], "50")):
        codes = [one["code"] for one in found]
        assert max(codes.count(code) for code in set(codes)) == MOST_FINDINGS
        assert codes[-1] == "findings_more" and f" {more} " in found[-1]["reason"]
    assert answers["responses"] == 1 and "refused_count" not in {*form, *answers}


def test_which_answers_can_be_taken_is_found_once_where_the_file_is_read(monkeypatch, started):
    """The page asks at each rerun, and what it is told was worked out apart."""
    sheets = [[0, "2023-11-20 10:00", "好"], *([n, "不详", "好"] for n in range(1, 151))]
    content = workbook(["序号", "提交答卷时间", "1、您满意吗？"], *sheets)
    found = [read_result_file(Upload("x.xlsx", content)) for _ in range(3)]
    assert [how_many(one.turned_away) for one in found] == [150] * 3
    assert len(started) == 1


def test_a_town_map_is_read_in_another_process(store, people, started):
    codes = [town.code for town in store.read(lambda con: references.items(con, "town"))]
    towns = [square(code, 120 + place / 10, 30, 0.1) for place, code in enumerate(codes)]
    content = geojson(*towns) + b" " * 30_000
    assert set(import_town_map(store, actor=people.admin, content=content, at=AT)) == set(codes)
    with pytest.raises(Refused, match="town_map_missing"):
        import_town_map(store, actor=people.admin, content=geojson(*towns[1:]) + b" " * 30_000, at=AT)
    assert len(started) == 2


def test_what_was_counted_is_counted_on():
    fault = Finding(1, "value", "blank")
    once = capped([fault] * 150)
    assert how_many(capped([*once, *[fault] * 10])) == 160


def test_the_command_line_takes_the_good_rows_of_a_register_and_writes_the_others_to_a_file(tmp_path, monkeypatch):
    monkeypatch.setenv("STORE_URL", f"duckdb:{tmp_path}/store.duckdb")
    with closing(open_store()) as store:
        store.migrate()
        demo.begin_district(store)
    body = "91330603MA7654321"
    file, back = tmp_path / "register.csv", tmp_path / "back.csv"
    file.write_text(
        f"企业名称,统一社会信用代码,行业,镇街,规模\n好示范,{body}{uscc.calc_check_digit(body)},C17,柯桥,小型\n坏示范,12345,C17,柯桥,小型\n"
    )
    assert main(["import", "enterprises", str(file), "--take-good", str(back), "--language", "en"]) == 1
    rows = back.read_text("utf-8-sig").splitlines()
    assert len(rows) == 2 and rows[0].endswith("Why it was not imported") and rows[1].startswith("坏示范,12345")
