"""An officer's visit as the officer, the enterprise and the office see it; nobody else does."""

from dataclasses import replace

import pytest

from casework.conduct import visits_here, words_to_office
from db import clock
from tests.casework.test_conduct import VISIT, WORD, record, say
from tests.conftest import NOON, session_of, words
from tests.journeys.policies.test_policy_pages import links, press, shown
from tests.plain import PlainBrowser


@pytest.fixture
def now_is_then(monkeypatch):
    monkeypatch.setattr("pages.shared.here.now", lambda: NOON)
    monkeypatch.setattr("pages.shared.asking.now", lambda: NOON)


def test_an_officer_records_a_visit_and_reads_their_own_numbers(open_page, store, people):
    page = open_page(people.officer, "care")
    assert "还没有记录走访" in shown(page)
    opener = f"visit-{people.firm.id}"
    page.button(key=opener).click().run()
    press(page, opener, "visit-save")
    assert "请选择在哪里" in shown(page)
    page.segmented_control(key="visit-place").set_value("theirs")
    page.segmented_control(key="visit-asked").set_value(False)
    page.text_area(key="visit-about").set_value("了解<b>用工")
    press(page, opener, "visit-save")
    assert "近一年走访 1 次：应约 0 次，主动 1 次，上门 1 次" in shown(page) and "了解&lt;b&gt;用工" in shown(page)
    assert "企业评价" not in shown(page)


def test_an_enterprise_of_whose_visits_nothing_is_recorded_is_led_to_where_it_tells_one(open_page, people):
    assert "服务员来访" in links(open_page(people.enterprise, "home"))


def test_an_enterprise_says_how_it_was_and_the_office_alone_reads_it(open_page, store, people, now_is_then):
    record(store, people, form=VISIT)
    assert any("服务员来访 1 次" in label for label in links(open_page(people.enterprise, "home")))
    page = open_page(people.enterprise, "visits")
    assert "看看用电的事" in shown(page) and "专班" in shown(page)
    page.button(key="send-v1-1").click().run()
    assert "请选择怎么样" in shown(page)
    page.segmented_control(key="did-v1-1").set_value(False)
    page.pills(key="felt-v1-1").set_value("disturbing")
    page.text_area(key="visit-said-v1-1").set_value("<i>来了三次")
    page.button(key="send-v1-1").click().run()
    (seen,) = visits_here(store, actor=people.enterprise, at=NOON)
    assert (seen.visit.said_asked, seen.visit.felt) == (False, "disturbing")
    assert (seen.visit.said, seen.visit.named) == ("<i>来了三次", False)
    office = open_page(people.staff, "conduct")
    assert "<i>来了三次" in shown(office) and "未署名" in shown(office) and people.firm.name_zh not in shown(office)
    assert "企业评价 1 条" in shown(office) and "走访 1 次" in shown(office)
    for who in (people.officer, people.leader, people.department, people.town, people.admin, people.stranger):
        assert "来了三次" not in words(open_page(who, "conduct"))
    assert "来了三次" not in words(open_page(people.officer, "care"))
    assert "看看用电的事" not in words(open_page(people.stranger, "visits"))


def test_the_office_finds_what_is_said_of_an_officer(open_page, store, people, now_is_then):
    for n in range(2):
        record(store, people, f"v{n}")
        say(store, people.enterprise, f"v{n}")
    said = "企业评价 2 条：有帮助 0，没打扰 0，打扰了 2，没有来过 0"
    office = open_page(people.staff, "conduct", text="示例officer")
    assert said in shown(office) and WORD.said in shown(office)
    assert [one.label for one in office.expander] == ["企业写给专班的话（2 条）"]
    office = open_page(people.staff, "conduct", text="别人")
    assert said not in shown(office) and WORD.said not in shown(office)
    assert "企业评价" not in shown(open_page(people.officer, "care"))


def test_without_a_script_it_is_said_too_and_nothing_typed_is_lost(store, people):
    record(store, people, form=replace(VISIT, day=clock.day_of(clock.now())), at=clock.now())
    account = PlainBrowser(session=session_of(store, people.enterprise))
    account.open("/f/visits").press("say", **{"said-v1": "来了 <三次>", "named-v1": "1"})
    assert account.answer.status == 409 and "#felt-v1" in account.page.links
    assert account.page.forms[0].values["said-v1"] == ["来了 <三次>"]
    account.press("say", **{"did-v1": "no", "felt-v1": WORD.felt})
    assert "您已评价：打扰了" in account.page.text
    (word,) = words_to_office(store, actor=people.staff, at=clock.now())
    assert (word.said, word.named) == ("来了 <三次>", True)
    again = {"did-v1": "", "felt-v1": "", "said-v1": "长" * 301, "named-v1": None}
    account.open("/f/visits").press("say", **again)
    assert account.answer.status == 409 and "named-v1" not in account.page.forms[0].values, "its name was taken away"
    stranger = PlainBrowser(session=session_of(store, people.stranger))
    assert "没有来访记录" in stranger.open("/f/visits").page.text


def test_an_enterprise_tells_of_a_visit_that_nobody_recorded(open_page, store, people, now_is_then):
    page = open_page(people.enterprise, "visits")
    page.button(key="send-told").click().run()
    assert "请选择来的是哪个部门" in shown(page)
    key = page.session_state["tell-visit"]
    page.selectbox(key=f"visit-body-{key}").set_value("economy_it")
    page.segmented_control(key=f"visit-place-{key}").set_value("theirs")
    page.segmented_control(key=f"did-{key}").set_value(False)
    page.pills(key=f"felt-{key}").set_value("disturbing")
    page.text_area(key=f"visit-said-{key}").set_value("没有记录的来访")
    page.button(key="send-told").click().run()
    (seen,) = visits_here(store, actor=people.enterprise, at=NOON)
    assert (seen.visit.body_code, seen.visit.felt, seen.visit.said) == ("economy_it", "disturbing", "没有记录的来访")
    assert "您告诉我们的" in shown(page)
    office = shown(open_page(people.staff, "conduct"))
    assert "企业说来过 1 次" in office and "没有记录的来访" in office and people.firm.name_zh not in office
    assert "没有记录的来访" not in words(open_page(people.officer, "care"))


def test_without_a_script_it_is_told_too(store, people):
    account = PlainBrowser(session=session_of(store, people.enterprise)).open("/f/visits")
    (told,) = [one for one in account.page.forms if any(name.startswith("body-") for name in one.values)]
    key = told.values["visit"][0]
    account.press("tell", **{f"said-{key}": "来过 <一次>"})
    assert account.answer.status == 409 and "请选择走访日期" in account.page.text
    given = {"day": clock.day_of(clock.now()).isoformat(), "body": "economy_it", "place": "phone", "did": "yes",
             "felt": "useful"}  # fmt: skip
    account.press("tell", **{f"{name}-{key}": value for name, value in given.items()})
    (word,) = words_to_office(store, actor=people.staff, at=clock.now())
    assert (word.said, word.body_code, word.named) == ("来过 <一次>", "economy_it", False)
