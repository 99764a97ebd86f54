"""An issue without a script, from the first word to the verdict: by an account, an invitation, a receipt's code."""

import re
from datetime import timedelta

import pytest

from casework.cases.act import Given, act
from casework.notices.channels import Delivery, Outside
from casework.notices.delivery import deliver_due
from db import sql
from db.cases import cases
from pages.shared import cookies, here
from tests.access.test_routes import a_receipt, an_invitation, ask
from tests.casework.cases.steps import bring_to
from tests.conftest import session_of, words
from tests.intake.issue.test_attachments import PDF, photograph, picture
from tests.plain import PlainBrowser
from tests.there import there

WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 12_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.1"
FILLED = {"kind": "problem", "title": "新厂房用电 <两个月> 未批", "text": "去过供电所\n两次", "category": "finance"}


@pytest.fixture
def account(store, people):
    return PlainBrowser(session=session_of(store, people.enterprise))


def case_of(store, actor, number=None):
    found = store.read(lambda con: sql.scalar(con, "SELECT id FROM cases ORDER BY submitted_at DESC LIMIT 1"))
    return there(store.read(lambda con: cases.get(con, actor.scope, found)))


def files_of(store):
    return store.read(lambda con: sql.column(con, "SELECT name FROM attachment ORDER BY name"))


def test_an_issue_is_raised_once_with_its_files_and_followed_by_its_receipt(store, people, account):
    account.open("/f/raise").press("add", files=[("照片.png", picture())], **FILLED)
    assert "已收到：照片.png" in account.page.text
    assert account.page.forms[0].values["title"] == [FILLED["title"]] and not files_of(store)
    account.press("send", files=[("合同.pdf", PDF)])
    case = case_of(store, people.enterprise)
    assert (case.title, case.text, case.channel) == (FILLED["title"], FILLED["text"], "self")
    assert files_of(store) == ["合同.pdf", "照片.png"] and case.number in account.page.text
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM draft_file")) == 0
    code = there(re.search(r"查询码 (\w{16})", account.page.text))[1]
    phone = PlainBrowser()
    opened = ask("GET", f"/c/{code}?case={case.number}", user_agent=WECHAT)
    assert opened.headers["location"] == "/f/case"
    phone.cookies[cookies.SESSION_COOKIE] = opened.cookies[cookies.SESSION_COOKIE].value
    assert FILLED["title"] in phone.open("/f/case").page.text


def test_a_form_that_is_sent_again_meets_its_own_case_and_its_own_code(store, people, account):
    account.open("/f/raise")
    before = account.page
    first = account.press("send", files=[("a.png", picture())], **FILLED).page.text
    account.page = before
    assert account.press("send", files=[("a.png", picture())], **FILLED).page.text == first
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM cases")) == 1 and len(files_of(store)) == 1
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM draft WHERE form = 'issue'")) == 0


def test_what_is_missing_is_named_and_nothing_typed_is_lost(account):
    account.open("/f/raise").press("send", text="去过 <供电所>", files=[("a.png", picture())])
    assert account.page.title.startswith("有 3 处要改") and "#title" in account.page.links
    assert account.page.forms[0].values["text"] == ["去过 <供电所>"] and "已收到：a.png" in account.page.text
    account.press("send", files=[("b.exe", b"MZ")], **FILLED)
    assert "b.exe" in account.page.text and account.page.forms[0].values["title"] == [FILLED["title"]]
    account.press(next(one for one in account.page.forms[0].buttons if one.startswith("leave:")))
    assert "已收到" not in account.page.text


def test_a_title_has_120_characters_and_says_how_many_are_written(store, people, account, open_page):
    account.open("/f/raise").press("send", **(FILLED | {"title": "长" * 121}))
    assert "120" in account.page.text and 'id="title" name="title" value="长长' in account.answer.text
    assert 'data-most="120"' in account.answer.text
    account.press("send", title="长" * 120)
    assert case_of(store, people.enterprise).title == "长" * 120
    page = open_page(people.enterprise, "raise")
    page.text_input(key="issue_title").set_value("四个字啊").run()
    assert "已写 4 字，最多 120 字" in words(page)


def test_an_iphones_photograph_is_taken_here_and_in_the_full_page(store, people, account, open_page):
    account.open("/f/raise").press("send", files=[("IMG_1.HEIC", photograph())], **FILLED)
    page = open_page(people.stranger, "raise")
    page.file_uploader[0].set_value([("IMG_2.HEIC", photograph(), "image/heic")]).run()
    page.segmented_control[0].set_value("problem")
    page.text_input(key="issue_title").set_value("照片")
    page.text_area(key="issue_text").set_value("照片")
    page.selectbox(key="issue_category").set_value("finance").run()
    page.button(key="issue_submit").click().run()
    assert files_of(store) == ["IMG_1.jpg", "IMG_2.jpg"]


def test_a_file_too_many_is_refused_and_those_before_it_stay(account):
    pictures = [(f"{n}.png", picture(size=(40 + n, 30))) for n in range(6)]
    account.open("/f/raise").press("add", files=pictures[:4], **FILLED)
    account.press("add", files=pictures[4:])
    assert "最多" in account.page.text and account.page.text.count("已收到：") == 4


def test_what_was_begun_here_goes_on_in_the_full_page_with_its_files(store, people, account, open_page):
    account.open("/f/raise").press("add", files=[("照片.png", picture())], **FILLED)
    page = open_page(people.enterprise, "raise")
    assert page.text_input(key="issue_title").value == FILLED["title"] and "照片.png" in words(page)
    page.button(key="issue_submit").click().run()
    assert files_of(store) == ["照片.png"]


def test_an_invitation_raises_one_and_its_browser_alone_sees_the_code_again(store, people):
    link = f"/f/{an_invitation(store, people, expires_at=here.now() + timedelta(days=9))}"
    phone = PlainBrowser().open(link)
    phone.press("send", **FILLED)
    code = there(re.search(r"查询码 (\w{16})", phone.page.text))[1]
    assert code in phone.open(link).page.text
    stranger = PlainBrowser().open(link)
    assert code not in stranger.page.text and case_of(store, people.enterprise).number in stranger.page.text


def test_nobody_sees_another_enterprises_case_nor_raises_for_it(store, people):
    case = bring_to(store, people, "awaiting")
    stranger = PlainBrowser(session=session_of(store, people.stranger))
    assert stranger.open(f"/f/case?id={case.id}").answer.status == 404
    staff = PlainBrowser(session=session_of(store, people.staff)).open("/f/raise")
    assert not staff.page.forms


def test_an_answer_is_turned_down_in_words_and_rated_when_it_is_better(store, people, account):
    case = bring_to(store, people, "awaiting")
    assert f"/f/case?id={case.id}" in account.open("/f/cases").page.links
    account.open(f"/f/case?id={case.id}").press("reject")
    assert account.page.title.startswith("有 1 处要改")
    account.press("reject", **{"reject-words": "还是没有 *通电*"})
    stands = there(store.read(lambda con: cases.get(con, people.enterprise.scope, case.id)))
    assert (
        stands.state == "reopened" and "已退回重新办理" in account.page.text and "还是没有 *通电*" in account.page.text
    )
    assert (
        "由专班重新交办；您写的话，区经信局和专班会一字不差地看到" in account.page.text
    )  # the body's name, as on the full page


def test_a_rating_closes_and_one_that_was_left_out_is_asked_for(store, people, account):
    case = bring_to(store, people, "awaiting")
    account.open(f"/f/case?id={case.id}").press("close", **{"close-words": "说不清"})
    assert account.page.title.startswith("有 1 处要改") and "#rating" in account.page.links
    assert account.page.forms[0].values["close-words"] == ["说不清"]
    account.press("close", rating="satisfied", **{"close-words": ""})
    assert "事项已销号" in account.page.text
    stands = there(store.read(lambda con: cases.get(con, people.enterprise.scope, case.id)))
    assert (stands.state, stands.rating) == ("closed", "satisfied")
    account.press("reopen", **{"reopen-words": "又停电了"})
    assert there(store.read(lambda con: cases.get(con, people.enterprise.scope, case.id))).state == "reopened"


def test_a_bad_rating_opens_the_case_again_with_its_words(store, people, account):
    case = bring_to(store, people, "awaiting")
    account.open(f"/f/case?id={case.id}").press("close", rating="dissatisfied", **{"close-words": "没有通电"})
    stands = there(store.read(lambda con: cases.get(con, people.enterprise.scope, case.id)))
    assert stands.state == "reopened" and "专班会盯到您满意为止" in account.page.text
    assert "没有通电" in account.page.text


def test_what_is_said_to_a_case_that_has_moved_is_not_lost(store, people, account):
    case = bring_to(store, people, "dispatched")
    account.open(f"/f/case?id={case.id}")
    act(store, actor=people.department, case_id=case.id, action="start", seen=case.seq, at=here.now(), given=Given())
    account.press("note", **{"note-words": "补一句"})
    kept = [form.values.get("note-words") for form in account.page.forms]
    assert account.answer.status == 409 and ["补一句"] in kept
    account.press("note")
    assert "补一句" in account.page.text and account.answer.status == 200


def test_whoever_follows_by_a_code_adds_and_judges_without_an_account(store, people):
    number, code = a_receipt(store, people)
    phone = PlainBrowser(language="en")
    opened = ask("GET", f"/c/{code}?case={number}", user_agent=WECHAT, cookies=phone.cookies)
    phone.cookies[cookies.SESSION_COOKIE] = opened.cookies[cookies.SESSION_COOKIE].value
    phone.open("/f/case").press("note", **{"note-words": "one more thing"})
    assert "one more thing" in phone.page.text and not re.search("[一-鿿]", phone.page.title.partition(number)[0])


@pytest.fixture
def mail_server(monkeypatch):
    monkeypatch.setenv("NOTICE_MAIL_URL", "mailtos://user:secret@mail.example")


def queued(store):
    statement = """
        SELECT o.params, c.channel_url, o.id FROM outbox o JOIN contact c ON c.owner_id = o.recipient_id
        WHERE o.kind = 'receipt'
        """
    return store.read(lambda con: sql.rows(con, statement))


def test_a_receipt_goes_by_mail_once_and_its_address_is_forgotten(store, people, account, mail_server):
    account.open("/f/raise").press("send", **FILLED)
    code = there(re.search(r"查询码 (\w{16})", account.page.text))[1]
    account.press("mail", mail="no address")
    assert "请填写完整的邮箱地址" in account.page.text and account.page.forms[0].values["mail"] == ["no address"]
    account.press("mail", mail="zhang@firm.example")
    assert "z***@firm.example" in account.page.text
    (one,) = queued(store)
    assert one["channel_url"] == "mailto://zhang@firm.example" and f"/c/{code}?case=" in one["params"]
    told = []

    def carry(channel, message, _outside):
        told.append((channel, message.subject))
        return Delivery()

    at = here.now() + timedelta(seconds=1)
    deliver_due(store, at=at, outside=Outside("mailtos://user:secret@mail.example"), carry=carry)
    case = case_of(store, people.enterprise)
    assert told[-1] == ("mailto://zhang@firm.example", f"【政企面对面】回执 {case.number}")
    assert queued(store) == [] and code not in str(store.read(lambda con: sql.column(con, "SELECT params FROM outbox")))


def test_nobody_has_mails_sent_without_a_receipt_nor_many_with_one(store, people, account, mail_server):
    account.open("/f/raise").press("send", **FILLED)
    page = account.page
    for form in page.forms:
        if "mail" in form.buttons:
            form.values["code"] = ["23456789ABCDEFGH"]
    account.press("mail", mail="zhang@firm.example")
    assert queued(store) == []
    account.open("/f/raise").press("send", **FILLED)
    receipt = account.page
    for _ in range(4):
        account.page = receipt
        account.press("mail", mail="zhang@firm.example")
    assert len(queued(store)) == 2 and "再试" in account.page.text  # with the first, which was refused, three a day


def test_without_a_mail_server_none_is_offered(account):
    account.open("/f/raise").press("send", **FILLED)
    assert not [form for form in account.page.forms if "mail" in form.buttons]
