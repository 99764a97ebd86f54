"""Scales of a result file are known by their words, and a person confirms, turns or denies them; one day for all its
sheets is given where it says none; a file that is no export of a survey is refused."""

import json

import pytest

from db import events, sql
from db.refused import Refused
from intake.files.spreadsheets import Upload
from intake.foreign_files import read_result_file, results_as_json
from intake.questionnaires.kinds.level5 import levels
from intake.wjx.wave import import_wjx
from tests.conftest import NOON
from tests.intake.wjx.test_wjx import HEADINGS, ROWS, a_file, command_file, imported  # noqa: F401
from tests.there import there

UNDATED = ["序号", *HEADINGS[6:]]


def undated(rows):
    return [[row[0], *row[6:]] for row in rows]


def scale(words):
    """What each of the words counts; nothing where they are no scale."""
    counts = {option.zh: option.value for option in levels(words.split())}
    return [counts.get(word) for word in words.split()] if counts else []


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("非常认同 认同 一般 不认同 非常不认同", [100, 75, 50, 25, 0]),
        ("很重要 重要 一般 不太重要 不重要", [100, 75, 50, 25, 0]),
        ("非常了解 比较了解 一般 不太了解 完全不了解", [100, 75, 50, 25, 0]),
        ("完全不支持 比较支持 一般", [0, 75, 50]),
        ("满意 基本满意 不满意", [75, 50, 25]),
        ("总是 经常 有时 从不", [100, 75, 50, 0]),
        ("5=非常认同 4 2 1=非常不认同", [100, 75, 25, 0]),
        ("1=非常认同 2=认同 5=非常不认同", [100, 75, 0]),
        ("非常满意（5分） 一般（3分）", [100, 50]),
        ("A.非常满意 B.满意 C.一般 D.不满意 E.非常不满意", [100, 75, 50, 25, 0]),
        ("非常赞成 赞成 中立 反对 非常反对", [100, 75, 50, 25, 0]),
        ("很有信心 有信心 一般 信心不足 没有信心", [100, 75, 50, 25, 0]),
        ("明显改善 有所改善 没有变化 有所变差 明显变差", [100, 75, 50, 25, 0]),
        ("明显改善 有所改善 没有变化 有所恶化 明显恶化", [100, 75, 50, 25, 0]),
        ("强烈同意 同意 中立 不同意 强烈不同意", [100, 75, 50, 25, 0]),
        ("完全符合 基本符合 不确定 基本不符合 完全不符合", [100, 75, 50, 25, 0]),
        ("显著提升 有所提升 基本不变 有所下降 显著下降", [100, 75, 50, 25, 0]),
        ("很大帮助 较大帮助 一般 较小帮助 没有帮助", [100, 75, 50, 25, 0]),
        ("优秀 良好 中等 合格 不合格", [100, 75, 50, 25, 0]),
        ("好 较好 一般 较差 差", [100, 75, 50, 25, 0]),
        ("乐观 比较乐观 一般 不太乐观 悲观", [100, 75, 50, 25, 0]),
        ("非常困难 比较困难 一般 不太困难 不困难", [0, 25, 50, 75, 100]),  # the less, the better
        ("非常严重 严重 一般 不严重", [0, 25, 50, 75]),
        ("①非常满意 ②满意 ③一般 ④不满意", [100, 75, 50, 25]),
        ("A非常满意 B满意 C一般 D不满意", [100, 75, 50, 25]),
        ("（1）非常满意 （2）满意 （3）一般", [100, 75, 50]),
        ("非常满意【5分】 一般【3分】", [100, 50]),
        ("★★★★★ ★★★☆☆ ★", [100, 50, 0]),
        ("5星 4星 1星", [100, 75, 0]),
        ("A.满意 B.满意 C.一般 不满意", []),
        ("愿意 不愿意 不确定", []),
        ("1人 2人 3人", []),
        ("1.有 2.没有", []),
        ("国有企业 民营企业 外资企业", []),
        ("非常满意 比较满意 满意 一般", []),  # six levels, or five of another sort: nobody guesses
    ],
)
def test_a_scale_is_known_by_its_words(words, counts):
    assert scale(words) == counts


def a_survey(*columns):
    headings = [f"{n}、{heading}" for n, (heading, _) in enumerate(columns, start=1)]
    rows = zip(*(values.split() for _, values in columns), strict=True)
    told = ([n, f"2023/11/20 9:0{n}:00", *row] for n, row in enumerate(rows, start=1))
    return a_file(list(told), ["序号", "提交答卷时间", *headings])


ENDS = a_survey(
    ("政策对我很有用（1=非常不认同，5=非常认同）", "1 2 5 4"),
    ("费用（1为非常满意，5为非常不满意）", "1 2 5 4"),
    ("融资对贵企业", "很重要 重要 一般 不重要"),
)


def counts_of(found, code):
    item = there(found.reading.questionnaire).item(code)
    return item.kind, {option.zh: option.value for option in item.options}


def test_a_heading_says_what_one_and_five_mean():
    found = read_result_file(ENDS)
    assert counts_of(found, "Q1") == ("level5", {"5": 100, "4": 75, "3": 50, "2": 25, "1": 0})
    assert counts_of(found, "Q2") == ("level5", {"1": 100, "2": 75, "3": 50, "4": 25, "5": 0})
    assert "“非常不认同”" in results_as_json(found, "zh")["read"][0]["why"]


def test_a_scale_is_turned_or_set_as_nominal():
    found = read_result_file(ENDS, {"Q1": "turned", "Q3": "nominal"})
    assert counts_of(found, "Q1")[1]["1"] == 100
    assert counts_of(found, "Q3") == (
        "single",
        {"很重要": None, "重要": None, "一般": None, "不重要": None},
    )
    refused = read_result_file(ENDS, {"Q9": "turned"}).reading.refused
    assert [(remark.code, remark.facts["item"]) for remark in refused] == [("wjx_no_scale", "Q9")]


def test_a_table_is_turned_or_set_as_nominal_too(command_file, capsysbinary):  # noqa: F811
    path = command_file(ROWS)
    _, told = imported(path, capsysbinary, "--check", "--scale", "Q5=turned", "--scale", "Q2=nominal")
    read = {item["code"]: item for item in told["read"]}
    assert read["Q5"]["scale"]["非常满意"] == 0 and "scale" not in read["Q2"] and read["Q2"]["kind"] == "single"


def test_a_file_without_times_is_given_one_day_and_says_so_once(store, people):
    upload = a_file(undated(ROWS), UNDATED)
    found = read_result_file(upload)
    assert [(remark.code, remark.facts["n"]) for remark in found.turned_away] == [("wjx_no_moment", 4)]
    with pytest.raises(Refused, match="wjx_no_time"):
        import_wjx(store, actor=people.staff, content=upload.content, found=found, at=NOON)
    dated = read_result_file(upload, day=NOON.date())
    assert (dated.turned_away, dated.takes) == ((), 4)
    taken = import_wjx(store, actor=people.staff, content=upload.content, found=dated, at=NOON)
    [told] = [e for e in store.read(lambda con: events.of_subject(con, taken.wave_id)) if e["kind"] == "import"]
    assert told["detail"]["day"] == NOON.date().isoformat()
    days = store.read(lambda con: sql.rows(con, "SELECT DISTINCT submitted_at FROM response"))
    assert len(days) == 1


def test_one_day_fills_what_is_empty_and_mends_no_slip():
    rows = [list(row) for row in ROWS]
    rows[0][1], rows[1][1] = "", "不详"
    found = read_result_file(a_file(rows), day=NOON.date())
    assert [(remark.row, remark.code) for remark in found.turned_away] == [(3, "wjx_moment")] and found.takes == 3


def test_one_day_stands_for_a_column_in_which_no_time_is_one():
    rows = [[row[0], "2023-02-31 10:00", *row[2:]] for row in ROWS]
    assert [remark.code for remark in read_result_file(a_file(rows)).turned_away] == ["wjx_no_moment"]
    assert read_result_file(a_file(rows), day=NOON.date()).takes == 4


def test_choices_that_carry_numbers_make_no_list_of_an_export():
    rows = [["4、满意", "1、纺织"], ["5、一般", "2、机械"], ["4、满意", "1、纺织"], ["3、不满意", "2、机械"]]
    assert read_result_file(a_file(rows, ["1、总体", "2、行业"]), day=NOON.date()).takes == 4


def test_what_other_systems_tell_of_a_sheet_is_no_question():
    told = [
        "编号",
        "开始答题时间",
        "结束答题时间",
        "答题时长",
        "语言",
        "清洗数据结果",
        "地理位置省",
        "用户类型",
        "自定义字段",
    ]
    row = ["2023-11-20 10:00:00", "2023-11-20 10:01:05", "1分5秒", "简体中文", "正常", "浙江省", "匿名用户", "", "满意"]
    rows = [[1, *row], [2, *row]]
    found = read_result_file(a_file(rows, [*told, "1.总体满意度"]))
    assert found.reading.questionnaire and [item.code for item in found.reading.questionnaire.items] == ["Q1"]
    assert found.takes == 2


def test_answers_that_nothing_tells_apart_are_not_copies():
    rows = [["满意", "纺织"], ["满意", "纺织"], ["一般", "机械"]]
    found = read_result_file(a_file(rows, ["1、总体满意度", "2、行业"]), day=NOON.date())
    assert (found.turned_away, found.takes) == ((), 3)


def test_the_command_line_gives_the_day_once(command_file, capsysbinary):  # noqa: F811
    path = command_file(undated(ROWS), UNDATED)
    code, told = imported(path, capsysbinary)
    assert (code, told["responses"], [r["code"] for r in told["refused"]]) == (1, 0, ["wjx_no_moment"])
    code, told = imported(path, capsysbinary, "--answered", "2023-11-20")
    assert (code, told["responses"], told["refused"]) == (0, 4, [])


def test_points_are_numbers_where_the_export_words_them_so():
    found = read_result_file(a_survey(("满意度打分", "5分 4分 3分 1分"), ("服务打分", "5 4 3 1")))
    assert counts_of(found, "Q1") == counts_of(found, "Q2")


COMPLAINTS = [
    ["留言编号", "留言主题", "留言时间", "留言详情"],
    *([n, f"{n}、路灯不亮", "2023/11/20 9:05:12", f"1、请修好路灯{n}；2、谢谢"] for n in range(1, 40)),
]


@pytest.mark.parametrize(
    "grid",
    [
        COMPLAINTS,
        [row[1:2] for row in COMPLAINTS[1:]],  # one column of complaints
        [["指标", "1-10月", "增长%"], ["1. 规上工业增加值", 3, 4], ["2. 出口总额", 5, 6]],
        [["编号", "标题", "提交时间"], [1, "路灯", "2023-11-20"]],
        [["1、停电多", "2、用工难"], ["3、融资难", "4、物流贵"], ["5、用地难", "6、审批慢"]],
        [["序号", "1、停电多", "电力公司"], [2, "2、用工难", "人社局"], [3, "3、融资难", "金融办"]],
    ],
)
def test_what_is_no_export_of_a_survey_is_refused(grid, tmp_path):
    found = read_result_file(Upload("f.xlsx", a_file(grid[1:], grid[0]).content))
    assert [remark.code for remark in found.reading.refused] == ["wjx_no_questions"] and not found.sheets
    assert json.dumps(results_as_json(found, "zh"), ensure_ascii=False)
