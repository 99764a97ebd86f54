"""Policies, an enterprise's story and the check of a receipt, as pages."""

from datetime import date

import pytest
from stdnum.cn import uscc

from access.tokens import new_code
from casework.policies import PolicyForm, add_policy, link_cases
from db import events, policies, sql
from db.policies import PolicyFilter
from db.scope import ALL
from db.system import proofs
from intake.issue.raising import IssueForm, submit_issue
from tests.casework.cases.steps import raise_case
from tests.conftest import NOON
from tests.insight.world import add_policy as grant
from tests.paths import ROOT

BODY = "91330603MA7654321"
CODE = BODY + uscc.calc_check_digit(BODY)


def shown(page) -> str:
    """Everything that the page draws as words: our markup, captions, titles, messages."""
    assert not page.exception, [e.value for e in page.exception]
    kinds = ("title", "caption", "success", "error", "warning", "info", "header", "markdown", "text")
    plain = [element.value for kind in kinds for element in getattr(page, kind)]
    return "\n".join([*plain, *(str(element.proto.body) for element in page.get("html"))])


def press(page, opener: str, key: str):
    """Press a button of a dialog. A test's page runs whole, which would close it: its opener is pressed along."""
    page.button(key=opener).click()
    return page.button(key=key).click().run()


def links(page) -> list[str]:
    return [link.proto.label for link in page.get("page_link")]


@pytest.fixture
def policy(store, people):
    form = PolicyForm("用电保障办法<b>", "Securing power", "economy_it", date(2023, 1, 10))
    return add_policy(store, actor=people.staff, policy_id="p1", form=form, at=NOON)


@pytest.fixture
def receipt(store, people):
    issue = IssueForm("problem", "utilities", "C17", "330603001", "夜间停电", "近两个月多次停电。")
    return submit_issue(
        store, actor=people.enterprise, form_id="f", code=new_code(), issue=issue, at=NOON, language="zh"
    )


def test_staff_add_a_policy_and_it_opens(open_page, store, people):
    page = open_page(people.staff, "policies")
    assert "没有符合条件的政策" in shown(page)
    page.button(key="policy-add").click().run()
    press(page, "policy-add", "policy-save")
    assert "请填写中文和英文名称" in shown(page), "the first of what is missing"
    page.text_input(key="policy.title_zh").set_value("用电保障办法")
    page.text_input(key="policy.title_en").set_value("Securing power")
    press(page, "policy-add", "policy-save")
    assert "请选择印发日期" in shown(page)
    page.selectbox(key="policy-body").set_value("economy_it")
    page.date_input(key="policy-day").set_value(date(2023, 1, 10))
    press(page, "policy-add", "policy-save")
    (line,) = store.read(lambda con: policies.find(con, ALL, PolicyFilter(), limit=9, offset=0))
    assert (line.policy.number, line.policy.title_zh) == (1, "用电保障办法")
    assert "第 1 项 · 用电保障办法" in shown(page)


def test_a_leader_reads_and_changes_nothing(open_page, store, people, policy):
    case = raise_case(store, people, title="<i>停电</i>")
    link_cases(store, actor=people.staff, policy_id="p1", numbers=[case.number], seen=1, at=NOON)
    page = open_page(people.leader, "policies")
    assert "用电保障办法&lt;b&gt;" in shown(page) and "回应 1 件诉求" in shown(page)
    assert "policy-add" not in [button.key for button in page.button]
    opened = open_page(people.leader, "policies", language="en", policy="p1")
    assert "Securing power" in shown(opened) and "&lt;i&gt;停电&lt;/i&gt;" in shown(opened)
    assert [button.key for button in opened.button] == ["policy-back"]


def test_cases_are_linked_and_unlinked_in_dialogs(open_page, store, people, policy):
    case = raise_case(store, people)
    page = open_page(people.staff, "policies", policy="p1")
    page.button(key="policy-link").click().run()
    page.text_area(key="policy-numbers").set_value(f"{case.number}，2023-9999")
    press(page, "policy-link", "policy-save")
    assert "没有找到这些编号的诉求" in shown(page)
    page.text_area(key="policy-numbers").set_value(f"{case.number}、")
    press(page, "policy-link", "policy-save")
    assert store.read(lambda con: policies.linked(con, "p1")) == {case.id}
    assert case.number in links(page)
    page.button(key="policy-unlink").click().run()
    page.selectbox(key="policy-unlinked").set_value(case.id)
    press(page, "policy-unlink", "policy-save")
    assert store.read(lambda con: policies.linked(con, "p1")) == set()


def test_a_list_is_previewed_confirmed_and_counted(open_page, store, people, policy):
    page = open_page(people.staff, "policies", policy="p1")
    page.button(key="policy-import").click().run()
    content = f"统一社会信用代码,受益日期\n{CODE},2023-05-01\n{CODE},2023-04-01\n".encode("gb18030")
    page.file_uploader[0].upload("名单.csv", content, "text/csv")
    page.button(key="policy-import").click().run()
    assert "只计一次" in shown(page) and "不在企业名录" in shown(page)
    press(page, "policy-import", "confirm-beneficiaries")
    assert "名单已导入，新增 1 家" in shown(page)
    assert store.read(lambda con: policies.beneficiaries_by_year(con, "p1")) == [(2023, 1)]


def test_a_policy_that_is_not_there_says_so(open_page, people):
    assert "没有这项政策" in shown(open_page(people.staff, "policies", policy="none"))


@pytest.mark.parametrize("who", ["enterprise", "officer", "department", "town", "admin"])
def test_the_policies_are_for_staff_and_leaders(open_page, people, policy, who):
    assert "用电保障办法" not in shown(open_page(getattr(people, who), "policies"))


def test_the_story_tells_issues_and_policies_by_year(open_page, store, people):
    raise_case(store, people, title="<u>夜间停电</u>")
    grant(store, 1, "2022-01-10", (people.firm.uscc, "2022-02-01"))
    for who in (people.staff, people.leader, people.officer):
        said = shown(open_page(who, "story", id=people.firm.id))
        assert all(part in said for part in (people.firm.name_zh, "2023 年", "2022 年", "享受政策", "&lt;u&gt;"))
    english = shown(open_page(people.staff, "story", language="en", id=people.firm.id))
    assert people.firm.name_en in english and "Raised a problem" in english


def test_an_officer_is_refused_the_story_of_anothers_enterprise(open_page, people):
    page = open_page(people.officer, "story", id=people.other_firm.id)
    assert "不在您的服务范围" in shown(page) and people.other_firm.name_zh not in shown(page)
    assert list(page.selectbox(key="story-enterprise").options) == [people.firm.name_zh]


@pytest.mark.parametrize("who", ["enterprise", "stranger", "department", "town", "admin"])
def test_the_story_is_not_for_others(open_page, store, people, who):
    raise_case(store, people, title="夜间停电")
    page = open_page(getattr(people, who), "story", id=people.firm.id)
    assert "夜间停电" not in shown(page) and not page.selectbox


def test_a_receipts_address_says_when_and_as_which_event_it_was_entered(open_page, store, people, receipt):
    n = store.revision()
    page = open_page(None, "verify", n=receipt.number, hash=proofs.mark(receipt.head_hash))
    said = shown(page)
    assert "这份回执有效" in said and f"登记为第 {n} 条记录" in said and "2023年11月30日" in said
    assert people.firm.name_zh not in said and "停电" not in said
    english = open_page(None, "verify", language="en", n=receipt.number, hash=receipt.head_hash)
    assert f"was entered as event {n} on 30 Nov 2023" in shown(english)


def test_a_typed_receipt_is_checked_and_a_wrong_one_is_told(open_page, store, receipt):
    page = open_page(None, "verify")
    number, mark = page.text_input[:2]  # below them is the code of one's own answers
    number.set_value(receipt.number)
    mark.set_value("0" * 12)
    page.button(key="verify-check").click().run()
    assert "没有找到这份回执" in shown(page) and "编号与存证码不符" in shown(page)
    page.text_input[1].set_value(proofs.mark(receipt.head_hash))
    page.button(key="verify-check").click().run()
    assert "这份回执有效" in shown(page)


def test_a_check_of_nothing_is_forgotten_by_whoever_comes_back(open_page):
    page = open_page(None, "verify")
    page.button(key="verify-check").click().run()
    assert "请填写回执上的编号" in shown(page)
    page.switch_page(str(ROOT / "pages/entrance/welcome.py")).run()
    page.switch_page(str(ROOT / "pages/issue/verify.py")).run()
    assert page.button(key="verify-check") and "请填写" not in shown(page)
    page.button(key="verify-check").click().run()
    assert "请填写回执上的编号" in shown(page)


def test_a_changed_record_is_told(open_page, store, receipt):
    n = store.read(lambda con: events.of_subject(con, receipt.case_id))[0]["n"]
    store.write(lambda con: sql.run(con, "UPDATE event SET actor_role = 'staff' WHERE n = $n", {"n": n}))
    page = open_page(None, "verify", n=receipt.number, hash=proofs.mark(receipt.head_hash))
    assert "登记内容与回执不一致" in shown(page) and "有效" not in shown(page)


def test_the_enterprise_finds_its_receipt_on_the_case(open_page, people, receipt):
    page = open_page(people.enterprise, "case", id=receipt.case_id)
    assert proofs.mark(receipt.head_hash) in shown(page)
    assert "核验这份回执" in links(page)


def test_the_drawer_and_the_register_lead_to_the_story(open_page, store, people):
    case = raise_case(store, people)
    assert any("云锦示范纺织" in label for label in links(open_page(people.staff, "desk", case=case.id)))
    assert not any("历程" in label for label in links(open_page(people.department, "desk", case=case.id)))
    assert "历程" in links(open_page(people.staff, "enterprises"))
