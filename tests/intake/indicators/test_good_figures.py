"""What is right of a table of indicators is taken alone, the rest comes back as the same file with reasons."""

import io

import xlsxwriter

from access.actor import Actor
from db import sql
from intake.__main__ import main
from intake.files.spreadsheets import Upload, as_text, read_sheets
from intake.indicators.importing import check_indicators, import_indicators, refused_indicators
from intake.indicators.terms.given import Supplement
from tests.intake.indicators.test_indicators import AT, upload

CLERK = Actor("clerk", "staff", "示例")
GIVEN = Supplement("统计局", "2023-11-20")
ROWS = ("出口总额,2023-10,亿元,100,3,2023-11-20,统计局", "出口总额,2023-10,万吨,1,3,2023-11-20,统计局")
ROWS += ("社会消费品零售总额,2023-99,亿元,1,3,2023-11-20,统计局",)


def a_table(retail="约5"):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("指标")
        sheet.merge_range(0, 0, 0, 3, "2023年1-10月主要指标")
        rows = [
            ["指标", "单位", "累计", "同比（%）"],
            ["出口总额", "亿元", 100, 3.1],
            ["社会消费品零售总额", "亿元", retail, 2],
        ]
        for n, row in enumerate(rows, start=1):
            sheet.write_row(n, 0, row)
    return Upload("指标.xlsx", made.getvalue())


def take_good(store, file, given=None):
    return import_indicators(store, actor=CLERK, upload=file, at=AT, given=given, take_good=True)


def given_back(store, file, given=None):
    return refused_indicators(store, actor=CLERK, upload=file, at=AT, language="zh", given=given)


def stored(store):
    return store.read(lambda con: sql.rows(con, "SELECT indicator_code, value FROM observation ORDER BY 1"))


def test_the_good_rows_of_a_list_of_figures_are_taken_and_the_others_come_back_with_their_reasons(store):
    file = upload(*ROWS)
    outcome = take_good(store, file)
    assert (outcome.written, len(outcome.read), {found.row for found in outcome.refused}) == (1, 1, {3, 4})
    assert len(stored(store)) == 1
    [told] = store.read(lambda con: sql.rows(con, "SELECT detail FROM event WHERE kind = 'import'"))
    assert "refusals" in str(told["detail"])
    head, *rows = given_back(store, file).decode("utf-8-sig").splitlines()
    assert head.endswith("未导入的原因")
    assert [row.split(",")[2] for row in rows if "2023-11-20" in row] == ["万吨", "亿元"]


def test_a_table_comes_back_whole_with_its_reasons_beside_it_and_is_read_again_when_it_is_mended(store):
    outcome = take_good(store, a_table(), GIVEN)
    assert (outcome.written, len(outcome.refused)) == (1, 1)
    back = Upload("back.xlsx", given_back(store, a_table(), GIVEN))
    [sheet] = read_sheets(back)
    assert sheet.merged == (((0, 0), (0, 3)),) and as_text(sheet.grid[3][5]).startswith("C4")
    assert [len(row) > 5 and bool(row[5]) for row in sheet.grid[:3]] == [False] * 3
    again = check_indicators(store, actor=CLERK, upload=back, at=AT, given=GIVEN)
    assert [found.cell.rpartition("!")[2] for found in again.refused] == ["C4"]
    assert sheet.grid[2][:4] == ["出口总额", "亿元", None, None] and sheet.grid[3][2:4] == ["约5", 2.0]
    mended = io.BytesIO()
    with xlsxwriter.Workbook(mended, {"in_memory": True}) as book:
        again_sheet = book.add_worksheet("指标")
        for n, row in enumerate(sheet.grid):
            again_sheet.write_row(n, 0, [50 if cell == "约5" else cell for cell in row])
    whole = import_indicators(store, actor=CLERK, upload=Upload("b.xlsx", mended.getvalue()), at=AT, given=GIVEN)
    assert (whole.refused, whole.written, len(stored(store))) == ((), 1, 2)


def test_a_file_that_is_wrong_as_a_whole_is_not_taken_in_part(store):
    outcome = take_good(store, a_table())  # nobody says who published it
    assert outcome.written is None and stored(store) == []


def test_a_hundred_and_more_refused_figures_all_come_back(store):
    file = upload(ROWS[0], *(f"社会消费品零售总额,2023-99,亿元,{n},3,2023-11-20,统计局" for n in range(130)))
    assert len(given_back(store, file).decode("utf-8-sig").splitlines()) == 131


def test_the_command_line_takes_the_good_figures(tmp_path, monkeypatch):
    monkeypatch.setenv("STORE_URL", f"duckdb:{tmp_path}/store.duckdb")
    file, back = tmp_path / "table.xlsx", tmp_path / "back.xlsx"
    file.write_bytes(a_table().content)
    said = ["--source", "统计局", "--released", "2023-11-20", "--take-good", str(back)]
    assert main(["import", "indicators", str(file), *said]) == 1
    assert read_sheets(Upload("back.xlsx", back.read_bytes()))
