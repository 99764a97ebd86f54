"""Files to the hotline and back: each cell is what the store says, nothing is handed over twice, formulas stay texts,
and what the hotline fills in comes home."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime, timedelta

import openpyxl
import pytest

from casework.documents.exports import to_csv
from casework.hotline.files import file_content, files_for_hotline, hand_file, results_file, waiting, with_news
from casework.hotline.orders import open_orders
from db import clock, sql
from db.cases import cases
from db.hotline import HANDED, RESULTS
from db.refused import Refused
from db.scope import ALL
from db.system import erasure, integrity
from intake.files.upload import Upload
from intake.history.importing import check_ledger, import_ledger, refused_of_ledger
from tests.casework.cases.steps import TODAY, bring_to, take
from tests.conftest import NOON
from tests.intake.history.test_orders import all_cases, book, bring, rows_of

LATER, TOMORROW = NOON + timedelta(hours=3), NOON + timedelta(days=1)
RUNS = '=HYPERLINK("http://evil.example","点")'


def handed_over(store, people, **facts):
    return bring_to(store, people, "transferred", **facts)


def made(store, people, file_id="f1", at=LATER):
    return hand_file(store, actor=people.staff, file_id=file_id, at=at)


def sheet(store, people, file_id):
    """Column → cell of each row, as a spreadsheet opens it."""
    content = file_content(store, actor=people.staff, file_id=file_id, ending="xlsx")
    head, *rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()
    return [dict(zip([cell.value for cell in head], row, strict=True)) for row in rows]


def lines_of_csv(store, people, file_id):
    content = file_content(store, actor=people.staff, file_id=file_id, ending="csv")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_what_is_handed_over_stands_in_one_file_cell_by_cell_as_the_store_has_it(store, people):
    case = handed_over(store, people, title=RUNS, text="第一行\n+第二行")
    file = made(store, people)
    assert (file.kind, file.number, file.n) == (HANDED, 1, 1)
    (row,) = sheet(store, people, "f1")
    submitted = clock.local(case.submitted_at).replace(tzinfo=None)
    assert {name: cell.value for name, cell in row.items()} == {
        "工单编号": None, "我方编号": case.number, "企业名称": people.firm.name_zh,
        "统一社会信用代码": people.firm.uscc, "诉求人": people.firm.contact_name, "联系电话": people.firm.contact_phone,
        "性质": "问题", "类别": "水电气热与能耗", "标题": RUNS, "内容": "第一行\n+第二行", "提出日期": submitted,
        "移交时间": submitted + timedelta(minutes=3), "移交理由": "属个人劳动争议，不是企业诉求",
        "承办单位": None, "办理结果": None, "办结时间": None, "热线满意度": None,
    }  # fmt: skip
    assert row["标题"].data_type == "s" and row["标题"].quotePrefix, "a text, also where somebody edits it"
    (line,) = lines_of_csv(store, people, "f1")
    assert (line["标题"], line["我方编号"], line["移交理由"]) == (f"'{RUNS}", case.number, row["移交理由"].value)
    assert store.read(integrity.verify) == []


def test_nothing_is_handed_over_twice_and_the_file_stays_as_it_went_out(store, people):
    first = handed_over(store, people)
    made(store, people)
    before = file_content(store, actor=people.staff, file_id="f1", ending="csv")
    with pytest.raises(Refused, match="hotline_nothing"):
        made(store, people, "f2")
    second = handed_over(store, people, title="第二件")
    assert [case.id for case in waiting(store, actor=people.staff)] == [second.id]
    assert made(store, people, "f2").number == 2 and made(store, people, "f2").n == 1, "a second press finds the first"
    back = take(store, people.staff, first, "recall", LATER)
    assert waiting(store, actor=people.staff) == []
    take(store, people.staff, back, "transfer", TOMORROW, reason="再次移交")
    assert [case.id for case in waiting(store, actor=people.staff)] == [first.id], "it went over once more"
    assert file_content(store, actor=people.staff, file_id="f1", ending="csv") == before
    assert [one.number for one in files_for_hotline(store, actor=people.staff, kind=HANDED)] == [2, 1]


def filled(store, people, **cells):
    """The file that was handed over, as the hotline gives it back."""
    content = file_content(store, actor=people.staff, file_id="f1", ending="xlsx")
    whole = openpyxl.load_workbook(io.BytesIO(content))
    page = whole.worksheets[0]
    places = {cell.value: n for n, cell in enumerate(page[1], start=1)}
    for name, value in cells.items():
        page.cell(2, places[name]).value = value
    out = io.BytesIO()
    whole.save(out)
    return Upload("移交12345-1.xlsx", out.getvalue())


CELLS = {"工单编号": "KQ2312010009", "承办单位": "区人社局", "办理结果": "已约双方调解。",
         "办结时间": datetime(2023, 12, 1, 10, 30), "热线满意度": "满意"}  # fmt: skip


def load(store, people, upload, at=TOMORROW, **how):
    return import_ledger(store, "12345-outcomes", actor=people.staff, upload=upload, at=at, **how)


def test_the_file_that_the_hotline_filled_in_comes_back_once_onto_the_cases_story(store, people):
    case = handed_over(store, people)
    made(store, people)
    outcome = load(store, people, filled(store, people, **CELLS))
    assert (outcome.refused, outcome.warnings, outcome.written) == ((), (), 1)
    event = store.read(lambda con: cases.history(con, ALL, case.id))[-1]
    assert (event.kind, event.state, event.detail["text"]) == ("outcome", "transferred", "已约双方调解。")
    said = {name: value for name, value in event.detail["order"].items() if name != "digest"}
    assert said == {"number": "KQ2312010009", "body": "区人社局", "done_on": "2023-12-01", "rating": "满意"}
    again = load(store, people, filled(store, people, **CELLS))
    assert [row.kind for row in again.read] == ["same"]
    assert store.read(lambda con: cases.get(con, ALL, case.id)).seq == event.seq
    later = load(store, people, filled(store, people, **CELLS | {"办理结果": "已达成协议。"}))
    assert [row.kind for row in later.read] == ["new"], "news of the same case"
    earlier = load(store, people, filled(store, people, **CELLS))
    assert [row.kind for row in earlier.read] == ["same"], "the file of before, once more"
    event = store.read(lambda con: cases.history(con, ALL, case.id))[-1]
    assert event.detail["text"] == "已达成协议。"
    assert store.read(integrity.verify) == []


def test_an_untouched_row_of_the_file_says_nothing_and_is_no_outcome(store, people):
    bring(store, people, book(rows_of(people)))
    case = take(store, people.staff, all_cases(store)[0], "transfer", LATER)
    made(store, people)
    outcome = load(store, people, filled(store, people), take_good=True)
    assert [(one.row, one.field, one.code) for one in outcome.refused] == [(2, "outcome", "blank")]
    assert store.read(lambda con: cases.get(con, ALL, case.id)).seq == case.seq


def test_a_confidential_order_stands_in_no_file_of_results(store, people):
    bring(store, people, book(rows_of(people, {}, {"工单编号": "KQ2"})))
    for case in all_cases(store):
        for step in ("accept", "dispatch", "answer"):
            case = take(store, people.staff, case, step, LATER)
    hidden, other = all_cases(store)
    take(store, people.staff, hidden, "confide", LATER)
    named, days = replace(people.staff, named=(hidden.id,)), {"since": TODAY, "until": TODAY}
    assert [case.id for case in with_news(store, actor=named, **days)] == [other.id]
    assert results_file(store, actor=named, file_id="r1", at=LATER, **days).n == 1


def test_what_was_not_handed_over_and_an_unknown_number_are_refused(store, people):
    case = bring_to(store, people, "accepted")
    head = ["来源编号", "工单编号", "办理结果"]
    upload = Upload("x.csv", to_csv(head, [[case.number, "KQ1", "已办"], ["2023-9999", "KQ2", "已办"]]))
    found = check_ledger(store, "12345-outcomes", actor=people.staff, upload=upload, at=NOON)
    assert [(one.row, one.code) for one in found.refused] == [(2, "outcome_not_handed"), (3, "outcome_unknown")]


def test_what_is_right_of_the_hotlines_file_is_taken_and_the_rest_comes_back_with_reasons(store, people):
    case, head = bring_to(store, people, "transferred"), ["来源编号", "工单编号", "办理结果"]
    rows = [["2023-9999", "KQ1", "已办"], [case.number, "KQ2", "已约双方调解。"], [case.number, "KQ3", ""]]
    upload = Upload("x.csv", to_csv(head, rows))
    refused = [(2, "outcome_unknown"), (4, "blank")]
    assert [(one.row, one.code) for one in load(store, people, upload).refused] == refused
    assert load(store, people, upload, take_good=True).written == 1
    asked = {"actor": people.staff, "upload": upload, "at": TOMORROW, "language": "zh"}
    back = refused_of_ledger(store, "12345-outcomes", **asked).decode("utf-8-sig").splitlines()
    assert [line.split(",")[:2] for line in back[1:]] == [["2023-9999", "KQ1"], [case.number, "KQ3"]]
    assert "2023-9999" in back[1].rpartition(",")[2]


def test_of_many_refusals_the_first_are_told_and_last_how_many_more_there_are(store, people):
    rows = [[f"2023-{9000 + n}", f"KQ{n}", "已办" if n % 2 else ""] for n in range(300)]
    told = load(store, people, Upload("x.csv", to_csv(["来源编号", "工单编号", "办理结果"], rows))).refused
    assert [one.row for one in told[:4]] == [2, 3, 4, 5] and len(told) < len(rows)
    assert [n for n, one in enumerate(told) if one.code == "findings_more"] == [len(told) - 1]


def test_results_of_the_hotlines_orders_go_back_by_period_as_they_stand(store, people):
    bring(store, people, book(rows_of(people, {}, {"工单编号": "KQ2"}, {"工单编号": "KQ3"})))
    one, gone, _ = all_cases(store)
    for step, given in (("accept", {}), ("dispatch", {"lead": "economy_it"}), ("answer", {"text": "@已送电"})):
        one = take(store, people.staff, one, step, LATER, **given)
    take(store, people.staff, gone, "transfer", LATER, reason="属市级供电公司")
    bring_to(store, people, "awaiting")  # no order of the hotline
    days = {"since": TODAY, "until": TODAY}
    assert {case.id for case in with_news(store, actor=people.staff, **days)} == {one.id, gone.id}
    before = TODAY - timedelta(days=1)
    assert with_news(store, actor=people.staff, since=before, until=before) == []
    file = results_file(store, actor=people.staff, file_id="r1", at=LATER, **days)
    assert (file.kind, file.number, file.n, file.since, file.until) == (RESULTS, 1, 2, TODAY, TODAY)
    rows = {
        row["工单编号"].value: {name: cell.value for name, cell in row.items()} for row in sheet(store, people, "r1")
    }
    assert rows["KQ2311280017"] == {
        "工单编号": "KQ2311280017", "我方编号": one.number, "企业名称": people.firm.name_zh,
        "统一社会信用代码": people.firm.uscc, "标题": one.title, "办理状态": "待企业评价", "答复方式": "已经解决",
        "答复内容": "@已送电", "答复日期": datetime(2023, 11, 30), "牵头部门": "区经信局", "满意度": None,
        "销号日期": None, "移交理由": None,
    }  # fmt: skip
    assert (rows["KQ2"]["办理状态"], rows["KQ2"]["移交理由"]) == ("已移交12345", "属市级供电公司")
    closed = take(store, people.enterprise, one, "close", TOMORROW)
    next_day = {"since": TODAY + timedelta(days=1), "until": TODAY + timedelta(days=1)}
    results_file(store, actor=people.staff, file_id="r2", at=TOMORROW, **next_day)
    (row,) = sheet(store, people, "r2")
    assert (row["满意度"].value, row["销号日期"].value) == ("满意", datetime(2023, 12, 1)) and closed.state == "closed"
    with pytest.raises(Refused, match="hotline_period"):
        results_file(store, actor=people.staff, file_id="r3", since=TODAY, until=date(2023, 11, 1), at=TOMORROW)


def test_a_file_that_somebody_changed_behind_the_history_is_found(store, people):
    handed_over(store, people)
    made(store, people)
    store.write(lambda con: sql.run(con, "UPDATE hotline_line SET said = replace(said, '停电', '来电')"))
    assert [one.record for one in store.read(integrity.verify)] == ["hotline_file f1"]


def test_what_is_erased_stands_in_no_file_and_the_rest_verifies(store, people):
    handed_over(
        store, people, title="云锦公司的题目，很长的一个题目", text="云锦公司的正文，很长的一段正文，说了许多。"
    )
    bring(store, people, book(rows_of(people)))
    (ordered,) = (case for case in all_cases(store) if case.channel == "hotline")
    take(store, people.staff, ordered, "transfer", LATER, reason="王示例本人的劳动争议")
    assert made(store, people).n == 2
    personal = ("13800001111", "王示例", "KQ2311280017", "劳动争议")
    before = "".join(store.read(lambda con: sql.column(con, "SELECT said FROM hotline_line")))
    assert all(one in before for one in personal)
    whose = store.read(lambda con: erasure.of_enterprise(con, people.firm.id))
    asked = {"reason": "要求", "actor_id": "a", "role": "admin", "at": TOMORROW}
    store.rewrite(lambda con: erasure.erase(con, whose, **asked))
    said = "".join(store.read(lambda con: sql.column(con, "SELECT said FROM hotline_line")))
    assert not any(one in said for one in (people.firm.name_zh, "很长的一", *personal))
    assert store.read(integrity.verify) == []


def test_of_more_orders_than_anybody_lists_the_one_that_is_wanted_first_comes_first(store, people):
    rows = [{"工单编号": f"KQ{n:04d}", "办理时限": "2023-12-20"} for n in range(201)]
    bring(store, people, book(rows_of(people, *rows, {"工单编号": "KQ9999", "办理时限": "2023-12-01"})))
    found = open_orders(store, actor=people.staff)
    assert len(found) == 202 and found[0][1].number == "KQ9999"
