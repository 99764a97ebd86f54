"""Paper forms: what a clerk types is what is printed, a form is taken once, a second keying is compared."""

import dataclasses
import json
from datetime import timedelta
from uuid import uuid4

import pytest

from db import sql
from db.refused import Refused
from db.survey import samples, surveys
from db.system import integrity
from intake.paper import keying as paper
from intake.paper.form import (
    keyed_questions,
    keys_of,
    problems,
    questions,
    read_line,
    read_serial,
    serial_of,
)
from intake.paper.rules import when_in_words
from intake.paper.sheets import boxes
from intake.questionnaires.kinds.table import KINDS
from intake.questionnaires.model import Item, Option, Test
from intake.questionnaires.questionnaire import NA, read_questionnaire
from intake.survey.submitting import InvalidAnswers
from intake.waves import running as waves
from tests.conftest import NOON
from tests.intake.survey.test_survey import a_form, count, refusal, submit
from tests.paths import ROOT
from tests.sheets import answered, sheet, who_came
from tests.there import there

REFERENCE = read_questionnaire((ROOT / "db/reference/questionnaire-satisfaction-1.json").read_text(encoding="utf-8"))
LINES = {
    "policy": "4 1 3 2 . .",
    "finance": "45n3",
    "labour": "234",
    "regulation": "4n33",
    "service": "52..2.2.",
    "overall": "4 8 3 13",
}


def read(screen, line, asked=REFERENCE):
    return read_line(asked, keyed_questions(asked, screen), line)


def test_every_kind_of_question_can_be_printed_and_typed():
    items = tuple(Item(zh="问", en="Q", code=kind, kind=kind, screen="policy") for kind in KINDS)
    for item in items:
        assert isinstance(boxes(REFERENCE, item, "zh"), str)


def test_a_rule_about_a_day_names_it_as_the_reader_does():
    asked = dataclasses.replace(REFERENCE, items=(Item(zh="日", en="D", code="D", kind="date", screen="policy"),))
    rule = Test("D", "2024-02-01", "ge")
    assert "2024年2月1日" in when_in_words(asked, rule, {"D": "1"}, "zh")
    assert "1 Feb 2024" in when_in_words(asked, rule, {"D": "1"}, "en")


def test_levels_count_down_so_that_better_is_higher():
    assert {key: option.code for key, option in keys_of(REFERENCE, there(REFERENCE.item("P1"))).items()} == {
        "5": "very_satisfied", "4": "satisfied", "3": "fairly_satisfied", "2": "dissatisfied", "1": "very_dissatisfied",
    }  # fmt: skip
    assert [q.number for q in questions(REFERENCE)] == [str(n) for n in range(1, 31)]


def test_no_consent_is_asked_on_paper_to_open_an_issue_that_its_notice_says_is_not_opened():
    assert "O5_consent" not in [q.code for q in questions(REFERENCE)]
    informed = Item(zh="我已知情", en="I was informed", code="I", kind="consent", screen="policy")
    asked = dataclasses.replace(REFERENCE, items=(*REFERENCE.items, informed))
    assert [q.code for q in questions(asked)][-1] == "I", "a box that passes nothing on stays"


@pytest.mark.parametrize("line", ["45n3", "4 5 n 3", "４５ｎ３", " 4  5 N 3 "])
def test_a_line_says_the_same_with_and_without_spaces_and_full_width(line):
    keyed = read("finance", line)
    assert keyed.wrong == {}
    assert keyed.answers == {"F1": "satisfied", "F2": "very_satisfied", "C1": NA, "C2": "fairly_satisfied"}


def test_numbers_of_several_digits_end_with_a_space():
    keyed = read("policy", "4 1 3 1 5 12/10")
    assert keyed.answers["A2"] == {"actual": 12, "promised": 10}
    keyed = read("overall", "4 10 3 13")
    assert keyed.wrong == {} and keyed.answers["O2"] == 10
    assert keyed.answers["O4"] == there(REFERENCE.item("O4")).options[12].code


def test_what_cannot_be_read_is_said_of_its_question_and_never_guessed():
    assert read("finance", "45").wrong == {"C1": "paper_missing", "C2": "paper_missing"}
    assert read("finance", "4567").wrong == {"C1": "paper_unreadable", "C2": "paper_unreadable"}
    assert read("finance", "45n35").wrong == {"C2": "paper_too_many"}
    assert read("labour", "4n2").wrong == {} and read("policy", "4n3...").wrong == {"QP": "paper_unreadable"}
    assert problems(REFERENCE, read("overall", "4 11 3 13").answers) == {"O2": "answer_out_of_range"}


def test_a_full_stop_is_a_blank_and_a_blank_is_no_fault_on_paper():
    keyed = read("finance", "....")
    assert (keyed.answers, keyed.wrong, problems(REFERENCE, {})) == ({}, {}, {})


def test_several_choices_and_rows_of_a_matrix_are_keyed_too():
    options = tuple(Option(zh=c, en=c, code=c) for c in "abc")
    items = (
        Item(zh="多", en="M", code="M", kind="multiple", screen="policy", options=options),
        Item(zh="表", en="T", code="T", kind="matrix", screen="policy", na=True, rows=options[:2]),
        Item(zh="日", en="D", code="D", kind="date", screen="policy"),
        Item(zh="数", en="N", code="N", kind="number", screen="policy", decimals=1),
    )
    asked = dataclasses.replace(REFERENCE, items=items)
    assert [q.number for q in questions(asked)] == ["1", "2.1", "2.2", "3", "4"]
    keyed = read("policy", "13 5n 20231130 2.5", asked)
    assert keyed.wrong == {}
    assert keyed.answers == {"M": ["a", "c"], "T": {"a": "very_satisfied", "b": NA}, "D": "2023-11-30", "N": 2.5}
    assert problems(asked, read("policy", "13 5n 20231399 2.5", asked).answers) == {"D": "answer_date"}


@pytest.fixture
def wave(store, people):
    return waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=a_form(), at=NOON)


@pytest.fixture
def typed(store, people, wave):
    """The number on the form of the first firm."""
    unit = store.read(lambda con: samples.unit_of(con, wave_id=wave.id, enterprise_id=people.firm.id))
    return serial_of(wave, unit.serial)


ANSWERS = {"P1": "satisfied", "QP": "no", "P2": "satisfied", "O1": "dissatisfied", "O5": "用工难"}


def enter(store, people, wave, typed, **changes):
    return paper.enter(
        store, **{"actor": people.staff, "wave_id": wave.id, "typed": typed, "response_id": str(uuid4()),
                  "answers": ANSWERS, "at": NOON} | changes
    )  # fmt: skip


def test_a_number_is_read_with_and_without_its_wave_and_zeros_and_a_slip_is_seen(wave):
    full = serial_of(wave, 345)
    check = full[-1]
    assert {read_serial(wave, text) for text in (full, f"345-{check}", f"345{check}", f"００345－{check}")} == {345}
    for wrong in (f"346-{check}", f"354-{check}", "", "abc", "345", "1-2-3-4", "²³"):
        assert refusal(read_serial, wave, wrong) == "paper_serial"


def test_a_form_is_taken_once_with_its_blanks_and_what_is_void_stays_on_the_paper_only(store, people, wave, typed):
    receipt = enter(store, people, wave, typed)
    one = who_came(store)
    assert (one.source, one.enterprise_id, sheet(store).started_at) == ("paper", people.firm.id, None)
    assert receipt.number == f"S-2023-{one.number}"
    assert {row["item"] for row in answered(store)} == {"P1", "QP", "O1", "O5"}  # P2 hangs on QP
    form = store.read(lambda con: sql.one(con, "SELECT * FROM paper_form"))
    assert sheet(store).typed["P2"] == "satisfied" and form["entered_by"] == people.staff.id
    assert "satisfied" not in str(form)


def test_the_same_paper_twice_is_recognised_and_a_double_press_writes_once(store, people, wave, typed):
    response_id = str(uuid4())
    first = enter(store, people, wave, typed, response_id=response_id)
    assert enter(store, people, wave, typed, response_id=response_id).number == first.number
    assert refusal(enter, store, people, wave, typed) == "paper_known"
    assert count(store, "participation") == 1


def test_paper_after_an_answer_online_is_not_counted_and_online_after_paper_neither(store, people, wave, typed):
    submit(store, people.enterprise, wave, at=NOON)
    assert refusal(enter, store, people, wave, typed) == "paper_answered"
    unit = store.read(lambda con: samples.unit_of(con, wave_id=wave.id, enterprise_id=people.other_firm.id))
    enter(store, people, wave, serial_of(wave, unit.serial))
    assert refusal(submit, store, people.stranger, wave, at=NOON) == "survey_answered"


def test_what_cannot_stand_on_paper_is_refused(store, people, wave, typed):
    with pytest.raises(InvalidAnswers) as refused:
        enter(store, people, wave, typed, answers={"P1": "great", "O2": 11})
    assert refused.value.errors == {"P1": "answer_unknown", "O2": "answer_out_of_range"}
    assert refusal(enter, store, people, wave, typed, answers={}) == "paper_empty"


def test_forms_are_taken_until_two_weeks_after_the_last_day(store, people, wave, typed):
    late = wave.closes_at + surveys.PAPER_GRACE
    assert refusal(enter, store, people, wave, typed, at=late) == "paper_closed"
    assert enter(store, people, wave, typed, at=late - timedelta(seconds=1))


def test_none_is_taken_nor_corrected_once_all_are_said_to_be_in(store, people, wave, typed):
    """The results are out: a form that came in now would be found by looking before and after."""
    enter(store, people, wave, typed)
    closed = waves.close_wave(store, actor=people.staff, wave_id=wave.id, seen=wave.seq, keyed=True, at=NOON)
    assert closed.keyed_at == NOON and refusal(enter, store, people, wave, typed) == "paper_closed"
    args = {"actor": people.staff, "wave_id": wave.id, "typed": typed, "at": NOON}
    assert refusal(paper.settle, store, answers=ANSWERS, **args) == "paper_closed"
    assert paper.open_waves(store, actor=people.staff, at=NOON) == []


def test_the_number_of_an_answer_given_online_is_never_told_to_whoever_keys_paper(store, people, wave, typed):
    """A receipt's number beside a name would say whose an answer is."""
    number = submit(store, people.enterprise, wave, at=NOON).number
    with pytest.raises(Refused) as refused:
        enter(store, people, wave, typed)
    assert (refused.value.code, refused.value.facts) == ("paper_answered", {})
    found = paper.find(store, actor=people.staff, wave_id=wave.id, typed=typed, at=NOON)
    assert found.answered_online and number not in repr(found) and found.number == ""
    assert refusal(enter, store, people, wave, typed, response_id=who_came(store).id) == "paper_answered"


@pytest.mark.parametrize("who", ["enterprise", "officer", "department", "town", "leader", "admin"])
def test_only_staff_key_paper_forms(store, people, wave, typed, who):
    actor = getattr(people, who)
    assert refusal(enter, store, people, wave, typed, actor=actor) == "forbidden"
    assert refusal(paper.find, store, actor=actor, wave_id=wave.id, typed=typed, at=NOON) == "forbidden"


def test_a_second_keying_agrees_or_mends_and_the_history_says_so(store, people, wave, typed):
    enter(store, people, wave, typed)
    args = {"actor": people.staff, "wave_id": wave.id, "typed": typed, "at": NOON}
    assert paper.compare(store, answers=ANSWERS, **args) == []
    other = ANSWERS | {"O1": "satisfied"}
    assert paper.compare(store, answers=other, **args) == ["O1"]
    assert paper.settle(store, answers=other, **args).corrected == 1
    assert [row["value"] for row in answered(store, "O1")] == [75]
    assert refusal(paper.settle, store, answers=ANSWERS, **args) == "paper_checked"
    event = store.read(lambda con: sql.one(con, "SELECT * FROM event WHERE kind = 'paper_check'"))
    assert json.loads(event["detail"]).items() >= {"wave": wave.id, "corrected": 1}.items()
    assert store.read(integrity.verify) == []
    assert paper.tally(store, actor=people.staff, wave_id=wave.id) == (1, 1)
