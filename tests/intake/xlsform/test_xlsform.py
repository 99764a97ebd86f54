"""XLSForms as other people write them: what is taken, what is named as not supported, what is refused."""

import dataclasses
import io
import json

import pytest
import xlsxwriter
from pyxform.xls2xform import convert

from db.survey import questionnaires
from intake import __main__ as command
from intake.files.spreadsheets import Upload, read_sheets
from intake.foreign_files import code_of, model, read_form_file
from intake.questionnaires.check import problems
from intake.questionnaires.model import Every, Neither, Test
from intake.questionnaires.questionnaire import as_content, read_questionnaire, validate
from intake.xlsform import export as xlsform_export
from tests.intake.questionnaires.kinds import every_kind
from tests.paths import SHARED
from tests.there import there

pytestmark = pytest.mark.usefixtures("read_here")

YES_NO = [["yn", "yes", "是", "Yes"], ["yn", "no", "否", "No"]]


def workbook(**sheets):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)
    return Upload("form.xlsx", made.getvalue())


def a_form(*rows, choices=None, headings=("type", "name", "label::中文(zh)", "label::English (en)"), settings=None):
    """A form; its list yn is there where a row asks for it."""
    if choices is None:
        choices = YES_NO if any("yn" in row[0] for row in rows) else []
    sheets = {"survey": [list(headings), *map(list, rows)]}
    sheets["choices"] = [["list_name", "name", "label::中文(zh)", "label::English (en)"], *choices]
    if settings:
        sheets["settings"] = settings
    return workbook(**sheets)


def reading(*rows, more="", **kwargs):
    headings = ("type", "name", "label::中文(zh)", "label::English (en)", *more.split())
    return read_form_file(a_form(*rows, headings=headings, **kwargs))


def codes(remarks):
    return [(remark.row, remark.code) for remark in remarks]


def the_item(found, code):
    return found.questionnaire.item(code)


def test_both_languages_are_read_and_what_lacks_one_is_named():
    found = reading(["text", "a", "甲", "A"], ["text", "b", "乙", ""])
    assert [(item.zh, item.en) for item in there(found.questionnaire).items] == [("甲", "A"), ("乙", "")]
    assert [item.missing for item in found.read] == [(), ("en",)]
    assert ("b", "words_en") in [(p.item, p.code) for p in problems(there(found.questionnaire))]


@pytest.mark.parametrize(
    ("heading", "language"),
    [("label::English (en)", "en"), ("Label:english", "en"), ("LABEL::EN", "en"), ("label::zh-CN", "zh"),
     ("label::chinese", "zh"), ("label:: 简体中文", "zh"), ("label", "en")],
)  # fmt: skip
def test_headings_vary(heading, language):
    found = read_form_file(workbook(Survey=[[" Type ", "NAME", heading], ["Text", "a", "Words"]]))
    assert getattr(there(found.questionnaire).items[0], language) == "Words"
    assert found.unsupported == found.refused == ()


def test_other_languages_are_named_and_stand_in_only_where_there_is_neither_of_ours():
    rows = [["type", "name", "label::Deutsch (de)"], ["text", "a", "Name?"]]
    found = read_form_file(workbook(survey=rows))
    assert (there(found.questionnaire).items[0].en, codes(found.unsupported)) == ("Name?", [(0, "stands_in")])
    both = read_form_file(workbook(survey=[[*rows[0], "label::English (en)"], [*rows[1], "Your name?"]]))
    assert (there(both.questionnaire).items[0].en, codes(both.unsupported)) == ("Your name?", [(0, "language")])


@pytest.mark.parametrize(
    ("type_", "kind"),
    [("select_one yn", "single"), ("select one from yn", "single"), ("select_multiple yn", "multiple"),
     ("select all that apply from yn", "multiple"), ("integer", "number"), ("decimal", "number"), ("date", "date"),
     ("note", "section"), ("acknowledge", "consent"), ("text", "text"), ("Select_One yn", "single")],
)  # fmt: skip
def test_types(type_, kind):
    found = reading([type_, "a", "甲", "A"])
    assert there(the_item(found, "a")).kind == kind
    assert found.unsupported == found.refused == ()


@pytest.mark.parametrize(
    "type_",
    ["geopoint", "image", "audio", "barcode", "time", "dateTime", "calculate", "rank yn", "start", "deviceid",
     "select_one_from_file towns.csv", "select_one_external yn", "hidden", "include", "xml-external"],
)  # fmt: skip
def test_what_is_not_supported_is_named_and_the_rest_is_read(type_):
    found = reading([type_, "a", "甲", "A"], ["text", "b", "乙", "B"])
    assert [item.code for item in there(found.questionnaire).items] == ["b"]
    [remark] = found.unsupported
    assert (remark.row, remark.name) == (2, "a") and remark.reason("zh") != remark.reason("en")
    assert reading([type_, "a", "甲", "A"]).questionnaire is None


def test_or_other_asks_to_say_which():
    found = reading(["select_one yn or_other", "a", "甲", "A"], ["text", "b", "乙", "B", "selected(${a}, 'other')"],
                    more="relevant")  # fmt: skip
    assert there(the_item(found, "a")).options[-1].words
    assert there(the_item(found, "b")).when == Test("a", "other")
    assert validate(there(found.questionnaire), {"a": "other", "a.other": "第三种"}) == {}


@pytest.mark.parametrize(
    ("expression", "when"),
    [
        ("${s} = 'yes'", Test("s", "yes")),
        ("${s} = ‘yes’", Test("s", "yes")),
        ("'yes' = ${ s }", Test("s", "yes")),
        ("${s} != 'yes'", Neither((Test("s", "yes"),))),
        ("selected(${m}, 'no')", Test("m", "no", "selected")),
        ("not(selected(${m}, 'no'))", Neither((Test("m", "no", "selected"),))),
        ("${n} >= 10 and ${n} < 20.5", Every((Test("n", 10, "ge"), Test("n", 20.5, "lt")))),
        ("5 < ${n}", Test("n", 5, "gt")),
        ("${n} > -1", Test("n", -1, "gt")),
        ("${n} != ''", Test("n", op="filled")),
        ("string-length(${t}) > 0", Test("t", op="filled")),
        ("${d} >= date('2023-01-01')", Test("d", "2023-01-01", "ge")),
        ("${d} < '2024-2-1'", Test("d", "2024-02-01", "lt")),
    ],
)
def test_rules_are_read_as_data(expression, when):
    found = reading(["select_one yn", "s", "甲", "S"], ["select_multiple yn", "m", "乙", "M"],
                    ["integer", "n", "丙", "N"], ["text", "t", "丁", "T"],
                    ["date", "d", "戊", "D"], ["text", "x", "己", "X", expression], more="relevant")  # fmt: skip
    assert there(the_item(found, "x")).when == when
    assert not [p for p in problems(there(found.questionnaire)) if p.code.startswith("rule")]
    assert found.unsupported == found.refused == ()


@pytest.mark.parametrize(
    ("expression", "code", "where"),
    [
        ("${s} = 'maybe'", "expression_choice", "unsupported"),
        ("${m} = 'yes'", "expression_multiple", "unsupported"),
        ("${later} = 'yes'", "expression_later", "unsupported"),
        ("${x} = 'yes'", "expression_itself", "refused"),
        ("${nobody} = 'yes'", "expression_unknown", "refused"),
        ("regex(${s}, '[a-z]+')", "expression", "unsupported"),
        ("${s} = 'yes' or", "expression", "unsupported"),
        ("((((((((((((((((((((((${s} = 'yes'))))))))))))))))))))))", "expression_long", "unsupported"),
        ("not(" * 3000 + ")", "expression_long", "unsupported"),
        ("__import__('os')", "expression", "unsupported"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_named_and_everybody_is_asked(expression, code, where):
    found = reading(["select_one yn", "s", "甲", "S"], ["select_multiple yn", "m", "乙", "M"],
                    ["text", "x", "己", "X", expression], ["select_one yn", "later", "后", "Later"],
                    more="relevant")  # fmt: skip
    assert there(the_item(found, "x")).when is None
    assert codes(getattr(found, where)) == [(4, code)]


@pytest.mark.parametrize(
    ("type_", "constraint", "limits"),
    [("integer", ". >= 0 and . <= 120", {"low": 0, "high": 120}), ("integer", ".>0 and .<5", {"low": 1, "high": 4}),
     ("decimal", "(. >= 0.5)", {"low": 0.5}), ("text", "string-length(.) <= 20", {"longest": 20}),
     ("date", ". >= '2023-01-01'", {"earliest": "2023-01-01"}),
     ("date", ". >= date('2024-2-1') and . <= '2024/2/29'", {"earliest": "2024-02-01", "latest": "2024-02-29"}),
     ("select_multiple yn", "count-selected(.) <= 1", {"most": 1})],
)  # fmt: skip
def test_limits_are_read(type_, constraint, limits):
    found = reading([type_, "a", "甲", "A", constraint], more="constraint")
    assert {name: getattr(the_item(found, "a"), name) for name in limits} == limits
    assert found.unsupported == ()


def test_a_limit_that_cannot_be_kept_is_named():
    found = reading(["text", "a", "甲", "A", "regex(., '[0-9]+')"], ["date", "b", "乙", "B", ". <= today()"],
                    ["date", "c", "丙", "C", ". <= '2024-02-31'"], more="constraint")  # fmt: skip
    assert codes(found.unsupported) == [(2, "constraint"), (3, "constraint"), (4, "constraint")]


def test_every_filled_cell_that_is_not_taken_is_named():
    found = reading(
        ["text", "a", "甲", "A", "x.jpg", "7", "w1", "concat('a')"], more="media::image default appearance my_own"
    )
    assert sorted(r.column for r in found.unsupported) == ["appearance", "default", "media::image", "my_own"]


def test_groups_are_screens_and_their_rules_hold_for_what_is_in_them():
    found = reading(["select_one yn", "s", "甲", "S"], ["begin group", "g", "组", "Group", "${s} = 'yes'"],
                    ["text", "t", "丁", "T", ""], ["end_group"], ["text", "u", "戊", "U"], more="relevant")  # fmt: skip
    assert [(screen.zh, screen.en) for screen in there(found.questionnaire).screens][1] == ("组", "Group")
    assert [item.screen for item in there(found.questionnaire).items] == ["page1", "page2", "page3"]
    assert there(the_item(found, "t")).when == Test("s", "yes")
    assert there(the_item(found, "u")).when is None


def test_a_table_of_choices_is_one_matrix_and_rules_look_at_its_rows():
    found = reading(["begin group", "m", "评价", "Rate", "table-list", ""], ["select_one yn", "price", "价格", "Price"],
                    ["select_one yn", "speed", "速度", "Speed"], ["end group"],
                    ["text", "why", "为什么", "Why", "", "${price} = 'no'"], more="appearance relevant")  # fmt: skip
    assert [row.code for row in there(the_item(found, "m")).rows] == ["price", "speed"]
    assert there(the_item(found, "why")).when == Test("m.price", "no")
    assert found.unsupported == found.refused == ()


def test_repeats_are_asked_once_and_loops_are_left_out_and_both_are_named():
    found = reading(["begin repeat", "r", "重", "R"], ["text", "a", "甲", "A"], ["end repeat"],
                    ["begin loop over yn", "l", "环", "L"], ["text", "b", "乙", "B"], ["end loop"])  # fmt: skip
    assert [item.code for item in there(found.questionnaire).items] == ["a"]
    assert codes(found.unsupported) == [(2, "repeat"), (5, "loop"), (6, "in_loop")]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["text", "a", "甲", "A"], ["text", "a", "乙", "B"]], "name_twice"),
        ([["select_one nowhere", "a", "甲", "A"]], "list_missing"),
        ([["select_one", "a", "甲", "A"]], "list_missing"),
        ([["hologram", "a", "甲", "A"]], "type_unknown"),
        ([["text", "", "甲", "A"]], "name_missing"),
        ([["", "a", "甲", "A"]], "type_missing"),
        ([["end group"]], "group_end"),
        ([["begin group", "g", "组", "G"]], "group_open"),
    ],
)
def test_what_is_broken_is_refused_by_its_row_and_the_rest_is_read(rows, code):
    found = reading(["text", "z", "甲", "Z"], *rows)
    assert code in [remark.code for remark in found.refused]
    assert the_item(found, "z")


def test_the_same_name_in_two_groups_is_two_items():
    found = reading(["begin group", "g", "", ""], ["text", "a", "甲", "A"], ["end group"], ["begin group", "h", "", ""],
                    ["text", "a", "乙", "B"], ["end group"])  # fmt: skip
    assert [item.code for item in there(found.questionnaire).items] == ["a", "a_2"]
    assert found.refused == ()


def test_choices_twice_are_refused_unless_the_form_allows_them():
    twice = [*YES_NO, ["yn", "yes", "对", "Yeah"]]
    assert codes(reading(["select_one yn", "a", "甲", "A"], choices=twice).refused) == [(4, "choice_twice")]
    allowed = reading(["select_one yn", "a", "甲", "A"], choices=twice, settings=[["allow_choice_duplicates"], ["yes"]])
    assert (codes(allowed.unsupported), allowed.refused) == ([(4, "choice_repeated")], ())


def test_a_csv_with_its_sheets_one_below_the_other_is_read():
    content = (
        "survey,,,\n,type,name,label\n,select_one yn,a,你好\nchoices,,,\n,list_name,name,label\n,yn,y,是\n,yn,n,否\n"
    )
    for encoding in ("utf-8-sig", "gb18030"):
        found = read_form_file(Upload("f.csv", content.encode(encoding)))
        assert [(i.zh, len(i.options)) for i in there(found.questionnaire).items] == [("你好", 2)]


def test_a_range_from_nothing_to_ten_is_our_scale_of_ten():
    found = reading(["range", "a", "甲", "A", "start=0 end=10 step=1"],
                    ["range", "b", "乙", "B", "start=1 end=9 step=2"], more="parameters")  # fmt: skip
    assert [(i.kind, i.low, i.high) for i in there(found.questionnaire).items] == [("scale10", 0, 10), ("number", 1, 9)]
    assert codes(found.unsupported) == [(3, "range_step")]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\x89PNG....", b"type,name\n", b"a,b\n1,2\n"])
def test_a_file_that_is_no_form_is_refused_as_a_whole(content):
    found = read_form_file(Upload("x", content))
    assert found.questionnaire is None
    assert found.read == () and (found.refused or found.unsupported or content.startswith(b"type"))


def test_the_command_line_says_it_in_json_and_by_its_exit(tmp_path, capsysbinary):
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(a_form(["text", "a", "甲", "A"], ["geopoint", "b", "乙", "B"]).content)
    bad.write_bytes(b"nothing of the kind")
    assert command.main(["import", "xlsform", str(good), "--check", "--language", "en"]) == 0
    said = json.loads(capsysbinary.readouterr().out)
    assert [(len(said["read"]), len(said["unsupported"]), len(said["refused"]))] == [(1, 1, 0)]
    assert said["unsupported"][0]["reason"].startswith("Questions about a place")
    for path in (bad, tmp_path / "missing.xlsx"):
        assert command.main(["import", "xlsform", str(path), "--check"]) == 1
        assert json.loads(capsysbinary.readouterr().out)["refused"]


def test_the_same_file_is_the_same_draft(tmp_path, monkeypatch, store, capsysbinary):
    monkeypatch.setattr(command, "_opened", lambda: store)
    monkeypatch.setattr(store, "close", lambda: None)
    path = tmp_path / "f.xlsx"
    path.write_bytes(a_form(["text", "a", "甲", "A"]).content)
    for _ in range(2):
        assert command.main(["import", "xlsform", str(path)]) == 0
    drafts = [v for v in store.read(questionnaires.versions) if v.state == "draft"]
    assert [draft.code for draft in drafts] == [code_of(path.read_bytes())]


FORMS = sorted(SHARED.glob("xlsform/**/*.xlsx"))
NOTHING_IN_IT = {"bug_example_xls__bad_calc", "example_xls__bad_calc", "example_xls__include_json"}


@pytest.mark.skipif(not FORMS, reason="the forms that others published are not beside this checkout")
def test_every_published_form_opens_but_those_without_a_question():
    for path in FORMS:
        found = read_form_file(Upload(path.name, path.read_bytes()))
        assert (found.questionnaire is None) == (path.stem in NOTHING_IN_IT), path.name
        assert "file_damaged" not in [remark.code for remark in found.refused], path.name
        if found.questionnaire:
            again = read_questionnaire(json.dumps(as_content(found.questionnaire)))
            assert again == found.questionnaire
            assert {p.code for p in problems(again)} <= {"words_zh", "words_en", "few_options", "no_question"}, (
                path.name
            )


HOSTILE = sorted(SHARED.glob("bad_input/xlsx/*.xls*"))


@pytest.mark.skipif(not HOSTILE, reason="the hostile workbooks that others published are not beside this checkout")
def test_every_hostile_workbook_is_refused_in_words(in_a_child):
    for path in HOSTILE:
        found = read_form_file(Upload(path.name, path.read_bytes()))
        assert found.questionnaire is None and found.refused, path.name
        assert all(remark.reason(language) for remark in found.refused for language in ("zh", "en"))


def test_the_model_lends_its_notice_to_an_imported_form():
    found = reading(["text", "a", "甲", "A"])
    assert there(found.questionnaire).notice == model().notice


@pytest.mark.parametrize("name", ["kinds", "satisfaction"])
def test_what_is_exported_is_the_same_questionnaire_when_it_is_imported(name):
    asked = every_kind() if name == "kinds" else model()
    found = read_form_file(Upload("again.xlsx", xlsform_export.workbook(asked)))
    assert found.refused == found.unsupported == ()
    again = found.questionnaire
    assert [(s.zh, s.en) for s in there(again).screens] == [(s.zh, s.en) for s in asked.screens]
    assert (there(again).title, there(again).purpose, there(again).notice, there(again).minutes) == (
        asked.title, asked.purpose, asked.notice, asked.minutes)  # fmt: skip
    screens = dict(zip([s.code for s in asked.screens], [s.code for s in there(again).screens], strict=True))
    for before, after in zip(asked.items, there(again).items, strict=True):
        when = Test("O5", op="filled") if before.when == Test("O5", "filled") else before.when  # as it is written now
        assert after == dataclasses.replace(before, screen=screens[before.screen], when=when)
        assert there(again).options_of(after) == asked.options_of(before)


def opened(asked):
    """As pyxform opens it, without the checker that needs Java."""
    return convert(io.BytesIO(xlsform_export.workbook(asked)), file_type=".xlsx", validate=False).xform


def test_what_is_exported_opens_in_pyxform():
    assert opened(every_kind()) and opened(model())
    for path in FORMS:
        found = read_form_file(Upload(path.name, path.read_bytes()))
        assert found.questionnaire is None or opened(found.questionnaire), path.name


def test_words_that_refer_to_what_is_not_asked_any_more_are_letters_in_an_export():
    found = reading(["calculate", "area", "", ""], ["text", "firm.name", "名称", "Name"],
                    ["note", "n", "${area} ${firm.name} ${", "${area}, ${firm.name}"])  # fmt: skip
    asked = there(found.questionnaire)
    assert asked.items[1].zh == "${area} ${firm_name} ${"
    form = opened(asked)
    assert "/firm_name" in form and "{area}" in form
    again = read_form_file(Upload("again.xlsx", xlsform_export.workbook(asked)))
    assert [(item.zh, item.en) for item in there(again.questionnaire).items] == [(i.zh, i.en) for i in asked.items]


def test_a_draft_that_lacks_words_choices_or_what_its_rules_ask_is_exported_all_the_same():
    asked = every_kind()
    bare = [{"zh": "", "en": ""}, {"options": ()}, {"when": Test("gone", "yes")}, {"rows": (), "parts": ()}]
    for item in asked.items:
        for lacks in bare:
            one = dataclasses.replace(item, when=None)
            assert opened(dataclasses.replace(asked, items=(dataclasses.replace(one, **lacks),))), (item.kind, lacks)


def test_no_cell_of_an_export_is_a_formula():
    item = dataclasses.replace(every_kind().items[1], zh="=1+1", en="+cmd|' /C calc'!A0")
    asked = dataclasses.replace(every_kind(), items=(item,))
    [sheet, *_] = read_sheets(Upload("f.xlsx", xlsform_export.workbook(asked)))
    assert sheet.formulas == frozenset()


def test_every_language_of_a_message_or_a_picture_is_named_by_its_own_column():
    more = "constraint_message::English constraint_message::Español media::image::English media::image::Español"
    found = reading(["text", "a", "甲", "A", "Too long", "", "a.png", "b.png"], more=more)
    told = {(remark.column, remark.code) for remark in found.unsupported if remark.row == 2}
    assert told == {("constraint_message::English", "column"), ("media::image::English", "media"),
                    ("media::image::Español", "media")}  # fmt: skip


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1cut off", b"\x09\x04\x06\x00\x00\x00\x10\x00"])
def test_an_old_workbook_that_cannot_be_read_is_refused_with_what_to_do(content):
    [found] = read_form_file(Upload("form.xls", content)).refused
    assert "另存" in found.reason("zh") and "save it" in found.reason("en")
