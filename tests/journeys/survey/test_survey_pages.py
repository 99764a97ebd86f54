"""The survey as its page runs it: six screens, gaps named, nothing lost, one response."""

import re
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from access import entrance
from db import clock, sql
from intake.survey import answering as survey
from intake.survey.submitting import submit
from intake.waves import inviting
from intake.waves import running as waves
from pages.shared import here
from pages.web.taken import OWNER
from tests.conftest import session_of, words
from tests.db.full_disk import no_room
from tests.sheets import answered, sheet, who_came
from tests.there import there

SCREENS = 6


@pytest.fixture
def wave(store, people):
    at = here.now()
    today = clock.day_of(at)
    form = waves.WaveForm("企业满意度调查", "Enterprise survey", "satisfaction", 1, today, today + timedelta(days=9))
    return waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=form, at=at)


@pytest.fixture
def visitor(store, people, wave):
    """Somebody of the first enterprise who came by a link."""
    [link] = inviting.invite(store, actor=people.staff, wave_id=wave.id, enterprise_ids=[people.firm.id], at=here.now())
    entered = entrance.enter_by_invitation(store, token=link.token, address="127.0.0.1", at=here.now())
    return entrance.who_is_here(store, entered.token, here.now())


def count(store, table):
    return store.read(lambda con: sql.scalar(con, f"SELECT count(*) FROM {table}"))  # noqa: S608


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception
    return page


def answer_screen(page):
    """Choose something for whatever is asked, also for what the choices bring with them."""
    while open_questions := [radio for radio in page.radio if radio.value is None]:
        open_questions[0].set_value(open_questions[0].options and _code(open_questions[0])).run()
    for number in page.number_input:
        if number.value is None:
            number.set_value(7).run()
    return page


def _code(radio):
    kind = radio.key.split("-")[1]
    return {"level5": "satisfied", "change5": "same", "yes_no": "yes", "scale10": 8, "single": "labour"}[kind]


def go_to_the_last_look(page):
    press(page, "survey-start")
    for _ in range(SCREENS):
        answer_screen(page)
        press(page, "survey-next")
    return page


def test_from_the_introduction_to_a_receipt(store, people, wave, open_page):
    page = open_page(people.enterprise, "survey")
    assert "4 分钟" in words(page) and "谁会看到答案" in words(page)
    go_to_the_last_look(page)
    assert "提交前看一眼" in words(page) and "实际 7 个工作日，承诺 7 个工作日" in words(page)
    press(page, "survey-submit")
    assert "谢谢，答卷已收到" in words(page)
    assert f"S-{here.now().year}-{who_came(store).number}" in words(page)
    assert len(answered(store, "A2")) == 2


def test_a_submission_is_one_commit(people, store, wave, open_page):
    page = go_to_the_last_look(open_page(people.enterprise, "survey"))
    commits = []
    store.on_commit(lambda: commits.append(1))
    press(page, "survey-submit")
    assert "谢谢，答卷已收到" in words(page) and len(commits) == 1


def test_a_visitor_with_a_link_answers_in_english_and_keeps_the_thanks(store, visitor, wave, open_page):
    page = go_to_the_last_look(open_page(visitor, "survey", language="en"))
    press(page, "survey-submit")
    assert "Thank you: your answers have arrived" in words(page)
    assert "Thank you" in words(open_page(visitor, "survey", language="en"))
    assert sheet(store).language == "en"


def test_a_gap_is_named_beside_its_question_and_keeps_one_on_the_screen(people, wave, open_page):
    page = press(open_page(people.enterprise, "survey"), "survey-start")
    press(page, "survey-next")
    assert words(page).count("请选择或填写这一题。") == 2 * 3, "beside each, and on top of all"
    assert "还有 3 题没有答好。" in words(page) and "政策与审批" in words(page)
    page.radio(key="f2f-level5-P1").set_value("satisfied").run()
    assert words(page).count("请选择或填写这一题。") == 2 * 2


def test_a_question_that_an_answer_brings_is_no_gap_before_one_goes_on(people, wave, open_page):
    page = press(open_page(people.enterprise, "survey"), "survey-start")
    press(page, "survey-next")
    page.radio(key="f2f-yes_no-QA").set_value("yes").run()
    assert page.radio(key="f2f-level5-A1") and words(page).count("请选择或填写这一题。") == 2 * 2
    press(page, "survey-next")
    assert words(page).count("请选择或填写这一题。") > 2 * 2


def test_skips_are_applied_as_one_answers(people, wave, open_page):
    page = press(open_page(people.enterprise, "survey"), "survey-start")
    keys = {radio.key for radio in page.radio}
    assert "f2f-level5-A1" not in keys and not page.number_input
    page.radio(key="f2f-yes_no-QA").set_value("yes").run()
    assert page.radio(key="f2f-level5-A1") and len(page.number_input) == 2
    page.radio(key="f2f-yes_no-QA").set_value("no").run()
    assert "f2f-level5-A1" not in {radio.key for radio in page.radio}


def test_back_and_another_language_and_another_day_keep_the_answers(people, wave, open_page):
    page = press(open_page(people.enterprise, "survey"), "survey-start")
    answer_screen(page)
    page.radio(key="f2f-level5-P1").set_value("na").run()
    press(page, "survey-next")
    page.radio(key="f2f-level5-F1").set_value("dissatisfied").run()
    press(page, "survey-back")
    assert page.radio(key="f2f-level5-P1").value == "na"
    press(page, "survey-next")
    again = open_page(people.enterprise, "survey", language="en")
    assert "Finance and costs" in words(again)
    assert again.radio(key="f2f-level5-F1").value == "dissatisfied"
    press(again, "survey-back")
    assert [number.value for number in again.number_input] == [7, 7]


def test_what_the_register_knows_is_filled_in_and_can_be_changed(store, people, wave, open_page):
    store.write(lambda con: sql.run(con, "UPDATE enterprise SET foreign_funded = true"))
    page = press(open_page(people.enterprise, "survey"), "survey-start")
    page.query_params["step"] = "5"
    page.run()
    assert page.radio(key="f2f-yes_no-QX").value == "yes" and page.radio(key="f2f-level5-X1")
    page.radio(key="f2f-yes_no-QX").set_value("no").run()
    assert "f2f-level5-X1" not in {radio.key for radio in page.radio}


def test_a_jump_over_screens_by_the_address_sends_nothing_and_leads_to_the_gaps(store, people, wave, open_page):
    page = press(open_page(people.enterprise, "survey"), "survey-start")
    page.query_params["step"] = "7"
    page.run()
    press(page, "survey-submit")
    assert "政策与审批" in words(page) and "请选择或填写这一题。" in words(page)
    assert count(store, "participation") == 0


@pytest.mark.parametrize("step", ["0", "-1", "x", "99999", "²", "8"])
def test_an_address_that_names_no_screen_breaks_nothing(people, wave, open_page, step):
    page = press(open_page(people.enterprise, "survey"), "survey-start")
    page.query_params["step"] = step
    page.run()
    assert words(page)


def test_a_colleagues_answer_meanwhile_is_told_and_not_doubled(store, people, wave, open_page):
    page = go_to_the_last_look(open_page(people.enterprise, "survey"))
    draft = survey.resume(store, actor=people.enterprise, wave_id=wave.id)
    submit(
        store, actor=people.colleague, form_id=str(uuid4()), wave_id=wave.id, answers=there(draft).answers,
        language="zh", started_at=None, at=here.now(),
    )  # fmt: skip
    page.run()
    assert "谢谢，答卷已收到" in words(page)
    assert count(store, "participation") == 1


def test_what_another_window_changed_is_looked_at_before_it_is_sent(store, people, wave, open_page):
    first = open_page(people.enterprise, "survey")
    go_to_the_last_look(first)
    second = open_page(people.enterprise, "survey", step="1")
    second.radio(key="f2f-level5-P1").set_value("dissatisfied").run()
    press(first, "survey-submit")
    assert count(store, "participation") == 0, "what is sent is what was last seen"
    assert "在别的窗口改过" in words(first)
    assert [part.count("（已改动）") for part in html(first) if "（已改动）" in part] == [1]
    press(first, "survey-submit")
    assert "谢谢" in words(first)
    assert [row["value"] for row in answered(store, "P1")] == [25]


def html(page):
    return [str(element.value) for element in page.main if element.type == "html"]


def in_the_hands_of(monkeypatch, store, actor):
    """The browser's cookie is another person's from now on."""
    cookies = {here.LANGUAGE_COOKIE: "zh", here.SESSION_COOKIE: session_of(store, actor)}
    browser = SimpleNamespace(cookies=cookies, headers={}, remote_ip="127.0.0.1")
    monkeypatch.setattr("streamlit.runtime.context._get_client_context", lambda: browser)


def test_a_page_belongs_to_whoever_opened_it(store, people, wave, open_page, monkeypatch):
    press(open_page(people.stranger, "survey"), "survey-start")
    page = open_page(people.enterprise, "survey")
    press(page, "survey-start")
    assert people.firm.name_zh in "".join(html(page)), "each screen names the enterprise"
    in_the_hands_of(monkeypatch, store, people.stranger)
    page.radio(key="f2f-level5-P1").set_value("dissatisfied").run()
    assert "这一页要重新打开" in words(page)
    assert len(page.radio) == 0
    for person in (people.enterprise, people.stranger):
        filling = survey.resume(store, actor=person, wave_id=wave.id)
        assert "P1" not in there(filling).answers, "the tap was for the one and from the other's browser"


def test_a_page_of_a_forgotten_session_still_says_whose_it_is(store, people, wave, open_page, monkeypatch):
    page = open_page(people.enterprise, "survey")
    press(page, "survey-start")
    press(open_page(people.stranger, "survey"), "survey-start")
    in_the_hands_of(monkeypatch, store, people.stranger)
    del page.session_state[OWNER]  # as after a night: the page in the browser is all that there is
    page.radio(key="f2f-level5-P1").set_value("dissatisfied").run()
    assert "这一页要重新打开" in words(page)
    assert "P1" not in there(survey.resume(store, actor=people.stranger, wave_id=wave.id)).answers


@pytest.mark.parametrize("path", ["raise", "home", "my_cases"])
def test_no_page_goes_on_for_another_person(store, people, open_page, monkeypatch, path):
    page = open_page(people.enterprise, path)
    in_the_hands_of(monkeypatch, store, people.staff)
    page.run()
    assert "这一页要重新打开" in words(page)
    assert people.staff.name in words(page)


def test_of_two_open_surveys_the_receipt_of_the_first_is_seen_before_the_second_is_offered(
    store, people, wave, open_page
):
    later = waves.WaveForm("专项调查", "Special survey", "satisfaction", 1, wave_day(), wave_day() + timedelta(days=9))
    waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=later, at=here.now())
    page = open_page(people.enterprise, "survey")
    go_to_the_last_look(page)
    press(page, "survey-submit")
    said = words(page)
    assert count(store, "participation") == 1
    assert "谢谢" in said
    assert re.search(r"S-\d{4}-\d{9}", said + "".join(html(page)))
    assert "还有一份调查请您填写" in said
    again = open_page(people.enterprise, "survey")
    assert [button.key for button in again.button] == ["survey-start"], "the second is offered"


def wave_day():
    return clock.day_of(here.now())


def test_a_comment_with_consent_is_carried_to_the_form_of_an_issue(people, wave, open_page):
    page = press(open_page(people.enterprise, "survey"), "survey-start")
    for _ in range(SCREENS - 1):
        answer_screen(page)
        press(page, "survey-next")
    answer_screen(page)
    page.text_area(key="f2f-text-O5").set_value("新厂房用电报装慢").run()
    page.checkbox(key="f2f-consent-O5_consent").check().run()
    press(page, "survey-next")
    press(page, "survey-submit")
    assert "您同意转为诉求的意见已经放进表单" in words(page)
    raised = open_page(people.enterprise, "raise")
    assert "新厂房用电报装慢" in [area.value for area in raised.text_area]


def test_without_an_open_survey_the_page_says_so(people, open_page):
    assert "现在没有需要您填写的调查" in words(open_page(people.enterprise, "survey"))


def test_a_link_to_a_survey_that_has_closed_says_so(store, people, wave, visitor, open_page):
    waves.close_wave(store, actor=people.staff, wave_id=wave.id, seen=wave.seq, at=here.now())
    assert "这次调查已经结束" in words(open_page(visitor, "survey"))


def test_a_receipts_address_proves_it_to_anybody_and_a_wrong_one_nothing(store, people, wave, open_page):
    go_to_the_last_look(page := open_page(people.enterprise, "survey"))
    press(page, "survey-submit")
    receipt = there(survey.offered(store, actor=people.enterprise, at=here.now())).receipt
    page = open_page(None, "verify", n=there(receipt).number, hash=there(receipt).code)
    shown = words(page)
    assert "这份回执有效" in shown and people.firm.name_zh not in shown
    page.query_params["hash"] = "0" * 12
    assert "没有找到这份回执" in words(page.run())


def test_home_offers_the_survey_then_its_receipt(store, people, wave, open_page):
    home = open_page(people.enterprise, "home")
    assert "填写调查" in page_links(home) and "反映问题或提建议" in page_links(home)
    press(page := open_page(people.enterprise, "survey"), "survey-start")
    assert "接着上次填写" in page_links(open_page(people.enterprise, "home"))
    for _ in range(SCREENS):
        answer_screen(page)
        press(page, "survey-next")
    press(page, "survey-submit")
    assert "填写调查" not in page_links(home := open_page(people.enterprise, "home"))
    assert any(str(who_came(store).number) in label for label in page_links(home))


def page_links(page):
    assert not page.exception
    return [element.proto.label for element in page.get("page_link")]


def test_staff_see_how_many_answered_and_never_what(store, people, wave, open_page):
    go_to_the_last_look(page := open_page(people.enterprise, "survey"))
    press(page, "survey-submit")
    shown = words(open_page(people.staff, "surveys"))
    assert "已收答卷" in shown and "1 份" in shown and "柯桥" in shown
    assert people.firm.name_zh not in shown and "满意</" not in shown


def test_a_full_disk_is_told_in_words_and_the_button_comes_back(store, people, wave, open_page):
    page = open_page(people.enterprise, "survey")
    with no_room(store):
        press(page, "survey-start")
        assert "系统暂时无法保存" in words(page) and not page.button(key="survey-start").disabled
    go_to_the_last_look(page)
    with no_room(store):
        press(page, "survey-submit")
        assert "系统暂时无法保存" in words(page)
        assert not page.button(key="survey-submit").disabled
        assert count(store, "participation") == 0
    press(page, "survey-submit")
    assert count(store, "participation") == 1


def test_on_a_full_disk_a_page_is_still_read(store, people, wave, open_page):
    page = open_page(people.enterprise, "home")
    store.write(lambda con: sql.run(con, "UPDATE session SET seen_at = seen_at - INTERVAL '10 minutes'"))
    with no_room(store):
        assert page.run().button or words(page)
