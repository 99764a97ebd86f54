"""The words of the glance: what changed, and whether it may be chance."""

import re
from datetime import date
from typing import Any

import pytest

from i18n.theme import CONFIG, theme
from insight import noise, wording
from insight.drawing.charts import Brush, CodeNames
from insight.drawing.colours import palette
from insight.drawing.past import PastPoint, past
from insight.drawing.shapes import half_widths
from insight.measures import Measure, count, ratio
from insight.noise import Moved
from insight.survey.mood import Mood, Score
from insight.survey.mood_chart import mood_chart
from tests.there import there


def test_a_small_change_of_a_share_is_said_to_be_chance_and_a_large_one_not():
    assert not there(noise.shares(12, 20, 11, 20)).matters
    assert there(noise.shares(90, 100, 60, 100)).matters


def test_the_interval_of_two_shares_is_newcombes():
    moved = noise.shares(56, 70, 48, 80)  # his own example: 0.8 and 0.6, 0.0524 to 0.3339
    assert (round(there(moved).low, 2), round(there(moved).high, 2)) == (5.24, 33.39)


def test_too_few_cases_are_not_compared():
    assert noise.shares(4, 4, 10, 20) is None


def test_a_numbers_past_has_an_axis_from_zero_with_its_unit_and_gaps():
    points = [PastPoint("1月", "82%", 82.0), PastPoint("2月", "—", None), PastPoint("3月", "83%", 83.0)]
    chart = past(points, "近12个月", "%", ZH, most=100)
    assert chart.columns == ("时期", "近12个月") and list(chart.rows) == [("1月", "82%"), ("2月", "—"), ("3月", "83%")]
    drawn: Any = there(chart.figure)
    assert drawn.layout.yaxis.range == (0, 105) and drawn.layout.yaxis.ticktext == ("0%", "50%", "100%")
    assert list(drawn.data[0].y) == [82.0, None, 83.0] and drawn.data[0].connectgaps is False
    fallen: Any = there(past([PastPoint("a", "−4%", -4.0), PastPoint("b", "+2%", 2.0)], "", "%", ZH).figure)
    assert fallen.layout.yaxis.range[0] < -4 and fallen.layout.yaxis.zeroline


def test_a_chinese_character_is_as_wide_as_two_letters():
    assert half_widths("规模Ab") == 6


@pytest.mark.parametrize(
    ("variable", "name"),
    [("card", "backgroundColor"), ("line", "borderColor"), ("text", "textColor"), ("quiet", "grayColor"),
     ("blue", "primaryColor"), ("amber", "orangeColor"), ("red", "redColor")],
)  # fmt: skip
def test_the_stylesheet_has_the_themes_own_colours(variable, name):
    style = (CONFIG.parents[1] / "pages/shared/style.css").read_text(encoding="utf-8")
    told = re.findall(rf"--f2f-{variable}: (#\w+);", style)
    assert told == [theme()["light"][name], theme()["dark"][name]]


TODAY = date(2023, 11, 30)
ZH = Brush(palette(dark=False), CodeNames(), "zh")


def mood_of(change, low, high):
    measure = Measure("survey.index", 73.2, "points", 323, 72.1, 74.3, date(2023, 11, 30))
    wave: dict[str, object] = {"title_zh": "第2期", "title_en": "Wave 2"}
    return Mood(wave, None, (Score("overall", measure, Moved(73.2, 73.2 - change, low, high, 323)),))


def test_whatever_says_a_change_asks_whether_chance_may_have_brought_it():
    """The chart's title, its rows, the sentence and the tiles alike; without an interval nothing is said."""
    titles = [mood_chart(mood_of(*moved), TODAY, ZH).title for moved in ((-0.8, -2.1, 0.6), (-4.0, -6.0, -2.0))]
    assert titles == ["满意度指数 73.2 分，和上期差不多", "满意度指数 73.2 分，比上期下降 4.0 分"]
    assert noise.way(None) == "unknown" and noise.way(Moved(9, 8, 0.04, 2, 40)) == "same"  # it would read 0.0 to 2.0
    few, many = (ratio("settled_share", part, whole, TODAY) for part, whole in ((12, 20), (1200, 2000)))
    less, fewer = (ratio("settled_share", part, whole, TODAY) for part, whole in ((11, 20), (1100, 2000)))
    assert wording.change(few, less, "zh") == "+5.0 个百分点（误差之内）"
    assert wording.change(many, fewer, "zh") == "+5.0 个百分点"
    assert wording.change(count("issues", 9, "case", TODAY), count("issues", 8, "case", TODAY), "zh") == "+1"


def test_every_test_of_an_interval_against_nought_is_the_one_of_noise():
    """Written out again it would drift: three did."""
    own = re.compile(r"\b\w*low\w* > 0(\.0)? or|1\.96 \*")
    found = [path.name for path in (CONFIG.parents[1] / "insight").rglob("*.py") if own.search(path.read_text("utf-8"))]
    assert found == []
