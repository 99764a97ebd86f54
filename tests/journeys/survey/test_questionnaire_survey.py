"""Every kind of question as an enterprise meets it: kept at once, there after a reload, on the last look, stored."""

from datetime import date

import pytest

from pages.shared import here
from tests.conftest import words
from tests.intake.questionnaires.kinds import asked_in_a_wave, every_kind
from tests.sheets import answered


@pytest.fixture
def wave(store, people):
    return asked_in_a_wave(store, people, every_kind(), here.now())


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception
    return page


def fill_in_part_one(page):
    page.radio(key="f2f-level5-L1").set_value("satisfied").run()
    page.radio(key="f2f-yes_no-Y1").set_value("yes").run()
    page.checkbox(key="f2f-multiple-M1-desk").check().run()
    page.checkbox(key="f2f-multiple-M1-other").check().run()
    page.text_input(key="f2f-other-M1").set_value("电话 *热线*").run()
    page.text_area(key="f2f-text-T1").set_value("窗口排队").run()
    assert not page.exception


def fill_in_part_two(page):
    page.number_input(key="f2f-number-A1").set_value(123.5).run()
    page.date_input(key="f2f-date-D1").set_value(date(2023, 5, 6)).run()
    page.radio(key="f2f-level5-X1-price").set_value("dissatisfied").run()
    page.radio(key="f2f-level5-X1-speed").set_value("na").run()
    page.radio(key="f2f-single-O1").set_value("web").run()
    assert not page.exception


def test_every_kind_is_kept_through_a_reload_and_stored_as_agreed(store, people, wave, open_page):
    page = press(open_page(people.enterprise, "survey"), "survey-start")
    fill_in_part_one(page)
    page = press(open_page(people.enterprise, "survey"), "survey-next")  # the phone slept
    fill_in_part_two(page)
    page = press(open_page(people.enterprise, "survey", language="en"), "survey-next")
    seen = words(page)
    for said in (
        "Counter, Other (电话 *热线*)",
        "123.5 10,000 yuan",
        "6 May 2023",
        "Question X1 — Price",
        "Does not apply",
    ):
        assert said in seen, said
    press(page, "survey-submit")
    assert {(r["item"], r["value"], r["choice"], r["text"]) for r in answered(store)} == {
        ("L1", 75, None, None),
        ("Y1", None, "yes", None),
        ("M1", None, "desk", None),
        ("M1", None, "other", "电话 *热线*"),
        ("T1", None, None, "窗口排队"),
        ("A1", 123.5, None, None),
        ("D1", None, None, "2023-05-06"),
        ("X1.price", 25, None, None),
        ("X1.speed", None, "na", None),
        ("O1", None, "web", None),
    }


def test_what_goes_alone_takes_the_other_boxes_away(people, wave, open_page):
    page = press(open_page(people.enterprise, "survey"), "survey-start")
    page.checkbox(key="f2f-multiple-M1-web").check().run()
    page.checkbox(key="f2f-multiple-M1-none").check().run()
    assert [box.key for box in page.checkbox if box.value] == ["f2f-multiple-M1-none"]
    page.checkbox(key="f2f-multiple-M1-desk").check().run()
    assert [box.key for box in page.checkbox if box.value] == ["f2f-multiple-M1-desk"]


def test_what_cannot_be_taken_is_said_in_words_beside_the_question(people, wave, open_page):
    page = press(open_page(people.enterprise, "survey", language="en"), "survey-start")
    for code in ("web", "desk", "other"):
        page.checkbox(key=f"f2f-multiple-M1-{code}").check().run()
    press(page, "survey-next")
    assert "Please choose 2 at most." in words(page)
    assert "Please answer this one." in words(page)
    page.checkbox(key="f2f-multiple-M1-web").uncheck().run()
    page.radio(key="f2f-level5-L1").set_value("na").run()
    press(page, "survey-next")
    page.radio(key="f2f-level5-X1-price").set_value("satisfied").run()
    page.number_input(key="f2f-number-A1").set_value(10_000.0).run()
    page.date_input(key="f2f-date-D1").set_value(date(2019, 1, 1)).run()
    press(page, "survey-next")
    for said in (
        "Please answer every line.",
        "Please enter a number from 0 to 9999.",
        "1 Jan 2020 or later.",
    ):
        assert said in words(page), said
