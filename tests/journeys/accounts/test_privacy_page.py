"""The administrator's page of personal data: who was shown whom, how long what is kept, and erasing on request."""

from datetime import timedelta

from casework.cases.calling import show_whom_to_call
from db import sql
from db.people import enterprises
from db.scope import ALL
from db.system.erasure import MARK
from db.system.retention import RULES
from pages.shared import here
from pages.shared.plain import letters
from tests.casework.cases.steps import bring_to
from tests.conftest import words
from tests.journeys.desk.test_desk import html


def test_it_says_who_was_shown_whom_and_why_and_how_long_what_is_kept(store, people, open_page):
    case = bring_to(store, people, "dispatched")
    show_whom_to_call(store, actor=people.department, case_id=case.id, reason="约上门时间", at=here.now())
    old = {"at": here.now() - timedelta(days=184)}
    statement = """INSERT INTO sign_in (id, happened_at, way, name, address, outcome)
        VALUES ('x', $at, 'password', 'n', 'a', 'refused')"""
    store.write(lambda con: sql.run(con, statement, old))
    shown = html(open_page(people.admin, "privacy"))
    assert all(part in shown for part in ("约上门时间", "示例department", case.number, people.firm.name_zh))
    assert shown.count('class="f2f-row f2f-kept"') == len(RULES) and "现在到期 1 条" in shown
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM sign_in WHERE id = 'x'")) == 1, (
        "it is a dry run"
    )


def test_an_enterprise_is_erased_by_its_code_typed_twice_and_a_reason(store, people, open_page):
    code = people.firm.uscc
    bring_to(store, people, "dispatched")
    page = open_page(people.admin, "privacy")
    page.text_input(key="erase-enterprise").set_value("91330000MA0000000X")
    press(page, "查找")
    assert "没有找到" in "".join(error.value for error in page.error)
    page.text_input(key="erase-enterprise").set_value(code)
    press(page, "查找")
    assert "事项" in html(page) and letters(code) in "".join(one.label for one in page.text_input)
    page.text_input(key="erase-reason").set_value("企业申请")
    page.text_input(key="erase-typed").set_value("别的")
    press(page, "删除")
    assert letters(code) in "".join(error.value for error in page.error)
    assert page.text_input(key="erase-reason").value == "企业申请", "what was typed stays"
    page.text_input(key="erase-typed").set_value(code)
    press(page, "删除")
    assert not page.exception and not page.error and "已删除" in "".join(one.value for one in page.success)
    assert page.text_input(key="erase-enterprise").value == ""
    firm = store.read(lambda con: enterprises.get(con, ALL, people.firm.id))
    assert (firm.name_zh, firm.active) == (MARK, False)


def press(page, label):
    next(one for one in page.button if one.label == label).click().run(timeout=60)


def test_nobody_else_opens_it(people, open_page):
    for role in ("staff", "leader", "department", "town", "officer", "enterprise"):
        shown = words(open_page(getattr(people, role), "privacy"))
        assert "保存期限" not in shown, role
