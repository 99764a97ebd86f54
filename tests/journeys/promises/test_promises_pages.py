"""The promise ledger as a department, a leader and the enterprise see it."""

from datetime import timedelta

import pytest
import time_machine
from starlette.requests import Request

from db.cases import cases
from pages.promises.routes import export_promises
from pages.routes import ROUTES
from pages.shared.here import SESSION_COOKIE
from tests.casework.cases.steps import PROMISE, bring_to, take
from tests.conftest import NOON, sent, session_of

pytestmark = pytest.mark.usefixtures("the_day")
LATER = PROMISE + timedelta(days=21)


@pytest.fixture
def the_day():
    with time_machine.travel(NOON.replace(tzinfo=None).isoformat() + "+00:00", tick=False):
        yield


def html(page):
    return "\n".join(str(block.proto.body) for block in page.get("html"))


def drawer(open_page, who, case):
    page = open_page(who, "desk")
    page.query_params["case"] = case.id
    return page.run()


def test_a_department_asks_for_more_time_and_a_leader_grants_it(open_page, store, people):
    case = bring_to(store, people, "committed")
    page = drawer(open_page, people.department, case)
    page.pills(key=f"do-{case.id}").select("ask_extension").run()
    page.date_input(key=f"extended_on-{case.id}").set_value(LATER).run()
    page.text_area(key=f"words-{case.id}-0").set_value("设备延迟到货").run()
    page.button(key=f"submit-{case.id}-ask_extension").click().run()
    assert "申请人不能审批自己的申请" in " ".join(caption.value for caption in page.caption)
    page = drawer(open_page, people.leader, case)
    assert page.pills(key=f"do-{case.id}").options == ["同意延期", "不同意延期", "批示"]
    assert "2024年1月10日" in " ".join(text.value for text in page.text)
    page.button(key=f"submit-{case.id}-grant_extension").click().run()
    kept = store.read(lambda con: cases.get(con, people.staff.scope, case.id))
    assert (kept.promised_on, kept.due_on) == (PROMISE, LATER)
    assert "承诺台账" in html(page) and "按首次承诺" in html(page) and "同意" in html(page)


def test_the_enterprise_reads_both_dates_and_why_in_plain_words(open_page, store, people):
    case = take(store, people.department, bring_to(store, people, "committed"), "ask_extension")
    take(store, people.leader, case, "grant_extension")
    page = open_page(people.enterprise, "case")
    page.query_params["id"] = case.id
    page.run()
    shown = html(page)
    assert "最初承诺：2023年12月20日" in shown and "延期后：2024年1月10日" in shown
    assert "设备延迟到货" in shown


def test_a_promise_that_stands_offers_no_second_one(open_page, store, people):
    case = bring_to(store, people, "committed")
    page = drawer(open_page, people.department, case)
    page.pills(key=f"do-{case.id}").select("answer").run()
    assert page.segmented_control(key=f"kind-{case.id}").options == ["已经解决", "说明情况"]


def test_the_ledger_lists_promises_with_their_extension_and_the_address_narrows_it(open_page, store, people):
    case = take(store, people.department, bring_to(store, people, "committed"), "ask_extension")
    take(store, people.leader, case, "grant_extension")
    bring_to(store, people, "committed", title="<b>第二件</b>")
    shown = html(open_page(people.leader, "promises"))
    assert "园区夜间停电" in shown and "设备延迟到货" in shown and "&lt;b&gt;第二件" in shown
    narrowed = html(open_page(people.department, "promises", state="extended"))
    assert "园区夜间停电" in narrowed and "第二件" not in narrowed
    assert "没有符合条件的承诺" in html(open_page(people.other_department, "promises"))


def test_the_ledger_leaves_as_a_file_within_the_askers_scope_and_nothing_in_it_runs(store, people):
    case = bring_to(store, people, "committed", title="=1+1")
    take(store, people.department, case, "ask_extension")

    def asked(actor, query=""):
        cookie = f"{SESSION_COOKIE}={session_of(store, actor)}".encode()
        scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"cookie", cookie)]}
        return export_promises(Request({**scope, "path_params": {"kind": "csv"}, "query_string": query.encode()}))

    said = sent(asked(people.staff)).decode()
    assert "'=1+1" in said and "设备延迟到货" in said and "2023-12-20" in said
    assert "=1+1" not in sent(asked(people.staff, "state=kept")).decode()
    assert "=1+1" not in sent(asked(people.other_department)).decode()
    assert [asked(getattr(people, role)).status_code for role in ("town", "officer", "enterprise")] == [403] * 3
    assert export_promises in {route.endpoint for route in ROUTES}
