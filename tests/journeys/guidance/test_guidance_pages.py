"""Guidance as everybody, an enterprise that types and staff see it."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest

from casework.guidance.guidance import withdraw_guidance
from casework.policies import PolicyForm, add_policy
from db import guidance
from pages.plain import frame
from pages.shared.cookies import SESSION_COOKIE
from tests.access.test_routes import ask
from tests.casework.cases.steps import bring_to
from tests.casework.guidance.test_guidance import ASKED, FORM, publish
from tests.conftest import NOON, session_of, words
from tests.journeys.policies.test_policy_pages import links, shown
from tests.plain import PlainBrowser
from tests.there import there

TYPED = {"title": "计划停电提前公布吗", "text": "我们是连续生产，想登记时段"}


@pytest.fixture
def solved(store, people):
    return bring_to(store, people, "awaiting", title="夜间停电三次", text=ASKED)


def test_everybody_finds_it_without_an_account_and_nothing_of_a_case_is_there(store, people, solved):
    publish(store, people.staff, solved)
    for path in ("/guidance", f"/guidance?q={quote('停電')}", f"/guidance?q={quote('供电公司')}&page=7"):
        answer = ask("GET", path)
        assert answer.status == 200 and "计划停电去哪里查" in answer.text and "<script" not in answer.text, path
    assert "没有找到" in ask("GET", f"/guidance?q={quote('染缸')}").text
    one, english = ask("GET", "/guidance/1").text, ask("GET", "/guidance/1?lang=en").text
    assert "计划检修提前七天公布" in one and "不足 10 家" in one and "供电公司" in one and "所有用电企业" in one
    assert "Planned work is announced" in english and 'lang="zh-CN">所有用电企业' in english
    for said in (one, english, ask("GET", "/guidance").text):
        for secret in (people.firm.name_zh, people.firm.name_en, solved.number, solved.title, "染缸", solved.id):
            assert secret not in said


@pytest.mark.parametrize("path", ["/guidance/2", "/guidance/0", "/guidance/x", "/guidance/99999999999999"])
def test_what_is_not_there_or_withdrawn_says_so(store, people, solved, path):
    publish(store, people.staff, solved)
    assert ask("GET", path).status == 404 and "没有这条指引" in ask("GET", path).text
    withdraw_guidance(store, actor=people.staff, guidance_id="g1", reason="旧", seen=1, at=NOON + timedelta(days=1))
    assert ask("GET", "/guidance/1").status == 404 and "还没有公开" in ask("GET", "/guidance").text


def test_words_of_staff_and_of_a_search_are_letters(store, people, solved):
    publish(store, people.staff, solved, form=replace(FORM, title_zh="<b>停电</b>", text_zh="<img src=x>"))
    paths = ("/guidance?q=" + quote('"><img>'), "/guidance", "/guidance/1")
    said = "".join(ask("GET", path).text for path in paths)
    assert "<img" not in said and "<b>停电" not in said and "&lt;b&gt;停电" in said


def test_more_than_a_page_is_turned(store, people, solved):
    for n in range(22):
        publish(store, people.staff, solved, name=f"g{n}")
    first, second = ask("GET", "/guidance?lang=en").text, ask("GET", "/guidance?page=2&lang=en").text
    assert len(re.findall("<li>", first)) == 20 and len(re.findall("<li>", second)) == 2
    assert 'href="/guidance?page=2&amp;lang=en"' in first and "Previous page" in second


def test_it_is_offered_while_an_enterprise_types_and_never_anothers_case(open_page, store, people, solved):
    publish(store, people.staff, solved)
    page = open_page(people.stranger, "raise")
    assert "也许已经有答复" not in words(page)
    page.text_input(key="issue_title").set_value(TYPED["title"]).run()
    assert "也许已经有答复" in words(page) and 'href="/guidance/1"' in shown(page)
    assert solved.number not in words(page) and "染缸" not in words(page)
    page.text_input(key="issue_title").set_value("厂房租金太高").run()
    assert "也许已经有答复" not in words(page)
    assert "查看政策与指引" in shown(open_page(people.enterprise, "home"))
    assert "查看政策与指引" in shown(open_page(None, "welcome"))


def test_without_a_script_it_is_looked_for_with_a_press_and_nothing_typed_is_lost(store, people, solved):
    account = PlainBrowser(session=session_of(store, people.stranger))
    assert "look" not in account.open("/f/raise").page.forms[0].buttons
    publish(store, people.staff, solved)
    account.open("/f/raise").press("look", **TYPED)
    assert "计划停电去哪里查" in account.page.text and account.page.forms[0].values["title"] == [TYPED["title"]]
    account.press("look", title="厂房租金太高", text="想换")
    assert "没有找到现成的答复" in account.page.text
    cookies = {SESSION_COOKIE: session_of(store, people.stranger)}
    told = ask("POST", "/f/raise", form={**TYPED, "form": str(uuid4()), "do": "offers"}, cookies=cookies).text
    assert "计划停电去哪里查" in json.loads(told)["found"] and "染缸" not in told
    assert "offers" in ask("GET", frame.SCRIPT).text


def test_staff_write_it_beside_the_case_change_and_withdraw_it(open_page, store, people, solved):
    drawer = open_page(people.staff, "desk", case=solved.id)
    assert "写成公开指引" in links(drawer)
    assert "写成公开指引" not in links(open_page(people.department, "desk", case=solved.id))
    page = open_page(people.staff, "guides", new=solved.number)
    key = f"new-{solved.number}"
    assert ASKED in shown(page) and page.text_area(key=f"guide-text_zh-{key}").value == ""
    page.text_input(key=f"guide-title_zh-{key}").set_value("停电去哪里查")
    page.text_area(key=f"guide-text_zh-{key}").set_value("云锦示范纺织的停电已处理")
    page.button(key="guide-save").click().run()
    assert "有企业名称" in shown(page) and store.read(guidance.published) == []
    page.text_area(key=f"guide-text_zh-{key}").set_value("检修提前七天公布")
    page.button(key="guide-save").click().run()
    assert "请确认内容已经重新写过" in shown(page)
    page.checkbox(key=f"guide-confirm-{key}").check()
    page.button(key="guide-save").click().run()
    (made,) = store.read(guidance.published)
    assert (made.title_zh, made.text_zh, made.text_en) == ("停电去哪里查", "检修提前七天公布", "")
    assert (made.category, made.body_code) == (solved.category, solved.lead_body)
    opened = open_page(people.staff, "guides", guidance=made.id)
    assert "第 1 条 · 停电去哪里查" in shown(opened).replace("\u00a0", " ") and solved.number in links(opened)
    opened.button(key="guide-withdraw").click().run()
    opened.text_area(key="guide-reason").set_value("办法改了")
    opened.button(key="guide-withdraw").click()
    opened.button(key="guide-withdrawn").click().run()
    assert store.read(guidance.published) == []


def test_a_case_that_it_answered_is_added_with_a_press_and_a_leader_only_reads(open_page, store, people, solved):
    publish(store, people.staff, solved)
    other = bring_to(store, people, "closed", title=TYPED["title"], text=TYPED["text"])
    page = open_page(people.staff, "desk", case=other.id)
    page.button(key="answered-g1").click().run()
    assert set(store.read(lambda con: guidance.linked(con, "g1"))) == {solved.id, other.id}
    assert "这件诉求已写成公开指引" in shown(page) or any("计划停电去哪里查" in label for label in links(page))
    leader = open_page(people.leader, "guides", guidance="g1")
    assert other.number in links(leader) and "guide-change" not in [button.key for button in leader.button]
    assert "新写一条" not in words(open_page(people.leader, "guides", new="1"))


def test_a_policy_leads_to_its_guidance(open_page, store, people):
    form = PolicyForm("用电保障办法", "Securing power", "economy_it", NOON.date())
    add_policy(store, actor=people.staff, policy_id="p1", form=form, at=NOON)
    assert "写成公开指引" in links(open_page(people.staff, "policies", policy="p1"))
    page = open_page(people.staff, "guides", policy="p1")
    page.text_input(key="guide-title_zh-policy-p1").set_value("用电怎样保障")
    page.text_area(key="guide-text_zh-policy-p1").set_value("登记连续生产时段")
    page.selectbox(key="guide-category-policy-p1").set_value("utilities")
    page.checkbox(key="guide-confirm-policy-p1").check()
    page.button(key="guide-save").click().run()
    assert not page.error, page.error[0].value
    assert there(store.read(lambda con: guidance.of_policy(con, "p1"))).since == form.issued_on
    assert "公开指引第 1 条" in links(open_page(people.leader, "policies", policy="p1"))
