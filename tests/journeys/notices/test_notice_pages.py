"""One's own notices, and the administrator's view of the queue."""

from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest
from starlette.requests import Request

from casework.notices.channels import Delivery, Outside
from casework.notices.delivery import MOST_TRIES, deliver_due
from casework.notices.notices import own_contacts
from db.notices import outbox
from db.system import settings
from pages.entrance import routes as entrance_routes
from tests.casework.cases.steps import bring_to
from tests.casework.notices.test_delivery import by_state, tell
from tests.conftest import PASSWORD, awaited, words
from tests.there import there

ROLES = ("enterprise", "officer", "department", "town", "staff", "leader", "admin")


def press(page, label):
    next(button for button in page.button if button.label == label).click()
    return page.run()


@pytest.mark.parametrize("role", ROLES)
def test_everybody_with_an_account_chooses_how_they_are_told(open_page, people, role):
    shown = words(open_page(getattr(people, role), "notices_mine"))
    assert "目前没有登记接收方式" in shown and "保留到您更换为止" in shown and "第 1 版" in shown


def test_a_person_gives_an_address_and_reads_it_masked(open_page, people, store):
    page = open_page(people.staff, "notices_mine", language="en")
    page.text_input[0].set_value("li.si@office.example")
    press(page, "Save")
    assert there(own_contacts(store, actor=people.staff)["account"]).language == "en"
    shown = words(open_page(people.staff, "notices_mine", language="en"))
    assert "l***@office.example" in shown and "li.si" not in shown


def test_an_address_that_is_none_is_refused_in_words(open_page, people, store):
    page = open_page(people.staff, "notices_mine", language="en")
    page.text_input[0].set_value("http://169.254.169.254/latest")
    press(page, "Save")
    assert any("may not go to" in error.value for error in page.error)
    assert own_contacts(store, actor=people.staff) == {"account": None}


def test_a_trial_is_queued(open_page, people, store):
    tell(store, people.staff, "li@office.example")
    press(open_page(people.staff, "notices_mine"), "发一条测试消息")
    assert [n.kind for n in store.read(lambda con: outbox.listed(con, state="queued", limit=5))] == ["trial"]


def test_the_empty_queue_says_so(open_page, people):
    page = open_page(people.admin, "notices")
    assert any("队列是空的" in html.proto.body for html in page.get("html"))


def test_the_administrator_sees_why_it_failed_and_tries_again(open_page, people, store):
    tell(store, people.enterprise, "li@firm.example")
    case = bring_to(store, people, "accepted")
    at = there(case.accepted_at)
    for _ in range(MOST_TRIES):
        deliver_due(store, at=at, outside=Outside("mailto://x"), carry=lambda *_: Delivery("refused mailbox full"))
        at += timedelta(hours=7)
    page = open_page(people.admin, "notices", language="en", state="abandoned")
    drawn = " ".join(html.proto.body for html in page.get("html"))
    assert case.number in drawn and "The server refused it" in drawn and "mailbox full" in drawn
    assert "l***@firm.example" in drawn and "li@firm" not in drawn
    press(page, "Try again")
    assert by_state(store) == {"queued": 1}
    assert any("No mail server is set" in warning.value for warning in page.warning)


def test_only_an_administrator_opens_the_queue(open_page, people):
    assert "这个页面不对您开放" in words(open_page(people.staff, "notices"))


def test_the_administrator_names_the_address_of_the_site(open_page, people, store):
    page = open_page(people.admin, "system", language="en")
    page.text_input[2].set_value("https://f2f.example/?x=1")
    press(page, "Save the address")
    assert any("no query" in error.value for error in page.error)
    page.text_input[2].set_value("https://f2f.example/")
    press(page, "Save the address")
    assert store.read(settings.public_url) == "https://f2f.example"


def sign_in(path, **form):
    """What our route answers to this address, or to this form."""
    body = urlencode(form).encode()
    headers = [(b"content-type", b"application/x-www-form-urlencoded")]
    asked = urlsplit(path)
    scope = {
        "type": "http",
        "method": "POST" if form else "GET",
        "scheme": "http",
        "path": asked.path,
        "query_string": asked.query.encode(),
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    request = Request(scope, receive)
    return awaited(entrance_routes.sign_in(request)) if form else entrance_routes.sign_in_form(request)


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [("/case?id=abc", "/case?id=abc"), ("//evil.example", "/"), ("/\\evil.example", "/"), ("http://[", "/"), ("", "/")],
)
def test_signing_in_leads_to_what_a_message_linked_and_never_off_this_site(people, asked, leads_to):
    form = sign_in(f"/sign-in?{urlencode({'next': asked})}")
    assert f'name="next" value="{leads_to}"' in bytes(form.body).decode()
    answer = sign_in("/sign-in", login=people.accounts.enterprise.login, password=PASSWORD, next=asked)
    assert answer.headers["location"] == leads_to


def test_a_wrong_password_keeps_where_one_was_going(people):
    answer = sign_in("/sign-in", login=people.accounts.enterprise.login, password="no", next="/case?id=abc")
    assert 'value="/case?id=abc"' in bytes(answer.body).decode()


def bell(page):
    return next(html.proto.body for html in page.get("html") if "f2f-header" in html.proto.body)


def test_the_bell_says_how_much_is_new_and_its_page_leads_to_each_case(open_page, people, store):
    case = bring_to(store, people, "dispatched")
    assert 'aria-label="1条新消息"><b>1</b>' in bell(open_page(people.department, "desk"))
    page = open_page(people.department, "inbox")
    (link, settings) = [one.proto for one in page.get("page_link")]
    assert (
        f"新交办诉求 {case.number.replace('-', chr(92) + '-')}" in link.label and link.query_string == f"case={case.id}"
    )
    assert case.title in words(page) and settings.page.endswith("notices_mine")
    assert 'aria-label="新消息"></a>' in bell(open_page(people.department, "desk"))
    assert "1 new" in bell(open_page(people.staff, "inbox", language="en"))


def test_an_enterprise_s_bell_leads_to_its_own_page_of_the_case(open_page, people, store):
    case = bring_to(store, people, "accepted")
    links = [one.proto for one in open_page(people.enterprise, "inbox").get("page_link")]
    assert links[0].page.endswith("case") and links[0].query_string == f"id={case.id}"


def test_the_empty_bell_says_that_no_address_is_needed(open_page, people):
    assert "不需要登记任何接收方式" in words(open_page(people.leader, "inbox"))
