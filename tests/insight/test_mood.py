"""Satisfaction: simple means, intervals, and what may not be shown."""

from datetime import date

import pytest

from db.figures import EVERYTHING, Filters
from insight.mood import hidden, read_mood
from tests.insight.world import add_answers, add_wave

END = date(2023, 11, 30)
HERE, THERE, ELSEWHERE = "330603001", "330603011", "330603105"


def mood(store, filters=EVERYTHING, as_of=END):
    found = store.read(lambda con: read_mood(con, filters=filters, as_of=as_of))
    return {score.dimension: score for score in found.scores}


def test_without_a_survey_there_is_no_score(store):
    assert mood(store) == {}


def test_a_dimension_is_the_mean_over_responses_of_the_mean_of_their_items(store):
    """Five give 100 and 50, five give 50 and say that the second does not apply: (75 + 50) / 2."""
    wave = add_wave(store, 1, "2023-11-01")
    add_answers(store, wave, "2023-11-02", [{"P1": 100, "P2": 50}] * 5 + [{"P1": 50, "P2": None}] * 5)
    measure = mood(store)["policy"].measure
    assert (measure.value, measure.n, measure.suppressed) == (62.5, 10, False)
    assert measure.low == pytest.approx(62.5 - 1.96 * 12.5 / 10**0.5) and measure.low < 62.5 < measure.high


def test_items_that_are_no_levels_stay_out(store):
    wave = add_wave(store, 1, "2023-11-01")
    add_answers(store, wave, "2023-11-02", [{"O1": 75, "O2": 9, "O3": 0, "A1": 50, "A2": 14}] * 10)
    found = mood(store)
    assert found["overall"].measure.value == 75 and found["approvals"].measure.value == 50


def test_nine_answers_are_not_shown_and_the_tenth_is(store):
    wave = add_wave(store, 1, "2023-11-01")
    add_answers(store, wave, "2023-11-02", [{"O1": 75}] * 9)
    score = mood(store)["overall"]
    assert score.measure.value is None and score.measure.suppressed
    add_answers(store, wave, "2023-11-03", [{"O1": 75}])
    assert mood(store)["overall"].measure.value == 75
    assert mood(store, as_of=date(2023, 11, 2))["overall"].measure.suppressed


def test_the_change_is_on_the_wave_before(store):
    for number, opens, value in ((1, "2023-05-01", 50), (2, "2023-11-01", 75)):
        add_answers(store, add_wave(store, number, opens), opens, [{"O1": value}] * 10)
    assert mood(store)["overall"].change == 25
    assert mood(store, as_of=date(2023, 10, 1))["overall"].change is None


def test_a_town_that_could_be_found_by_subtraction_hides_another(store):
    """20 here, 12 there, 5 elsewhere: hiding only the 5 would leave total − 20 − 12."""
    wave = add_wave(store, 1, "2023-11-01")
    for town, n in ((HERE, 20), (THERE, 12), (ELSEWHERE, 5)):
        add_answers(store, wave, "2023-11-02", [{"O1": 75}] * n, town=town)
    shown = {town: mood(store, Filters(town=town))["overall"].measure.value for town in (HERE, THERE, ELSEWHERE)}
    assert shown == {HERE: 75, THERE: None, ELSEWHERE: None}
    assert mood(store)["overall"].measure.value == 75


def test_a_sector_filter_follows_the_same_rule(store):
    wave = add_wave(store, 1, "2023-11-01")
    for sector, n in (("C17", 20), ("C28", 3), ("I65", 30)):
        add_answers(store, wave, "2023-11-02", [{"O1": 75}] * n, sector=sector)
    shown = {
        sector: mood(store, Filters(sector=sector))["overall"].measure.value for sector in ("C", "C17", "C28", "I65")
    }
    assert shown == {"C": 75, "C17": None, "C28": None, "I65": 75}


@pytest.mark.parametrize(
    ("counts", "kept_back"),
    [
        ({}, set()),
        ({"a": 10, "b": 11}, set()),
        ({"a": 9, "b": 11, "c": 30}, {"a", "b"}),
        ({"a": 4, "b": 9, "c": 30}, {"a", "b"}),
        ({"a": 2, "b": 3, "c": 30, "d": 12}, {"a", "b", "d"}),
        ({"a": 0, "b": 12}, set()),
        ({"a": 5}, {"a"}),
    ],
)
def test_what_is_hidden_sums_to_ten_or_is_everything(counts, kept_back):
    assert hidden(counts) == kept_back
