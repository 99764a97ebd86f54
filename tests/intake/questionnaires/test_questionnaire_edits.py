"""Edits of a draft: order, codes and words stay what they should."""

from intake.questionnaires import edits
from intake.questionnaires.model import Option
from intake.questionnaires.versions import arranged
from tests.intake.questionnaires.kinds import every_kind
from tests.there import there


def codes(asked):
    return [item.code for item in arranged(asked).items]


def test_a_question_moves_within_its_page_and_over_its_edge():
    asked = every_kind()
    assert codes(edits.moved(asked, "L1", 1))[:3] == ["S0", "N10", "L1"]
    assert codes(edits.moved(asked, "L1", -1))[:2] == ["L1", "S0"]
    over = edits.moved(asked, "T1", 1)
    assert there(over.item("T1")).screen == "two" and codes(over).index("T1") == codes(over).index("A1") - 1
    back = edits.moved(asked, "A1", -1)
    assert there(back.item("A1")).screen == "one" and codes(back).index("A1") == codes(back).index("T1") + 1
    assert edits.moved(asked, "S0", -1) == asked and edits.moved(asked, "P1", 1) == asked


def test_a_copy_stands_below_and_has_its_own_code():
    assert codes(edits.copied(every_kind(), "L1"))[:3] == ["S0", "L1", "Q1"]


def test_a_page_with_questions_stays():
    asked = every_kind()
    assert edits.without_screen(asked, "one") == asked
    empty = edits.with_screen(asked, type(asked.screens[0])("三", "Three", "three"))
    assert edits.without_screen(empty, "three") == asked


def test_a_question_of_another_kind_keeps_its_words_and_choices_where_it_can():
    asked = every_kind()
    single = edits.of_kind(there(asked.item("M1")), "single")
    assert (single.kind, single.options, single.most) == ("single", there(asked.item("M1")).options, 0)
    text = edits.of_kind(there(asked.item("M1")), "text")
    assert (text.zh, text.options, text.longest) == ("题目M1", (), 500)


def test_choices_keep_their_codes_when_lines_move_change_or_come():
    before = (Option("甲", "A", "a", value=1), Option("乙", "B", "b"), Option("丙", "C", "c"))
    swapped = edits.options_of_lines("乙\n甲\n丙", "B\nA\nC", before)
    assert [(o.code, o.zh, o.value) for o in swapped] == [("b", "乙", None), ("a", "甲", 1), ("c", "丙", None)]
    reworded = edits.options_of_lines("甲\n乙乙\n丙", "A\nB\nC", before)
    assert [o.code for o in reworded] == ["a", "b", "c"]
    more = edits.options_of_lines("甲\n乙\n丙\n丁", "A\nB\nC", before)
    assert [(o.code, o.en) for o in more][-1] == ("o1", "")
    fewer = edits.options_of_lines("乙\n丙", "B\nC", before)
    assert [o.code for o in fewer] == ["b", "c"]


def test_a_question_is_put_before_another_or_last_on_its_page():
    asked = every_kind()
    codes = [item.code for item in asked.on_screen("one")]
    assert [i.code for i in edits.placed(asked, "T1", "L1").on_screen("one")] == ["S0", "T1", *codes[1:-1]]
    assert [i.code for i in edits.placed(asked, "S0", None).on_screen("one")] == [*codes[1:], "S0"]
    assert edits.placed(asked, "L1", "A1").items == edits.placed(asked, "L1", None).items, "never on another page"


def test_a_page_moves_with_its_questions():
    asked = edits.screen_moved(every_kind(), "two", -1)
    assert [screen.code for screen in asked.screens] == ["two", "one"]
    assert asked.items[0].screen == "two" and len(asked.items) == len(every_kind().items)
    assert edits.screen_moved(asked, "two", -1) == asked
