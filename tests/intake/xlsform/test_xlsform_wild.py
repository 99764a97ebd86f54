"""XLSForms as projects really write them: nothing that stands in a row, a list or a cell is lost without a word."""

import io
import random
from typing import Any, cast

import pytest
import xlsxwriter

from intake.files.spreadsheets import Upload, as_text, read_sheets
from intake.foreign_files import as_json, read_form_file
from intake.questionnaires.check import MOST_ITEMS
from intake.questionnaires.model import Test
from tests.intake.xlsform.test_xlsform import a_form, codes, reading, workbook
from tests.there import there

WORDS = ("type", "name", "label::中文(zh)", "label::English (en)", "relevant", "appearance", "constraint")


def unaccounted(upload):
    """Rows of questions and lists of choices that the answer does not speak of. Ends of groups have nothing to say."""
    said = as_json(read_form_file(upload), "en")
    remarks = said["unsupported"] + said["refused"]
    told = {(r["sheet"], r["row"]) for r in remarks} | {("survey", item["row"]) for item in said["read"]}
    survey, choices = (list(enumerate(sheet.grid))[1:] for sheet in read_sheets(upload))
    asked = {word for _, row in survey for word in as_text(row[0]).split()[1:]}
    unused = {r["name"] for r in remarks if r["code"] == "list_unused"}
    rows = [("survey", n, row) for n, row in survey if not as_text(row[0]).startswith("end")]
    rows += [("choices", n, row) for n, row in choices if row[0] not in asked | unused]
    return [row for row in rows if any(map(as_text, row[2])) and (row[0], row[1] + 1) not in told]


def a_wild_form(seed):
    """Rows of every sort in any order, with holes, doubles and groups that do not close."""
    draw = random.Random(seed)
    types = ["text", "integer", "select_one yn", "select_multiple few", "select_one nowhere", "rank few", "geopoint",
             "note", "calculate", "begin_group", "end group", "begin repeat", "end_repeat", "acknowledge", "range",
             "begin loop over few", "end loop", "hologram", "", "start", "select_one few or_other"]  # fmt: skip
    rows = []
    for n in range(40):
        kind = draw.choice(types)
        name = draw.choice([f"q{n}", f"q{n}", f"q{draw.randrange(40)}", ""])
        rule = draw.choice(["", "", f"${{q{draw.randrange(40)}}} = 'yes'", "selected(., 'x')", "today() > 1"])
        look = draw.choice(["", "", "minimal", "table-list", "likert"])
        rows.append([kind, name, draw.choice(["题", ""]), draw.choice(["Words", ""]), rule, look,
                     draw.choice(["", ". > 3", "regex(., 'a')"])])  # fmt: skip
    lists = [[draw.choice(["yn", "few", "unused", ""]), draw.choice(["yes", "no", f"c{n}", ""]), "是", "Yes"]
             for n in range(12)]  # fmt: skip
    return a_form(*rows, headings=WORDS, choices=lists)


@pytest.mark.parametrize("seed", range(12))
def test_no_row_and_no_list_is_dropped_without_a_word(seed):
    assert unaccounted(a_wild_form(seed)) == []


def test_a_form_of_which_nothing_is_asked_says_so():
    found = reading(["calculate", "area", "", ""], ["start", "begun", "", ""])
    assert found.questionnaire is None and [one.code for one in found.refused] == ["nothing_asked"]


def test_a_question_may_be_called_as_the_group_that_it_stands_in():
    found = reading(["begin group", "site", "场地", "Site"], ["begin group", "permission", "许可", "Permission"],
                    ["text", "permission", "有没有许可？", "Permission?"], ["end group"], ["end group"])  # fmt: skip
    assert found.refused == () and [item.en for item in there(found.questionnaire).items] == [
        "Permission",
        "Permission?",
    ]


def test_groups_without_a_name_are_still_two_groups():
    rows = [["begin_group", "", "甲", "A"], ["text", "x", "一", "1"], ["end_group"]]
    assert reading(*rows, *rows).refused == ()


def test_pages_and_rows_of_tables_are_read_and_listed():
    found = reading(["begin group", "g", "组", "Group"], ["begin group", "m", "评价", "Rate", "table-list"],
                    ["select_one yn", "price", "价格", "Price"], ["select_one yn", "speed", "速度", "Speed"],
                    ["end group"], ["end group"], more="appearance")  # fmt: skip
    assert [(i.row, i.kind, i.code) for i in found.read] == [
        (2, "page", "page1"), (3, "matrix", "m"), (4, "matrix", "m.price"), (5, "matrix", "m.speed")]  # fmt: skip


def test_a_hidden_sheet_of_choices_is_read():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("survey").write_row(0, 0, ["type", "name", "label"])
        there(book.get_worksheet_by_name("survey")).write_row(1, 0, ["select_one yn", "a", "甲"])
        hidden = book.add_worksheet("choices")
        for n, row in enumerate([["list_name", "name", "label"], ["yn", "yes", "是"], ["yn", "no", "否"]]):
            hidden.write_row(n, 0, row)
        hidden.hide()
    found = read_form_file(Upload("form.xlsx", made.getvalue()))
    assert found.refused == () and [o.code for o in there(found.questionnaire).items[0].options] == ["yes", "no"]


def test_a_list_that_no_question_asks_for_is_named():
    found = reading(
        ["text", "a", "甲", "A"], choices=[["towns", "qx", "齐贤", "Qixian"], ["towns", "ac", "安昌", "Anchang"]]
    )
    assert [(r.name, r.code, r.facts["n"]) for r in found.unsupported] == [("towns", "list_unused", 2)]


def test_a_template_without_questions_is_told_so():
    found = read_form_file(workbook(survey=[["type", "name", "label"]], choices=[["list_name", "name", "label"]]))
    assert [remark.code for remark in found.refused] == ["xlsform_no_rows"]


def test_cells_that_are_cut_computed_marked_up_or_under_no_heading_are_named():
    rows = [["type", "name", "label"], ["text", "long", "x" * 3_000], ["text", "sum", ""],
            ["note", "bold", "**Mind** <b>this</b>"], ["text", "side", "Words", "scribbled"],
            ["", "", "", "alone"]]  # fmt: skip
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("survey")
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
        sheet.write_formula("C3", "=A1&B1", value=cast(Any, ""))
    found = read_form_file(Upload("form.xlsx", made.getvalue()))
    assert codes(found.unsupported) == [(2, "cut"), (3, "formula"), (4, "markup"), (5, "no_heading"), (6, "no_heading")]
    assert found.refused == () and len(there(found.questionnaire).items) == 4


def test_two_limits_on_one_side_are_named_and_neither_is_guessed():
    found = reading(["integer", "a", "甲", "A", ". > 10 and . >= 5"], more="constraint")
    assert (there(found.questionnaire).items[0].low, codes(found.unsupported)) == (None, [(2, "constraint")])


def test_numbers_as_names_of_choices_are_found_by_rules_however_they_are_quoted():
    numbers = [["lvl", 1, "低", "Low"], ["lvl", 2, "高", "High"]]
    found = reading(["select_one lvl", "a", "甲", "A", ""], ["text", "b", "乙", "B", "${a} = 2"],
                    ["text", "c", "丙", "C", "${a} = '2'"], choices=numbers, more="relevant")  # fmt: skip
    assert [item.when for item in there(found.questionnaire).items[1:]] == [Test("a", "2"), Test("a", "2")]
    assert found.unsupported == found.refused == ()


def test_a_form_with_too_many_questions_to_be_opened_says_so():
    found = reading(*[["text", f"q{n}", "题", "Q"] for n in range(MOST_ITEMS + 1)])
    assert [(r.code, r.facts["n"]) for r in found.unsupported] == [("too_many_items", MOST_ITEMS + 1)]
