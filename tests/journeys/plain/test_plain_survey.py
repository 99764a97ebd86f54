"""The survey without a script: by an invitation, a wall's code or an account; what is wrong, what moved, who may."""

import gzip
import hashlib
import re
from base64 import b64encode
from datetime import timedelta
from urllib.parse import unquote
from uuid import uuid4

import pytest

from access import form_limits
from access.upkeep import set_form_page
from db import clock, sql
from db.refused import Refused
from db.survey import drafts
from intake.survey import answering
from intake.waves import running as waves
from intake.waves.open_links import open_link
from pages.plain import frame
from pages.shared import here
from tests import sheets
from tests.access.test_routes import HOST, an_invitation, ask
from tests.conftest import session_of, words
from tests.intake.questionnaires.every_kind import EXAMPLES
from tests.intake.questionnaires.kinds import CHANNELS, an_item, asked_in_a_wave, every_kind
from tests.journeys.plain.test_same_answers import reference
from tests.plain import PlainBrowser
from tests.there import there


def of_one_question(item):
    """A questionnaire whose first screen asks this, and whose second one more."""
    last = an_item("Z", "text", screen="two", longest=20)
    return every_kind(items=[item, last])


@pytest.fixture
def wave(store, people):
    return asked_in_a_wave(store, people, every_kind(), here.now())


@pytest.fixture
def link(store, people, wave):
    until = here.now() + timedelta(days=9)
    return "/f/" + an_invitation(store, people, wave_id=wave.id, expires_at=until)


def answered(store):
    return store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM participation"))


FILLED = {"a.L1": "satisfied", "a.M1": ["none"]}


def test_an_invitation_is_one_answer_with_its_words_and_its_receipt_comes_again_by_it(store, link):
    first = ask("GET", link)
    assert first.status == 200 and "题型大全" not in first.text and "试" in first.text and "开始" in first.text
    assert here.SESSION_COOKIE in first.cookies
    phone = PlainBrowser().open(link).press("start").press("next", **FILLED)
    phone.press("next", **{"a.X1.price": "satisfied", "a.X1.speed": "na"})
    assert "提交前看一眼" in phone.page.title
    phone.press("send")
    assert answered(store) == 1 and "答卷已收到" in phone.page.text
    [mail] = [unquote(one) for one in phone.page.links if one.startswith("mailto:?")]
    code = there(re.search(r"取阅码 ([2-9A-Z]{16})", phone.page.text))[1]
    assert f"取阅码：{code}" in mail and "/verify" in mail, "it opens their own mail program: no address comes here"
    number = re.search(r"[A-Z]+-?\d{4}-\d+", phone.page.text)
    again = PlainBrowser().open(link)
    assert number and number.group() in again.page.text and "保存一份" not in again.page.text


def test_a_draft_goes_on_in_the_other_page(store, people, wave, open_page):
    session = session_of(store, people.enterprise)
    phone = PlainBrowser(session=session).open("/f").press("start").press("next", **FILLED)
    page = open_page(people.enterprise, "survey")
    page.radio(key="f2f-level5-X1-price").set_value("satisfied").run()
    assert page.radio(key="f2f-level5-X1-price").value == "satisfied"
    phone.open("/f")
    assert phone.page.forms[0].values["a.X1.price"] == ["satisfied"]
    phone.press("back")
    assert phone.page.forms[0].values["a.L1"] == ["satisfied"] and phone.page.forms[0].values["a.M1"] == ["none"]


@pytest.mark.parametrize(
    "kind", [kind for kind, example in EXAMPLES.items() if example.wrong and kind != "consent"]
)  # of that box, what it cannot be cannot be sent
def test_what_cannot_be_taken_stays_and_is_said_on_top_and_beside_the_question(store, people, kind):
    example = EXAMPLES[kind]
    given, sentence = there(example.wrong)
    asked_in_a_wave(store, people, of_one_question(example.item), here.now())
    phone = PlainBrowser(session=session_of(store, people.enterprise)).open("/f").press("start")
    typed = typed_as(example.item, given)
    phone.press("next", **typed)
    assert phone.page.text.count(sentence) == 2 and "#q-Q" in phone.page.links
    assert phone.page.title.startswith("有 1 处要改") and "第 1 页，共 2 页" in phone.page.title
    assert 'aria-invalid="true"' in phone.answer.text or "radio" in phone.answer.text
    assert 'aria-describedby="e-Q"' in phone.answer.text
    kept = {name: one for name, one in phone.page.forms[0].values.items() if name.startswith("a.")}
    if kind not in ("level5", "change5", "yes_no", "single", "scale10"):  # there no tile stands for it
        assert {name: one if len(one) > 1 else one[0] for name, one in kept.items() if one != [""]} == typed


def typed_as(item, given):
    if isinstance(given, dict):
        return {f"a.Q.{part}": str(one) for part, one in given.items()}
    return {"a.Q": given if isinstance(given, list) else str(given)}


def test_what_is_no_number_and_no_day_stays_as_it_was_typed(store, people):
    items = [an_item("A", "number", decimals=1), an_item("D", "date"), an_item("Z", "text", screen="two", longest=9)]
    asked_in_a_wave(store, people, every_kind(items=items), here.now())
    phone = PlainBrowser(session=session_of(store, people.enterprise), language="en").open("/f").press("start")
    phone.press("next", **{"a.A": "about <12>", "a.D": "last spring"})
    assert phone.page.title.startswith("2 problems") and "Please enter a number." in phone.page.text
    assert phone.page.forms[0].values["a.A"] == ["about <12>"] and phone.page.forms[0].values["a.D"] == ["last spring"]
    phone.press("next", **{"a.A": "１２.5", "a.D": "2023年5月6日"})
    assert "problem" not in phone.page.title
    phone.press("back")
    assert phone.page.forms[0].values["a.A"] == ["12.5"] and phone.page.forms[0].values["a.D"] == ["2023-05-06"]


def test_questions_that_an_answer_brings_stand_on_the_same_page_and_are_no_mistake(store, people, wave):
    phone = PlainBrowser(session=session_of(store, people.enterprise)).open("/f").press("start")
    phone.press("next", **{"a.L1": "satisfied", "a.M1": ["desk"]})
    assert (
        "a.T1" in phone.page.forms[0].names and "下面还有几道题" in phone.page.text and "要改" not in phone.page.title
    )
    phone.press("next", **{"a.T1": "窗口"})
    assert "第 2 页" in phone.page.title


def test_two_windows_show_what_was_answered_in_the_other_before_anything_is_overwritten(store, people, wave):
    session = session_of(store, people.enterprise)
    one = PlainBrowser(session=session).open("/f").press("start")
    two = PlainBrowser(session=session).open("/f")
    one.press("next", **FILLED)
    two.press("next", **{"a.L1": "dissatisfied", "a.M1": ["none"]})
    assert two.answer.status == 409 and "别的窗口里的回答：满意" in two.page.text
    assert two.page.forms[0].values["a.L1"] == ["dissatisfied"]  # what was typed here is still here
    filling = there(answering.resume(store, actor=people.enterprise, wave_id=wave.id))
    assert filling.answers["L1"] == "satisfied"
    two.press("next")
    filling = there(answering.resume(store, actor=people.enterprise, wave_id=wave.id))
    assert filling.answers["L1"] == "dissatisfied" and "第 2 页" in two.page.title


def test_what_is_sent_is_what_the_last_look_showed(store, people, wave):
    session = session_of(store, people.enterprise)
    rest = {"a.X1.price": "satisfied", "a.X1.speed": "na"}
    phone = PlainBrowser(session=session).open("/f").press("start").press("next", **FILLED).press("next", **rest)
    PlainBrowser(session=session).open("/f?step=1").press("next", **{"a.L1": "dissatisfied"})
    phone.press("send")
    assert phone.answer.status == 409 and answered(store) == 0 and "（已改动）" in phone.page.text
    phone.press("send")
    assert [row["value"] for row in sheets.answered(store, "L1")] == [25]


SIGNS = {"zh": "上次：用时 (天) *约*", "en": "Last approval: days (about) *so*"}


def test_signs_that_markdown_reads_stand_as_they_were_written(store, people, open_page):
    """As labels of widgets they are escaped; HTML, and a summary of what is wrong, is no Markdown."""
    option, part = ({"code": code} | SIGNS for code in ("web", "actual"))
    items = [
        an_item("M1", "multiple", options=[option, CHANNELS[1]], required=True) | SIGNS,
        an_item("S1", "single", options=[option, CHANNELS[1]], required=True) | SIGNS,
        an_item("X1", "matrix", required=True, rows=[part]) | SIGNS,
        an_item("P1", "two_numbers", low=0, high=9, parts=[part, {"code": "more", "zh": "多", "en": "More"}]) | SIGNS,
        an_item("K1", "consent") | SIGNS,
        an_item("Z", "text", screen="two", longest=20),
    ]
    asked_in_a_wave(store, people, every_kind(items=items), here.now())
    phone = PlainBrowser(session=session_of(store, people.enterprise)).open("/f").press("start").press("next")
    assert "\\" not in phone.page.text and phone.page.text.count(SIGNS["zh"]) == 12
    full = open_page(people.enterprise, "survey")
    full.button(key="survey-next").click().run()
    (gaps,) = (str(one.value) for one in full.main if one.type == "html" and "f2f-gaps" in str(one.value))
    assert "\\" not in gaps and gaps.count(SIGNS["zh"]) == 3


def test_a_form_sent_twice_is_received_once_and_gaps_are_shown_where_they_are(store, people, wave):
    phone = PlainBrowser(session=session_of(store, people.enterprise)).open("/f").press("start")
    phone.open("/f?step=3")
    assert phone.page.title.startswith("有 3 处要改")
    phone.press("send")
    assert answered(store) == 0 and "第 1 页" in phone.page.title
    phone.press("next", **FILLED).press("next", **{"a.X1.price": "satisfied", "a.X1.speed": "na"})
    before = phone.page
    phone.press("send")
    first = phone.page.text
    phone.page = before
    phone.press("send")
    assert answered(store) == 1 and phone.page.text.split("存证码")[0] == first.split("存证码")[0]


def test_a_copy_of_ones_own_answers_is_what_the_page_shows_and_never_comes_from_the_store(store, people, wave):
    rest = {"a.X1.price": "satisfied", "a.X1.speed": "na"}
    phone = PlainBrowser(session=session_of(store, people.enterprise), language="en").open("/f")
    phone.press("start").press("next", **FILLED).press("next", **rest)
    look = phone.page
    for page in (look, phone.press("send").page):
        phone.page = page
        phone.press("copy")
        assert phone.answer.headers["content-disposition"].startswith("attachment")
        assert "Question L1\n    Satisfied" in phone.answer.text and "Price" in phone.answer.text
        phone.page = look


def test_a_walls_code_is_one_answer_a_browser_by_either_page(store, people):
    wave = asked_in_a_wave(store, people, of_one_question(EXAMPLES["yes_no"].item), here.now())
    wall = open_link(store, actor=people.staff, wave_id=wave.id, at=here.now())
    phone = PlainBrowser().open(f"/f/s/{wall.token}").press("start", size="small", sector="C17", town="")
    phone.press("next", **{"a.Q": "yes"}).press("next").press("send")
    stored = store.read(lambda con: sql.rows(con, "SELECT size, sector_code, source, enterprise_id FROM participation"))
    assert [tuple(row.values()) for row in stored] == [("small", "C17", "open", None)]
    full = ask("GET", f"/s/{wall.token}?page=full", cookies=phone.cookies)
    assert (full.status, full.headers["location"]) == (303, "/survey")
    assert "答卷已收到" in phone.open(f"/f/s/{wall.token}").page.text
    assert "开始" in PlainBrowser().open(f"/f/s/{wall.token}").page.text


def test_whoever_is_signed_in_is_asked_before_a_link_takes_their_place(store, people, link):
    session = session_of(store, people.staff)
    asked = ask("GET", link, cookies={here.SESSION_COOKIE: session})
    assert people.staff.name in asked.text and here.SESSION_COOKIE not in asked.cookies
    taken = ask("POST", link, form={}, cookies={here.SESSION_COOKIE: session}, origin=f"http://{HOST}")
    assert taken.status == 200 and "开始" in taken.text and here.SESSION_COOKIE in taken.cookies


def test_what_was_typed_on_a_links_page_is_taken_for_the_link_while_somebody_signed_in(store, people, link):
    phone = PlainBrowser().open(link).press("start")
    account = session_of(store, people.staff)
    phone.cookies[here.SESSION_COOKIE] = account
    form = phone.page.forms[0]
    pairs = [(name, one) for name, given in (form.values | {"a.L1": ["na"], "a.M1": ["none"]}).items() for one in given]
    answer = ask("POST", link, form=[*pairs, ("do", "next")], cookies=phone.cookies, origin=f"http://{HOST}")
    assert answer.status == 303 and here.SESSION_COOKIE not in answer.cookies
    kept = store.read(lambda con: sql.one(con, "SELECT owner, form FROM draft WHERE form LIKE 'survey:%'"))
    assert there(store.read(lambda con: drafts.of(con, **there(kept)))).content["answers"]["L1"] == "na"


def test_another_site_sends_nothing_and_another_person_nothing_under_a_name(store, people, wave, link):
    phone = PlainBrowser().open(link).press("start")
    form = phone.page.forms[0]
    pairs = [(name, one) for name, given in (form.values | {"a.L1": ["na"]}).items() for one in given] + [
        ("do", "next")
    ]
    for headers in ({"origin": "https://elsewhere.example"}, {"sec_fetch_site": "cross-site"}):
        assert ask("POST", link, form=pairs, cookies=phone.cookies, **headers).status == 403
    mine = PlainBrowser(session=session_of(store, people.enterprise)).open("/f").press("start")
    mine.cookies[here.SESSION_COOKIE] = session_of(store, people.stranger)
    mine.press("next", **FILLED)
    assert mine.answer.status == 403 and "换了人登录" in mine.page.text
    kept = store.read(lambda con: sql.column(con, "SELECT content FROM draft"))
    assert [one for one in kept if "satisfied" in one] == []


def test_what_was_typed_before_the_visit_ended_is_sent_after_signing_in(store, people, wave):
    phone = PlainBrowser(session=session_of(store, people.enterprise)).open("/f").press("start")
    del phone.cookies[here.SESSION_COOKIE]
    phone.press("next", **FILLED)
    assert "/sign-in?next=%2Ff" in phone.page.links
    phone.cookies[here.SESSION_COOKIE] = session_of(store, people.enterprise)
    form = phone.page.forms[0]
    pairs = [(name, one) for name, given in form.values.items() for one in given]
    answer = ask("POST", "/f", form=pairs, cookies=phone.cookies, origin=f"http://{HOST}")
    assert answer.headers["location"] == "/f?step=2"


def test_a_page_is_light_fetches_nothing_for_its_words_and_runs_nothing_of_anybody_else(store, people):
    reference(store, people)
    phone = PlainBrowser(session=session_of(store, people.enterprise)).open("/f")
    for page in (
        phone.answer,
        phone.press("start").answer,
        phone.open("/f?step=6").answer,
        phone.open("/f?step=7").answer,
    ):
        assert len(gzip.compress(page.text.encode())) < 12_000
        assert re.findall(r'(?:src|href)="(?:https?:)?//', page.text) == [] and "style=" not in page.text
        assert [one for one in re.findall(r'src="([^"]*)"', page.text) if not one.startswith(frame.SCRIPT)] == []
        assert 'rel="stylesheet"' not in page.text and "@import" not in page.text and "url(" not in page.text
        policy, style = (
            page.headers["content-security-policy"],
            re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL),
        )
        assert "unsafe-inline" not in policy and "'none'" in policy
        assert f"'sha256-{b64encode(hashlib.sha256(style[0].encode()).digest()).decode()}'" in policy
        assert re.findall(r"<script(?![^>]* src=)| on[a-z]+=", page.text) == []
    assert len(ask("GET", frame.SCRIPT).text.encode()) <= 10_000


def test_one_link_sends_no_more_than_a_person_would_and_a_restart_forgives_nothing(
    store, people, wave, link, monkeypatch
):
    few = form_limits.FormLimit(own=2, address=99, window=timedelta(hours=1))
    monkeypatch.setattr(form_limits, "LIMITS", {"send": few})
    phone = PlainBrowser().open(link).press("start")
    look = phone.page
    for _ in range(3):
        phone.page = look
        phone.press("next", **FILLED)
    assert phone.answer.status == 429 and "60 分钟后再试" in phone.page.text
    assert store.read(lambda con: sql.scalar(con, "SELECT max(n) FROM form_use")) == 3


def test_the_full_page_leads_to_the_plain_one_and_back(store, people, wave, open_page):
    phone = PlainBrowser(session=session_of(store, people.enterprise)).open("/f")
    assert "/survey" in phone.page.links
    assert "打开简洁版页面" in words(open_page(people.enterprise, "survey"))


PHONES = {
    "an old phone": "Mozilla/5.0 (Linux; Android 7.0; SM-G930F) AppleWebKit/5 Chrome/60.0.3112 Mobile Safari/537.36",
    "WeChat": "Mozilla/5.0 (iPhone; CPU iPhone OS 12_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.1",
    "an old desk": "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/60.0.3112 Safari/537.36",
    "a text browser": "w3m/0.5.3", "nobody": "",
}  # fmt: skip


@pytest.mark.parametrize("agent", PHONES.values(), ids=PHONES)
def test_a_phone_and_an_unknown_browser_get_the_plain_form_before_any_cookie(store, people, link, agent):
    opened = ask("GET", link.replace("/f/", "/i/") + "。", user_agent=agent)
    assert (opened.status, opened.headers["location"]) == (303, link) and not opened.cookies
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM session")) == 0


def test_a_desk_gets_the_full_page_and_each_page_can_be_asked_for(store, people, link):
    full = link.replace("/f/", "/i/")
    assert ask("GET", full).headers["location"] == "/survey"
    assert ask("GET", f"{full}?page=plain").headers["location"] == link
    phone = PlainBrowser().open(link)
    assert f"{full}?page=full" in phone.page.links
    assert ask("GET", f"{full}?page=full", user_agent=PHONES["WeChat"]).headers["location"] == "/survey"


@pytest.mark.parametrize(("chosen", "phone", "desk"), [("plain", "/f", "/f"), ("full", "/survey", "/survey"),
                                                       ("auto", "/f", "/survey")])  # fmt: skip
def test_an_installation_may_choose_one_page_for_all(store, people, link, chosen, phone, desk):
    set_form_page(store, actor=people.admin, chosen=chosen, at=here.now())
    full = link.replace("/f/", "/i/")
    assert ask("GET", full, user_agent=PHONES["WeChat"]).headers["location"].startswith(phone)
    assert ask("GET", full).headers["location"].startswith(desk)


def test_nobody_else_chooses_the_page_and_it_is_one_of_three(store, people):
    for who, chosen in ((people.staff, "plain"), (people.admin, "fancy")):
        with pytest.raises(Refused):
            set_form_page(store, actor=who, chosen=chosen, at=here.now())


def test_a_survey_that_is_over_or_not_there_says_so_and_leads_on(store, people):
    phone = PlainBrowser(session=session_of(store, people.enterprise), language="en").open("/f")
    assert "no survey for you" in phone.page.text and "/f/raise" in phone.page.links
    day = clock.day_of(here.now())
    form = waves.WaveForm("一", "One", "satisfaction", 1, day, day + timedelta(days=2))
    wave = waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=form, at=here.now())
    token = an_invitation(store, people, wave_id=wave.id)
    phone = PlainBrowser(language="en").open(f"/f/{token}").press("start")
    waves.close_wave(store, actor=people.staff, wave_id=wave.id, seen=wave.seq, at=here.now())
    phone.press("next", **{"a.P1": "satisfied"})
    assert "has ended" in phone.page.text
