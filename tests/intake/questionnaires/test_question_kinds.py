"""One tiny questionnaire for each behaviour: what a kind takes, what is stored of it, when it is asked."""

import json

import pytest

from intake.questionnaires.questionnaire import (
    as_content,
    in_order,
    read_questionnaire,
    rows_in_order,
    to_store,
    validate,
)
from intake.questionnaires.questionnaire import visible_items as visible

LEVELS = [
    {"code": "good", "zh": "好", "en": "Good", "value": 100},
    {"code": "bad", "zh": "差", "en": "Bad", "value": 0},
]
AB = [{"code": "a", "zh": "甲", "en": "A"}, {"code": "b", "zh": "乙", "en": "B"}]
OTHER = {"code": "other", "zh": "其他", "en": "Other", "words": True, "last": True}
NONE = {"code": "none", "zh": "都没有", "en": "None", "alone": True, "last": True}


def an_item(code="X", kind="text", **more):
    return {"code": code, "kind": kind, "screen": "one", "zh": f"题{code}", "en": f"Item {code}"} | more


def tiny(*items):
    """A questionnaire of these items on one screen."""
    content = {
        "code": "tiny",
        "version": 1,
        "title": {"zh": "小问卷", "en": "Tiny"},
        "purpose": {"zh": "试", "en": "Try"},
        "minutes": 1,
        "notice": {"version": 1, "zh": "说明", "en": "Notice"},
        "screens": [{"code": "one", "zh": "一", "en": "One"}],
        "scales": {"level5": LEVELS},
        "items": list(items),
    }
    return read_questionnaire(json.dumps(content))


def rows(questionnaire, **answers):
    return [(r.item, r.value, r.choice, r.text) for r in to_store(questionnaire, answers)]


@pytest.mark.parametrize(
    ("item", "given", "stored"),
    [
        (an_item(kind="level5"), "good", [("X", 100, None, None)]),
        (an_item(kind="level5", na=True), "na", [("X", None, "na", None)]),
        (an_item(kind="scale10", low=0, high=10), 0, [("X", 0, None, None)]),
        (an_item(kind="single", options=AB), "b", [("X", None, "b", None)]),
        (an_item(kind="multiple", options=AB), ["b", "a"], [("X", None, "a", None), ("X", None, "b", None)]),
        (an_item(kind="multiple", options=AB, na=True), "na", [("X", None, "na", None)]),
        (an_item(kind="number", decimals=1, low=0), 2.5, [("X", 2.5, None, None)]),
        (an_item(kind="date"), "2023-11-30", [("X", None, None, "2023-11-30")]),
        (an_item(kind="text", longest=9), " 好\u200b ", [("X", None, None, "好")]),
        (an_item(kind="matrix", rows=AB), {"a": "good", "b": None}, [("X.a", 100, None, None)]),
        (an_item(kind="matrix", rows=AB, options=AB, na=True), {"a": "b", "b": "na"},
         [("X.a", None, "b", None), ("X.b", None, "na", None)]),
        (an_item(kind="consent"), True, [("X", None, "yes", None)]),
        (an_item(kind="section"), "anything", []),
    ],
)  # fmt: skip
def test_what_is_stored_of_each_kind(item, given, stored):
    asked = tiny(item)
    assert validate(asked, {"X": given}) == {}
    assert rows(asked, X=given) == stored


def test_the_words_of_other_are_kept_with_that_choice_and_only_with_it():
    asked = tiny(an_item(kind="multiple", options=[*AB, OTHER]))
    answers = {"X": ["a", "other"], "X.other": " 丙 "}
    assert rows(asked, **answers) == [("X", None, "a", None), ("X", None, "other", "丙")]
    assert rows(asked, **answers | {"X": ["a"]}) == [("X", None, "a", None)]


@pytest.mark.parametrize(
    ("item", "given", "wrong"),
    [
        (an_item(kind="single", options=AB, required=True), None, "answer_required"),
        (an_item(kind="single", options=AB), "c", "answer_unknown"),
        (an_item(kind="single", options=AB), ["a"], "answer_unknown"),
        (an_item(kind="single", options=AB), "na", "answer_unknown"),
        (an_item(kind="multiple", options=AB, required=True), [], "answer_required"),
        (an_item(kind="multiple", options=AB), "a", "answer_unknown"),
        (an_item(kind="multiple", options=AB), ["a", "a"], "answer_unknown"),
        (an_item(kind="multiple", options=AB, most=1), ["a", "b"], "answer_too_many"),
        (an_item(kind="multiple", options=[*AB, NONE]), ["a", "none"], "answer_alone"),
        (an_item(kind="number", low=0, high=5), 6, "answer_out_of_range"),
        (an_item(kind="number", low=0), -1, "answer_too_low"),
        (an_item(kind="number", high=5), 6, "answer_too_high"),
        (an_item(kind="number"), 1.5, "answer_whole_number"),
        (an_item(kind="number", decimals=2), 1.555, "answer_decimals"),
        (an_item(kind="number", decimals=2), "7", "answer_number"),
        (an_item(kind="number", decimals=2), float("nan"), "answer_number"),
        (an_item(kind="number", decimals=2), float("inf"), "answer_number"),
        (an_item(kind="number"), True, "answer_whole_number"),
        (an_item(kind="date"), "30.11.2023", "answer_date"),
        (an_item(kind="date"), "2023-02-30", "answer_date"),
        (an_item(kind="date"), 20231130, "answer_date"),
        (an_item(kind="date"), "2023-W48-4", "answer_date"),
        (an_item(kind="date", earliest="2024-2-1"), "2024-01-31", "answer_too_early"),
        (an_item(kind="date", latest="2024-2-1"), "2024-11-30", "answer_too_late"),
        (an_item(kind="date", earliest="2023-01-01"), "2022-12-31", "answer_too_early"),
        (an_item(kind="date", latest="2023-01-01"), "2023-01-02", "answer_too_late"),
        (an_item(kind="text", longest=2), "三个字", "answer_too_long"),
        (an_item(kind="matrix", rows=AB, required=True), {"a": "good"}, "answer_every_row"),
        (an_item(kind="matrix", rows=AB), {"c": "good"}, "answer_unknown"),
        (an_item(kind="matrix", rows=AB), {"a": "na"}, "answer_unknown"),
        (an_item(kind="matrix", rows=AB), "good", "answer_unknown"),
    ],
)
def test_what_is_wrong_with_an_answer(item, given, wrong):
    assert validate(tiny(item), {"X": given}) == {"X": wrong}


def test_the_words_of_other_have_a_limit():
    asked = tiny(an_item(kind="single", options=[*AB, OTHER]))
    assert validate(asked, {"X": "other", "X.other": "长" * 101}) == {"X": "answer_other_too_long"}
    assert validate(asked, {"X": "a", "X.other": "长" * 101}) == {}


def is_asked(when, **answers):
    """Whether Y is asked, after a single S, a multiple M, a number N, a date D and a matrix Q."""
    asked = tiny(
        an_item("S", "single", options=AB),
        an_item("M", "multiple", options=AB),
        an_item("N", "number"),
        an_item("D", "date"),
        an_item("Q", "matrix", rows=AB),
        an_item("Y", "text", longest=9, when=when),
    )
    return "Y" in {item.code for item in visible(asked, answers)}


S_IS_A = {"item": "S", "answer": "a"}
N_OVER_9 = {"item": "N", "op": "gt", "answer": 9}


@pytest.mark.parametrize(
    ("when", "answers", "asked"),
    [
        (S_IS_A, {"S": "a"}, True),
        (S_IS_A, {"S": "b"}, False),
        (S_IS_A, {}, False),
        ({"item": "S", "op": "one_of", "answer": ["a", "b"]}, {"S": "b"}, True),
        ({"item": "S", "op": "one_of", "answer": ["a"]}, {"S": "b"}, False),
        ({"item": "S", "op": "filled"}, {"S": "b"}, True),
        ({"item": "S", "answer": "filled"}, {"S": "b"}, True),
        ({"item": "M", "op": "selected", "answer": "b"}, {"M": ["a", "b"]}, True),
        ({"item": "M", "op": "selected", "answer": "b"}, {"M": "b"}, False),
        (N_OVER_9, {"N": 10}, True),
        (N_OVER_9, {"N": 9}, False),
        (N_OVER_9, {"N": "10"}, False),
        ({"item": "N", "answer": 0}, {"N": 0}, True),
        ({"item": "N", "op": "le", "answer": 9}, {}, False),
        ({"item": "D", "op": "ge", "answer": "2023-11-30"}, {"D": "2023-12-01"}, True),
        ({"item": "Q.a", "answer": "good"}, {"Q": {"a": "good"}}, True),
        ({"item": "Q.a", "answer": "good"}, {"Q": {"b": "good"}}, False),
        ({"every": [S_IS_A, N_OVER_9]}, {"S": "a", "N": 10}, True),
        ({"every": [S_IS_A, N_OVER_9]}, {"S": "a"}, False),
        ({"either": [S_IS_A, N_OVER_9]}, {"N": 10}, True),
        ({"either": [S_IS_A, N_OVER_9]}, {}, False),
        ({"neither": [S_IS_A, N_OVER_9]}, {}, True),
        ({"neither": [S_IS_A, N_OVER_9]}, {"N": 10}, False),
        ({"every": [{"either": [S_IS_A, N_OVER_9]}, {"neither": [{"item": "M", "op": "filled"}]}]}, {"S": "a"}, True),
    ],
)
def test_a_skip_rule(when, answers, asked):
    assert is_asked(when, **answers) is asked


@pytest.mark.parametrize("written", ["2024-2-1", "2024/2/1", "2024年2月1日"])
def test_a_rule_that_was_opened_with_a_day_written_short_compares_days(written):
    later = {"item": "D", "op": "ge", "answer": written}
    assert is_asked(later, D="2024-11-30") and not is_asked(later, D="2024-01-31")
    assert is_asked({"every": [{"neither": [later]}, S_IS_A]}, S="a", D="2024-01-31")


def test_what_hangs_on_a_skipped_item_is_skipped_too():
    asked = tiny(
        an_item("S", "single", options=AB),
        an_item("T", "single", options=AB, when=S_IS_A),
        an_item("U", "text", longest=9, when={"item": "T", "answer": "a"}),
    )
    answers = {"S": "b", "T": "a", "U": "void"}
    assert {item.code for item in visible(asked, answers)} == {"S"}
    assert rows(asked, **answers) == [("S", None, "b", None)]


def test_a_random_order_is_one_forms_own_and_leaves_the_last_last():
    many = [{"code": str(n), "zh": str(n), "en": str(n)} for n in range(9)]
    asked = tiny(an_item(kind="multiple", options=[OTHER, *many], random_order=True))
    orders = [[option.code for option in in_order(asked, asked.items[0], seed)] for seed in ("a", "a", "b")]
    assert orders[0] == orders[1] != orders[2]
    assert {order[-1] for order in orders} == {"other"}


def test_a_matrix_mixes_its_rows_and_never_its_levels():
    many = [{"code": str(n), "zh": str(n), "en": str(n)} for n in range(9)]
    asked = tiny(an_item(kind="matrix", rows=many, random_order=True))
    [item] = asked.items
    assert [row.code for row in rows_in_order(item, "a")] != [row.code for row in rows_in_order(item, "b")]
    assert [option.code for option in in_order(asked, item, "a")] == ["good", "bad"]


def test_a_questionnaire_is_the_same_after_it_was_written_and_read_again():
    asked = tiny(
        an_item("M", "multiple", options=[*AB, OTHER, NONE], most=2, required=True),
        an_item("N", "number", unit={"zh": "元", "en": "yuan"}, low=0, high=9.5, decimals=1),
        an_item("Y", "matrix", rows=AB, when={"either": [{"item": "M", "op": "selected", "answer": "a"}, N_OVER_9]}),
    )
    assert read_questionnaire(json.dumps(as_content(asked))) == asked
