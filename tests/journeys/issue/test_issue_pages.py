"""Raising an issue, following it and judging its answer, as the pages do it; the officer's own page."""

import re
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.testing.v1 import AppTest

from access import entrance
from access.tokens import hashed, new_code, new_token
from db.cases import attachments, cases
from db.cases.cases import CaseFilters
from db.people import invitations
from db.people.invitations import Invitation
from pages.shared import here
from tests.access.test_routes import ask
from tests.casework.cases.steps import bring_to, raise_case, take
from tests.conftest import NOON, make_account, revoke_codes, words
from tests.intake.issue.test_attachments import PDF
from tests.paths import ROOT
from tests.there import there

pytestmark = pytest.mark.usefixtures("the_day")


@pytest.fixture
def the_day():
    """It is noon of 30 November 2023, for the whole page run."""
    with time_machine.travel(NOON.isoformat() + "+00:00", tick=False):
        yield


@pytest.fixture
def follower(store, people):
    """follower(case) → the visitor who holds the code of its receipt."""

    def visiting(case):
        code = new_code()
        store.write(lambda con: invitations.add_follow_codes(con, {hashed(code): case.id}, at=NOON))
        entered = entrance.enter_by_code(store, code=code, number=case.number, address="127.0.0.1", at=NOON)
        return entrance.who_is_here(store, entered.token, NOON)

    return visiting


@pytest.fixture
def guest(store, people):
    """A visitor with a link of the first enterprise to raise an issue."""
    token = new_token()
    made = Invitation(str(uuid4()), hashed(token), people.firm.id, None, NOON, NOON + timedelta(days=9), None, None)
    store.write(lambda con: invitations.add(con, [made]))
    entered = entrance.enter_by_invitation(store, token=token, address="127.0.0.1", at=NOON)
    return entrance.who_is_here(store, entered.token, NOON)


def fill(page, *, title="新厂房用电报装两个月未批", text="七月递交材料，一直没有答复。"):
    page.button_group(key="issue_kind").set_value("problem").run()
    page.text_input(key="issue_title").set_value(title).run()
    page.text_area(key="issue_text").set_value(text).run()
    page.selectbox(key="issue_category").set_value("utilities").run()
    return page


def press(page, label):
    next(button for button in page.button if button.label == label).click()
    return page.run()


def all_cases(store, actor):
    found = store.read(lambda con: cases.find(con, actor.scope, CaseFilters(date(2023, 11, 30)), sort="newest"))
    return found.rows


def now(store, people, case):
    return store.read(lambda con: cases.get(con, people.staff.scope, case.id))


def test_an_enterprise_raises_an_issue_sees_its_receipt_and_finds_the_case(store, people, open_page):
    page = fill(open_page(people.enterprise, "raise"))
    page.file_uploader[0].set_value(("受理单.pdf", PDF, "application/pdf")).run()
    shown = words(press(page, "提交"))
    case = all_cases(store, people.enterprise)[0]
    assert case.number in shown and "2023年11月30日 12:00" in shown and "接下来" in shown
    assert (case.title, case.sector_code, case.town_code) == ("新厂房用电报装两个月未批", "C17", "330603001")

    listed = words(open_page(people.colleague, "my_cases"))
    assert case.title in listed and "已收到，专班将在" in listed
    read = words(open_page(people.colleague, "case", id=case.id))
    assert "贵企业提交了事项" in read and case.text in read and "受理单.pdf" in read


def test_words_over_the_limit_are_counted_one_way_and_not_called_missing(people, open_page):
    page = fill(open_page(people.enterprise, "raise", language="en"), text="x" * 5658)
    assert "5,658 characters of 2,000" in words(page)
    next(button for button in page.button if button.label == "Submit").click()
    shown = words(page.run())
    assert "At most 2,000 characters" in shown and "need a look" in shown and "missing" not in shown


def test_a_link_raises_one_issue_and_its_receipt_leads_on(store, people, open_page, guest):
    shown = words(press(fill(open_page(guest, "raise")), "提交"))
    case = all_cases(store, people.enterprise)[0]
    assert f"?case={case.number}" in shown and "查看办理进度" in shown
    again = open_page(guest, "raise")
    assert case.number in words(again) and not again.text_area and "提交" not in {b.label for b in again.button}


def test_a_second_press_of_submit_makes_no_second_case(store, people, open_page):
    page = fill(open_page(people.enterprise, "raise"))
    press(page, "提交")
    receipt = page.session_state["issue"].receipt
    page.session_state["issue"].receipt = None  # as if the answer had been lost on its way
    press(page.run(), "提交")
    assert page.session_state["issue"].receipt == receipt
    assert len(all_cases(store, people.enterprise)) == 1


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(store, people, open_page):
    page = open_page(people.enterprise, "raise", language="en")
    page.text_input(key="issue_title").set_value("Power").run()
    shown = words(press(page, "Submit"))
    assert "Please choose: a problem or a suggestion." in shown and "Please give the details." in shown
    assert "Please say it in one sentence." not in shown
    assert page.text_input(key="issue_title").value == "Power"
    assert all_cases(store, people.enterprise) == []


def test_a_reload_brings_back_what_was_typed(people, open_page):
    fill(open_page(people.enterprise, "raise"))
    again = open_page(people.enterprise, "raise")
    assert "已恢复您上次填写的内容" in words(again)
    assert again.text_input(key="issue_title").value == "新厂房用电报装两个月未批"
    assert again.selectbox(key="issue_category").value == "utilities"
    assert open_page(people.colleague, "raise").text_input(key="issue_title").value == ""


def test_another_page_in_between_loses_nothing(people, open_page):
    page = fill(open_page(people.enterprise, "raise"))
    page.switch_page(str(ROOT / "pages/issue/my_cases.py")).run()
    page.switch_page(str(ROOT / "pages/issue/raise_issue.py")).run()
    assert page.text_area(key="issue_text").value == "七月递交材料，一直没有答复。"


def test_a_bad_file_is_named_at_once_and_nothing_is_sent(store, people, open_page):
    page = fill(open_page(people.enterprise, "raise"))
    page.file_uploader[0].set_value(("发票.pdf", b"MZ" * 40, "application/pdf")).run()
    assert "“发票.pdf”不是 PDF、JPG、PNG 或 HEIC 文件。" in words(page)
    press(page, "提交")
    assert all_cases(store, people.enterprise) == []


def test_a_file_that_streamlit_has_lost_is_asked_for_by_name_however_often_one_submits(
    store, people, open_page, monkeypatch
):
    """After a long sleep of the phone the browser still shows it and the server has it no more."""
    page = fill(open_page(people.enterprise, "raise"))
    page.file_uploader[0].set_value([("受理单.pdf", PDF, "application/pdf")]).run()
    monkeypatch.setattr(MemoryUploadedFileManager, "get_files", lambda *_args, **_ids: [])
    for _ in range(3):
        page.file_uploader[0].set_value([("受理单.pdf", PDF, "application/pdf")])  # as the browser says at each run
        shown = words(press(page, "提交"))
        assert "有附件已不在这一页" in shown and "受理单.pdf" in shown
    assert all_cases(store, people.enterprise) == []


def test_files_that_a_reload_has_taken_are_left_out_only_where_somebody_says_so(store, people, open_page):
    page = fill(open_page(people.enterprise, "raise"))
    page.file_uploader[0].set_value([("受理单.pdf", PDF, "application/pdf")]).run()
    again = open_page(people.enterprise, "raise")
    assert "受理单.pdf" in words(press(again, "提交")) and all_cases(store, people.enterprise) == []
    press(press(again, "不传这些附件"), "提交")
    assert len(all_cases(store, people.enterprise)) == 1


def test_a_file_left_out_that_the_list_still_shows_is_said_not_to_be_sent(store, people, open_page, monkeypatch):
    page = fill(open_page(people.enterprise, "raise"))
    both = [("受理单.pdf", PDF, "application/pdf"), ("现场.pdf", PDF, "application/pdf")]
    page.file_uploader[0].set_value(both).run()
    held = MemoryUploadedFileManager.get_files
    monkeypatch.setattr(MemoryUploadedFileManager, "get_files", lambda *of, **by: held(*of, **by)[:1])
    page.file_uploader[0].set_value(both)
    assert "不会提交" not in words(press(page, "提交"))
    page.file_uploader[0].set_value(both)
    shown = words(press(page, "不传这些附件"))
    assert "还列在上面，但不会提交：" in shown and "现场.pdf" in shown and "请重新选择" not in shown
    page.file_uploader[0].set_value(both)
    press(page, "提交")
    [case] = all_cases(store, people.enterprise)
    kept = store.read(lambda con: attachments.of_case(con, people.enterprise.scope, case.id))
    assert [one.name for one in kept] == ["受理单.pdf"]


def test_what_else_is_missing_is_named_beside_a_file_that_is_gone_or_refused(store, people, open_page):
    page = open_page(people.enterprise, "raise")
    page.file_uploader[0].set_value([("受理单.pdf", PDF, "application/pdf")]).run()
    again = open_page(people.enterprise, "raise")
    shown = words(press(again, "提交"))
    assert "有附件已不在这一页" in shown and "请选择是问题还是建议。" in shown and "请写一写具体情况。" in shown
    again.file_uploader[0].set_value([("受理单.pdf", b"MZ" * 40, "application/pdf")]).run()
    shown = words(press(again, "提交"))
    assert "“受理单.pdf”不是 PDF、JPG、PNG 或 HEIC 文件。" in shown and "请写一写具体情况。" in shown


def test_every_bad_file_is_named_with_its_reason(people, open_page):
    page = fill(open_page(people.enterprise, "raise"))
    bad = [("空.pdf", b"", "application/pdf"), ("照片.jpg", b"\0\0\0\x24ftypheic" + b"\0" * 40, "image/jpeg")]
    page.file_uploader[0].set_value(bad).run()
    shown = words(page)
    assert "“空.pdf”是空文件" in shown and "“照片.jpg”" in shown


def test_typed_markup_is_shown_as_letters(people, open_page, store):
    case = raise_case(store, people, title="<img src=x onerror=1>", text="<script>1</script>")
    for page in (open_page(people.enterprise, "my_cases"), open_page(people.enterprise, "case", id=case.id)):
        shown = words(page)
        assert "&lt;img src=x" in shown and "<img src=x" not in shown and "<script>1" not in shown


@pytest.mark.parametrize(
    ("state", "language", "said"),
    [
        ("submitted", "zh", "已收到，专班将在12月4日（周一）前受理"),
        ("accepted", "zh", "已受理，将在12月5日（周二）前交到承办部门"),
        ("dispatched", "zh", "区经信局将在12月11日（周一）前答复"),
        ("dispatched", "en", "The Bureau of Economy and Information Technology answers by Monday 11 December"),
        ("committed", "zh", "区经信局承诺在12月20日（周三）前解决"),
        ("awaiting", "en", "Please say whether it is solved"),
        ("closed", "zh", "已销号，您的评价：满意"),
        ("reopened", "zh", "已重新办理"),
    ],
)
def test_the_line_of_a_case_says_who_moves_next_and_by_when(store, people, open_page, state, language, said):
    bring_to(store, people, state)
    page = open_page(people.enterprise, "my_cases", language=language)
    if state == "closed":
        page.button_group(key="mine_filter").set_value("all").run()
    assert said in words(page)


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "9月29日至10月6日放假；10月7日、10月8日补班"), ("en", "worked to make up")],
)
def test_an_enterprise_reads_which_holidays_a_deadline_counts(store, people, open_page, language, said):
    """Dispatched on 27 September 2023: the National Day's rest and its two make-up workdays lie on the way."""
    case = bring_to(store, people, "dispatched", NOON - timedelta(days=64))
    assert said in words(open_page(people.enterprise, "case", language=language, id=case.id))


def test_a_late_answer_is_called_late(store, people, open_page):
    bring_to(store, people, "dispatched", NOON - timedelta(days=30))
    assert "区经信局的答复已超期" in words(open_page(people.enterprise, "my_cases"))


def test_an_enterprise_without_cases_is_told_what_to_do(people, open_page):
    assert "还没有反映过事项" in words(open_page(people.enterprise, "my_cases"))


def test_a_stranger_is_shown_nothing_of_a_case(store, people, open_page):
    case = bring_to(store, people, "awaiting")
    shown = words(open_page(people.stranger, "case", id=case.id))
    assert "没有找到这件事项" in shown and case.title not in shown


def test_not_solved_asks_what_is_missing_and_sends_it_back(store, people, open_page):
    case = bring_to(store, people, "awaiting")
    page = press(open_page(people.enterprise, "case", id=case.id), "没有解决")
    press(page, "退回重新办理")
    assert now(store, people, case).state == "awaiting"  # not without a word of why
    page.text_area(key=f"case-{case.id}-reject-words").set_value("晚上还是停电").run()
    shown = words(press(page, "退回重新办理"))
    assert now(store, people, case).state == "reopened"
    assert "已退回重新办理" in shown and "晚上还是停电" in shown


def test_an_empty_rejection_is_told_at_its_box_until_words_are_there(store, people, open_page):
    case = bring_to(store, people, "awaiting")
    page = press(open_page(people.enterprise, "case", id=case.id), "没有解决")
    box = f"case-{case.id}-reject-words"
    press(page, "退回重新办理")
    kinds = [(e.type, getattr(e, "key", None)) for e in page.main]
    assert told_at_a_box(page) == ["请写明原因。"]
    assert kinds[kinds.index(("text_area", box)) + 1][0] == "html", "it stands right below the box"
    page.text_area(key=box).set_value("晚上还是停电").run()
    assert told_at_a_box(page) == []


def told_at_a_box(page):
    said = [str(element.value) for element in page.main if element.type == "html"]
    return [re.sub("<[^>]+>", "", html) for html in said if "f2f-field-error" in html]


def test_solved_asks_for_a_rating_and_thanks(store, people, open_page):
    case = bring_to(store, people, "awaiting")
    page = press(open_page(people.enterprise, "case", id=case.id), "解决了")
    page.radio[0].set_value("very_satisfied").run()
    shown = words(press(page, "提交评价"))
    assert (now(store, people, case).state, now(store, people, case).rating) == ("closed", "very_satisfied")
    assert "谢谢您的评价" in shown


def test_a_bad_rating_says_that_it_reopens_and_asks_why(store, people, open_page):
    case = bring_to(store, people, "awaiting")
    page = press(open_page(people.enterprise, "case", id=case.id), "解决了")
    page.radio[0].set_value("dissatisfied").run()
    assert "这样评价，事项会立即重新办理" in words(page)
    page.text_area(key=f"case-{case.id}-why").set_value("只解决了一半").run()
    shown = words(press(page, "提交评价"))
    assert (now(store, people, case).state, now(store, people, case).rating) == ("reopened", "dissatisfied")
    assert "只解决了一半" in shown


def test_somebody_was_faster_and_nothing_is_overwritten(store, people, open_page):
    case = bring_to(store, people, "awaiting")
    page = press(open_page(people.enterprise, "case", id=case.id), "没有解决")
    box = f"case-{case.id}-reject-words"
    page.text_area(key=box).set_value("还没有通电").run()
    take(store, people.colleague, case, "close")
    shown = words(press(page, "退回重新办理"))
    assert "别人更新了这条记录" in shown
    assert now(store, people, case).state == "closed"
    assert page.text_area(key=f"case-{case.id}-reopen-words").value == "还没有通电"


@pytest.mark.parametrize("step", ["解决了", "没有解决"])
def test_a_first_press_on_a_case_that_has_moved_on_says_that_it_did_nothing(store, people, open_page, step):
    case = bring_to(store, people, "awaiting")
    page = open_page(people.enterprise, "case", id=case.id)
    take(store, people.colleague, case, "close")
    assert "您刚才按的没有生效" in words(press(page, step))
    assert "您刚才按的没有生效" not in words(page.run())
    assert now(store, people, case).rating == "satisfied"


def test_the_holder_of_a_receipt_sees_and_judges_that_case_alone(store, people, open_page, follower):
    case, other = bring_to(store, people, "awaiting"), raise_case(store, people, title="另一件事")
    visitor = follower(case)
    page = open_page(visitor, "case", id=other.id)
    shown = words(page)
    assert case.title in shown and other.title not in shown
    page = press(page, "解决了")
    page.radio[0].set_value("satisfied").run()
    press(page, "提交评价")
    assert now(store, people, case).state == "closed"


def test_a_returned_case_is_completed_and_sent_again(store, people, open_page):
    case = bring_to(store, people, "returned")
    page = open_page(people.enterprise, "case", id=case.id)
    assert "请补充材料" in words(page)
    page.text_area(key=f"case-{case.id}-resubmit-words").set_value("已补充用电合同").run()
    press(page, "补充并重新提交")
    assert now(store, people, case).state == "submitted"


def test_a_closed_case_is_opened_again_with_a_reason(store, people, open_page):
    case = bring_to(store, people, "closed")
    page = open_page(people.enterprise, "case", id=case.id)
    page.text_area(key=f"case-{case.id}-reopen-words").set_value("又停电了").run()
    press(page, "要求重新办理")
    assert now(store, people, case).state == "reopened"


def test_an_enterprise_adds_a_note_and_is_not_shown_those_of_its_handlers(store, people, open_page):
    case = bring_to(store, people, "dispatched")
    case = take(store, people.staff, case, "note", note="内部：先压一压")
    page = open_page(people.enterprise, "case", id=case.id)
    assert "先压一压" not in words(page)
    page.text_area(key=f"case-{case.id}-note-words").set_value("下周起停产检修").run()
    assert "下周起停产检修" in words(press(page, "发送"))


def test_an_officer_sees_their_enterprises_and_reports_for_one(store, people, open_page):
    bring_to(store, people, "dispatched", title="夜间停电")
    shown = words(open_page(people.officer, "care"))
    assert people.firm.name_zh in shown and people.other_firm.name_zh not in shown and "夜间停电" in shown

    page = fill(open_page(people.officer, "report", enterprise=people.firm.id), title="招工难")
    shown = words(press(page, "提交"))
    case = next(case for case in all_cases(store, people.enterprise) if case.title == "招工难")
    assert case.channel == "point" and case.number in shown
    assert not re.search(r"/c/|\b[2-9A-Z]{16}\b", page.session_state["issue"].receipt.code or shown)
    assert "请企业登录" in shown  # how it gets in, since no key is shown
    assert "驻企服务员代贵企业提交了事项" in words(open_page(people.enterprise, "case", id=case.id))


def test_an_officer_cannot_open_the_form_for_another_enterprise(people, open_page):
    page = open_page(people.officer, "report", enterprise=people.other_firm.id)
    assert [button.key for button in page.button if button.key == "issue_submit"] == []
    assert people.other_firm.name_zh not in str(page.selectbox(key="report_enterprise").options)


def test_an_officer_without_enterprises_is_told_whom_to_ask(people, open_page, store):
    newcomer = entrance.actor_of(make_account(store, "officer", None))
    assert "您名下还没有企业" in words(open_page(newcomer, "care"))


@pytest.mark.parametrize("role", ["department", "town", "staff", "leader", "admin"])
def test_an_enterprises_pages_are_not_open_to_others(people, open_page, role):
    for path in ("raise", "my_cases", "case", "care"):
        assert "这个页面不对您开放" in words(open_page(getattr(people, role), path))


def test_what_is_put_to_one_act_stays_while_another_is_sent(people, open_page, store):
    case = bring_to(store, people, "returned")
    page = open_page(people.enterprise, "case", id=case.id)
    box = f"case-{case.id}-resubmit-words"
    page.text_area(key=box).set_value("补充如下").run()
    page.file_uploader[0].set_value([("受理单.pdf", PDF, "application/pdf")]).run()
    page.text_area(key=f"case-{case.id}-note-words").set_value("另有一句").run()
    page.file_uploader[1].set_value([("图.pdf", PDF, "application/pdf")]).run()
    page.button(key=f"case-{case.id}-note-words-send").click().run()
    assert page.text_area(key=box).value == "补充如下"
    assert page.text_area(key=f"case-{case.id}-note-words").value == ""
    assert [len(field.value) for field in page.file_uploader] == [1, 0]
    page.button(key=f"{box}-send").click().run()
    kept = store.read(lambda con: attachments.of_case(con, people.staff.scope, case.id))
    assert sorted(file.name for file in kept) == ["受理单.pdf", "图.pdf"]


def test_the_officers_files_of_a_case_are_those_of_its_scope(store, people, open_page):
    page = fill(open_page(people.enterprise, "raise"))
    page.file_uploader[0].set_value(("受理单.pdf", PDF, "application/pdf")).run()
    press(page, "提交")
    case_id = all_cases(store, people.enterprise)[0].id
    seen = store.read(lambda con: attachments.of_case(con, people.officer.scope, case_id))
    hidden = store.read(lambda con: attachments.of_case(con, people.stranger.scope, case_id))
    assert ([file.name for file in seen], hidden) == (["受理单.pdf"], [])


@pytest.fixture
def phone(store, monkeypatch):
    """phone(token, cookies) → what a browser with these cookies shows at /raise after it has opened the link."""

    def opened(token, cookies):
        answer = ask("GET", f"/i/{token}", cookies=cookies)
        assert answer.status == 303
        cookies |= {name: morsel.value for name, morsel in answer.cookies.items()} | {here.LANGUAGE_COOKIE: "zh"}
        browser = SimpleNamespace(cookies=cookies, headers={}, remote_ip="127.0.0.1")
        monkeypatch.setattr("streamlit.runtime.context._get_client_context", lambda: browser)
        page = AppTest.from_file(str(ROOT / "pages/main.py"), default_timeout=30).run()
        return page.switch_page(str(ROOT / "pages/issue/raise_issue.py")).run()

    return opened


def test_a_receipt_without_an_account_comes_back_by_its_link_and_its_code_on_its_phone_alone(store, people, phone):
    token, mine = new_token(), {}
    made = Invitation(str(uuid4()), hashed(token), people.firm.id, None, NOON, NOON + timedelta(days=9), None, None)
    store.write(lambda con: invitations.add(con, [made]))
    receipt = words(press(fill(phone(token, mine)), "提交"))
    [case] = all_cases(store, people.enterprise)
    code = there(re.search(r"查询码 ([0-9A-Z]{16})", receipt)).group(1)
    with time_machine.travel((NOON + timedelta(days=30)).isoformat() + "+00:00", tick=False):
        again, staff = words(phone(token, mine)), words(phone(token, {}))
    assert case.number in again and code in again
    assert case.number in staff and code not in staff and "查询码 " not in staff
    assert "用那台手机再打开同一个链接" in staff and "/c/" not in staff
    assert "扫码看进度" in again and "扫码可核验" in staff  # each code says where it leads
    assert entrance.enter_by_code(store, code=code, number=case.number, address="10.0.0.1", at=NOON)
    assert len(all_cases(store, people.enterprise)) == 1
    revoke_codes(store, case.id, NOON)
    assert code not in words(phone(token, mine))


def test_an_enterprise_reads_the_answer_in_the_language_of_its_case_where_it_is_given(store, people, open_page):
    case = bring_to(store, people, "dispatched", language="en")
    case = take(store, people.staff, case, "answer", text="线路已经更换。", translated="The line has been replaced.")
    zh, en = (words(open_page(people.enterprise, "case", language=one, id=case.id)) for one in ("zh", "en"))
    assert "The line has been replaced." in en and "线路已经更换" not in en
    assert "线路已经更换。" in zh and "The line" not in zh
