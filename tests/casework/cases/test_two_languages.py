"""An answer in the language of who raised the case, beside the house's own; what was typed before is offered."""

from datetime import timedelta

from casework.cases.two_languages import typed_before
from db import sql
from db.cases import cases
from db.cases.cases import CaseFilters
from db.system import integrity
from db.system.rebuild import compare
from i18n import folding
from tests.casework.cases.steps import TODAY, raise_case, take
from tests.conftest import NOON

ZH = "线路已经更换。新变压器12月4日起供电。"
EN = "The line has been replaced. The new transformer supplies power from 4 December."


def dispatched(store, people, language="en", **changes):
    case = raise_case(store, people, language=language, **changes)
    return take(store, people.staff, take(store, people.staff, case, "accept"), "dispatch", co=())


def answered(store, people, text=ZH, translated=EN, **changes):
    return take(store, people.department, dispatched(store, people, **changes), "answer", text=text,
                translated=translated)  # fmt: skip


def offered(store, people, text, language="en", who="department"):
    case = dispatched(store, people, language)
    return [(o.before, o.words) for o in typed_before(store, actor=getattr(people, who), case=case, text=text)]


def test_an_answer_stands_in_the_language_of_the_case_too_and_is_found_by_it(store, people):
    case = answered(store, people)
    assert (case.answer_text, case.answer_translated) == (ZH, EN)
    asked = CaseFilters(TODAY, text="new transformer")
    assert store.read(lambda con: cases.how_many(con, people.staff.scope, asked)) == 1
    assert store.read(compare).differences == []
    assert store.read(integrity.verify) == []


def test_a_case_in_the_houses_language_has_one_answer(store, people):
    assert answered(store, people, language="zh").answer_translated is None


def test_a_later_answer_in_one_language_leaves_none_of_the_earlier_in_the_other(store, people):
    case = take(store, people.enterprise, answered(store, people), "reject")
    again = take(store, people.department, case, "answer", text="已经全部办好", at=NOON + timedelta(days=1))
    assert (again.answer_text, again.answer_translated) == ("已经全部办好", None)
    assert store.read(integrity.verify) == []


def test_a_translation_changed_behind_the_history_is_found(store, people):
    answered(store, people)
    store.write(lambda con: sql.run(con, "UPDATE cases SET answer_translated = 'Nothing was done'"))
    assert [one.reason for one in store.read(integrity.verify)] == ["content"]


def test_sentences_that_were_typed_before_are_offered_with_how_they_were_put(store, people):
    answered(store, people)
    said = offered(store, people, "经核实，线路已经更换！新变压器12月9日起供电。无关的一句话")
    assert said == [
        ("线路已经更换。", "The line has been replaced."),
        ("新变压器12月4日起供电。", "The new transformer supplies power from 4 December."),
    ], "as it was, so that its day is seen to differ"
    assert offered(store, people, "完全不同的内容") == []
    assert offered(store, people, ZH, language="zh") == [], "nothing is asked in the house's language"


def test_nothing_is_offered_from_answers_that_one_may_not_see(store, people):
    answered(store, people)
    assert offered(store, people, ZH, who="other_department") == []
    assert len(offered(store, people, ZH, who="staff")) == 2


def test_words_that_are_cut_differently_stand_together_as_they_were(store, people):
    answered(store, people, text="线路已经更换，明天供电。", translated="The line is new. Power returns tomorrow.")
    assert offered(store, people, "线路已经更换，明天供电") == [
        ("线路已经更换，明天供电。", "The line is new. Power returns tomorrow.")
    ]


def test_a_semicolon_of_one_language_alone_keeps_no_sentence_from_being_offered(store, people):
    before, words = "设备已经装好，请试用。", "It is installed; please try it."
    answered(store, people, text=f"{before}有问题请来电。", translated=f"{words} Call us.")
    assert offered(store, people, "设备已装好，请试用。") == [(before, words)]


def test_what_was_answered_before_is_cut_into_pairs_of_letters_once_until_it_changes(store, people, monkeypatch):
    answered(store, people)
    case, folded, seen = dispatched(store, people), folding.folded, []
    monkeypatch.setattr(folding, "folded", lambda text: seen.append(text) or folded(text))

    def asked(text):
        seen.clear()
        found = typed_before(store, actor=people.department, case=case, text=text)
        return len(found), len(seen)

    assert asked(ZH) == (2, 4), "two sentences that are known, and two that are typed"
    assert asked("线路已经更换，请放心。") == (1, 3), "a sentence and its two clauses; what is known is known"
    assert asked("线路") == (0, 1)
    answered(store, people, "已经退税。", "The tax was refunded.")
    assert asked("已经退税。")[0] == 1, "what was answered since is known too"
