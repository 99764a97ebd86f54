"""The glance's pictures: their numbers are those of the figures, their axes begin at zero, their words are short."""

from datetime import date, timedelta
from typing import Any

import pytest

import i18n
from db import references
from db.figures import case_figures
from db.figures.figures import EVERYTHING, Filters
from db.figures.month_ends import course
from db.figures.stood import Asked
from db.scope import ALL
from insight.cases.board import read_board
from insight.cases.facts import read_facts
from insight.cases.figures import measures
from insight.drawing.charts import Brush, read_names
from insight.drawing.colours import palette
from insight.economy.published import published
from insight.glance.picture import DESK, ROOMS, broken
from insight.glance.pictures import Seen, pictures
from insight.glance.strip import BACK, MONTHS, numbers
from insight.glance.towns import mixed
from insight.glance.waves import WaveScore
from insight.measures import Measure
from insight.survey.mood import Mood, Score
from tests.conftest import make_enterprise
from tests.insight.world import add_case, publish
from tests.there import there

DAY = date(2023, 11, 30)
MOST = {"zh": 30, "en": 60}  # characters of a finding


def whole_course(store, day=DAY, filters=EVERYTHING):
    return store.read(lambda con: course(con, Asked(ALL, filters, day), months=MONTHS, back=BACK))


def seen(store, day=DAY, mood=None, waves=()):
    def read(con):
        board = read_board(con, scope=ALL, filters=EVERYTHING, as_of=day)
        towns = references.items(con, "town")
        asked = Asked(ALL, EVERYTHING, day)
        found = course(con, asked, months=MONTHS, back=BACK)
        return Seen(board, found, published(con, day), mood or Mood(None, None, ()), waves, towns)

    return store.read(read)


def figure_of(picture) -> Any:
    """Plotly annotates its parts as names."""
    return there(picture.figure)


def brush(store, language="zh", *, dark=False):
    return Brush(palette(dark=dark), store.read(lambda con: read_names(con, language)), language)


def test_every_month_end_has_the_numbers_of_that_day(demonstration):
    """One reading of the stretches says what a reading of each day says."""
    for last in (date(2023, 11, 30), date(2024, 2, 14)):
        found = whole_course(demonstration, last)
        for place, day in [*enumerate(found.days), (None, last - timedelta(days=BACK))][::5]:
            asked = Asked(ALL, EVERYTHING, day)
            of_year = Asked(ALL, Filters(since=day - timedelta(days=364)), day)
            want, rated = (
                demonstration.read(lambda con, one=one: case_figures.counts(con, one))[day] for one in (asked, of_year)
            )
            got = {code: n[place] if place is not None else found.before[code] for code, n in found.counts.items()}
            plain = ("unsettled", "overdue", "received_lately", "settled_lately")
            assert {code: got[code] for code in plain} == {code: want[code] for code in plain}, day
            assert (got["prompt"], got["dispatched"]) == want["prompt_share"], day
            assert (got["content"], got["rated"]) == rated["satisfaction_top2"], day


def test_a_case_is_late_from_the_day_after_it_fell_due_until_it_is_answered(store):
    firm = make_enterprise(store)
    add_case(store, firm, "1", ("submit", "submitted", "2023-07-02"), ("accept", "accepted", "2023-07-03"),
             ("dispatch", "dispatched", "2023-07-04", {"due_on": "2023-08-31"}),
             ("answer", "awaiting", "2023-10-31"))  # fmt: skip
    late = dict(zip((found := whole_course(store)).days, found.counts["overdue"], strict=True))
    assert [late[date(2023, month, day)] for month, day in ((7, 31), (8, 31), (9, 30), (10, 31), (11, 30))] == [
        0,
        0,
        1,
        0,
        0,
    ]
    assert whole_course(store, filters=Filters(town="330603011")).now("received_lately") == 0


def test_the_strip_says_what_the_figures_say(demonstration):
    found = {one.code: one for one in numbers(whole_course(demonstration))}
    facts = demonstration.read(lambda con: read_facts(con, scope=ALL, filters=EVERYTHING, as_of=DAY))
    said, counts = measures(facts), facts.counts
    year = Filters(since=DAY - timedelta(days=364))
    rated = measures(demonstration.read(lambda con: read_facts(con, scope=ALL, filters=year, as_of=DAY)))
    want = [said["unsettled"].value, counts["overdue"], counts["received_lately"], counts["settled_lately"],
            said["prompt_share"].value, rated["satisfaction_top2"].value]  # fmt: skip
    assert [one.now.value for one in found.values()] == want
    assert all(len(one.past) == MONTHS for one in found.values())


def test_how_many_more_are_unsettled_is_not_read_as_how_many_are_older():
    said = [i18n.text("glance.stuck.open_up", one, open="29", moved="24", n=29) for one in ("zh", "en")]
    assert said == ["未办结 29 件，30天增加 24 件", "29 unsettled, up 24 in 30 days"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_finding_is_one_short_sentence(demonstration, language):
    for code, picture in pictures(seen(demonstration), brush(demonstration, language), DESK).items():
        assert code == "strip" or len(picture.title) <= MOST[language], picture.title
        assert (picture.columns and picture.rows) or picture.figure is None, code


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
def test_no_axis_of_counts_or_shares_is_left_to_plotly(demonstration, room):
    """Bars and areas begin at zero; nothing autoscales, so 82 to 83 % never fills the height."""
    for picture in pictures(seen(demonstration), brush(demonstration), room).values():
        if picture.figure is None:
            continue
        figure = figure_of(picture)
        assert not [note.text for note in figure.layout.annotations if "&lt;" in note.text]
        axes = [*figure.select_xaxes(), *figure.select_yaxes()]
        assert axes and all(axis.range is not None and axis.fixedrange for axis in axes)
        for trace in figure.data:
            if trace.type == "bar" and trace.base is None:
                assert figure.layout["yaxis" + (trace.yaxis or "y")[1:]].range[0] == 0


def test_a_past_day_is_drawn_as_it_was(demonstration):
    early, late = (pictures(seen(demonstration, day), brush(demonstration), DESK) for day in (date(2021, 6, 30), DAY))
    assert early["strip"].title != late["strip"].title
    assert early["forums"].rows[0][0] < late["forums"].rows[0][0]


def test_one_axis_serves_one_kind_of_growth_and_of_period(store):
    for code, growth in (("exports", 4.0), ("retail_sales", 22.0), ("industrial_value_added", 7.0)):
        publish(store, code, "2022-01-01", "2022-10-31", 90.0, growth - 1, "2022-11-18")
        publish(store, code, "2023-01-01", "2023-10-31", 100.0, growth, "2023-11-18")
    drawn = figure_of(pictures(seen(store), brush(store), DESK)["economy"])
    spans = [tuple(axis.range) for axis in drawn.select_yaxes()]
    assert spans[0] == spans[1] != spans[2], "nominal beside nominal, real on its own"
    said = " ".join(note.text for note in drawn.layout.annotations)
    assert "1月起累计，名义" in said and "1月起累计，可比价" in said
    assert all(axis.range[0] == 0 for axis in drawn.select_yaxes())
    x, y = list(drawn.data[0].x), list(drawn.data[0].y)
    assert None in y, f"nothing joins two years of a cumulative series: {x} {y}"


def score(value, low, high, code="overall"):
    return Measure(f"survey.{code}", value, "points", 40 if value else 0, low, high, DAY, suppressed=value is None)


def test_a_wave_with_too_few_answers_is_no_point_and_no_number(store):
    mood = Mood({"number": 2}, None, (Score("overall", score(73.0, 71.0, 75.0), None),))
    waves = [
        WaveScore(n, f"第{n}期", f"Wave {n}", DAY - timedelta(days=90 * (2 - n)), measure, None)
        for n, measure in ((1, score(None, None, None)), (2, score(73.0, 71.0, 75.0)))
    ]
    drawn = pictures(seen(store, mood=mood, waves=waves), brush(store), DESK)["mood"]
    assert list(figure_of(drawn).data[0].y) == [73.0]
    assert drawn.rows == (("第2期", "73.0", "71.0–75.0", "40"), ("第1期", "—", "—", "—"))


def test_a_wave_of_few_answers_is_drawn_in_whole_numbers_or_says_only_which_end(store):
    mood = Mood({"number": 2}, None, (Score("overall", score(73, 60, 85), None),))
    near = Measure("survey.overall", None, "points", 12, 90, 100, DAY)
    waves = [WaveScore(1, "甲", "A", DAY - timedelta(days=90), near, None),
             WaveScore(2, "乙", "B", DAY, score(73, 60, 85), None)]  # fmt: skip
    drawn = pictures(seen(store, mood=mood, waves=waves), brush(store), DESK)["mood"]
    assert drawn.rows == (("乙", "73", "60–85", "40"), ("甲", "高于 90", "—", "—"))
    assert "73" in drawn.title and "73.0" not in drawn.title + str(figure_of(drawn).to_json())


def test_amber_is_for_what_is_late_alone(demonstration):
    late = palette(dark=False).late
    found = pictures(seen(demonstration), brush(demonstration), DESK)
    using = {code for code, one in found.items() if one.figure is not None and late in str(one.figure.to_json())}
    assert using <= {"strip", "towns"}


def test_a_long_name_takes_two_lines_and_loses_nothing():
    assert broken("Output of above-scale industry", 24) == "Output of above-scale<br>industry"
    assert broken("规模以上工业总产值", 12) == "规模以上工业<br>总产值" and broken("出口", 12) == "出口"


def test_a_tile_is_never_darker_than_its_words_allow():
    assert mixed("#FFFFFF", "#1746A2", 0) == "#FFFFFF" and mixed("#FFFFFF", "#000000", 0.5) == "#7F7F7F"


def test_every_number_of_the_strip_has_a_name_with_its_period():
    for code in ("unsettled", "overdue", "received_lately", "settled_lately", "prompt_share", "satisfaction_top2"):
        for language in ("zh", "en"):
            assert len(i18n.text(f"glance.number.{code}", language)) <= 28
