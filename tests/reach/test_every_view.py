"""`make reach`: every page, drawer and dialog in both languages, on a phone and at a desk, light and dark; in high
contrast; at 150, 200 and 400 %; with widened text. `make test` has a sample of it."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest

from tests.reach.measured import crowded, cut, graves, in_width, small, spaced, structure, unseen
from tests.reach.views import View, once, pages
from tests.settled import settle
from tests.spoken import foreign

pytestmark = [pytest.mark.browser, pytest.mark.reach]

LANGUAGES = {"zh-CN": "zh", "en-GB": "en"}
ZOOMED = {"150 %": 960, "200 %": 720, "225 %": 640, "400 %": 360}  # a window of 1,440 pixels has so many of CSS


@pytest.fixture
def looked(browse):
    """looked(views, seen, …) → what `seen` finds at each view, in browsers as `browse` opens them."""

    def look(views: Iterator[View], seen: Callable, **how) -> dict[str, list[str]]:
        found, browsers = {}, {}
        for view in views:
            page = browsers.get(view.role) or browsers.setdefault(view.role, browse(view.role or None, **how))
            opened(page, view)
            if told := seen(page):
                found[str(view)] = told
        return found

    return look


def opened(page, view: View) -> None:
    page.visit(view.path)
    if view.pressed:
        page.locator(view.selector).first.click()
        settle(page)


def told(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{view}: {one}" for view, ones in found.items() for one in ones)


@pytest.mark.parametrize(("spoken", "width", "scheme"), list(product(LANGUAGES, (1440, 390), ("light", "dark"))))
def test_every_view_is_without_an_obstacle_and_in_its_reader_s_language(looked, spoken, width, scheme):
    def seen(page):
        thumb = small(page) if width == 390 and scheme == "light" else []
        return [*graves(page), *structure(page), *thumb, *foreign(page, LANGUAGES[spoken])]

    found = looked(once(), seen, language=spoken, width=width, scheme=scheme)
    assert found == {}, told(found)


@pytest.mark.parametrize("role", ["department", "town", "staff", "leader", "admin"])
def test_every_page_of_every_role_is_met_by_a_thumb(looked, role):
    found = looked(pages(role), lambda page: [*small(page), *structure(page)], width=390)
    assert found == {}, told(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_high_contrast_every_mark_and_every_choice_is_seen(looked, scheme):
    found = looked(once(), unseen, scheme=scheme, forced=True)
    assert found == {}, told(found)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_enlarged_or_widened_nothing_is_cut_off_and_nothing_scrolls_sideways(looked, spoken):
    def seen(page):
        found = []
        for width in (390, *ZOOMED.values()):
            in_width(page, width)
            found += [f"{width}: {one}" for one in (*cut(page), *crowded(page))]
        for width in (1440, 390):
            in_width(page, width)
            spaced(page)
            found += [f"widened, {width}: {one}" for one in (*cut(page), *crowded(page))]
        in_width(page, 1440)
        return found

    found = looked(once(), seen, language=spoken)
    assert found == {}, told(found)
