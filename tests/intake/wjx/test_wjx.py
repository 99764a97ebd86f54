"""A result workbook of Wenjuanxing (问卷星) as it is exported: what each question is taken for, and its answers."""

import io
import json
import random
from datetime import datetime

import pytest
import xlsxwriter

from db import sql
from db.refused import Refused
from db.store import open_store
from db.survey import questionnaires, surveys
from intake import __main__ as command
from intake.files.spreadsheets import Upload, read_sheets
from intake.foreign_files import read_result_file, results_as_json
from intake.wjx.wave import import_wjx
from tests.conftest import NOON
from tests.there import there

META = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]
HEADINGS = [
    *META,
    "1、贵企业所在行业",
    "2、您对惠企政策的总体满意度",
    "3、获取政策的渠道[多选题]",
    "4、推荐来本区投资的可能性（0-10）",
    "5、请评价以下方面—办事效率",
    "5、请评价以下方面—服务态度",
    "6、上年员工人数",
    "7、最近一次办事日期",
    "8、您的意见和建议",
    "9、请按重要性排序",
    "10、办事便利程度打分",
]


def a_row(n, **changes):
    """One answer sheet; q5 is the fifth column of answers."""
    told = [n, "2023/11/20 9:05:12", "125秒", "手机提交", "直接访问", "115.199.1.2(浙江-绍兴)"]
    answers = ["纺织", "满意", "网站┋窗口", "9", "非常满意", "不满意", "35", "2023-05-06", f"意见{n}", "资金→用工", "4"]
    by_number = dict(enumerate(answers, start=1))
    return told + list((by_number | {int(k[1:]): v for k, v in changes.items()}).values())


def a_file(rows, headings=HEADINGS):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Sheet1")
        for n, row in enumerate([headings, *rows]):
            sheet.write_row(n, 0, row)
    return Upload("按选项文本.xlsx", made.getvalue())


ROWS = [
    a_row(1),
    a_row(2, q2="一般", q3="网站┋其他〖朋友〗", q6="(空)", q8="(空)"),
    a_row(3, q1="机械", q2="(跳过)", q3="其他〖微信群〗", q4="0", q5="一般"),
    a_row(4, q1="机械", q7="(空)", q11="5"),
]


@pytest.fixture
def found():
    return read_result_file(a_file(ROWS))


def kinds(found):
    return {item.code: item.kind for item in found.reading.questionnaire.items}


def test_each_question_is_taken_for_what_its_answers_are(found):
    assert kinds(found) == {
        "Q1": "single", "Q2": "level5", "Q3": "multiple", "Q4": "scale10", "Q5": "matrix", "Q6": "number",
        "Q7": "date", "Q8": "text", "Q9": "text", "Q10": "level5",
    }  # fmt: skip
    assert all(item["why"] for item in results_as_json(found, "en")["read"])
    assert found.reading.questionnaire.item("Q5").zh == "请评价以下方面"
    assert [row.zh for row in found.reading.questionnaire.item("Q5").rows] == ["办事效率", "服务态度"]


def test_a_question_headed_as_another_systems_columns_are_is_a_question_all_the_same():
    rows = [[*row, "三月", words] for row, words in zip(ROWS, ("甲说", "乙说", "丙说", "丁说"), strict=True)]
    found = read_result_file(a_file(rows, [*HEADINGS, "start", "得分"]))
    assert found.reading.questionnaire is not None
    start, score = found.reading.questionnaire.items[-2:]
    assert (start.zh, score.zh) == ("start", "得分")
    assert [sheet.answers[score.code] for sheet in found.sheets] == ["甲说", "乙说", "丙说", "丁说"]


def test_what_is_not_kept_is_named(found):
    assert [(r.column, r.code) for r in found.reading.unsupported] == [
        ("来源", "wjx_meta"),
        ("来源详情", "wjx_meta"),
        ("来自IP", "wjx_meta"),
        ("9、请按重要性排序", "wjx_rank"),
    ]


def test_answers_become_a_closed_wave_of_no_enterprise(store, people, found):
    taken = import_wjx(store, actor=people.staff, content=b"file", found=found, at=NOON)
    assert (taken.responses, taken.again) == (4, False)
    responses = store.read(lambda con: sql.rows(con, "SELECT * FROM response ORDER BY submitted_at"))
    assert {(r["sector_code"], r["source"], r["framed"]) for r in responses} == {("", "import", False)}
    assert responses[0]["submitted_at"] == datetime(2023, 11, 20, 1, 5, 12)
    assert (responses[0]["submitted_at"] - responses[0]["started_at"]).seconds == 125
    answers = store.read(lambda con: sql.rows(con, "SELECT * FROM answer"))
    first = {(a["item"], a["value"], a["choice"], a["text"]) for a in answers if a["response_id"] == responses[0]["id"]}
    assert {("Q2", 75, None, None), ("Q4", 9, None, None), ("Q5.r1", 100, None, None), ("Q5.r2", 25, None, None),
            ("Q6", 35, None, None), ("Q7", None, None, "2023-05-06"), ("Q10", 75, None, None)} <= first  # fmt: skip
    others = {a["text"] for a in answers if a["item"] == "Q3" and a["text"]}
    assert others == {"朋友", "微信群"}
    second = {a["item"] for a in answers if a["response_id"] == responses[1]["id"]}
    assert second & {"Q5.r2", "Q7"} == set() and "Q5.r1" in second
    wave = store.read(lambda con: sql.one(con, "SELECT * FROM wave"))
    assert wave["closes_at"] < NOON
    assert store.read(lambda con: questionnaires.version(con, taken.code, 1)).state == "closed"


def test_the_same_file_a_second_time_writes_nothing(store, people, found):
    first = import_wjx(store, actor=people.staff, content=b"file", found=found, at=NOON)
    before = store.revision()
    again = import_wjx(store, actor=people.staff, content=b"file", found=found, at=NOON)
    assert (again.again, again.wave_id, store.revision()) == (True, first.wave_id, before)


@pytest.mark.parametrize("who", ["enterprise", "officer", "department", "town", "leader"])
def test_only_staff_import_answers(store, people, found, who):
    with pytest.raises(Refused, match="forbidden"):
        import_wjx(store, actor=getattr(people, who), content=b"file", found=found, at=NOON)


def test_a_sheet_without_a_time_or_twice_is_turned_away_by_its_row():
    rows = [a_row(1), a_row(1), a_row(3)]
    rows[2][1] = "不详"
    assert [(r.row, r.code) for r in read_result_file(a_file(rows)).turned_away] == [
        (3, "wjx_twice"),
        (4, "wjx_moment"),
    ]


def test_a_person_may_choose_another_kind_and_only_one_that_fits():
    chosen = read_result_file(a_file(ROWS), {"Q6": "text", "Q8": "number", "Q10": "number"})
    assert [kinds(chosen)[code] for code in ("Q6", "Q8", "Q10")] == ["text", "text", "number"]


def test_a_thousand_and_more_answers_are_read_and_taken(store, people):
    draw = random.Random(7)
    levels = ["非常满意", "满意", "一般", "不满意", "非常不满意", "(空)"]
    sectors = ["纺织", "机械", "化工", "其他〖家具〗"]
    rows = [
        a_row(n, q1=draw.choice(sectors), q2=draw.choice(levels), q4=str(draw.randint(0, 10)), q5=draw.choice(levels))
        for n in range(1, 1045)
    ]
    upload = a_file(rows)
    found = read_result_file(upload)
    assert found.turned_away == ()
    assert import_wjx(store, actor=people.staff, content=upload.content, found=found, at=NOON).responses == 1044
    said = sum(row[7] != "(空)" for row in rows)
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM answer WHERE item = 'Q2'")) == said


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04broken"])
def test_a_file_of_another_kind_is_refused_in_words(content, tmp_path, capsysbinary):
    path = tmp_path / "f.xlsx"
    path.write_bytes(content)
    assert command.main(["import", "wjx", str(path), "--check", "--language", "en"]) == 1
    said = json.loads(capsysbinary.readouterr().out)
    assert said["refused"][0]["reason"] and said["responses"] == 0


def test_the_command_line_says_how_many_answers_it_would_take(tmp_path, capsysbinary):
    path = tmp_path / "f.xlsx"
    path.write_bytes(a_file(ROWS).content)
    assert command.main(["import", "wjx", str(path), "--check"]) == 0
    said = json.loads(capsysbinary.readouterr().out)
    assert (len(said["read"]), said["responses"], said["refused"]) == (10, 4, [])


def imported(path, capsysbinary, *options):
    """The exit code and the answer of the command line."""
    code = command.main(["import", "wjx", str(path), "--language", "zh", *options])
    return code, json.loads(capsysbinary.readouterr().out)


@pytest.fixture
def command_file(tmp_path, monkeypatch):
    """Writes a file for the command line, whose store is one of its own."""
    monkeypatch.setenv("STORE_URL", f"duckdb:{tmp_path / 'store.duckdb'}")

    def write(rows, headings=HEADINGS):
        path = tmp_path / "answers.xlsx"
        path.write_bytes(a_file(rows, headings).content)
        return path

    return write


def stored_texts(item="Q8"):
    store = open_store()
    try:
        answers = store.read(lambda con: sql.rows(con, "SELECT text FROM answer WHERE item = $item", {"item": item}))
        waves = store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM wave"))
    finally:
        store.close()
    return waves, sorted(row["text"] for row in answers)


def test_answer_sheets_with_one_serial_and_different_contents_are_all_taken(command_file, capsysbinary):
    rows = [a_row(n) for n in range(1, 1045)]
    for n in range(140):
        rows[900 + n][0] = n + 1
    code, answer = imported(command_file(rows), capsysbinary)
    assert (code, answer["responses"], answer["refused"]) == (0, 1044, [])
    assert [r["column"] for r in answer["unsupported"] if r["code"] == "wjx_serials"] == ["序号"]
    assert len(stored_texts()[1]) == 1044


def test_rows_that_are_refused_are_named_a_hundred_of_them_and_the_exit_code_is_one(command_file, capsysbinary):
    rows = [a_row(n) for n in range(1, 301)]
    for row in rows[:140]:
        row[1] = "不详"
    code, answer = imported(command_file([*rows, rows[299]]), capsysbinary)
    assert (code, answer["responses"], len(answer["refused"])) == (1, 160, 102)
    assert "40" in answer["refused"][-1]["reason"] and answer["refused"][-1]["code"] == "findings_more"
    assert (answer["refused"][0]["row"], answer["refused"][0]["code"]) == (2, "wjx_moment")
    assert "没有可用的提交时间" in answer["refused"][0]["reason"]


def test_the_sheets_that_are_not_taken_come_back_with_their_reasons(command_file, capsysbinary, tmp_path):
    rows, back = [a_row(n) for n in range(1, 301)], tmp_path / "back.xlsx"
    for row in rows[:140]:
        row[1] = "不详"
    code, answer = imported(command_file(rows), capsysbinary, "--take-good", str(back))
    assert (code, answer["responses"]) == (1, 160)
    [sheet] = read_sheets(Upload("back.xlsx", back.read_bytes()))
    assert sheet.grid[0][: len(HEADINGS)] == HEADINGS and len(sheet.grid) == 141
    assert sheet.grid[140][:2] == [140.0, "不详"] and "没有可用的提交时间" in str(sheet.grid[140][-1])


def test_a_corrected_file_adds_what_is_new_and_doubles_nothing(command_file, capsysbinary):
    rows = [a_row(n) for n in range(1, 31)]
    rows[3][1] = rows[9][1] = "不详"
    rows += [list(rows[20])]
    code, answer = imported(command_file(rows), capsysbinary)
    assert (code, answer["responses"]) == (1, 28)
    assert [(r["row"], r["code"]) for r in answer["refused"]] == [
        (5, "wjx_moment"),
        (11, "wjx_moment"),
        (32, "wjx_twice"),
    ]
    wave = answer["wave"]
    for n, row in enumerate(rows):
        row[0] = n + 1000  # other serials, times mended, the doubled row gone, a choice that nobody had
    rows[3][1] = rows[9][1] = "2023/11/21 10:00:00"
    rows[3][6] = "化工"
    corrected = command_file(rows[:30])
    code, answer = imported(corrected, capsysbinary)
    assert (code, answer["wave"], answer["responses"], answer["there"], answer["refused"]) == (0, wave, 2, 28, [])
    waves, texts = stored_texts()
    assert (waves, texts) == (1, sorted(f"意见{n}" for n in range(1, 31)))
    code, answer = imported(corrected, capsysbinary)
    assert (code, answer["again"], answer["wave"]) == (0, True, wave)
    store = open_store()
    chosen = store.read(lambda con: sql.rows(con, "SELECT choice FROM answer WHERE item = 'Q1'"))
    asked = store.read(lambda con: surveys.wave(con, wave))
    content = json.loads(store.read(lambda con: surveys.questionnaire(con, there(asked).questionnaire_code, 2)))
    series = store.read(lambda con: questionnaires.items(con, there(asked).questionnaire_code, 2))
    store.close()
    options = {option["code"]: option["zh"] for option in content["items"][0]["options"]}
    assert sorted(options[row["choice"]] for row in chosen) == sorted([*["纺织"] * 29, "化工"])
    assert there(asked).questionnaire_version == 2 and {item.series for item in series} >= {"Q1", "Q5.r1"}


def test_an_answer_sheet_changed_since_is_named_and_not_taken_a_second_time(store, people):
    rows = [a_row(n) for n in range(1, 11)]
    for n, row in enumerate(rows):
        row[1] = f"2023/11/20 9:{n:02}:00"
    first = a_file(rows)
    import_wjx(store, actor=people.staff, content=first.content, found=read_result_file(first), at=NOON)
    rows[4][14] = "改过的意见"
    second = a_file(rows)
    taken = import_wjx(store, actor=people.staff, content=second.content, found=read_result_file(second), at=NOON)
    assert (taken.responses, taken.there) == (0, 9)
    assert [(r.row, r.code) for r in taken.refused] == [(6, "wjx_changed")]
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM response")) == 10


def test_the_same_form_asked_again_next_year_is_a_wave_of_its_own(store, people):
    for year in (2023, 2024):
        rows = [a_row(n) for n in range(1, 11)]
        for row in rows:
            row[1] = f"{year}/11/20 9:05:12"
        upload = a_file(rows)
        taken = import_wjx(store, actor=people.staff, content=upload.content, found=read_result_file(upload), at=NOON)
        assert (taken.responses, taken.there) == (10, 0)
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM wave")) == 2


def test_nothing_is_added_to_a_survey_whose_results_were_published(store, people):
    upload = a_file([a_row(n) for n in range(1, 11)])
    taken = import_wjx(store, actor=people.staff, content=upload.content, found=read_result_file(upload), at=NOON)
    row = {
        "id": "p",
        "wave_id": taken.wave_id,
        "version": 1,
        "content": "{}",
        "published_at": NOON,
        "published_by": "a",
    }
    store.write(lambda con: sql.insert(con, "published_result", row))
    more = a_file([a_row(n) for n in range(1, 12)])
    with pytest.raises(Refused, match="wjx_published"):
        import_wjx(store, actor=people.staff, content=more.content, found=read_result_file(more), at=NOON)
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM response")) == 10


def test_a_column_left_out_at_first_cannot_be_kept_later(store, people):
    rows = [[*a_row(n)[:7], f"甲{n}厂"] for n in range(1, 11)]
    upload = a_file(rows, [*HEADINGS[:7], "2、所在单位"])
    import_wjx(store, actor=people.staff, content=upload.content, found=read_result_file(upload), at=NOON)
    kept = read_result_file(upload, keep=["2、所在单位"])
    with pytest.raises(Refused, match="wjx_keep_late"):
        import_wjx(store, actor=people.staff, content=upload.content, found=kept, at=NOON, reason="回访")
