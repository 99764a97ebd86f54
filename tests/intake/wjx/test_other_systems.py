"""Exports of Kobo and Google Forms are read as those of Wenjuanxing are: form is forgiven, nothing is guessed."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest

from casework.documents.exports import to_workbook
from db import sql
from intake.files.upload import Upload
from intake.foreign_files import read_result_file, refused_results, results_as_json
from intake.wjx.wave import import_wjx
from tests.conftest import NOON
from tests.intake.wjx.test_wjx import kinds

KOBO = ["start", "end", "username", "deviceid", "firm/q_sector", "service/q_level", "service/q_channel",
        "service/q_channel/web", "service/q_channel/window", "service/q_channel/phone", "intro_note", "q_staff",
        "q_words", "_id", "_uuid", "_submission_time", "_validation_status", "__version__", "_index"]  # fmt: skip


def kobo_row(n, level="满意", ticks="110", **changes):
    named = [name for name, tick in zip(("web", "window", "phone"), ticks, strict=False) if tick == "1"]
    cells = {
        "start": "2023-11-03T15:01:00.000+08:00", "end": "2023-11-03T15:04:05.000+08:00", "username": "zhang",
        "deviceid": "ee.kobotoolbox.org:x", "firm/q_sector": "textile", "service/q_level": level,
        "service/q_channel": " ".join(named), "q_staff": 30 + n, "q_words": f"意见{n}", "_id": 1000 + n,
        "_uuid": f"u-{n}", "_submission_time": f"2023-11-03T20:04:0{n}", "__version__": "v1", "_index": n,
        **{f"service/q_channel/{name}": tick for name, tick in zip(("web", "window", "phone"), ticks, strict=False)},
    } | changes  # fmt: skip
    return [cells.get(heading, "") for heading in KOBO]


KOBO_ROWS = [kobo_row(1), kobo_row(2, "一般", "100"), kobo_row(3, "很满意", "011"), kobo_row(4, "满意", "")]


def of_kobo(rows=KOBO_ROWS, more=()):
    return Upload("kobo.xlsx", to_workbook([("form", KOBO, rows, ""), *more]))


def asked(found):
    assert found.reading.questionnaire is not None
    return found.reading.questionnaire


def as_csv(head, rows):
    made = io.StringIO()
    csv.writer(made).writerows([head, *rows])
    return Upload("Responses.csv", made.getvalue().encode())


def test_an_export_of_kobo_has_one_question_for_all_its_ticks_and_no_groups_before_its_names():
    for upload in (of_kobo(), as_csv(KOBO, KOBO_ROWS)):
        found = read_result_file(upload)
        assert found.reading.refused == () and found.turned_away == () and found.takes == 4
        items = asked(found).items
        assert [(item.zh, item.kind) for item in items] == [
            ("q_sector", "single"), ("q_level", "level5"), ("q_channel", "multiple"), ("q_staff", "number"),
            ("q_words", "text"),
        ]  # fmt: skip
        channel = items[2]
        assert [option.zh for option in channel.options] == ["web", "window", "phone"]
        web, window, phone = (option.code for option in channel.options)
        said = [sheet.answers.get(channel.code) for sheet in found.sheets]
        assert said == [[web, window], [web], [window, phone], None]
        assert asked(found).title.zh == "Kobo 导入" and results_as_json(found, "zh")["platform"] == "kobo"
        not_kept = {remark.column for remark in found.reading.unsupported if remark.code == "wjx_meta"}
        assert {"username", "deviceid", "_uuid", "start", "__version__"} <= not_kept


def test_the_moments_of_kobo_are_utc_and_its_further_sheets_are_named(store, people):
    upload = of_kobo(more=[("members", ["name", "_parent_index"], [["张示例", 1]], "")])
    found = read_result_file(upload)
    assert [sheet.submitted for sheet in found.sheets][:2] == ["2023/11/04 04:04:01", "2023/11/04 04:04:02"]
    assert [(r.column, r.code) for r in found.reading.unsupported if r.code == "wjx_sheet"] == [
        ("members", "wjx_sheet")
    ]
    import_wjx(store, actor=people.staff, content=upload.content, found=found, at=NOON)
    times = store.read(lambda con: sql.column(con, "SELECT submitted_at FROM response ORDER BY 1"))
    assert times == [datetime(2023, 11, 3, 20, 4, n) for n in range(1, 5)]


def test_kobos_choices_without_a_column_for_each_are_parted_by_their_spaces():
    head = ["g/q", "_id", "_uuid", "_submission_time"]
    rows = [[ticked, n, f"u{n}", "2023-11-03T07:04:05Z"] for n, ticked in enumerate(
        ("web window", "web", "window phone", "web phone", "phone"))]  # fmt: skip
    (item,) = asked(read_result_file(as_csv(head, rows))).items
    assert (item.kind, {option.zh for option in item.options}) == ("multiple", {"web", "window", "phone"})


def test_what_is_not_taken_of_kobo_comes_back_as_it_came():
    rows = [*KOBO_ROWS, KOBO_ROWS[0]]
    back = refused_results(of_kobo(rows), {}, (), None, "zh")
    head, row = openpyxl.load_workbook(io.BytesIO(back)).worksheets[0].iter_rows(values_only=True)
    assert list(head[:-1]) == KOBO and row[13] == 1001 and "内容完全相同" in str(row[-1])


GOOGLE = ["时间戳记", "电子邮件地址", "您对惠企政策的总体满意度", "获取政策的渠道", "请评价 [办事效率]",
          "请评价 [服务态度]", "您的意见, 建议"]  # fmt: skip
GOOGLE_ROWS = [
    ["2023/11/3 下午 3:04:05", "a@firm.example", "满意", "网站, 窗口", "满意", "一般", "很好, 谢谢"],
    ["2023/11/3 上午 12:04:05", "b@firm.example", "一般", "网站", "一般", "满意", ""],
    ["2023/11/04 9:04:05 下午 GMT+8", "c@firm.example", "非常满意", "窗口, 电话", "满意", "满意", "办事快, 态度好"],
    ["2023/11/05 09:04:05", "d@firm.example", "满意", "网站, 电话", "非常满意", "满意", "继续"],
]


def test_an_export_of_google_forms_is_read_with_its_halves_of_the_day_choices_and_grids():
    for upload in (as_csv(GOOGLE, GOOGLE_ROWS), Upload("x.xlsx", to_workbook([("答复", GOOGLE, GOOGLE_ROWS, "")]))):
        found = read_result_file(upload)
        assert found.reading.refused == () and found.turned_away == () and found.takes == 4
        assert [sheet.submitted for sheet in found.sheets] == [
            "2023/11/03 15:04:05", "2023/11/03 00:04:05", "2023/11/04 21:04:05", "2023/11/05 09:04:05",
        ]  # fmt: skip
        items = asked(found).items
        assert [(item.zh, item.kind) for item in items] == [
            ("您对惠企政策的总体满意度", "level5"), ("获取政策的渠道", "multiple"), ("请评价", "matrix"),
            ("您的意见, 建议", "text"),
        ]  # fmt: skip
        assert {option.zh for option in items[1].options} == {"网站", "窗口", "电话"}
        assert [row.zh for row in items[2].rows] == ["办事效率", "服务态度"]
        assert found.sheets[0].answers[items[3].code] == "很好, 谢谢", "words are not choices"
        assert ("电子邮件地址", "wjx_meta") in [(r.column, r.code) for r in found.reading.unsupported]


@pytest.mark.parametrize(
    ("stamps", "read"),
    [
        (["11/3/2023 15:04:05", "11/23/2023 3:04:05 PM"], ["2023/11/03 15:04:05", "2023/11/23 15:04:05"]),
        (["3/11/2023 15:04:05", "23/11/2023 15:04:05"], ["2023/11/03 15:04:05", "2023/11/23 15:04:05"]),
        ([datetime(2023, 11, 3, 15, 4, 5)] * 2, ["2023/11/03 15:04:05"] * 2),
        (["2023/11/03 3:04:05 PM GMT+0", "2023/11/03 11:04:05 PM GMT+8"], ["2023/11/03 23:04:05"] * 2),
    ],
)
def test_a_stamp_is_read_in_the_order_that_its_column_shows(stamps, read):
    rows = [[stamp, word] for stamp, word in zip(stamps, ("好", "一般"), strict=True)]
    found = read_result_file(Upload("x.xlsx", to_workbook([("Form", ["Timestamp", "How was it?"], rows, "")])))
    assert [sheet.submitted for sheet in found.sheets] == read


def test_where_no_day_tells_day_from_month_nothing_is_guessed_and_one_day_is_asked_for():
    upload = as_csv(["Timestamp", "How was it?"], [["11/3/2023 15:04:05", "good"], ["12/3/2023 15:04:05", "bad"]])
    found = read_result_file(upload)
    assert found.undated and found.takes == 0
    assert read_result_file(upload, day=date(2023, 12, 3)).takes == 2


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["Timestamp", "Open", "High"], ["2023/11/3 15:04:05", "12", "13"]),  # prices
        (["Timestamp", "Message of the server"], ["2023-11-03T15:04:05Z", "started"]),
        (["时间戳记", "诉求内容"], ["十一月三日", "停电"]),
        (["_id", "标题"], ["1", "停电"]),
        (["登记时间", "诉求内容", "承办单位"], ["2023/11/3 15:04:05", "1、停电", "区经信局"]),
    ],
)
def test_what_is_no_export_of_a_survey_is_still_refused(head, row):
    found = read_result_file(as_csv(head, [row, row]))
    assert [remark.code for remark in found.reading.refused] == ["wjx_no_questions"]


def test_the_kinds_of_others_are_chosen_as_of_ours():
    found = read_result_file(as_csv(GOOGLE, GOOGLE_ROWS), {"Q1": "nominal"})
    assert kinds(found)["Q1"] == "single"
