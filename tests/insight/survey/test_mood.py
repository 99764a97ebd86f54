"""Satisfaction on the leader's page: closed waves only, one index, what may not be shown."""

from datetime import date

import pytest

from db.figures.figures import EVERYTHING, Filters
from insight.drawing.charts import Brush, CodeNames
from insight.drawing.colours import palette
from insight.survey.mood import read_mood
from insight.survey.mood_chart import mood_chart
from tests.insight.world import add_answers, add_wave

END = date(2024, 1, 31)
HERE, THERE, ELSEWHERE = "330603001", "330603011", "330603105"


def mood(store, filters=EVERYTHING, as_of=END):
    found = store.read(lambda con: read_mood(con, filters=filters, as_of=as_of))
    return {score.dimension: score for score in found.scores}


def test_without_a_survey_there_is_no_score(store):
    assert mood(store) == {}


def test_a_dimension_is_the_mean_over_responses_of_the_mean_of_their_items(store):
    """Fifteen give 100 and 50, fifteen give 50 and say that the second does not apply: (75 + 50) / 2."""
    wave = add_wave(store, 1, "2023-11-01")
    add_answers(store, wave, "2023-11-02", [{"P1": 100, "P2": 50}] * 15 + [{"P1": 50, "P2": None}] * 15)
    measure = mood(store)["policy"].measure
    assert (measure.value, measure.n, measure.suppressed) == (pytest.approx(62.5), 20, False)


def test_the_overall_score_is_the_index_over_the_dimensions_and_not_the_question_about_the_whole(store):
    wave = add_wave(store, 1, "2023-11-01")
    answers = {"P1": 100, "F1": 50, "C1": 50, "L1": 50, "I1": 50, "O1": 0, "O2": 9, "O3": 0, "A1": 60, "A2": 14}
    add_answers(store, wave, "2023-11-02", [answers] * 10)
    found = mood(store)
    assert found["overall"].measure.value == pytest.approx(60) and found["approvals"].measure.value == pytest.approx(60)


def test_an_open_wave_has_no_figures_yet(store):
    """It closes at noon on 1 December: from the next day on it may be read, however far back one looks."""
    wave = add_wave(store, 1, "2023-11-01")
    add_answers(store, wave, "2023-11-02", [{"P1": 75}] * 40)
    assert mood(store, as_of=date(2023, 12, 1)) == {}
    assert mood(store, as_of=date(2023, 12, 2))["policy"].measure.value == pytest.approx(75)


def test_nine_answers_are_not_shown_and_ten_are(store):
    wave = add_wave(store, 1, "2023-11-01")
    add_answers(store, wave, "2023-11-02", [{"P1": 75, "F1": 75}] * 9 + [{"P1": 75}])
    found = mood(store)
    assert found["policy"].measure.value == pytest.approx(75)
    assert found["finance"].measure.value is None and found["finance"].measure.suppressed


def test_a_chart_of_which_everything_is_hidden_says_so_and_no_number_of_answers(store):
    wave = add_wave(store, 1, "2023-11-01")
    add_answers(store, wave, "2023-11-02", [{"P1": 75, "F1": 75}] * 9)
    brush = Brush(palette(dark=False), CodeNames(), "zh")
    drawn = mood_chart(store.read(lambda con: read_mood(con, filters=EVERYTHING, as_of=END)), END, brush)
    assert "不显示" in drawn.source and "n = " not in drawn.source


def test_the_change_is_on_the_wave_before_with_its_interval(store):
    firms = [f"firm {i}" for i in range(20)]
    for number, opens, value in ((1, "2023-05-01", 50), (2, "2023-11-01", 75)):
        answers = [{"P1": value + (i % 2) * 5} for i in range(20)]
        add_answers(store, add_wave(store, number, opens), opens, answers, firms=firms)
    score = mood(store)["policy"]
    assert score.moved.by == pytest.approx(25) and score.moved.low <= 25 <= score.moved.high
    assert mood(store, as_of=date(2023, 10, 1))["policy"].moved is None


def test_a_town_that_could_be_found_by_subtraction_hides_another(store):
    """20 here, 12 there, 5 elsewhere: hiding only the 5 would leave total − 20 − 12."""
    wave = add_wave(store, 1, "2023-11-01")
    for town, n in ((HERE, 20), (THERE, 12), (ELSEWHERE, 5)):
        add_answers(store, wave, "2023-11-02", [{"P1": 75}] * n, town=town)
    shown = {town: mood(store, Filters(town=town))["policy"].measure.value for town in (HERE, THERE, ELSEWHERE)}
    assert shown == {HERE: pytest.approx(75), THERE: None, ELSEWHERE: None}
    assert mood(store)["policy"].measure.value == pytest.approx(75)


def test_a_sector_filter_follows_the_same_rule_and_a_crossing_has_no_figure(store):
    wave = add_wave(store, 1, "2023-11-01")
    for sector, n in (("C17", 20), ("C28", 3), ("I65", 30)):
        add_answers(store, wave, "2023-11-02", [{"P1": 75}] * n, sector=sector)
    hidden = {
        code: mood(store, Filters(sector=code))["policy"].measure.suppressed for code in ("C", "C17", "C28", "I65")
    }
    assert hidden == {"C": False, "C17": True, "C28": True, "I65": False}
    assert mood(store, Filters(sector="I65", town=HERE))["policy"].measure.suppressed
