"""Several processes serve one store on a server, behind the proxy as deploy/ ships it: what one does the other knows,
and who was with the one that dies goes on with the other."""

import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import cycle
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import requests
from playwright.sync_api import Page, expect

import i18n
from access.form_limits import LIMITS
from access.throttle import MOST_UNDER_NAME
from casework.notices.notices import TRIAL
from db import __main__ as command
from db import clock, events, sql
from db.notices import outbox
from db.notices.outbox import Contact, Notice
from db.people import accounts
from db.store import open_store
from tests.casework.notices.test_delivery import MailServer
from tests.conftest import enter, serving, settle, wait_for, wall_token
from tests.deploy import proxy
from tests.deploy.test_proxy import service_environment
from tests.deploy.visitor import Visitor
from tests.intake.issue.test_attachments import PDF
from tests.journeys.figures.test_live_browser import ISSUES, SLOW
from tests.journeys.issue.test_issue_browser import choose_category, type_into
from tests.server import database, installed, postgres
from tests.settled import LISTENS
from tests.there import there

pytestmark = pytest.mark.browser

TOO_MANY = i18n.text("error.too_many_tries", "zh", minutes=24 * 60)
FILLED = {"kind": "problem", "title": "夜班公交没有", "text": "末班车七点就没有了", "category": "finance"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Iterator[SimpleNamespace]:
    """.url is the proxy's, .one and .two the processes behind it, .store a look at what they share, .mail takes what
    they send."""
    if not installed():
        pytest.skip("PostgreSQL's server is not installed, and tests/postgres.sh could not install it")
    folder = tmp_path_factory.mktemp("several")
    with ExitStack() as held:
        server, mail = held.enter_context(postgres()), MailServer()
        url = f"postgresql:///{database(server)}?host={server}&folder={folder / 'beside'}"
        assert command.main(["copy", f"duckdb:{demo_file}", url]) == 0
        mail.start()
        held.callback(mail.stop)
        told = {**service_environment(), "NOTICE_MAIL_URL": there(mail.outside.mail_url)}
        one, two = (held.enter_context(serving(url, **told)) for _ in range(2))
        ports = [urlsplit(process.url).port or 0 for process in (one, two)]
        _, secure = held.enter_context(proxy.proxied(folder, ports))
        store = held.enter_context(closing(open_store(url)))
        yield SimpleNamespace(url=f"https://127.0.0.1:{secure}", certificate=str(folder / "fullchain.pem"), one=one,
                              two=two, store=store, store_url=url, mail=mail)  # fmt: skip


def drawn(house: SimpleNamespace, chromium, login: str | None, path: str, **how) -> Page:
    """A page through the proxy, with the process that the cookie names from the start."""
    context = chromium.new_context(locale="zh-CN", ignore_https_errors=True, **how)
    context.add_init_script(LISTENS)
    context.add_cookies([{"name": "f2f_process", "value": "1", "url": house.url}])
    if login:
        enter(context, house.url, login)
    page = context.new_page()
    page.goto(f"{house.url}/{path}")
    settle(page)
    return page


def process_of(page: Page) -> str:
    return {one.get("name"): one.get("value", "") for one in page.context.cookies()}["f2f_process"]


def test_a_browser_stays_with_the_process_that_it_met_first(house):
    visitors = [Visitor(house.url, house.certificate).open("/sign-in") for _ in range(4)]
    first = [one.session.cookies["f2f_process"] for one in visitors]
    assert set(first) == {"1", "2"}
    assert [one.open("/sign-in").session.cookies["f2f_process"] for one in visitors] == first
    assert [one.answer.headers.get("Set-Cookie") for one in visitors] == [None] * 4


def test_who_signs_in_at_one_is_known_at_the_other_until_they_sign_out_anywhere(house):
    visitor = Visitor(house.one.url)
    assert visitor.sign_in("enterprise").status_code == 303
    visitor.site = house.two.url
    assert FILLED["title"] in visitor.open("/f/raise").press("add", **FILLED).answer.text
    visitor.session.post(f"{house.two.url}/sign-out", headers={"Origin": house.two.url}, allow_redirects=False)
    visitor.site = house.one.url
    assert "password" in visitor.open("/f/raise").answer.text


def test_wrong_passwords_are_counted_over_both(house):
    sites = [house.one.url, house.two.url] * MOST_UNDER_NAME
    for site in sites[:MOST_UNDER_NAME]:
        assert "账号或密码不正确" in Visitor(site).sign_in("town", "wrong").text
    assert [Visitor(site).sign_in("town").status_code for site in sites[:2]] == [403, 403]


def test_what_one_link_may_send_is_counted_over_both(house):
    visitor = Visitor(house.one.url)
    visitor.sign_in("enterprise")
    receipt, said = visitor.open("/f/raise").press("send", **FILLED).page, []
    for n in range(LIMITS["mail"].own + 1):
        visitor.site, visitor.page = (house.one, house.two)[n % 2].url, receipt
        said.append(TOO_MANY in visitor.press("mail", mail=f"a{n}@example.com").answer.text)
    assert said == [False] * LIMITS["mail"].own + [True]


def test_what_was_begun_at_one_goes_on_at_the_other_with_its_files(house, chromium):
    visitor = Visitor(house.one.url)
    visitor.sign_in("enterprise")
    visitor.open("/f/raise").press("add", files=(("合同.pdf", PDF),), **FILLED)
    page = drawn(house, chromium, "enterprise", "raise")
    type_into(page, ".st-key-issue_title input", "在一处写的题目")
    page.context.add_cookies([{"name": "f2f_process", "value": "2", "url": house.url}])
    page.reload()
    settle(page)
    expect(page.locator(".st-key-issue_title input")).to_have_value("在一处写的题目")
    page.context.close()
    visitor.site = house.two.url
    sent = visitor.open("/f/raise").press("send").page
    number = there(re.search(r"\d{4}-\d{4}", sent.text))[0]
    kept = house.store.read(lambda con: sql.rows(con, _FILES, {"number": number}))
    assert [(row["title"], bytes(row["content"])) for row in kept] == [("在一处写的题目", PDF)]


_FILES = """
    SELECT c.title, a.content FROM cases c JOIN attachment a ON a.case_id = c.id WHERE c.number = $number
    """


def test_what_one_takes_in_moves_the_page_of_who_looks_through_the_other(house, chromium):
    page, loads = drawn(house, chromium, "leader", "outcomes"), []
    card = page.locator(ISSUES)
    card.wait_for()
    page.on("load", lambda _: loads.append(page.url))
    before = card.inner_text()
    visitor = Visitor(house.two.url)
    visitor.sign_in("enterprise")
    visitor.open("/f/raise").press("send", **FILLED)
    expect(card).not_to_have_text(before, timeout=SLOW)
    assert loads == [] and process_of(page) == "1"
    page.context.close()


def test_each_notice_leaves_once(house):
    leader = there(house.store.read(lambda con: accounts.by_login(con, "leader")))
    to = Contact("account", leader.id, "mailto://leader@district.example", "zh", True)
    at, ids = clock.now(), [str(uuid4()) for _ in range(30)]
    told = [
        Notice(one, at, TRIAL, leader.id, "account", leader.id, "zh", {"path": "/"}, "queued", 0, at) for one in ids
    ]
    house.store.write(
        lambda con: outbox.save_contact(con, to, actor_id=leader.id, role="leader", at=at, notice_version=1)
    )
    house.store.write(lambda con: outbox.add(con, told[:-1]))
    assert wait_for(lambda: set(ids[:-1]) <= set(house.mail.ids))
    house.store.write(lambda con: outbox.add(con, told[-1:]))
    assert wait_for(lambda: ids[-1] in house.mail.ids)  # rounds later
    assert sorted(one for one in house.mail.ids if one in ids) == sorted(ids)


class Writes:
    """Somebody at the wall's form, who gives one answer after another. What fails on the way they send again."""

    def __init__(self, house: SimpleNamespace) -> None:
        self.visitor = Visitor(house.url, house.certificate)
        self.wall = f"/f/s/{wall_token(house)}"
        self.visitor.open(self.wall).press("start")
        self.told, self.lost, self.failed, self.ended = 0, [], 0, False
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        stands = ""
        for answer in cycle(("satisfied", "dissatisfied", "fairly_satisfied")):
            if self.ended:
                break
            if stands and self.stands() != stands:
                self.lost.append(stands)
            self.again_and_again(lambda: self.visitor.press("next", **{"a.P1": answer}))  # noqa: B023
            self.told, stands = self.told + 1, answer

    def stands(self) -> str:
        self.again_and_again(lambda: self.visitor.open(f"{self.wall}?step=1"))
        return self.visitor.page.forms[0].values["a.P1"][0]

    def again_and_again(self, ask: Callable[[], object]) -> None:
        while True:
            try:
                ask()
            except requests.RequestException:
                self.failed += 1
            else:
                break


def test_where_one_is_killed_nothing_that_was_told_is_lost_and_people_go_on_with_the_other(house, chromium):
    page = drawn(house, chromium, "enterprise", "raise")
    page.locator(".st-key-issue_kind button").first.click()
    type_into(page, ".st-key-issue_title input", "写到一半的题目")
    page.locator(".st-key-issue_text textarea").fill("写到一半的话")
    leader = drawn(house, chromium, "leader", "outcomes")
    writers = [Writes(house) for _ in range(4)]
    assert wait_for(lambda: min(one.told for one in writers) > 2)
    house.one.process.send_signal(signal.SIGKILL)
    before = [one.told for one in writers]
    page.locator(".st-key-issue_text textarea").blur()
    page.wait_for_selector('[data-test-connection-state="CONNECTED"]')
    assert wait_for(lambda: process_of(page) == "2")
    settle(page)
    page.reload()
    settle(page)
    expect(page.locator(".st-key-issue_text textarea")).to_have_value("写到一半的话")
    choose_category(page)
    page.locator(".st-key-issue_submit button").click()
    page.locator(".f2f-receipt").wait_for()
    assert process_of(page) == "2"
    assert wait_for(lambda: all(one.told > told + 2 for one, told in zip(writers, before, strict=True)))
    for one in writers:
        one.ended = True
        one.thread.join()
    assert [one.lost for one in writers] == [[]] * 4
    newest = "SELECT title, text FROM cases ORDER BY submitted_at DESC LIMIT 1"
    assert house.store.read(lambda con: sql.one(con, newest)) == {"title": "写到一半的题目", "text": "写到一半的话"}
    assert house.store.read(events.verify) == []
    settle(leader)
    card, card_before = leader.locator(ISSUES), leader.locator(ISSUES).inner_text()
    visitor = Visitor(house.two.url)
    visitor.sign_in("enterprise")
    visitor.open("/f/raise").press("send", **FILLED)
    expect(card).not_to_have_text(card_before, timeout=SLOW)
