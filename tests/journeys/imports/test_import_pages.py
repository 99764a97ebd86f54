"""The register's and the indicators' pages: what is shown, what an upload says before anything is written."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from stdnum.cn import uscc

import i18n
from access import admin
from access.actor import Actor
from access.own_password import reset_link
from db import clock
from db.indicators import indicators
from db.people import enterprises
from db.people.enterprises import EnterpriseFilter
from db.scope import ALL
from intake.files.upload import Upload
from intake.indicators.importing import import_indicators
from pages.imports.first_links import links_file
from tests.conftest import NOON

HEAD = "指标,时期,单位,数值,同比(%),发布日期,来源\n"
GOOD = HEAD + "规上工业总产值,2023年1-9月,亿元,1300.5,7.1,2023-10-20,区统计局\n"
BODY = "91330603MA7654321"
CODE = BODY + uscc.calc_check_digit(BODY)


def say(key: str, **facts: object) -> str:
    return i18n.text(key, "zh", **facts)


def shown(page) -> str:
    """Everything that the page draws as words: our markup, captions, titles, messages."""
    kinds = ("title", "caption", "success", "error", "info", "subheader", "markdown")
    plain = [element.value for kind in kinds for element in getattr(page, kind)]
    return "\n".join([*plain, *(str(element.proto.body) for element in page.get("html"))])


def uploaded(page, content: str, name: str = "指标.csv"):
    page.file_uploader[0].upload(name, content.encode("gb18030"), "text/csv")
    return page.run()


def test_the_indicators_are_listed_with_their_newest_value_and_source(open_page, store, people):
    clerk = Actor("clerk", "staff", "示例")
    import_indicators(store, actor=clerk, upload=Upload("x.csv", GOOD.encode()), at=NOON)
    said = shown(open_page(people.staff, "indicators"))
    assert all(part in said for part in ("规模以上工业总产值", "2023年1—9月", "1,300.5 亿元", "同比 +7.1%", "区统计局"))
    assert "尚未导入" in said
    english = shown(open_page(people.staff, "indicators", language="en"))
    assert all(part in english for part in ("Jan–Sep 2023", "CNY 130.05 bn", "+7.1% on the year"))


def test_an_upload_is_previewed_confirmed_and_then_listed(open_page, store, people):
    page = uploaded(open_page(people.staff, "indicators"), GOOD)
    assert not page.exception
    assert store.read(indicators.latest) == {}
    assert say("import.all_clear", n=1) in shown(page)
    page.button(key="confirm-indicators").click().run()
    assert say("import.done", n=1) in shown(page)
    assert store.read(indicators.latest)["industrial_output"].value == 1300.5


def test_a_revision_shows_before_and_after_and_keeps_the_earlier_value(open_page, store, people):
    clerk = Actor("clerk", "staff", "示例")
    import_indicators(store, actor=clerk, upload=Upload("x.csv", GOOD.encode()), at=NOON)
    later = GOOD.replace("1300.5,7.1,2023-10-20", "1310.0,7.9,2023-11-20")
    page = uploaded(open_page(people.staff, "indicators"), later)
    said = shown(page)
    assert say("indicators.revisions") in [head.value for head in page.header]
    assert "1,300.5 亿元" in said and "1,310.0 亿元" in said
    page.button(key="confirm-indicators").click().run()
    kept = store.read(lambda con: indicators.stored(con, ["industrial_output"]))
    assert [(one.value, one.yoy_published) for one in kept] == [(1300.5, 7.1), (1310.0, 7.9)]


def test_a_figure_that_would_become_0_waits_until_somebody_says_that_it_is_meant(open_page, store, people):
    clerk = Actor("clerk", "staff", "示例")
    import_indicators(store, actor=clerk, upload=Upload("x.csv", GOOD.encode()), at=NOON)
    later = GOOD.replace("1300.5,7.1,2023-10-20", "0,7.9,2023-11-20")
    page = uploaded(open_page(people.staff, "indicators"), later)
    said = shown(page)
    assert "2023年10月20日 发布的" in said and "会变成 0" in said
    assert [one.value for one in page.warning] == [say("indicators.only_doubts")]
    assert say("import.nothing_yet") not in said
    assert not [button for button in page.button if button.key == "confirm-indicators"]
    (sure,) = [box for box in page.checkbox if box.key.startswith("sure-")]
    assert sure.label == say("indicators.sure", n=1)
    page = sure.check().run()
    assert say("indicators.revisions") in [head.value for head in page.header]
    page.button(key="confirm-indicators").click().run()
    kept = store.read(lambda con: indicators.stored(con, ["industrial_output"]))
    assert [one.value for one in kept] == [1300.5, 0]


def test_a_refused_row_is_shown_with_its_reason_and_cannot_be_confirmed(open_page, store, people):
    page = uploaded(open_page(people.staff, "indicators"), GOOD + "出口,2023年1月,亿元,10,1,2023-02-20,海关\n")
    said = shown(page)
    assert say("import.nothing_yet") in said
    assert "第 3 行" in said
    assert "不能单独成为一个时期" in said
    assert not [button for button in page.button if button.key == "confirm-indicators"]
    assert store.read(indicators.latest) == {}


def test_what_a_file_says_is_shown_as_letters(open_page, people):
    page = uploaded(open_page(people.staff, "indicators"), HEAD + "<img src=x>,2023年,亿元,1,1,2023-10-20,x\n")
    assert "<img" not in shown(page)
    assert "&lt;img src=x&gt;" in shown(page)


def test_the_register_is_searched_and_hides_telephone_numbers(open_page, people):
    page = open_page(people.staff, "enterprises")
    page.text_input(key="filter-text").set_value("云锦").run()
    said = shown(page)
    assert "云锦示范纺织有限公司" in said
    assert "远帆示范机电有限公司" not in said
    assert "138****5678" in said
    assert "13800005678" not in said


@pytest.mark.browser
def test_an_enterprise_is_added_in_a_form_that_says_what_is_wrong(browse):
    page = browse("staff")
    page.visit("/enterprises")
    page.click(".st-key-add-enterprise button")
    page.fill(".st-key-register-name_zh input", "新示范企业")
    page.fill(".st-key-register-uscc input", "123")
    for name, word in (("sector", "纺织业"), ("town", "平水镇"), ("size", "小型")):
        page.fill(f".st-key-register-{name} input", word)
        page.get_by_role("option", name=word, exact=True).click()
    page.click(".st-key-register-save button")
    page.locator(".f2f-field-error", has_text="不是有效的统一社会信用代码").wait_for()
    page.fill(".st-key-register-uscc input", CODE)
    page.keyboard.press("Tab")
    page.click(".st-key-register-save button")
    page.locator(".st-key-register-save").wait_for(state="detached")
    page.visit(f"/enterprises?text={CODE}")
    assert page.locator("[class*=st-key-list-enterprises]").inner_text().startswith("新示范企业")


def test_a_register_file_says_what_is_new_and_what_changes(open_page, store, people):
    content = f"企业名称,统一社会信用代码,行业,镇街,规模\n新示范企业,{CODE},C17,柯桥,小型\n"
    page = uploaded(open_page(people.staff, "enterprises"), content)
    assert say("import.change.new") in shown(page)
    page.button(key="confirm-enterprises").click().run()
    assert store.read(lambda con: enterprises.count(con, ALL, EnterpriseFilter(text=CODE))) == 1


def test_the_good_rows_of_a_register_file_are_taken_and_the_others_stay_at_hand_with_their_reasons(
    open_page, store, people
):
    content = (
        f"企业名称,统一社会信用代码,行业,镇街,规模\n新示范企业,{CODE},C17,柯桥,小型\n坏示范企业,12345,C17,柯桥,小型\n"
    )
    page = uploaded(open_page(people.staff, "enterprises"), content)
    assert say("import.take_good_hint") in shown(page)
    assert not [button for button in page.button if button.key == "confirm-enterprises"]
    page.button(key="take-good-enterprises").click().run()
    assert store.read(lambda con: enterprises.count(con, ALL, EnterpriseFilter(text=CODE))) == 1
    assert say("import.done", n=1) in shown(page)
    assert [button.label for button in page.get("download_button")].count(say("import.refused_file")) == 1


def test_the_good_figures_of_a_table_are_taken_on_the_page_and_the_others_stay_at_hand(open_page, store, people):
    bad = "社会消费品零售总额,2023-99,亿元,1,1,2023-10-20,区统计局\n"
    page = uploaded(open_page(people.staff, "indicators"), GOOD + bad)
    assert say("import.take_good_hint") in shown(page)
    page.button(key="take-good-indicators").click().run()
    assert not page.exception and store.read(indicators.latest)["industrial_output"].value == 1300.5
    assert [button.label for button in page.get("download_button")].count(say("import.refused_file")) == 1


@pytest.mark.browser
def test_the_refused_rows_are_written_to_a_file_when_somebody_presses_for_them(browse):
    page = browse("staff")
    page.visit("/enterprises")
    page.get_by_role("tab", name=say("register.import")).click()
    content = (
        f"企业名称,统一社会信用代码,行业,镇街,规模\n新示范企业,{CODE},C17,柯桥,小型\n坏示范企业,12345,C17,柯桥,小型\n"
    )
    file = {"name": "名录.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.set_input_files("[data-testid=stFileUploaderDropzoneInput]", file)
    with page.expect_download() as download:
        page.click(".st-key-returned-enterprises button")
    [head, row] = download.value.path().read_text("utf-8-sig").splitlines()
    assert head.endswith(say("import.reasons")) and row.startswith("坏示范企业,12345")


def test_accounts_come_from_a_file_and_their_links_are_a_file_of_their_own(open_page, store, people):
    page = open_page(people.admin, "beginning")
    assert [tab.label for tab in page.tabs] == ["账号", "部门和单位", "镇街"] and not page.get("download_button")[3:]
    uploaded(page, "账号,姓名,角色\nli.si,李示例,驻企服务员\n", "账号.csv")
    next(button for button in page.button if button.key == "confirm-accounts").click().run()
    (one,) = admin.account_imports(store, actor=people.admin)
    labels = [button.proto.label for button in page.get("download_button")]
    assert len([label for label in labels if label.endswith("导入，1 人尚未设置密码")]) == 1
    made = links_file(store, actor=people.admin, import_id=one.id, language="zh", address="https://f2f/reset/")
    (row,) = CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_index(0).to_python()[1:2]
    assert row[:3] == ["li.si", "李示例", "驻企服务员"]
    assert (
        reset_link(store, token=str(row[3]).removeprefix("https://f2f/reset/"), address="", at=clock.now()).login
        == "li.si"
    )
