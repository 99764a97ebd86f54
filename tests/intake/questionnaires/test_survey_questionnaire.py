"""The questionnaire of the satisfaction survey: complete in both languages, its skip rules, what it takes."""

import re

import pytest

from intake.questionnaires.questionnaire import in_order, read_questionnaire, to_store, validate, visible_items
from tests.paths import ROOT

CONTENT, SECOND = (ROOT / "db" / "reference" / f"questionnaire-satisfaction-{version}.json" for version in (1, 2))
TWO_IN_ONE = {"P1", "P2", "F2", "L1", "L2", "S1", "J1"}  # of the first version: two questions or three in one
CODES = [
    "P1",
    "P2",
    "A1",
    "A2",
    "F1",
    "F2",
    "L1",
    "L2",
    "C1",
    "C2",
    "R1",
    "R2",
    "J1",
    "J2",
    "I1",
    "S1",
    "S2",
    "S3",
    "S4",
    "X1",
    "O1",
    "O2",
    "O3",
    "O4",
    "O5",
]
DIMENSIONS = {"policy", "approvals", "finance", "labour", "costs", "regulation", "law", "infrastructure", "service",
              "foreign", "overall"}  # fmt: skip


@pytest.fixture(scope="session")
def asked():
    return read_questionnaire(CONTENT.read_text(encoding="utf-8"))


def full_answers(**changes):
    """Everything answered by an enterprise to which everything applies."""
    levels = dict.fromkeys(
        [
            "P1",
            "P2",
            "A1",
            "F1",
            "F2",
            "C1",
            "C2",
            "L1",
            "L2",
            "I1",
            "R1",
            "R2",
            "J1",
            "J2",
            "S1",
            "S2",
            "S3",
            "S4",
            "X1",
            "O1",
        ],
        "satisfied",
    )
    screening = dict.fromkeys(("QP", "QA", "QS", "QM", "QX"), "yes")
    rest = {"A2": {"actual": 12, "promised": 5}, "O2": 9, "O3": "better", "O4": "labour", "O5": "用工难"}
    return levels | screening | rest | changes


def shown(asked, answers):
    return {item.code for item in visible_items(asked, answers)}


@pytest.fixture(scope="session")
def second():
    return read_questionnaire(SECOND.read_text(encoding="utf-8"))


def test_the_second_version_asks_one_thing_at_a_time_and_goes_on_with_all_else(asked, second):
    """Of two things asked at once nobody knows which one was meant: each has a question now, and none its series."""
    first = {item.code: item for item in asked.items}
    split = [item for item in second.items if not item.was]
    assert (second.version, second.follows) == (2, 1) and {item.was for item in second.items} - {None} == (
        first.keys() - TWO_IN_ONE
    )
    assert {item.code[:-1] for item in split} == TWO_IN_ONE and len(split) == 15
    same = ["kind", "dimension", "screen", "required", "na", "when", "options", "parts", "low", "high"]
    for item in second.items:
        before = first[item.was or item.code[:-1]]
        assert [getattr(item, name) for name in same] == [getattr(before, name) for name in same], item.code
        assert item.was is None or (item.zh, item.en) == (before.zh, before.en)
    assert not [item for item in split if re.search("[、，]|并", item.zh) and not item.code.startswith("J1")]


@pytest.mark.parametrize("version", ["asked", "second"])
def test_every_item_of_the_instrument_is_asked_in_both_languages(version, request):
    asked = request.getfixturevalue(version)
    codes = [item.code for item in asked.items]
    assert len(codes) == len(set(codes))
    assert set(CODES) - (TWO_IN_ONE if version == "second" else set()) <= set(codes)
    texts = [*asked.items, *asked.screens, asked.title, asked.purpose, asked.notice]
    texts += [o for item in asked.items for o in (*item.options, *item.parts)]
    texts += [o for scale in asked.scales.values() for o in scale]
    for text in texts:
        assert re.search(r"[\u4e00-\u9fff]", text.zh), text
        assert text.en and not re.search(r"[\u4e00-\u9fff]", text.en), text
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!(][\u4e00-\u9fff]", text.zh), text.zh


def test_there_are_six_screens_and_every_item_stands_on_one(asked):
    assert len(asked.screens) == 6
    assert {item.screen for item in asked.items} == {screen.code for screen in asked.screens}
    assert {item.dimension for item in asked.items} - {None} == DIMENSIONS


def test_a_condition_names_an_item_asked_before_on_the_same_screen(asked):
    before = {}
    assert any(item.when for item in asked.items)
    for item in asked.items:
        if item.when:
            assert before[item.when.item] == item.screen
        before[item.code] = item.screen


def test_the_scale_of_five_counts_from_a_hundred_to_nothing(asked):
    for kind in ("level5", "change5"):
        assert [option.value for option in asked.scales[kind]] == [100, 75, 50, 25, 0]


@pytest.mark.parametrize(
    ("screening", "skipped"),
    [("QP", {"P2"}), ("QA", {"A1", "A2"}), ("QS", {"S2", "S3"}), ("QM", {"S4"}), ("QX", {"X1"})],
)
def test_a_no_skips_what_hangs_on_it_and_a_yes_asks_it(asked, screening, skipped):
    everything = shown(asked, full_answers())
    assert skipped <= everything
    assert everything - shown(asked, full_answers(**{screening: "no"})) == skipped
    assert everything - shown(asked, full_answers(**{screening: None})) == skipped


def test_consent_is_asked_only_where_there_is_a_comment(asked):
    assert "O5_consent" in shown(asked, full_answers())
    assert "O5_consent" not in shown(asked, full_answers(O5=" \n\u200b"))


def test_answers_on_a_path_that_no_longer_applies_are_void(asked):
    rows = to_store(asked, full_answers(QA="no", QX="no", O5="", O5_consent=True))
    assert {row.item for row in rows} & {"A1", "A2", "X1", "O5", "O5_consent"} == set()
    assert {"QA", "P2", "O4"} <= {row.item for row in rows}


def test_what_is_stored_of_each_kind_of_answer(asked):
    rows = {(row.item, row.choice): row for row in to_store(asked, full_answers(S1="na", O5_consent=True))}
    assert rows["P1", None].value == 75
    assert rows["S1", "na"].value is None
    assert (rows["A2", "actual"].value, rows["A2", "promised"].value) == (12, 5)
    assert rows["O2", None].value == 9
    assert rows["O3", None].value == 75
    assert ("O4", "labour") in rows and ("QP", "yes") in rows and ("O5_consent", "yes") in rows
    assert rows["O5", None].text == "用工难"


def test_full_answers_have_nothing_wrong(asked):
    assert validate(asked, full_answers()) == {}


@pytest.mark.parametrize(
    ("item", "given", "wrong"),
    [
        ("P1", None, "answer_required"),
        ("P1", "excellent", "answer_unknown"),
        ("P1", ["satisfied"], "answer_unknown"),
        ("P1", "na", None),
        ("O1", "na", "answer_unknown"),
        ("O2", 11, "answer_out_of_range"),
        ("O2", -1, "answer_out_of_range"),
        ("O2", 7.5, "answer_whole_number"),
        ("O2", True, "answer_whole_number"),
        ("O2", 0, None),
        ("A2", {"actual": 3, "promised": None}, "answer_both_numbers"),
        ("A2", {"actual": None, "promised": None}, "answer_required"),
        ("A2", {"actual": 3, "promised": 401}, "answer_out_of_range"),
        ("A2", {"actual": 3, "promised": "5"}, "answer_whole_number"),
        ("A2", {"actual": 0, "promised": 0}, None),
        ("A2", "na", None),
        ("O4", "weather", "answer_unknown"),
        ("O5", None, None),
        ("O5", "字" * 1000, None),
        ("O5", "字" * 1001, "answer_too_long"),
        ("O5_consent", "yes", "answer_unknown"),
    ],
)
def test_what_is_wrong_with_an_answer(asked, item, given, wrong):
    assert validate(asked, full_answers(**{item: given})).get(item) == wrong


def test_the_obstacles_are_mixed_for_each_form_and_stay_as_they_are_for_one(asked):
    obstacles = next(item for item in asked.items if item.code == "O4")
    orders = {tuple(option.code for option in in_order(asked, obstacles, f"form-{n}")) for n in range(20)}
    assert len(orders) > 15
    assert {order[-2:] for order in orders} == {("other", "none")}
    assert in_order(asked, obstacles, "form-1") == in_order(asked, obstacles, "form-1")
    level = next(item for item in asked.items if item.code == "P1")
    assert [option.code for option in in_order(asked, level, "form-1")] == [o.code for o in asked.scales["level5"]]


def test_data_that_is_no_questionnaire_is_refused():
    with pytest.raises(ValueError, match="validation error"):
        read_questionnaire('{"code": "x", "version": 1}')
