"""A chart on paper: what a figure says in the browser stands there, nothing is left out, no word lies on another."""

from itertools import pairwise

import plotly.graph_objects as go
import pytest

from insight.citing.said import plain_brush
from insight.drawing.paper import SMALL, NotDrawn, painted
from insight.drawing.past import PastPoint, past
from insight.drawing.shapes import Bar, Dot, Line, Words, wide
from tests.there import there

BRUSH = plain_brush("en")


def test_a_line_is_parted_where_a_value_is_missing_and_each_value_has_its_dot():
    points = [PastPoint(f"Jan–{n}", "", value) for n, value in enumerate((10.0, 20.0, None, 40.0))]
    shapes = painted(there(past(points, "", "%", BRUSH, most=100).figure), BRUSH, 400, 200)
    blue = BRUSH.palette.blue
    dots = [one for one in shapes if isinstance(one, Dot)]
    lines = [one for one in shapes if isinstance(one, Line) and one.colour == blue]
    assert len(dots) == 3 and [len(line.points) for line in lines] == [2]
    assert dots[2].y < dots[1].y < dots[0].y, "up is more"
    assert {one.text for one in shapes if isinstance(one, Words)} >= {"0%", "50%", "100%"}


@pytest.mark.parametrize("width", [320, 680])
def test_no_word_of_an_axis_lies_on_another_and_the_newest_has_its_own(width):
    points = [PastPoint(f"Jan–{n} 2026 and more", "", 1.0) for n in range(24)]
    shapes = painted(there(past(points, "", "", BRUSH).figure), BRUSH, width, 200)
    across = sorted((one for one in shapes if isinstance(one, Words) and one.anchor == "middle"), key=lambda one: one.x)
    ends = [(one.x - wide(one.text, SMALL) / 2, one.x + wide(one.text, SMALL) / 2) for one in across]
    assert across[-1].text == points[-1].label and ends[-1][1] <= width + 1
    assert all(before[1] < after[0] for before, after in pairwise(ends))


def test_bars_of_two_kinds_stand_one_above_the_other_or_side_by_side():
    axes = {"xaxis": {"range": [-0.5, 0.5], "tickvals": [], "ticktext": []},
            "yaxis": {"range": [0, 10], "tickvals": [0, 10]}}  # fmt: skip
    two = [{"type": "bar", "x": [0], "y": [n], "marker": {"color": "#000000"}} for n in (4, 2)]
    stacked, beside = (painted(go.Figure({"data": two, "layout": {**axes, "barmode": mode}}), BRUSH, 100, 100)
                       for mode in ("stack", "group"))  # fmt: skip
    low, high = (one for one in stacked if isinstance(one, Bar))
    assert high.y + high.height == pytest.approx(low.y) and low.height == pytest.approx(2 * high.height)
    left, right = (one for one in beside if isinstance(one, Bar))
    assert left.x + left.width == pytest.approx(right.x)


@pytest.mark.parametrize("more", [{"type": "pie"}, {"type": "heatmap"}])
def test_what_paper_does_not_know_is_refused_rather_than_left_out(more):
    axes = {"xaxis": {"range": [0, 1], "tickvals": []}, "yaxis": {"range": [0, 1], "tickvals": []}}
    with pytest.raises(NotDrawn):
        painted(go.Figure({"data": [more], "layout": axes}), BRUSH, 100, 100)
