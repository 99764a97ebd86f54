"""Files as bureaus send them: what is hidden, what may be a fraction, web pages named .xls, other offices' formats."""

import io
import json
import struct
import zipfile

import pytest

from intake.__main__ import main
from intake.files import html_tables, xls_marks
from intake.files.spreadsheets import read_sheets
from intake.files.upload import Upload
from intake.indicators.importing import check_indicators
from intake.indicators.rules.fractions import FRACTION, PERCENT, unclear
from intake.indicators.terms.given import Supplement
from tests.intake.files.odd_files import numbers, ole, record
from tests.intake.indicators.test_indicator_bureaus import AT, CLERK, read, upload
from tests.intake.indicators.test_indicator_layouts import xlsx

SOURCE = ("区统计局", "2024-02-20")
ROWS = (
    ("2023年1-10月主要经济指标",),
    ("指标", "单位", "累计", "同比增长"),
    ("出口总额", "亿元", 1190, 0.116),
    ("规模以上工业总产值", "亿元", 1860, 0.081),
    ("一般公共预算收入", "亿元", 120.1, -0.032),
)


@pytest.fixture
def check(store):
    def checked(file, given=None):
        return check_indicators(store, actor=CLERK, upload=file, at=AT, given=given or Supplement(*SOURCE))

    return checked


def bulletin(book, sheet) -> None:
    for r, row in enumerate(ROWS):
        sheet.write_row(r, 0, row)


def test_growth_that_may_be_fractions_is_asked_with_both_readings_and_read_as_answered(check):
    outcome = check(xlsx(("表1", bulletin)))
    (asked,) = outcome.unclear
    assert (asked.line, asked.said(FRACTION), asked.said(PERCENT)) == ("表1!D", "11.6%", "0.116%")
    assert [one.code for one in outcome.refused] == ["growth_unclear"]
    assert outcome.read == (), "neither reading is shown as if it were the one"
    assert outcome.warnings == (), "and neither is compared with anything"


@pytest.mark.parametrize(("answer", "growth"), [(FRACTION, 11.6), (PERCENT, 0.116)])
def test_the_answer_for_a_column_is_taken(check, answer, growth):
    given = Supplement(*SOURCE, growth={"表1!D": answer})
    outcome = check(xlsx(("表1", bulletin)), given=given)
    assert outcome.refused == ()
    assert f"district exports 2023 1-10 1190 {growth}" in read(outcome)


@pytest.mark.parametrize(
    ("cells", "open_"),
    [
        ((0.4, 0.8, -0.3), False),  # one decimal: growth as it is published
        ((0.082,), True),
        ((0.08, 0.11), True),
        ((8.2, 0.432, 7.1), False),
        ((0.082, 0.116, 1.563, -0.031), True),  # one more than doubled
        (("0.4%", "0.82%"), False),  # the sign says it
        ((0, 0), False),
        (("-", None), False),
    ],
)
def test_numbers_say_whether_they_may_be_fractions(cells, open_):
    assert (unclear("D", cells) is not None) is open_


def test_a_fraction_in_the_long_format_is_asked_too(check):
    rows = ["指标|时期|单位|数值|同比(%)|发布日期|来源", "出口总额|2023年1-10月|亿元|1190|0.116|2024-02-20|海关"]
    outcome = check(upload(rows))
    assert ([one.code for one in outcome.refused], outcome.read) == (["growth_unclear"], ())
    given = Supplement(growth={"同比(%)": FRACTION})
    assert read(check(upload(rows), given=given)) == {"district exports 2023 1-10 1190 11.6"}


def hiding(book, sheet) -> None:
    bulletin(book, sheet)
    sheet.write_column(2, 3, [11.6, 8.1, -3.2])
    sheet.set_row(3, None, None, {"hidden": True})


def test_hidden_rows_are_left_out_and_told_or_read_where_somebody_says_so(check):
    outcome = check(xlsx(("表1", hiding)))
    assert "industrial_output" not in {one.indicator.code for one in outcome.read}
    assert [(one.code, one.facts["rows"]) for one in outcome.warnings] == [("hidden_rows", "4")]
    outcome = check(xlsx(("表1", hiding)), given=Supplement(*SOURCE, hidden=True))
    assert "industrial_output" in {one.indicator.code for one in outcome.read}
    assert [one.code for one in outcome.warnings] == ["hidden_rows_read"]


def test_a_hidden_column_of_growth_and_a_hidden_sheet_are_told(check):
    def draw(book, sheet) -> None:
        hiding(book, sheet)
        sheet.set_row(3, None, None, {"hidden": False})
        sheet.set_column(3, 3, None, None, {"hidden": True})

    def second(book, sheet) -> None:
        sheet.write_row(0, 0, ["2023年1-9月主要指标"])
        sheet.write_row(1, 0, ["指标", "单位", "累计"])
        sheet.write_row(2, 0, ["出口总额", "亿元", 1050])
        sheet.hide()

    outcome = check(xlsx(("表1", draw), ("旧表", second)))
    assert {one.yoy for one in outcome.read} == {None}
    assert {(one.code, *one.facts.values()) for one in outcome.warnings} >= {
        ("hidden_columns", "D"), ("hidden_sheet", "旧表")
    }  # fmt: skip
    assert len(outcome.read) == 3
    assert len(check(xlsx(("表1", draw), ("旧表", second)), given=Supplement(*SOURCE, hidden=True)).read) == 4


PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312">
<style>td {color: red}</style></head><body><table border=1><tr><td colspan=4>2023年1-10月主要经济指标</td></tr>
<tr><th rowspan=2>指标</th><th rowspan=2>单位</th><th colspan=2>1-10月</th></tr><tr><td>累计<td>同比&plusmn;%</tr>
<tr><td>出口总额</td><td>亿元</td><td>1,190.0</td><td>11.6</td></tr>
<tr><td>&nbsp;&nbsp;规模以上<br>工业总产值</td><td>亿元</td><td>1860</td><td>8.1</td></tr></table></body></html>"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_a_web_page_named_xls_is_read_as_its_table(check, encoding):
    outcome = check(Upload("月报.xls", PAGE.encode(encoding)))
    assert read(outcome) == {
        "district exports 2023 1-10 1190 11.6", "district industrial_output 2023 1-10 1860 8.1"
    }  # fmt: skip


def test_a_web_page_without_a_table_and_one_that_spans_the_world_are_refused(check):
    page = "<html><body><p>维护中</p></body></html>"
    bomb = "<table><tr><td rowspan=9999 colspan=300>x</td></tr></table>"
    found = [check(Upload("x.xls", text.encode())).refused[0].code for text in (page, bomb)]
    assert found == ["file_kind", "file_too_many_cells"]
    assert html_tables.is_html(b"\xef\xbb\xbf\n<!-- x --><TABLE>")


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"{\\rtf1}"])
def test_other_offices_formats_are_refused_in_words(check, content):
    assert [one.code for one in check(Upload("x.xls", content)).refused] == ["file_kind"]


def xls(code: str = "0.0%", more: bytes = b"") -> bytes:
    """A workbook of one sheet: B3 and B4 shown otherwise, the third row and the fifth column hidden."""
    formats = record(0x41E, numbers(164, len(code)), b"\1", code.encode("utf-16-le"))
    styles = b"".join(record(0xE0, numbers(0, one), b"\0" * 16) for one in (0, 164, 10))
    begin, end = record(0x809, numbers(0x0600, 5), b"\0" * 12), record(0x0A)
    named = bytes([2, 1]) + "表1".encode("utf-16-le")
    first = len(begin + formats + styles + record(0x85, b"\0" * 6, named) + end)
    whole = begin + formats + styles + record(0x85, struct.pack("<I", first), b"\0\0", named) + end
    chart = record(0x809, numbers(0x0600, 0x20), b"\0" * 12) + record(0x203, numbers(9, 9, 1), b"\0" * 8) + end
    whole += begin + record(0x7D, numbers(4, 4, 0, 0, 1, 0)) + record(0x208, numbers(2, 0, 4, 0, 0, 0, 0x20, 0))
    whole += record(0x203, numbers(2, 1, 1), struct.pack("<d", 0.116)) + chart
    whole += record(0xBD, numbers(3, 1), numbers(2, 0, 0), numbers(0, 0, 0), numbers(2)) + more + end
    return ole(Workbook=whole)


def test_an_xls_keeps_its_percentages_and_what_it_hides():
    marks = xls_marks.marked(xls())["表1"]
    assert marks.formats == {(2, 1): "0.0%", (3, 1): "0.00%"}
    assert (marks.hidden_rows, marks.hidden_columns) == ({2}, {4})


def test_an_xls_keeps_the_formats_that_turn_a_sign():
    assert xls_marks.marked(xls('"下降"0.0'))["表1"].formats[2, 1] == '"下降"0.0'
    assert (2, 1) not in xls_marks.marked(xls("0.00_);(0.00)"))["表1"].formats


def test_an_error_in_an_xls_is_no_empty_cell_and_its_formulas_are_known():
    """As of an XLSX; a formula gives a number, a text, none, TRUE or an error, and an error may stand alone."""
    gives = [struct.pack("<d", 2.5), *(bytes([n, 0, code, 0, 0, 0, 255, 255]) for n, code in
             ((0, 0), (3, 0), (1, 1), (2, 0x07)))]  # fmt: skip
    computed = b"".join(
        record(0x06, numbers(5, n, 0), given, b"\0" * 6, numbers(3), b"\x1e", numbers(1))
        for n, given in enumerate(gives)
    )
    alone = record(0x205, numbers(6, 0, 0), bytes([0x2A, 1])) + record(0x205, numbers(6, 1, 0), bytes([1, 0]))
    (sheet,) = read_sheets(Upload("月报.xls", xls(more=computed + alone)))
    assert sheet.formulas == {*((5, n) for n in range(5)), (6, 0)}
    assert sheet.unsaved == {(5, 4), (6, 0)}
    assert (sheet.grid[5][0], sheet.grid[6][1]) == (2.5, True)


def test_an_error_that_no_formula_gives_is_no_empty_cell(check):
    def fill(_, sheet):
        sheet.write_row(0, 0, ["指标", "时期", "单位", "数值", "来源", "发布日期"])
        sheet.write_row(1, 0, ["出口总额", "2023年1-10月", "亿元", "", "海关", "2023-11-20"])
        sheet.write_formula(1, 3, "=NA()", None, "#N/A")

    content = xlsx(("表1", fill)).content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        kept = {name: parts.read(name).replace(b"<f>NA()</f>", b"") for name in parts.namelist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        for name, part in kept.items():
            parts.writestr(name, part)
    outcome = check(Upload("x.xlsx", made.getvalue()))
    assert [(one.row, one.field, one.code) for one in outcome.refused] == [(2, "value", "formula_unsaved")]


@pytest.mark.parametrize(
    "text",
    ["指标,单位,2023年1-10月,同比增长(‰)\n出口总额,亿元,1190.2,52\n", "指标,单位,2023年1-10月\n出口总额同比增长,‰,52\n",
     "指标,单位,2023年1-10月,同比增长\n出口总额,亿元,1190.2,52‰\n",
     "指标,时期,单位,数值,同比(‰),来源,发布日期\n出口总额,2023年1-10月,亿元,1190.2,52,海关,2023-11-20\n"],
)  # fmt: skip
def test_a_growth_in_thousandths_is_not_taken_for_one_in_hundredths(check, text):
    outcome = check(Upload("x.csv", text.encode()), Supplement(source="海关", released="2023-11-20"))
    assert [(one.row, one.field, one.code) for one in outcome.refused] == [(2, "yoy", "number_format")]
    assert outcome.refused[0].facts["value"] == "52‰"


def test_a_broken_chain_of_sectors_has_no_marks():
    assert xls_marks.marked(b"\xd0\xcf\x11\xe0" + b"\xff" * 600) == {}
    assert xls_marks.marked(b"\xd0\xcf\x11\xe0") == {}


def test_hidden_rows_stay_in_the_grid_for_those_who_read_them_all():
    (sheet,) = read_sheets(xlsx(("表1", hiding)))
    assert (sheet.hidden_rows, sheet.grid[3][0]) == (frozenset({3}), "规模以上工业总产值")


def test_the_command_line_takes_the_month_up_to_which_a_year_counts_and_says_which_are_open(tmp_path, capsysbinary):
    file = tmp_path / "2022年.csv"
    file.write_text("指标,单位,累计,同比增长%\n出口总额,亿元,101.3,3.2\n", encoding="utf-8")
    answers = []
    for said in ([], ["--period", "2022-11"], ["--period", "2022-13"]):
        given = ["--source", "海关", "--released", "2022-12-20", "--check", "--language", "en"]
        code = main(["import", "indicators", str(file), *given, *said])
        answers.append((code, json.loads(capsysbinary.readouterr().out)))
    (asked, open_), (taken, read_), (wrong, refused) = answers
    assert (asked, open_["read"], open_["open_years"]) == (1, [], [2022])
    assert (taken, [one["period_end"] for one in read_["read"]]) == (0, ["2022-11-30"])
    assert (wrong, [one["code"] for one in refused["refused"]]) == (1, ["period_month_format"])
