"""Staff build a questionnaire: word by word, kept at once, opened when complete, changed by two at once."""

import dataclasses
import re
from datetime import date

import pytest

from db import sql
from db.survey import questionnaires as stored
from intake.foreign_files import code_of
from intake.questionnaires import versions as questionnaires
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Either, Every, Test, Words
from pages.questionnaires.problems import closed_up
from pages.shared import here
from tests.conftest import words
from tests.intake.questionnaires.every_kind import EXAMPLES
from tests.intake.questionnaires.kinds import every_kind, published
from tests.intake.wjx.test_other_systems import GOOGLE, GOOGLE_ROWS, as_csv, of_kobo
from tests.intake.wjx.test_wjx import HEADINGS, ROWS, a_file
from tests.intake.wjx.test_wjx_persons import about
from tests.intake.xlsform.test_xlsform import a_form
from tests.there import there


@pytest.fixture
def draft(store, people):
    """A draft with every kind of question, but one word missing."""
    asked = every_kind()
    items = tuple(dataclasses.replace(i, en="") if i.code == "L1" else i for i in asked.items)
    return questionnaires.keep_imported(
        store, actor=people.staff, questionnaire=dataclasses.replace(asked, items=items), at=here.now()
    )


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception
    return page


def kept(store, code="kinds", version=1):
    return store.read(lambda con: stored.version(con, code, version))


def item(store, people, code):
    sheet = questionnaires.sheet(store, actor=people.staff, code="kinds", version=1)
    return there(sheet).questionnaire.item(code)


def test_every_questionnaire_is_listed_with_its_versions_and_states(people, draft, open_page):
    seen = words(open_page(people.staff, "questionnaires"))
    for said in ("企业满意度调查", "题型大全", "草稿", "已开放"):
        assert said in seen


def test_nothing_stands_between_a_name_and_its_colon():
    assert closed_up("来源  ：不保存") == "来源：不保存"
    assert closed_up("Purpose : Chinese  is missing") == "Purpose: Chinese is missing"


def test_what_moves_a_question_is_named_in_words(store, people, draft, open_page):
    page = open_page(people.staff, "questionnaires", q="kinds", v="1", language="en")
    assert page.button(key="edit_L1").label == "Edit"
    press(page, "edit_L1")
    labels = [page.button(key=f"{name}_L1").label for name in ("up", "down", "copy", "remove")]
    assert labels == ["Move up", "Move down", "Duplicate", "Delete"]
    assert "up_S0" not in {button.key for button in page.button}


def test_a_missing_word_is_named_filled_in_and_then_the_version_is_opened(store, people, draft, open_page):
    page = open_page(people.staff, "questionnaires", q="kinds", v="1")
    assert not page.exception
    assert "题目  缺英文" in words(page) or "题目 缺英文" in words(page)
    assert "缺英文：可以邀请企业填写" in words(page) and not page.button(key="designer-open").disabled
    press(page, "edit_L1")
    page.text_area(key="edit-1-words-en").set_value("Support is easy to find").run()
    assert there(item(store, people, "L1")).en == "Support is easy to find"
    press(page, "designer-open")
    assert kept(store).state == "open"
    assert "这一版已开放" in words(page)


@pytest.mark.parametrize("code", [i.code for i in every_kind().items])
def test_every_kind_can_be_edited_and_stays_what_it_was(store, people, draft, open_page, code):
    page = press(open_page(people.staff, "questionnaires", q="kinds", v="1"), f"edit_{code}")
    before = item(store, people, code)
    page.text_area(key="edit-1-words-zh").set_value("换了说法").run()
    assert not page.exception
    assert item(store, people, code) == dataclasses.replace(there(before), zh="换了说法")


def test_questions_are_added_moved_copied_and_removed(store, people, draft, open_page):
    page = open_page(people.staff, "questionnaires", q="kinds", v="1")
    for code, what in (("S0", "down"), ("Y1", "copy"), ("N10", "remove")):
        press(page, f"edit_{code}")
        press(page, f"{what}_{code}")
    press(page, "add-two")
    sheet = questionnaires.sheet(store, actor=people.staff, code="kinds", version=1)
    codes = [i.code for i in there(sheet).questionnaire.items]
    assert codes[:4] == ["L1", "S0", "Y1", "Q1"] and codes[-1] == "Q2" and "N10" not in codes


def test_a_new_question_without_words_is_drawn_without_a_warning_whatever_its_kind(
    store, people, draft, open_page, caplog
):
    page = press(open_page(people.staff, "questionnaires", q="kinds", v="1"), "add-one")
    for kind in KINDS:
        page.selectbox(key="edit-1-kind").set_value(kind).run()
        assert not page.exception
        assert there(item(store, people, "Q1")).kind == kind
    assert [r.getMessage() for r in caplog.records if "empty value" in r.getMessage()] == []


def test_a_question_made_yes_or_no_has_both_answers_and_keeps_them(store, people, draft, open_page):
    page = press(open_page(people.staff, "questionnaires", q="kinds", v="1"), "add-one")
    page.selectbox(key="edit-1-kind").set_value("yes_no").run()
    assert page.text_area(key="edit-1-yes_no-options-zh").value == "是\n否"
    assert page.radio(key="f2f-yes_no-Q1").options[:2] == ["是", "否"]
    page.text_area(key="edit-1-words-zh").set_value("是否参加").run()
    made = item(store, people, "Q1")
    assert (there(made).zh, [option.code for option in there(made).options]) == ("是否参加", ["yes", "no"])


def test_a_question_that_changes_its_kind_begins_with_what_belongs_to_the_new_one(store, people, draft, open_page):
    """What stood in the boxes of the old kind is never taken for the new one's."""
    page = press(open_page(people.staff, "questionnaires", q="kinds", v="1"), "add-one")
    for kind in KINDS:
        page.selectbox(key="edit-1-kind").set_value(kind).run()
        begun = item(store, people, "Q1")
        page.text_area(key="edit-1-words-zh").set_value(f"题目 {kind}").run()
        assert not page.exception
        assert item(store, people, "Q1") == dataclasses.replace(there(begun), zh=f"题目 {kind}")


def keys_of(page):
    return {str(widget.key) for widget in page.main if getattr(widget, "key", None)}


def test_every_kind_has_the_boxes_of_its_limits_and_no_others(store, people, draft, open_page):
    page = open_page(people.staff, "questionnaires", q="kinds", v="1")
    limits = {name for example in EXAMPLES.values() for name in example.boxes}
    for turn, asked in enumerate(draft.items, start=1):
        shown = keys_of(press(page, f"edit_{asked.code}"))
        boxes = {name for name in limits if f"edit-{turn}-{asked.kind}-{name}" in shown}
        assert boxes == set(EXAMPLES[asked.kind].boxes), asked.kind


def test_a_rule_about_every_kind_has_a_box_for_what_it_is_compared_with(store, people, draft, open_page):
    page = press(open_page(people.staff, "questionnaires", q="kinds", v="1"), "edit_P1")
    page.selectbox(key="edit-1-when").set_value("every").run()
    whose = page.selectbox(key="edit-1-rule-item-0").options
    assert len(whose) == len(draft.items) - 1  # neither itself nor the section, but each row of the table
    for option in whose:
        page.selectbox(key="edit-1-rule-item-0").select(option).run()
        kind = draft.item(option.split()[0].partition(".")[0]).kind
        page.selectbox(key="edit-1-rule-op-0").set_value(there(KINDS[kind].rule).ops[0]).run()
        assert not page.exception
        assert ("edit-1-rule-value-0" in keys_of(page)) == (EXAMPLES[kind].rule is not None), option


def test_every_kind_is_drawn_with_its_words(store, people, draft, open_page):
    page = open_page(people.staff, "questionnaires", q="kinds", v="1")
    page.checkbox(key="f2f-multiple-M1-desk").check().run()
    page.text_area(key="f2f-text-T1").set_value("窗口排队").run()
    seen = keys_of(page)
    page.selectbox(key="preview-screen-kinds").set_value("two").run()
    seen |= keys_of(page)
    seen = {key for key in seen if not key.startswith("f2f-question-")}  # around all of them
    drawn = {asked.code for asked in draft.items if any(re.match(rf"f2f-\w+-{asked.code}\b", key) for key in seen)}
    assert drawn == {asked.code for asked in draft.items} - {"O1"}  # under a rule


def test_a_question_and_a_page_are_put_where_they_belong(store, people, draft, open_page):
    page = press(open_page(people.staff, "questionnaires", q="kinds", v="1"), "edit_T1")
    next(box for box in page.selectbox if str(box.key).startswith("place-T1")).set_value("L1").run()
    assert not page.exception
    press(page, "screen-down-one")
    asked = there(questionnaires.sheet(store, actor=people.staff, code="kinds", version=1)).questionnaire
    assert [screen.code for screen in asked.screens] == ["two", "one"]
    assert [i.code for i in asked.on_screen("one")][:3] == ["S0", "T1", "L1"]


def test_a_rule_is_built_by_choosing(store, people, draft, open_page):
    page = press(open_page(people.staff, "questionnaires", q="kinds", v="1"), "edit_P1")
    page.selectbox(key="edit-1-when").set_value("either").run()
    page.selectbox(key="edit-1-rule-item-0").set_value("Y1").run()
    page.selectbox(key="edit-1-rule-value-0").set_value("no").run()
    assert there(item(store, people, "P1")).when == Test("Y1", "no")
    page.checkbox(key="edit-1-more").check().run()
    page.selectbox(key="edit-1-rule-item-1").set_value("A1").run()
    page.selectbox(key="edit-1-rule-op-1").set_value("gt").run()
    page.number_input(key="edit-1-rule-value-1").set_value(50.0).run()
    assert not page.exception
    assert there(item(store, people, "P1")).when == Either((Test("Y1", "no"), Test("A1", 50, "gt")))


def test_a_day_in_a_limit_or_a_rule_is_chosen_in_a_calendar_and_never_typed(store, people, draft, open_page):
    sheet = questionnaires.sheet(store, actor=people.staff, code="kinds", version=1)
    loose = tuple(dataclasses.replace(i, earliest="2024-2-1") if i.code == "D1" else i for i in draft.items)
    changed = dataclasses.replace(draft, items=loose)
    questionnaires.change(store, actor=people.staff, changed=changed, seen=there(sheet).seq, at=here.now())
    page = press(open_page(people.staff, "questionnaires", q="kinds", v="1"), "edit_D1")
    assert page.date_input(key="edit-1-date-earliest").value == date(2024, 2, 1)
    page.date_input(key="edit-1-date-latest").set_value(date(2024, 3, 1)).run()
    assert (there(item(store, people, "D1")).earliest, there(item(store, people, "D1")).latest) == (
        "2024-02-01",
        "2024-03-01",
    )
    press(page, "edit_P1")
    page.selectbox(key="edit-2-when").set_value("every").run()
    page.selectbox(key="edit-2-rule-item-0").set_value("A1").run()
    page.number_input(key="edit-2-rule-value-0").set_value(5.0).run()
    page.selectbox(key="edit-2-rule-item-0").set_value("D1").run()
    assert not page.exception and there(item(store, people, "P1")).when == Every(())
    page.date_input(key="edit-2-rule-value-0").set_value(date(2024, 2, 9)).run()
    assert there(item(store, people, "P1")).when == Test("D1", "2024-02-09", "ge")


def test_two_editors_at_once_lose_no_words(store, people, draft, open_page):
    page = press(open_page(people.staff, "questionnaires", q="kinds", v="1"), "edit_L1")
    other = dataclasses.replace(draft, purpose=Words("别人写的", "Somebody else"))
    questionnaires.change(store, actor=people.admin, changed=other, seen=1, at=here.now())
    page.text_area(key="edit-1-words-en").set_value("My words").run()
    assert "My words" in words(page) and there(item(store, people, "L1")).en == ""
    press(page, "designer-use-mine")
    sheet = questionnaires.sheet(store, actor=people.staff, code="kinds", version=1)
    assert (there(there(sheet).questionnaire.item("L1")).en, there(sheet).questionnaire.purpose.en) == (
        "My words",
        "Somebody else",
    )


def test_a_new_version_shows_what_goes_on(store, people, open_page):
    published(store, people, every_kind(), here.now())
    page = press(open_page(people.staff, "questionnaires", q="kinds", v="1"), "designer-next")
    assert (page.query_params["v"], kept(store, version=2).state) in ((["2"], "draft"), ("2", "draft"))
    assert "L1 接续 L1" in words(page)


def test_the_preview_is_filled_in_as_an_enterprise_would_and_nothing_is_kept(store, people, draft, open_page):
    page = open_page(people.staff, "questionnaires", q="kinds", v="1")
    page.checkbox(key="f2f-multiple-M1-desk").check().run()
    assert not page.exception
    assert page.text_area(key="f2f-text-T1")
    assert kept(store).seq == 1


@pytest.mark.parametrize("who", ["enterprise", "officer", "department", "town", "leader"])
def test_others_do_not_get_there(people, open_page, who):
    assert "问卷设计" not in words(open_page(getattr(people, who), "questionnaires"))


def listed(page):
    return "\n".join(text.value for text in page.text)


def in_dialog(page):
    """A test's page runs whole, which would close the dialog: its opener is pressed along."""
    page.button(key="designer-import").click()
    return page


def import_file(open_page, people, upload):
    page = press(open_page(people.staff, "questionnaires"), "designer-import")
    page.file_uploader[0].set_value((upload.name, upload.content, "application/octet-stream"))
    in_dialog(page).run()
    assert not page.exception
    return page


def test_a_form_is_looked_through_and_kept_also_where_its_questions_are_numbered_like_results(store, people, open_page):
    upload = a_form(["text", "a", "1. 贵企业的名称", "1. Your firm"], ["geopoint", "b", "2. 在哪里", "2. Where"])
    page = import_file(open_page, people, upload)
    assert "定位和地图题" in listed(page)
    press(in_dialog(page), "designer-keep")
    draft = kept(store, code_of(upload.content))
    assert draft.state == "draft" and "1. Your firm" in draft.content


def test_a_result_workbook_is_confirmed_kind_by_kind_and_its_answers_taken_once(store, people, open_page):
    upload = a_file(ROWS)
    page = import_file(open_page, people, upload)
    assert "115.199" not in listed(page) and "来自IP" in listed(page)
    page.selectbox(key="results-kind-Q6").set_value("text")
    in_dialog(page).run()
    press(in_dialog(page), "results-take")
    assert "贵企业所在行业" in words(page)
    [wave] = store.read(lambda con: sql.rows(con, "SELECT id, questionnaire_code FROM wave"))
    told = store.read(lambda con: sql.rows(con, "SELECT item, text FROM answer WHERE item = 'Q6'"))
    assert {row["text"] for row in told} == {"35"} and kept(store, wave["questionnaire_code"]).state == "closed"
    press(in_dialog(import_file(open_page, people, upload)), "results-take")
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM wave")) == 1


@pytest.mark.parametrize(
    ("upload", "platform"),
    [(a_file(ROWS), "问卷星"), (of_kobo(), "Kobo"), (as_csv(GOOGLE, GOOGLE_ROWS), "Google 表单")],
)
def test_the_system_that_a_file_of_answers_is_taken_to_be_from_is_said_before_anybody_confirms(
    people, open_page, upload, platform
):
    [said] = [one.value for one in import_file(open_page, people, upload).markdown if "导出的答卷识别" in one.value]
    assert platform in said


def test_a_column_that_tells_who_somebody_is_is_kept_on_the_page_only_with_a_reason(store, people, open_page):
    upload = about(("1、您的姓名", ["李某", "王某"]), ("2、所在单位", ["示例印染有限公司", "示例机械有限公司"]))
    page = import_file(open_page, people, upload)
    assert "1、您的姓名" in listed(page) and "示例印染有限公司" not in listed(page)
    page.multiselect(key="results-keep").set_value(["2、所在单位"])
    in_dialog(page).run()
    press(in_dialog(page), "results-take")
    assert "请说明理由" in page.error[0].value
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM wave")) == 0
    page.text_input(key="results-why").set_value("逐户回访")
    in_dialog(page).run()
    press(in_dialog(page), "results-take")
    [event] = store.read(lambda con: sql.rows(con, "SELECT detail FROM event WHERE kind = 'import'"))
    assert "逐户回访" in str(event["detail"]) and "2、所在单位" in str(event["detail"])


def test_a_scale_is_turned_on_the_page_and_sheets_without_a_time_get_one_day(store, people, open_page):
    upload = a_file([row[6:] for row in ROWS], HEADINGS[6:])
    page = import_file(open_page, people, upload)
    assert "4 份答卷都没有提交时间" in listed(page) and "五级：很满意 = 100" in str(page.selectbox)
    page.date_input(key="results-day").set_value(date(2023, 11, 20))
    page.selectbox(key="results-kind-Q2").set_value("turned")
    in_dialog(page).run()
    assert "没有提交时间" not in listed(page)
    press(in_dialog(page), "results-take")
    told = store.read(lambda con: sql.rows(con, "SELECT value FROM answer WHERE item = 'Q2'"))
    assert sorted(row["value"] for row in told) == [25, 25, 50]
