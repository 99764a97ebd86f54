"""Every table is asked for every kind of question: one test a table, which names the kinds that break it."""

import io

import xlsxwriter

from intake.files.upload import Upload
from intake.foreign_files import read_form_file, read_result_file
from intake.paper.form import keyed_questions, read_line
from intake.paper.rules import when_in_words
from intake.paper.sheets import boxes
from intake.questionnaires.check import problems
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.questionnaire import to_store, validate
from intake.wjx.guess import fits
from intake.wjx.reader import CHOICES
from intake.xlsform import export
from pages.survey.kind import DrawnItem
from pages.survey.kinds.table import SHOWN
from pages.survey.questions import wrong_in_words
from tests.intake.questionnaires.every_kind import EXAMPLES
from tests.intake.questionnaires.kinds import an_item, every_kind

ASKED_AFTER = an_item("Y", "text", longest=9)
ONE = [{"code": "one", "zh": "一", "en": "One"}]


def asking(example, rule=None, **changes):
    """The example, and a text after it, under a rule about it."""
    code = "Q.price" if example.item["kind"] == "matrix" else "Q"
    when = {"when": {"item": code, "op": rule[0], "answer": rule[1]}} if rule else {}
    return every_kind("tiny", screens=ONE, items=[example.item | changes, ASKED_AFTER | when])


def drawn(example, given):
    asked = asking(example)
    return DrawnItem(asked, asked.items[0], {"Q": given}, "", lambda _code, _given: None)


def rows(asked, given):
    return [(row.item, row.value, row.choice, row.text) for row in to_store(asked, {"Q": given})]


def broken(tell):
    """Code → what `tell` of its example found, where it is not what the example says."""
    found = {code: tell(example) for code, example in EXAMPLES.items()}
    return {code: pair for code, pair in found.items() if pair is not None and pair[0] != pair[1]}


def items_of(reading):
    assert reading.questionnaire
    return reading.questionnaire.items


def when_of(asked):
    assert asked.items[1].when
    return asked.items[1].when


def test_an_answer_is_taken_stored_and_said_in_words():
    assert broken(lambda one: (validate(asking(one), {"Q": one.given}), {})) == {}
    assert broken(lambda one: (rows(asking(one), one.given), one.stored)) == {}
    assert broken(lambda one: (SHOWN[one.item["kind"]].say(drawn(one, one.given)), one.said)) == {}


def test_an_answer_that_cannot_be_taken_is_refused_in_a_sentence():
    def refused(one):
        given, sentence = one.wrong or (None, "")
        code = validate(asking(one), {"Q": given}).get("Q")
        return one.wrong and (code and wrong_in_words(drawn(one, given), code), sentence)

    assert broken(refused) == {}


def test_what_keeps_a_question_from_being_asked_is_named_and_nothing_else_is():
    def named(one):
        return one.unfit and ({problem.code for problem in problems(asking(one, **one.unfit[0]))}, {one.unfit[1]})

    assert broken(lambda one: (problems(asking(one)), [])) == {}
    assert broken(named) == {}


def test_a_rule_can_be_kept_written_said_and_read_again():
    def kept(one):
        return one.rule and (problems(asking(one, one.rule)), [])

    def refused(one):
        value, code = one.no_rule or (None, "")
        return one.no_rule and ({problem.code for problem in problems(asking(one, (one.rule[0], value)))}, {code})

    def written(one):
        asked = asking(one, one.rule)
        return one.rule and (export.expression(asked, when_of(asked)), one.rule[2])

    def on_paper(one):
        asked = asking(one, one.rule)
        return one.rule and (when_in_words(asked, when_of(asked), {"Q": "1"}, "zh"), f"（{one.rule[3]}时回答）")

    def filled(one):
        asked = asking(one, ("filled", None))
        return KINDS[one.item["kind"]].rule and (problems(asked), [])

    for tell in (kept, refused, written, on_paper, filled):
        assert broken(tell) == {}, tell.__name__


def test_a_form_that_was_written_is_read_as_the_same_questions():
    def again(one):
        asked = asking(one, one.rule if one.rule and one.rule[0] != "one_of" else None)
        found = read_form_file(Upload("f.xlsx", export.workbook(asked)))
        assert found.refused == found.unsupported == ()
        return [(i.code, i.kind, i.low, i.high, i.decimals, i.unit, i.earliest, i.latest, i.longest, i.most, i.rows,
                 i.parts, i.when) for i in items_of(found)], [
                (i.code, i.kind, i.low, i.high, i.decimals, i.unit, i.earliest, i.latest, i.longest, i.most, i.rows,
                 i.parts, i.when) for i in asked.items]  # fmt: skip

    def first_row(one):
        return KINDS[one.item["kind"]].form.write(asking(one).items[0], {"required": "", "constraint": ""})[0][
            "type"
        ], one.form

    def impossible(one):
        if one.no_rule is None:
            return None
        op = "is" if one.rule[0] == "one_of" else one.rule[0]
        found = read_form_file(Upload("f.xlsx", export.workbook(asking(one, (op, one.no_rule[0])))))
        return ([item.when for item in items_of(found)], len(found.unsupported)), ([None, None], 1)

    assert broken(again) == {}
    assert broken(impossible) == {}
    assert broken(first_row) == {}


def test_other_systems_types_are_read_as_our_kinds():
    for code, kind in KINDS.items():
        for type_ in kind.form.types:
            rows = [["type", "name", "label"], [type_, "a", "甲"]]
            assert [item.kind for item in items_of(read_form_file(a_file(rows, "survey")))] == [code], type_


def test_what_is_printed_can_be_typed():
    def printed(one):
        asked = asking(one)
        return one.paper and (one.paper[0] in boxes(asked, asked.items[0], "zh"), True)

    def typed(one):
        asked = asking(one)
        read = read_line(asked, keyed_questions(asked, "one"), one.paper[1]) if one.paper else None
        return read and ((read.answers, read.wrong), ({"Q": one.given}, {}))

    assert broken(printed) == {}
    assert broken(typed) == {}


def a_file(rows, name):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(name)
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    return Upload("f.xlsx", made.getvalue())


def test_a_file_of_answers_is_taken_for_the_kind_that_it_looks_like():
    def taken(one):
        if one.column is None:
            return None
        heading, values, answer = one.column
        lines = [[n, "2023/11/20 9:05:12", value] for n, value in enumerate(values, start=1)]
        found = read_result_file(a_file([["序号", "提交答卷时间", heading], *lines], "Sheet1"))
        [item], first = items_of(found.reading), found.sheets[0]
        return (item.kind, first.answers, found.turned_away), (one.item["kind"], {"Q1": answer}, ())

    assert broken(taken) == {}


def test_a_kind_may_be_chosen_for_a_column_only_where_every_value_can_be_of_it():
    def chosen(one):
        can, cannot = one.choose or ("", "")
        return one.choose and (
            (fits(one.item["kind"], [can]), fits(one.item["kind"], [can, cannot])),
            (True, not cannot),
        )

    assert broken(chosen) == {}
    assert {code for code, one in EXAMPLES.items() if one.choose} == set(CHOICES)
