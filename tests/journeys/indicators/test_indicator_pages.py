"""Indicators brought in by a pasted table and by hand: what is understood, asked and refused is shown."""

import json
from datetime import date
from html import unescape

import pytest

import i18n
from db import sql
from db.indicators import indicators
from intake.indicators.rules.fractions import FRACTION
from tests.intake.indicators.test_indicator_files import hiding
from tests.intake.indicators.test_indicator_layouts import xlsx
from tests.journeys.imports.test_import_pages import say, shown

TABLE = "2023年1-9月\t\t\n指标\t累计\t同比±%\n出口总额（亿元）\t1,080.5\t11.2\n自营外贸（亿元）\t5\t1\n"


def area(page, key: str):
    return next(one for one in page.text_area if one.key.startswith(key))


def field(elements, key: str):
    return next(one for one in elements if one.key and one.key.startswith(key))


def test_a_pasted_table_is_shown_cell_by_cell_and_asks_for_what_it_does_not_say(open_page, store, people):
    page = open_page(people.staff, "indicators")
    area(page, "paste-").set_value(TABLE).run()
    said = shown(page)
    assert "f2f-as-value" in said
    assert say("error.source_missing") in said
    assert say("rule.number", n=12) in said
    field(page.text_input, "source-").set_value("区统计局").run()
    field(page.date_input, "released-").set_value(date(2023, 10, 20)).run()
    page.selectbox(key="name-paste-自营外贸").set_value("").run()
    page.button(key="confirm-paste").click().run()
    stored = store.read(indicators.latest)["exports"]
    assert (stored.value, stored.yoy_published, stored.vintage, stored.source) == (
        1080.5, 11.2, date(2023, 10, 20), "区统计局"
    )  # fmt: skip
    area(page, "paste-").set_value(TABLE.replace("1-9月", "1-8月")).run()
    field(page.text_input, "source-").set_value("区统计局").run()
    assert say("indicators.remembered", n=1, source="区统计局") in shown(page)


def test_a_figure_by_hand_is_checked_and_what_was_typed_stays_where_it_is_refused(open_page, store, people):
    page = open_page(people.staff, "indicators")
    typed = {"period": "2023年1月", "value": "118", "unit": "亿元", "yoy": "3.3", "source": "海关"}
    field(page.selectbox, "hand-indicator").set_value("exports")
    for name, value in typed.items():
        field(page.text_input, f"hand-{name}").set_value(value)
    field(page.date_input, "hand-released").set_value(date(2023, 10, 20))
    page.button(key="FormSubmitter:hand-" + say("indicators.hand_save")).click().run()
    assert say("rule.number", n=2) in shown(page)
    assert field(page.text_input, "hand-value").value == "118"
    field(page.text_input, "hand-period").set_value("2023年1-2月")
    page.button(key="FormSubmitter:hand-" + say("indicators.hand_save")).click().run()
    assert store.read(indicators.latest)["exports"].value == 118


def test_a_figure_by_hand_that_would_become_0_is_asked_about_in_the_form(open_page, store, people):
    page = open_page(people.staff, "indicators")
    typed = {"period": "2023年1-2月", "value": "118", "unit": "亿元", "yoy": "3.3", "source": "海关"}
    for value, day in (("118", date(2023, 3, 20)), ("0", date(2023, 4, 20))):
        field(page.selectbox, "hand-indicator").set_value("exports")
        for name, words in (typed | {"value": value}).items():
            field(page.text_input, f"hand-{name}").set_value(words)
        field(page.date_input, "hand-released").set_value(day)
        page.button(key="FormSubmitter:hand-" + say("indicators.hand_save")).click().run()
    assert "会变成 0" in shown(page) and store.read(indicators.latest)["exports"].value == 118
    field(page.checkbox, "sure-").check()
    page.button(key="FormSubmitter:hand-" + say("indicators.hand_save")).click().run()
    assert store.read(indicators.latest)["exports"].value == 0


def test_a_break_is_marked_with_its_note(open_page, store, people):
    page = open_page(people.staff, "indicators")
    page.date_input[-1].set_value(date(2023, 3, 1))
    page.text_input[-1].set_value("规模标准调整")
    page.button(key="FormSubmitter:break-" + say("indicators.break_save")).click().run()
    (marked,) = store.read(lambda con: indicators.breaks(con, ["gdp"]))
    assert (marked.starts_on, marked.kind, marked.note) == (date(2023, 3, 1), "scope", "规模标准调整")


def test_a_table_of_another_place_is_kept_out_until_the_place_is_chosen(open_page, store, people):
    page = open_page(people.staff, "indicators")
    area(page, "paste-").set_value(TABLE.replace("2023年", "杭州市2023年"))
    page.run()
    assert say("error.other_place", value="杭州市") in shown(page)
    field(page.selectbox, "place-").set_value("city").run()
    field(page.text_input, "source-").set_value("统计局").run()
    field(page.date_input, "released-").set_value(date(2023, 10, 20)).run()
    page.button(key="confirm-paste").click().run()
    assert store.read(indicators.latest) == {}
    assert store.read(lambda con: indicators.latest(con, geography="city"))["exports"].value == 1080.5


def test_a_name_that_is_a_series_of_its_own_is_added_to_the_list_and_read(open_page, store, people):
    page = open_page(people.staff, "indicators")
    area(page, "paste-").set_value(TABLE).run()
    assert field(page.text_input, "new-zh-").value == "自营外贸"
    field(page.text_input, "new-en-").set_value("Own trade")
    next(one for one in page.button if one.label == say("indicators.new_save")).click().run()
    added = next(one for one in store.read(indicators.indicators) if one.code == "own_1")
    assert (added.name_zh, added.name_en, added.unit, added.chart) == (
        "自营外贸",
        "Own trade",
        "亿元",
        "columns_growth",
    )
    assert say("error.name_not_known", value="自营外贸", n=2) not in shown(page)
    field(page.text_input, "source-").set_value("区统计局").run()
    field(page.date_input, "released-").set_value(date(2023, 10, 20)).run()
    page.button(key="confirm-paste").click().run()
    assert store.read(indicators.latest)["own_1"].value == 5


def test_a_hidden_row_is_told_and_read_once_somebody_ticks_so(open_page, people):
    page = open_page(people.staff, "indicators")
    file = xlsx(("表1", hiding))
    page.file_uploader[0].upload(file.name, file.content, "application/vnd.ms-excel").run()
    assert say("error.hidden_rows", rows="4") in shown(page) and "1,860 亿元" not in shown(page)
    field(page.checkbox, "hidden-").check().run()
    assert say("error.hidden_rows_read", rows="4") in shown(page) and "1,860 亿元" in shown(page)


def test_growth_that_may_be_a_fraction_is_asked_with_both_readings_and_stored_as_answered(open_page, store, people):
    page = open_page(people.staff, "indicators")
    area(page, "paste-").set_value(TABLE.replace("11.2", "0.112").replace("5\t1", "5\t0.01")).run()
    field(page.text_input, "source-").set_value("区统计局").run()
    field(page.date_input, "released-").set_value(date(2023, 10, 20)).run()
    asked = field(page.radio, "growth-")
    assert [option.partition("（")[0] for option in asked.options] == ["11.2%", "0.112%"]
    assert not [one for one in page.button if one.key == "confirm-paste"], "nothing is written before the answer"
    asked.set_value(FRACTION).run()
    page.button(key="confirm-paste").click().run()
    assert store.read(indicators.latest)["exports"].yoy_published == 11.2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_year_alone_beside_a_cumulative_column_is_asked_on_the_page_and_the_import_goes_on(
    open_page, store, people, language
):
    page = open_page(people.staff, "indicators", language=language)
    area(page, "paste-").set_value(TABLE.replace("1-9月", "").replace("2023年", "2022年")).run()
    field(page.text_input, "source-").set_value("区统计局").run()
    field(page.date_input, "released-").set_value(date(2022, 12, 20)).run()
    assert i18n.text("error.period_month_missing", language, year="2022") in unescape(shown(page))
    asked = field(page.selectbox, "until-")
    assert asked.label == i18n.text("indicators.until", language, year="2022") and asked.value is None
    asked.set_value("2022-11").run()
    assert field(page.text_input, "source-").value == "区统计局"
    assert field(page.selectbox, "until-").value == "2022-11", "so that it can be changed"
    page.button(key="confirm-paste").click().run()
    stored = store.read(indicators.latest)["exports"]
    assert (stored.value, stored.period_end) == (1080.5, date(2022, 11, 30))
    said = store.read(
        lambda con: sql.rows(con, "SELECT detail FROM event WHERE area = 'indicator' AND kind = 'import'")
    )
    assert [json.loads(row["detail"])["periods"] for row in said] == [["2022-11"]]
