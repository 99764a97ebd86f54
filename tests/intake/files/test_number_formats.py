"""A workbook's cell is read as its format shows it, or told where what is shown and what is stored part."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from stdnum.cn import uscc

from access.actor import Actor
from intake.files.number_formats import says_more, shown
from intake.files.spreadsheets import read_table
from intake.files.upload import Upload
from intake.indicators.importing import check_indicators
from intake.indicators.terms.given import Supplement
from intake.register.enterprises import check_enterprises

pytestmark = pytest.mark.usefixtures("read_here")

CODE = "91330603MA7654321" + uscc.calc_check_digit("91330603MA7654321")
CLERK = Actor("clerk", "staff", "示例")
AT = datetime(2024, 3, 1, 4, 0)


def workbook(head: list, *rows: list) -> Upload:
    """A cell is a value, or (value, its format)."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        sheet.write_row(0, 0, head)
        for r, row in enumerate(rows, 1):
            for c, cell in enumerate(row):
                value, code = cell if isinstance(cell, tuple) else (cell, None)
                sheet.write(r, c, value, book.add_format({"num_format": code}) if code else None)
    return Upload("x.xlsx", buffer.getvalue())


@pytest.mark.parametrize(
    ("code", "stored", "read"),
    [
        # words turn the sign
        ('"下降"0.0', 4.9, "下降4.9"),
        ('"降"0.0%;', 0.049, "降4.9%"),
        ('"比上年下降"0.0"个百分点"', 0.2, "比上年下降0.2个百分点"),
        ('"增长"0.0;"下降"0.0', -4.9, "下降4.9"),
        ('"增长"0.0;"负增长"0.0', -4.9, "负增长4.9"),
        ('"增长"0.0;"下滑"0.0', -4.9, "下滑4.9"),
        ("-0.0", 4.9, "-4.9"),
        # words that turn no sign
        ('"同比"0.0', -4.9, -4.9),
        ('"同比"0.0', 4.9, 4.9),
        ('"较上年同期 "0.0%', -0.049, "-4.9%"),
        ('"升降"0.0', -4.9, "升降-4.9"),
        ('"收窄"0.0', 2.1, "收窄2.1"),
        # marks of which nobody knows the sign stay, to be refused
        ('"▼"0.0', 4.9, "▼4.9"),
        ("(0.0)", 4.9, "(4.9)"),
        ('"约"0.0', 4.9, "约4.9"),
        # two sections that agree with the sign
        ('[Red]"▲"0.0;[Green]"▼"0.0', -4.9, -4.9),
        ("0.00_);(0.00)", -4.9, -4.9),
        ("0.0;△0.0", -4.9, -4.9),
        ("[Red]+0.0;[Green]-0.0", 4.9, 4.9),
        # what is shown and what is stored cannot both be meant
        ("0.0;0.0", -4.9, "4.9≠-4.9"),
        ("[Red]0.0;[Green]0.0", -4.9, "4.9≠-4.9"),
        ("0.0%;0.0%", -0.049, "4.9%≠-0.049"),
        ('"下降"0.0', -4.9, "-下降4.9≠-4.9"),
        ('"减少"0.0;"增加"0.0', -4.9, "增加4.9≠-4.9"),
        ('"扩大"0.0;"收窄"0.0', -2.1, "收窄2.1≠-2.1"),
        (";;;", 4.9, "≠4.9"),
        ("0.0;", -4.9, "≠-4.9"),
        # and where they are the same
        ("0.0;0.0", 4.9, 4.9),
        ("#,##0.00", -1450.5, -1450.5),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 0.0, 0.0),
        ("0.00E+00", 4.9, 4.9),
        ("# ?/?", 0.5, 0.5),
        # moved by powers of ten
        ("0.0,", 1450.0, 1.45),
        ("#,##0.0,,", 119012345.0, 119.012345),
        ("0!.0,", 119012345.0, 11901.2345),
        ('0"."0,', 119012345.0, 11901.2345),
        ("0!.0000", 119012345.0, 11901.2345),
        ('[>=100000000]0!.00,,"亿元";[>=10000]0!.0,"万元";0', 119012345.0, "1.19012345亿元"),
        ('[>=100000000]0!.00,,"亿元";[>=10000]0!.0,"万元";0', 123456.0, "12.3456万元"),
        # other words and digits
        ('0.0"亿元"', 1190.0, "1190亿元"),
        ('0.0"%"', 8.2, "8.2%"),
        ('"1-"0"月"', 10.0, "1-10月"),
        ("000000", 575.0, "000575"),
        ("0000-00000000", 57588880001.0, "0575-88880001"),
        ('[=1]"是";[=0]"否"', 1.0, "是"),
        ('[=1]"大型";[=2]"中型";"小型"', 3.0, "小型"),
        ('[=1]"是";[=0]"否"', 2.0, "≠2"),
        ('0.0;-0.0;"持平"', 0.0, "持平"),
        ("0;-0;;@", 0.0, None),
        # days
        ('yyyy"年"', date(2022, 1, 1), "2022年"),
        ('yyyy"年1-"m"月"', date(2023, 10, 31), "2023年1-10月"),
        ('m"月"', date(2023, 10, 1), "10月"),
        ('yyyy"年"m"月"', date(2023, 10, 1), date(2023, 10, 1)),
        ('m"月"d"日"', date(2023, 10, 1), date(2023, 10, 1)),
    ],
)
def test_a_cell_is_read_as_its_format_shows_it(code, stored, read):
    assert shown(code, stored) == read
    assert [row.cells["数"] for row in read_table(workbook(["名", "数"], ["x", (stored, code)])).rows] == [read]


@pytest.mark.parametrize("code", ["", "General", "0.00", "#,##0", "0.00_ ", "@", "yyyy-mm-dd", "0.0_);[Red]\\(0.0\\)"])
def test_most_formats_say_nothing_more(code):
    assert not says_more(code)


def the_table(*growth: tuple[float, str], level: tuple[float, str] | float = 1190.0) -> Upload:
    return workbook(["指标", "单位", "2023年1-10月", "同比(%)"], *(["出口总额", "亿元", level, one] for one in growth))


def checked(store, upload):
    given = Supplement(source="区统计局", released="2023-11-20")
    return check_indicators(store, actor=CLERK, upload=upload, at=AT, given=given)


@pytest.mark.parametrize(
    ("stored", "code", "growth"),
    [
        (4.9, '"下降"0.0', -4.9),
        (0.049, '"降"0.0%;', -4.9),
        (-4.9, "0.0_);(0.0)", -4.9),
        (4.9, '"增长"0.0', 4.9),
        (-4.9, '"增长"0.0;"负增长"0.0', -4.9),
        (-4.9, '"增长"0.0;"下滑"0.0', -4.9),
        (-4.9, '"同比"0.0', -4.9),
    ],
)
def test_a_fall_that_only_the_format_says_is_a_fall(store, stored, code, growth):
    found = checked(store, the_table((stored, code)))
    assert found.refused == ()
    assert [one.yoy for one in found.read] == [Decimal(str(growth))]


@pytest.mark.parametrize(
    ("stored", "code", "fault"),
    [
        (-4.9, "0.0;0.0", "shown_otherwise"),
        (-4.9, "[Red]0.0;[Green]0.0", "shown_otherwise"),
        (4.9, ";;;", "shown_otherwise"),
        (4.9, '"▼"0.0', "number_format"),
        (2.1, '"收窄"0.0', "number_format"),
        (-2.1, '"提高"0.0', "number_format"),
        (-2.1, '"扩大"0.0;"收窄"0.0', "shown_otherwise"),
        (0.2, '"比上年下降"0.0"个百分点"', "growth_in_points"),
    ],
)
def test_a_sign_that_the_format_hides_is_refused_with_its_cell(store, stored, code, fault):
    [one] = checked(store, the_table((stored, code))).refused
    assert (one.cell, one.code) == ("表!D2", fault)
    assert all(str(fact) in one.reason("zh") for name, fact in one.facts.items() if name in ("stored",))
    assert one.reason("en") != one.reason("zh")


@pytest.mark.parametrize(
    ("stored", "code"),
    [(11900000.0, "0!.0,"), (1190000.0, "0.0,"), (119000000000.0, '0!.00,,"亿元"'), (1190.0, '0"亿元"')],
)
def test_a_level_is_the_one_that_is_shown(store, stored, code):
    found = checked(store, the_table((8.2, "0.0"), level=(stored, code)))
    assert [one.value for one in found.read] == [1190]


def test_a_figure_alone_in_its_row_is_told_however_its_format_words_it(store):
    rows = [["出口总额", (120.0, code)] for code in ('0"家"', "0.0;0.0", '"下降"0.0"左右"', '0.0"‰"')]
    rows[1][1] = (-120.0, "0.0;0.0")
    found = checked(store, workbook(["指标", "2023年1-10月"], *rows))
    assert {one.cell for one in found.refused} == {"表!B2", "表!B3", "表!B4", "表!B5"}


def test_a_telephone_that_only_the_format_gives_its_nought_keeps_it(store):
    head = ["企业名称", "统一社会信用代码", "行业", "镇街", "规模", "联系电话"]
    row = ["甲公司", CODE, "C17", "柯桥", "小型", (57588880001.0, "0000-00000000")]
    found = check_enterprises(store, actor=CLERK, upload=workbook(head, row), at=AT)
    assert found.refused == () and found.read[0].enterprise.contact_phone == "057588880001"
    hidden = check_enterprises(store, actor=CLERK, upload=workbook(head, [*row[:5], (57588880001.0, ";;;")]), at=AT)
    assert [one.code for one in hidden.refused if one.field == "phone"] == ["shown_otherwise"]
