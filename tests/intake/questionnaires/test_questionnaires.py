"""Staff make questionnaires: what can be opened, what never changes again, how series go on, two editors at once."""

import dataclasses
import json

import pytest

from db import sql
from db.refused import MovedOn, Refused
from db.survey import questionnaires as stored
from intake.questionnaires import versions as questionnaires
from intake.questionnaires.check import lacking, problems, stopping
from intake.questionnaires.model import Option, Test, Words
from intake.questionnaires.questionnaire import read_questionnaire
from intake.waves import running as waves
from intake.waves.open_links import open_link
from tests.conftest import NOON
from tests.intake.questionnaires.kinds import CHANNELS, an_item, asked_in_a_wave, every_kind, published
from tests.there import there


def tiny(*items, **changes):
    screens = [{"code": "one", "zh": "一", "en": "One"}]
    return every_kind("tiny", items=list(items), screens=screens, **changes)


def wrong(*items, before=None, **changes):
    return {problem.code for problem in problems(tiny(*items, **changes), before)}


A_TEXT = an_item("A", "text", longest=9)
AB = CHANNELS[:2]


def test_a_questionnaire_of_every_kind_can_be_opened():
    assert problems(every_kind()) == []


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([A_TEXT | {"en": " "}], "words_en"),
        ([A_TEXT | {"zh": ""}], "words_zh"),
        ([an_item("A", "single", options=[AB[0], AB[1] | {"en": ""}])], "words_en"),
        ([A_TEXT | {"hint": {"zh": "提示", "en": ""}}], "words_en"),
        ([an_item("A", "number", unit={"zh": "", "en": "days"})], "words_zh"),
        ([an_item("A", "matrix", rows=[{"code": "r", "zh": "行", "en": ""}])], "words_en"),
        ([an_item("S", "section")], "no_question"),
        ([A_TEXT, A_TEXT], "item_twice"),
        ([A_TEXT | {"code": "1 <b>"}], "item_code"),
        ([A_TEXT | {"screen": "nowhere"}], "no_screen"),
        ([an_item("A", "single", options=AB[:1])], "few_options"),
        ([an_item("A", "single", options=[AB[0], AB[0]])], "option_twice"),
        ([an_item("A", "single", options=[AB[0], AB[1] | {"code": "na"}])], "option_code"),
        ([an_item("A", "level5", options=AB)], "level_value"),
        ([an_item("A", "matrix")], "no_rows"),
        ([an_item("A", "two_numbers")], "no_parts"),
        ([an_item("A", "number", low=5, high=1)], "limits"),
        ([an_item("A", "date", earliest="2024-01-02", latest="2024-01-01")], "limits"),
        ([an_item("A", "date", earliest="2024-2-1")], "limit_day"),
        ([an_item("A", "date", latest="2024-W05-4")], "limit_day"),
        ([an_item("A", "text")], "longest"),
        ([an_item("A", "scale10", low=1, high=5)], "scale10_limits"),
        ([A_TEXT | {"when": {"item": "B", "op": "filled"}}, an_item("B", "text", longest=9)], "rule_later"),
        ([A_TEXT | {"when": {"item": "A", "op": "filled"}}], "rule_later"),
        ([A_TEXT | {"when": {"item": "Z", "op": "filled"}}], "rule_unknown"),
        ([an_item("S", "single", options=AB), A_TEXT | {"when": {"item": "S", "answer": "gone"}}], "rule_impossible"),
        ([an_item("S", "single", options=AB), A_TEXT | {"when": {"item": "S", "op": "gt", "answer": 1}}],
         "rule_impossible"),
        ([an_item("D", "date"), A_TEXT | {"when": {"item": "D", "op": "lt", "answer": "soon"}}], "rule_day"),
        ([an_item("D", "date"), A_TEXT | {"when": {"item": "D", "op": "lt", "answer": 5}}], "rule_day"),
        ([an_item("N", "number"), A_TEXT | {"when": {"item": "N", "answer": "many"}}], "rule_number"),
        ([an_item("N", "scale10", low=0, high=10), A_TEXT | {"when": {"item": "N", "op": "gt", "answer": "9"}}],
         "rule_number"),
        ([A_TEXT | {"was": "A"}], "was_unknown"),
    ],
)  # fmt: skip
def test_what_keeps_a_version_from_being_opened(items, code):
    assert code in wrong(*items)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (A_TEXT, A_TEXT | {"was": "A", "zh": "换了说法"}, None),
        (A_TEXT, an_item("B", "date", was="A"), "was_other_scale"),
        (an_item("A", "single", options=AB), an_item("A", "single", options=CHANNELS, was="A"), "was_other_scale"),
        (an_item("A", "number", unit={"zh": "天", "en": "days"}),
         an_item("A", "number", unit={"zh": "周", "en": "weeks"}, was="A"), "was_other_scale"),
        (an_item("A", "number", high=5), an_item("A", "number", high=9, was="A"), "was_other_scale"),
    ],
)  # fmt: skip
def test_a_series_goes_on_only_with_the_same_kind_on_the_same_scale(before, after, code):
    assert wrong(after, before=tiny(before)) == ({code} if code else set())


def test_a_draft_cannot_be_asked_and_an_incomplete_one_not_be_opened(store, people):
    asked = tiny(A_TEXT | {"en": ""}, A_TEXT | {"code": "B", "zh": ""})  # whole in no language
    with pytest.raises(Refused, match="questionnaire_incomplete"):
        published(store, people, asked, NOON)
    assert [q.code for q in waves.questionnaires(store, actor=people.staff)] == ["satisfaction"] * 2
    with pytest.raises(Refused, match="wave_questionnaire"):
        waves.open_wave(store, actor=people.staff, wave_id="w", form=a_wave("tiny"), at=NOON)


def test_one_whole_in_one_language_is_used_inside_the_house_and_hangs_on_no_wall(store, people):
    asked = tiny(A_TEXT | {"en": ""})
    assert lacking(problems(asked)) == ("en",) and stopping(problems(asked)) == ()
    published(store, people, asked, NOON)
    wave = waves.open_wave(store, actor=people.staff, wave_id="w", form=a_wave("tiny"), at=NOON)
    with pytest.raises(Refused, match="questionnaire_one_language"):
        open_link(store, actor=people.staff, wave_id=wave.id, at=NOON)
    assert [there(asked.item("A")).say(language) for language in ("zh", "en")] == [there(asked.item("A")).zh] * 2


def a_wave(code):
    return waves.WaveForm("试", "Trial", code, 1, NOON.date(), NOON.date())


def test_an_opened_version_never_changes(store, people):
    asked = every_kind()
    asked_in_a_wave(store, people, asked, NOON)
    before = store.read(lambda con: stored.version(con, "kinds", 1))
    changed = dataclasses.replace(asked, title=Words("改了", "Changed"))
    for seen in (1, 2, 3):
        with pytest.raises(Refused, match="questionnaire_fixed"):
            questionnaires.change(store, actor=people.staff, changed=changed, seen=seen, at=NOON)
    with pytest.raises(Refused, match="questionnaire_fixed"):
        questionnaires.discard(store, actor=people.staff, code="kinds", version=1, seen=2, at=NOON)
    questionnaires.close(store, actor=people.staff, code="kinds", version=1, seen=2, at=NOON)
    after = store.read(lambda con: stored.version(con, "kinds", 1))
    assert (after.content, after.state, before.state) == (before.content, "closed", "open")
    with pytest.raises(Refused, match="wave_questionnaire"):
        waves.open_wave(store, actor=people.staff, wave_id="w", form=a_wave("kinds"), at=NOON)


def test_two_editors_at_once_and_the_second_is_told(store, people):
    asked = questionnaires.create(store, actor=people.staff, code="q", title=Words("问卷", "Form"), at=NOON)
    first = dataclasses.replace(asked, purpose=Words("先", "First"))
    assert questionnaires.change(store, actor=people.staff, changed=first, seen=1, at=NOON) == 2
    second = dataclasses.replace(asked, purpose=Words("后", "Second"))
    with pytest.raises(MovedOn):
        questionnaires.change(store, actor=people.admin, changed=second, seen=1, at=NOON)
    kept = questionnaires.sheet(store, actor=people.staff, code="q", version=1)
    assert (there(kept).questionnaire.purpose.en, there(kept).seq) == ("First", 2)


def test_a_new_version_goes_on_with_every_series_of_the_old(store, people):
    published(store, people, every_kind(), NOON)
    new = questionnaires.new_version(store, actor=people.staff, code="kinds", version=1, at=NOON)
    assert (new.version, new.follows) == (2, 1)
    assert new == questionnaires.new_version(store, actor=people.staff, code="kinds", version=1, at=NOON)
    renamed = tuple(dataclasses.replace(i, code="LX") if i.code == "L1" else i for i in new.items)
    changed = dataclasses.replace(new, items=renamed)
    questionnaires.change(store, actor=people.staff, changed=changed, seen=1, at=NOON)
    questionnaires.publish(store, actor=people.staff, code="kinds", version=2, seen=2, at=NOON)
    questionnaires.close(store, actor=people.staff, code="kinds", version=1, seen=2, at=NOON)
    series = {v: store.read(lambda con, v=v: {i.item: i.series for i in stored.items(con, "kinds", v)}) for v in (1, 2)}
    assert series[2] == {("LX" if item == "L1" else item): name for item, name in series[1].items()}
    assert series[1]["X1.price"] == "X1.price"


def test_a_duplicate_begins_its_own_series(store, people):
    published(store, people, every_kind(), NOON)
    new = questionnaires.new_version(store, actor=people.staff, code="kinds", version=1, at=NOON)
    copied = questionnaires.duplicate(
        store, actor=people.staff, code="kinds", version=new.version, new_code="copy", at=NOON
    )
    assert (copied.code, copied.version, copied.follows) == ("copy", 1, None)
    assert {item.was for item in copied.items} == {None}


def test_items_stand_in_the_order_of_their_screens():
    asked = every_kind()
    mixed = dataclasses.replace(asked, items=tuple(reversed(asked.items)))
    assert [item.screen for item in questionnaires.arranged(mixed).items] == [i.screen for i in asked.items]


def test_opening_and_closing_stand_in_the_history_and_editing_does_not(store, people):
    published(store, people, every_kind(), NOON)
    kinds = store.read(
        lambda con: sql.rows(con, "SELECT kind FROM event WHERE subject = 'questionnaire:kinds:1' ORDER BY n")
    )
    assert [row["kind"] for row in kinds] == ["questionnaire_draft", "questionnaire_open"]


@pytest.mark.parametrize("who", ["enterprise", "officer", "department", "town", "leader"])
def test_nobody_else_makes_questionnaires(store, people, who):
    actor = getattr(people, who)
    with pytest.raises(Refused, match="forbidden"):
        questionnaires.create(store, actor=actor, code="q", title=Words("问卷", "Form"), at=NOON)
    with pytest.raises(Refused, match="forbidden"):
        questionnaires.publish(store, actor=actor, code="satisfaction", version=1, seen=1, at=NOON)
    with pytest.raises(Refused, match="forbidden"):
        questionnaires.overview(store, actor=actor)


def test_the_first_questionnaire_can_still_be_read_and_opened_again_as_a_version(store, people):
    new = questionnaires.new_version(store, actor=people.staff, code="satisfaction", version=1, at=NOON)
    found = questionnaires.sheet(store, actor=people.staff, code="satisfaction", version=new.version)
    assert there(found).problems == ()
    content = json.loads(store.read(lambda con: stored.version(con, "satisfaction", new.version)).content)
    assert read_questionnaire(json.dumps(content)).items[2].when == Test("QP", "yes")
    assert isinstance(there(found).questionnaire.scales["level5"][0], Option)
