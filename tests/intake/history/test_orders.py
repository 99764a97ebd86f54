"""Work orders of the hotline 12345 come in as cases, once each by its own number; the enterprise keeps its rights."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casework.cases.lifecycle import allowed_actions
from casework.documents.exports import to_csv, to_workbook
from db import masked, sql
from db.cases import cases
from db.cases.cases import CaseFilters
from db.hotline import Order
from db.people import enterprises
from db.refused import Refused
from db.scope import ALL
from db.system import erasure, integrity, rebuild
from intake.__main__ import main
from intake.files.upload import Upload
from intake.history.importing import check_ledger, import_ledger, refused_of_ledger
from tests.casework.cases.steps import take
from tests.conftest import NOON, make_enterprise, url_of
from tests.intake.test_beneficiaries import code_of
from tests.there import there

# As an export of such a platform has them, in no order of ours, with columns that nobody reads.
HEAD = ["序号", "工单状态", "工单编号", "来电时间", "受理时间", "诉求人", "联系电话", "企业名称", "诉求类型", 
        "诉求分类", "诉求内容", "承办单位", "办理时限", "回访结果"]  # fmt: skip
ROW = {"序号": "1", "工单状态": "办理中", "工单编号": "KQ2311280017", "来电时间": "2023-11-28 09:15:20",
       "受理时间": "2023/11/28 9:40", "诉求人": "王示例", "联系电话": "13800001111", "诉求类型": "求助",
       "诉求分类": "企业服务/水电气热与能耗/供电", "诉求内容": "园区昨夜又停电。织机停了四小时，望尽快解决。",
       "承办单位": "区经信局", "办理时限": "2023-12-05 17:00", "回访结果": ""}  # fmt: skip


def rows_of(people, *changes):
    made = []
    for change in changes or ({},):
        row = {**ROW, "企业名称": people.firm.name_zh, **change}
        made.append([row[name] for name in HEAD])
    return made


def book(rows, head=HEAD):
    return Upload("工单导出.csv", to_csv(head, rows))


def workbook(rows, head=HEAD):
    return Upload("工单导出.xlsx", to_workbook([("工单", head, rows, "")]))


def bring(store, people, upload, **how):
    return import_ledger(store, "12345", actor=people.staff, upload=upload, at=NOON, **how)


def all_cases(store):
    return store.read(lambda con: cases.find(con, ALL, CaseFilters(NOON.date()), sort="oldest")).rows


def order_of(store, case):
    return there(Order.of(store.read(lambda con: cases.history(con, ALL, case.id))[0].detail))


def test_an_order_becomes_a_case_with_its_number_and_the_hotlines_deadline_beside_our_own_clock(store, people):
    checked = check_ledger(store, "12345", actor=people.staff, upload=book(rows_of(people)), at=NOON)
    assert (checked.refused, [row.kind for row in checked.read], all_cases(store)) == ((), ["new"], [])
    assert bring(store, people, book(rows_of(people))).written == 1
    (case,) = all_cases(store)
    assert (case.channel, case.state, case.category, case.kind) == ("hotline", "submitted", "utilities", "problem")
    assert (case.enterprise_id, case.title) == (people.firm.id, "园区昨夜又停电")
    assert case.text == ROW["诉求内容"] and case.submitted_at == NOON
    assert (case.due_on, case.due_rule) == (date(2023, 12, 4), "accept_2wd"), "our clock starts at the load"
    order = order_of(store, case)
    assert (order.number, order.due_on, order.body) == ("KQ2311280017", date(2023, 12, 5), "区经信局")
    assert order.called == datetime(2023, 11, 28, 9, 15, 20)
    assert datetime.fromisoformat(order.called_at).replace(tzinfo=UTC).hour == 1, "kept in UTC"
    assert (order.caller, order.phone, order.said_class) == ("王示例", "13800001111", ROW["诉求分类"])
    assert store.read(rebuild.compare).differing == 0 and store.read(integrity.verify) == []


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("138 0000 1111", "13800001111", "138****1111"),
        ("138-0000-1111", "13800001111", "138****1111"),
        ("0571-8888 1234", "057188881234", "0571****1234"),
        ("138 0000 11", "138 0000 11", "*** **00 11"),
        ("隐藏138.0000.1111", "隐藏138.0000.1111", "隐藏***.****.1111"),
        ("13800001111 / 138 0000 222", "13800001111 / 138 0000 222", "138****1111 / *** ***0 222"),
        ("保密", "保密", "保密"),
    ],
)
def test_a_telephone_is_kept_as_it_is_dialled_or_else_as_it_was_written_and_is_masked_however_it_is(
    store, people, typed, kept, shown
):
    bring(store, people, book(rows_of(people, {"联系电话": typed})))
    phone = order_of(store, all_cases(store)[0]).phone
    assert (phone, masked.number(phone)) == (kept, shown)


@pytest.mark.parametrize("typed", ["KQ2311280017", "kq2311280017", "ＫＱ２３１１２８００１７"])
def test_a_case_is_found_by_the_hotlines_number(store, people, typed):
    bring(store, people, book(rows_of(people, {}, {"工单编号": "KQ2311280018"})))
    found = store.read(lambda con: cases.find(con, ALL, CaseFilters(NOON.date(), text=typed), sort="due"))
    assert [order_of(store, case).number for case in found.rows] == ["KQ2311280017"]


def test_the_same_file_a_second_time_changes_nothing_and_a_row_that_says_otherwise_now_is_told(store, people):
    bring(store, people, book(rows_of(people)))
    before = all_cases(store)
    words = {"诉求内容": "后来又打来：仍未送电。"}
    again = check_ledger(store, "12345", actor=people.staff, upload=book(rows_of(people, {})), at=NOON)
    assert [row.kind for row in again.read] == ["same"] and "row_differs" not in {one.code for one in again.warnings}
    longer = book(rows_of(people, words, {"工单编号": "KQ2311280018"}))
    outcome = bring(store, people, longer)
    assert [row.kind for row in outcome.read] == ["differs", "new"]
    assert [(one.row, one.code) for one in outcome.warnings if one.row > 1] == [(2, "row_differs")]
    assert len(all_cases(store)) == 2 and before[0] in all_cases(store)


def test_the_enterprise_is_told_as_of_what_others_raised_and_alone_closes(store, people):
    bring(store, people, book(rows_of(people)))
    (case,) = all_cases(store)
    told = store.read(lambda con: sql.column(con, "SELECT kind FROM inbox WHERE case_id = $id", {"id": case.id}))
    assert "raised" in told
    assert "withdraw" in allowed_actions(case, people.enterprise) and "close" not in allowed_actions(case, people.staff)
    answered = case
    for step, given in (("accept", {}), ("dispatch", {"lead": "economy_it"}), ("answer", {})):
        answered = take(store, people.staff, answered, step, NOON + timedelta(minutes=5), **given)
    assert "close" in allowed_actions(answered, people.enterprise)
    assert "close" not in allowed_actions(answered, people.staff)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"工单编号": ""}, "order_number", "blank"),
        ({"工单编号": "无"}, "order_number", "order_number"),
        ({"诉求内容": ""}, "text", "blank"),
        ({"来电时间": "前天"}, "called_at", "order_time"),
        ({"来电时间": "2099-01-01 08:00"}, "called_at", "old_day_ahead"),
        ({"办理时限": "尽快"}, "order_due", "order_time"),
        ({"企业名称": "没有这家公司"}, "enterprise", "order_enterprise_unknown"),
        ({"企业名称": ""}, "enterprise", "order_enterprise_unknown"),
        ({"工单编号": "KQ1"}, "order_number", "row_again"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_reason_all_or_nothing_and_comes_back(
    store, people, change, field, code
):
    upload = book(rows_of(people, {"工单编号": "KQ1"}, {"工单编号": "KQ2", **change}))
    outcome = bring(store, people, upload)
    assert [(one.row, one.field, one.code) for one in outcome.refused] == [(3, field, code)]
    assert outcome.written is None and all_cases(store) == []
    back = refused_of_ledger(store, "12345", actor=people.staff, upload=upload, at=NOON, language="zh")
    if code != "row_again":
        again = check_ledger(store, "12345", actor=people.staff, upload=Upload("x.csv", back), at=NOON)
        assert [one.code for one in again.refused] == [code] and again.read == ()
    assert bring(store, people, upload, take_good=True).written == 1 and len(all_cases(store)) == 1


def test_the_enterprise_is_found_by_its_code_before_its_name_by_who_called_and_never_by_a_name_of_two(store, people):
    head = ["工单号", "诉求人", "单位名称", "统一社会信用代码", "问题描述"]
    store.write(lambda con: sql.run(con, "UPDATE enterprise SET uscc = $code WHERE id = $id",
                                    {"code": code_of(7), "id": people.firm.id}))  # fmt: skip
    firm = store.read(lambda con: enterprises.get(con, ALL, people.firm.id))
    folded = firm.name_zh.replace("有", "有 ")
    rows = [
        ["A-001", firm.name_zh, "", "", "电费"],
        ["A-002", "王示例", "名字写错了的公司", firm.uscc, "电费"],
        ["A-003", "王示例", folded, "", "电费"],
        ["A-004", "王示例", people.other_firm.name_zh, firm.uscc, "电费"],
    ]
    outcome = bring(store, people, book(rows, head), take_good=True)
    assert [(one.row, one.code) for one in outcome.refused] == [(5, "old_enterprise_differs")]
    assert [(case.enterprise_id, case.category) for case in all_cases(store)] == [(firm.id, "other")] * 3
    make_enterprise(store, name_zh=firm.name_zh)
    twice = check_ledger(store, "12345", actor=people.staff, upload=book([["B-001", "", firm.name_zh, "", "x"]], head),
                         at=NOON)  # fmt: skip
    assert [one.code for one in twice.refused] == ["order_enterprise_twice"]


def test_of_two_columns_of_one_meaning_the_first_is_read_and_that_is_said(store, people):
    head = ["工单编号", "企业名称", "联系电话", "来电号码", "诉求内容"]
    upload = Upload("工单.csv", to_csv(head, [["A-001", people.firm.name_zh, "13811112222", "0575-1", "电费"]]))
    outcome = bring(store, people, upload)
    assert outcome.refused == () and [one.code for one in outcome.warnings] == ["column_passed_over"]
    assert order_of(store, all_cases(store)[0]).phone == "13811112222"


def test_a_number_that_a_spreadsheet_rounded_is_refused(store, people):
    rows = rows_of(people, {"工单编号": 20231128000123456}, {"来电时间": datetime(2023, 11, 28, 9, 15)})
    outcome = check_ledger(store, "12345", actor=people.staff, upload=workbook(rows), at=NOON)
    assert [(one.row, one.code) for one in outcome.refused] == [(2, "order_number_rounded")]
    assert [row.values["called_at"] for row in outcome.read] == [datetime(2023, 11, 28, 9, 15)]


def test_only_staff_bring_orders_in(store, people):
    for who in (people.officer, people.department, people.leader, people.enterprise, people.admin, people.town):
        with pytest.raises(Refused, match="forbidden"):
            import_ledger(store, "12345", actor=who, upload=book(rows_of(people)), at=NOON)


def test_the_command_line_checks_and_brings_in_and_gives_back_what_is_wrong(store, people, tmp_path, monkeypatch):
    url, file, back = url_of(store.path), tmp_path / "工单.csv", tmp_path / "back.csv"
    file.write_bytes(book(rows_of(people, {}, {"工单编号": "KQ2", "企业名称": "没有这家公司"})).content)
    store.close()
    monkeypatch.setenv("STORE_URL", url)
    assert main(["import", "12345", str(file), "--check"]) == 1
    assert main(["import", "12345", str(file), "--take-good", str(back)]) == 1 and back.stat().st_size > 100
    assert main(["template", "12345", str(tmp_path / "t.xlsx"), "--language", "zh"]) == 0


def test_who_called_and_the_hotlines_number_are_erased_with_the_enterprise(store, people):
    bring(store, people, book(rows_of(people)))
    whose = store.read(lambda con: erasure.of_enterprise(con, people.firm.id))
    asked = {"reason": "要求", "actor_id": "a", "role": "admin", "at": NOON}
    store.rewrite(lambda con: erasure.erase(con, whose, **asked))
    told = "".join(store.read(lambda con: sql.column(con, "SELECT detail FROM event")))
    words = store.read(lambda con: sql.column(con, "SELECT words FROM cases"))
    personal = ("13800001111", "王示例", "KQ2311280017", "kq2311280017")
    assert not any(one in text for one in personal for text in (told, *words))
    assert store.read(integrity.verify) == []
