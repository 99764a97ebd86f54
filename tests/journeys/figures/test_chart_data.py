"""What the figures of the demonstration carry to a browser: no digit more than they show."""

import json
import re
from base64 import b64decode

import numpy as np
import pytest

from access.roles import PERMISSIONS
from insight.economy.published import published
from pages.figures.live_view import today
from pages.sitemap import SITE
from tests.paths import ROOT

# The pages that draw figures; one that begins to draw is missed here and fails the second test.
DRAWN = (
    "outcomes",
    "economy",
    "together",
    "results",
    "dashboard",
    "screen",
    "place",
    "indicators",
    "figures",
    "next_theme",
)
# Decimals of a published value, on the pages that draw them; what is computed shows one.
MOST: dict[str, int] = dict.fromkeys(("economy", "together", "indicators", "dashboard", "screen"), 2)
FILTERED = ({"town": "330603012"}, {"sector": "C"}, {"sector": "C17"}, {"town": "330603012", "sector": "C"})
PLACED_BY_DATA = (
    "x",
    "y",
    "base",
    "array",
    "arrayminus",
    "customdata",
    "text",
    "range",
    "tickvals",
    "x0",
    "x1",
    "y0",
    "y1",
)


def carried(part, where=""):
    """Every number and text of a figure's data, with where it stands."""
    if isinstance(part, dict) and "bdata" in part:
        yield from ((where, float(n)) for n in np.frombuffer(b64decode(part["bdata"]), part["dtype"]))
    elif isinstance(part, dict):
        paper = {axis for axis in "xy" if re.search("paper|domain", str(part.get(f"{axis}ref", "")))}
        for name, inner in part.items():
            if name[:1] not in paper:
                yield from carried(inner, name)
    elif isinstance(part, list):
        for inner in part:
            yield from carried(inner, where)
    elif isinstance(part, (float, str)) and where in PLACED_BY_DATA:
        yield where, part


def too_long(figure, most):
    found, long = [*carried(figure["data"]), *carried(figure["layout"])], re.compile(rf"\d\.\d{{{most + 1},}}")
    numbers = [(w, n) for w, n in found if isinstance(n, float) and round(n, most) != n]
    return numbers + [(w, words) for w, words in found if isinstance(words, str) and long.search(words)]


def figures_of(page):
    assert not page.exception, [e.value for e in page.exception]
    return [json.loads(one.proto.spec) for one in page.get("plotly_chart")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_figure_of_the_demonstration_carries_more_digits_than_it_shows(open_demo, demonstration, language):
    codes = [one.code for one in demonstration.read(lambda con: published(con, today()))]
    asked = [(path, {}) for path in DRAWN] + [(path, {"i": c}) for path in ("economy", "together") for c in codes]
    asked += [(path, query) for path in ("outcomes", "place", "figures") for query in FILTERED]
    drawn = 0
    for path, query in asked:
        for figure in figures_of(open_demo("leader", path, language=language, **query)):
            drawn += 1
            assert too_long(figure, MOST.get(path, 1)) == [], (path, query)
    assert drawn > 2 * len(codes)


def test_every_page_with_a_figure_is_among_those_looked_at(open_demo):
    for row in SITE:
        login = next((one for one in ("leader", "staff", "admin") if row.permission in PERMISSIONS[one]), "leader")
        if row.path not in DRAWN:
            assert figures_of(open_demo(login, row.path)) == [], row.path


def test_figures_reach_the_screen_through_the_frame_alone():
    """A chart is rounded where it is made, so every figure on screen has to be one."""
    calls = [path for path in (ROOT / "pages").rglob("*.py") if "st.plotly_chart(" in path.read_text(encoding="utf-8")]
    assert [path.name for path in calls] == ["charts.py"]
