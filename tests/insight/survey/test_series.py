"""Where a version of the questionnaire asks otherwise, a figure begins anew: no change, nothing that joins, and why."""

import json
from datetime import date
from typing import Any

import pytest

import i18n
from db.survey import estimates as stored
from db.survey import surveys
from db.survey.estimates import weights
from insight.citing import given
from insight.citing.said import from_json as cited
from insight.citing.said import says
from insight.drawing.charts import Brush, CodeNames
from insight.drawing.colours import palette
from insight.drawing.svg import svg
from insight.glance.picture import DESK
from insight.glance.waves import WaveScore
from insight.glance.waves import waves as picture
from insight.survey.comparison import begun, measured
from insight.survey.mood import mood_of_all
from insight.survey.report import from_json, report, to_json
from insight.survey.report_words import Speech, dimensions_source, method, sentence
from insight.survey.time_chart import time_chart
from insight.survey.wave_numbers import INDEX, read_figures, read_numbers
from tests.insight.world import add_answers, add_wave
from tests.there import there

FIRST = ("P1", "F1", "F2", "C1", "L1", "I1", "R1", "J1", "S1", "O2")
SECOND = ("P1a", "P1b", "F1", "F2a", "C1", "L1a", "L1b", "I1", "R1", "J1a", "J1b", "S1a", "S1b", "O2")
ANEW = {INDEX, "policy", "finance", "labour", "law", "service"}


def given_of(items, level):
    """A third gives ten of ten, and 25 less than the level to each question."""
    return [{item: 7.0 + 3 * low if item == "O2" else level - 25 * low
             for k, item in enumerate(items) for low in [(i + k * (item != "O2")) % 3 == 0]}
            for i in range(36)]  # fmt: skip


@pytest.fixture
def waves(store):
    """Two of the first version and two of the second; the newest last."""
    made = []
    for number, (opens, version, level) in enumerate(
        (("2022-05-01", 1, 50.0), ("2022-11-01", 1, 75.0), ("2023-05-01", 2, 100.0), ("2023-11-01", 2, 75.0)), start=1
    ):
        wave_id = add_wave(store, number, opens, version=version)
        add_answers(store, wave_id, opens, given_of(FIRST if version == 1 else SECOND, level))
        made.append(store.read(lambda con, one=wave_id: read_numbers(con, there(surveys.wave(con, one)))))
    return made


def figure_of(chart) -> Any:
    """Plotly annotates its parts as names."""
    return there(chart.figure)


def said(language):
    return Speech(language, CodeNames())


def test_what_is_made_of_other_questions_has_no_change_and_all_else_has(waves):
    found = report(waves[2], waves[1])
    by = {row.code: row.by for row in (*found.figures, *found.dimensions) if row.value is not None}
    assert {code for code, moved in by.items() if moved is None} == ANEW == set(found.remade) and not found.reweighted
    assert by["regulation"] is not None and by["nps"] is not None
    assert from_json(to_json(found)) == found and from_json(json.dumps({"remade": []} | json.loads(to_json(found))))
    following = report(waves[3], waves[2])
    assert following.remade == () and {row.code for row in following.dimensions if row.by is not None} >= ANEW - {INDEX}


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("made of other questions", "Support policies")), ("zh", ("题目与上期不同", "惠企政策"))],
)
def test_it_is_said_in_the_sentence_the_method_and_under_the_rows(waves, language, words):
    found, say = report(waves[2], waves[1]), said(language)
    assert words[0] in sentence(found, say)
    for told in (" ".join(method(found, say)), dimensions_source(found, say)):
        assert words[0].lower() in told.lower() and words[1] in told
    plain = report(waves[3], waves[2])
    assert words[0].lower() not in " ".join([sentence(plain, say), *method(plain, say)]).lower()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_line_along_the_waves_is_cut_and_a_dotted_one_says_why(store, waves, language):
    brush, say = Brush(palette(dark=False), CodeNames(), language), said(language)
    marks = store.read(lambda con: stored.marks(con, date(2022, 1, 1), date(2023, 12, 31)))
    drawn = time_chart(waves, INDEX, marks, brush, say)
    figure = figure_of(drawn)
    assert [len(line.x) for line in figure.data if line.mode == "lines+markers"] == [2, 2]
    why = i18n.text("results.begins.remade", language)
    assert len(figure.layout.shapes) == 1 and why in [note.text for note in figure.layout.annotations]
    assert say.word("time.broken") in drawn.source and say.word("time.first_anew") in drawn.title
    assert [why in row[0] for row in drawn.rows] == [False, True, False, False]
    whole = time_chart(waves, "nps", marks, brush, say)
    assert not figure_of(whole).layout.shapes and say.word("time.broken") not in whole.source


def test_the_glance_joins_nothing_either_and_says_so_in_its_finding(store, waves):
    brush, known = Brush(palette(dark=False), CodeNames(), "en"), waves[:3]
    anew = begun(known, INDEX)
    assert anew == {3: "remade"}
    scores = [
        WaveScore(one.wave.number, one.wave.title_zh, one.wave.title_en, one.wave.closes_at.date(),
                  measured(one, INDEX), measured(one, "regulation"), anew.get(one.wave.number, ""))
        for one in known
    ]  # fmt: skip
    found = mood_of_all([known[2], known[1]])
    drawn = picture(scores, found, brush, DESK)
    assert "new questions" in drawn.title and "new questions" in drawn.rows[0][0]
    assert [list(line.x) for line in figure_of(drawn).data][:2] == [
        [one.day for one in scores[:2]],
        [scores[2].day],
    ]
    still = {score.dimension for score in found.scores if score.measure.value is not None and score.moved is None}
    assert still == ANEW - {INDEX} | {"overall"}


def test_a_citation_tells_where_it_began_anew_in_its_picture_and_its_rows(store, waves):
    told = store.read(lambda con: says(con, "mood", ["overall"], "", date(2023, 12, 31)))["overall"]
    assert cited(told.as_json()) == told
    assert [point.when("en") for point in told.points] == ["Wave 1", "Wave 2", "Wave 3 (new questions)", "Wave 4"]
    drawn = given.chart(told, "zh")
    assert list(figure_of(drawn).data[0].y)[2] is None
    assert "题目更换" in str(svg(drawn, [], Brush(palette(dark=False), CodeNames(), "zh")))


def test_other_weights_break_the_index_alone(store, waves):
    before = store.read(lambda con: read_figures(con, waves[0].wave))
    assert before.weights == dict.fromkeys(waves[0].dimensions, 1.0) and not store.read(
        lambda con: weights(con, waves[0].wave.closes_at)
    )
    store.write(lambda con: stored.set_weights(con, {"policy": 4.0}, waves[1].wave.opens_at))
    now = store.read(lambda con: read_figures(con, waves[1].wave))
    assert begun([before, now], INDEX) == {2: "reweighted"} and begun([before, now], "policy") == {}
