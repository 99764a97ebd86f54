"""The page of the hotline 12345: orders come in, are shown with their number and the day that the hotline wants."""

import pytest

from casework.cases.calling import show_whom_to_call
from casework.documents.exports import to_csv
from casework.hotline.files import files_for_hotline
from db import events
from db.cases import cases
from db.hotline import HANDED, RESULTS
from db.scope import ALL
from tests.casework.cases.steps import TODAY, bring_to, take
from tests.conftest import NOON, words
from tests.intake.history.test_orders import all_cases, book, bring, rows_of
from tests.journeys.imports.test_import_pages import say, shown


def test_a_file_of_orders_is_previewed_confirmed_and_listed_by_what_the_hotline_wants_first(open_page, store, people):
    page = open_page(people.staff, "hotline")
    later = {"工单编号": "KQ2", "办理时限": "2023-12-01", "诉求内容": "税费怎么退？"}
    rows = book(rows_of(people, {}, later, {"工单编号": "KQ3", "企业名称": "没有这家"}))
    page.file_uploader[0].upload("工单.csv", rows.content, "text/csv")
    page.run()
    assert not page.exception and all_cases(store) == []
    assert say("error.order_enterprise_unknown", value="没有这家") in shown(page)
    page.button(key="take-good-12345").click().run()
    assert say("import.done", n=2) in shown(page)
    listed = "".join(str(one.proto.body) for one in page.get("html"))
    assert listed.index("KQ2") < listed.index("KQ2311280017")
    assert "2023年12月1日" in listed and "税费怎么退" in listed


def test_the_drawer_says_what_the_order_said_and_whom_to_call_masked(open_page, store, people):
    bring(store, people, book(rows_of(people)))
    (case,) = all_cases(store)
    said = shown(open_page(people.staff, "desk", case=case.id))
    assert all(part in said for part in ("KQ2311280017", "2023年11月28日 09:15", "王** 138****1111", "2023年12月5日"))
    assert "13800001111" not in said
    told = show_whom_to_call(store, actor=people.staff, case_id=case.id, reason="核实", at=NOON, caller=True)
    assert (told.name, told.number, told.hidden) == ("王示例", "13800001111", False)
    last = store.read(lambda con: events.of_subject(con, people.firm.id))[-1]
    assert (last["kind"], last["detail"]["caller"]) == ("show_phone", "hotline")


@pytest.mark.parametrize(
    ("said", "title", "offered"),
    [({"诉求人": "张**", "联系电话": ""}, "张**", 0), ({"联系电话": "138 0000 1111转"}, "王** *** **** 1111转", 1)],
)
def test_whom_to_call_is_offered_where_there_is_a_number_and_never_whole(
    open_page, store, people, said, title, offered
):
    bring(store, people, book(rows_of(people, said)))
    page = open_page(people.staff, "desk", case=all_cases(store)[0].id)
    asked = [one for one in page.expander if one.label.startswith(say("desk.call.caller"))]
    assert title in shown(page) and len(asked) == offered


def test_the_enterprise_reads_that_its_case_came_from_the_hotline(open_page, store, people):
    bring(store, people, book(rows_of(people)))
    page = open_page(people.enterprise, "case", id=all_cases(store)[0].id)
    assert say("told.submit_hotline", number="KQ2311280017") in words(page) + shown(page)


def test_what_waits_becomes_a_file_once_and_the_hotlines_file_comes_back(open_page, store, people):
    case = bring_to(store, people, "transferred")
    page = open_page(people.staff, "hotline")
    assert case.number in shown(page)
    page.button(key="make-handed").click().run()
    assert not page.exception and say("hotline.file", number=1) in shown(page)
    assert say("hotline.waiting_none") in shown(page)
    (file,) = files_for_hotline(store, actor=people.staff, kind=HANDED)
    back = to_csv(["我方编号", "工单编号", "办理结果"], [[case.number, "KQ2312010009", "已约双方调解。"]])
    page.file_uploader[1].upload("移交12345-1.csv", back, "text/csv")
    page.run()
    page.button(key="confirm-12345-outcomes").click().run()
    assert not page.exception and file.n == 1
    said = shown(open_page(people.staff, "desk", case=case.id))
    assert "已约双方调解。" in said and say("hotline.order", number="KQ2312010009") in said
    told = open_page(people.enterprise, "case", id=case.id)
    assert "已约双方调解。" in shown(told) and say("next.transferred") in shown(told)


def test_of_the_hotlines_file_what_is_right_is_taken_and_the_rest_comes_back(open_page, store, people):
    case = bring_to(store, people, "transferred")
    page = open_page(people.staff, "hotline")
    rows = [["2023-9999", "KQ2312010008", "已办"], [case.number, "KQ2312010009", "已约双方调解。"]]
    page.file_uploader[1].upload("移交.csv", to_csv(["我方编号", "工单编号", "办理结果"], rows), "text/csv")
    page.run()
    page.button(key="take-good-12345-outcomes").click().run()
    assert not page.exception and say("import.done", n=1) in shown(page)
    assert [button.label for button in page.get("download_button")].count(say("import.refused_file")) == 1
    assert "已约双方调解。" in shown(open_page(people.staff, "desk", case=case.id))


def test_results_are_listed_by_days_and_made_into_a_file(open_page, store, people):
    bring(store, people, book(rows_of(people)))
    (case,) = all_cases(store)
    take(store, people.staff, case, "transfer")
    page = open_page(people.staff, "hotline")
    assert not any(button.key == "make-results" for button in page.button), "nothing of this week"
    page.date_input(key="hotline-since").set_value(TODAY)
    page.date_input(key="hotline-until").set_value(TODAY)
    page.run()
    page.button(key="make-results").click().run()
    (file,) = files_for_hotline(store, actor=people.staff, kind=RESULTS)
    assert (file.n, file.since, file.until) == (1, TODAY, TODAY) and not page.exception


def test_the_enterprise_contests_the_hand_over_in_its_own_words(open_page, store, people):
    case = bring_to(store, people, "transferred")
    page = open_page(people.enterprise, "case", id=case.id)
    page.text_area(key=f"case-{case.id}-contest-words").set_value("这是企业用电，不是个人的事").run()
    page.button(key=f"case-{case.id}-contest-words-send").click().run()
    assert say("follow_case.contested") in shown(page)
    again = store.read(lambda con: cases.get(con, ALL, case.id))
    assert (again.state, again.lead_body) == ("dispatched", "economy_it")
