"""`make reach`: every page, drawer and dialog in both languages, on a phone and at a desk, light and dark; in high
contrast; at 150, 200 and 400 %; with widened text. `make test` has a sample of it.

A view is loaded once for a desk and once for a phone: all the rest is told to the browser while it stands there."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest

from tests.reach.measured import coloured, crowded, cut, graves, in_width, small, spaced, structure, unseen
from tests.reach.views import View, elsewhere, once
from tests.settled import settle
from tests.spoken import foreign

pytestmark = [pytest.mark.browser, pytest.mark.reach]

LANGUAGES = {"zh-CN": "zh", "en-GB": "en"}
ZOOMED = {"150 %": 960, "200 %": 720, "225 %": 640, "400 %": 360}  # a window of 1,440 pixels has so many of CSS
TABLET = 820
# those with the most views first, so that the workers end together
ROLES = ["staff", "leader", "admin", "", "enterprise", "officer", "department", "town"]


@pytest.fixture
def looked(browse):
    """looked(views, seen, …) → what `seen` finds at each view, in a browser as `browse` opens it."""

    def look(views: Iterator[View], seen: Callable, role: str, **how) -> dict[str, list[str]]:
        page, found = browse(role or None, **how), {}
        for view in views:
            opened(page, view)
            if told := list(seen(page)):
                found[str(view)] = told
        return found

    return look


def opened(page, view: View) -> None:
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.visit(view.path)
    if view.pressed:
        page.locator(view.selector).first.click()
        settle(page)


def told(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{view}: {one}" for view, ones in found.items() for one in ones)


def laid_out(page, width: int) -> Iterator[str]:
    in_width(page, width)
    yield from (f"{width}: {one}" for one in (*cut(page), *crowded(page)))


def widened(page, *widths: int) -> Iterator[str]:
    spaced(page)
    for width in widths:
        yield from (f"widened, {one}" for one in laid_out(page, width))


def in_the_dark(page) -> Iterator[str]:
    coloured(page, "dark")
    yield from (f"dark: {one}" for one in graves(page))


@pytest.mark.parametrize(("spoken", "role"), list(product(LANGUAGES, ROLES)))
def test_at_a_desk_every_view_is_without_an_obstacle_in_any_colours_and_enlarged(looked, spoken, role):
    def seen(page):
        yield from (*graves(page), *structure(page), *foreign(page, LANGUAGES[spoken]))
        yield from in_the_dark(page)
        for scheme in ("dark", "light"):
            coloured(page, scheme, forced=True)
            yield from (f"high contrast, {scheme}: {one}" for one in unseen(page))
        coloured(page, "light")
        for width in ZOOMED.values():
            yield from laid_out(page, width)
        yield from widened(page, 390, 1440)

    found = looked(once(role), seen, role, language=spoken, width=1440)
    assert found == {}, told(found)


@pytest.mark.parametrize(("spoken", "role"), list(product(LANGUAGES, ROLES)))
def test_on_a_phone_every_view_is_without_an_obstacle_and_met_by_a_thumb(looked, spoken, role):
    """And on a tablet: what a thumb meets is told by the thumb, not by the width."""

    def seen(page):
        yield from (*graves(page), *structure(page), *small(page), *foreign(page, LANGUAGES[spoken]))
        yield from laid_out(page, 390)
        yield from in_the_dark(page)
        in_width(page, TABLET)
        yield from (f"{TABLET}: {one}" for one in small(page))

    found = looked(once(role), seen, role, language=spoken, width=390)
    found |= looked(elsewhere(role), lambda page: [*small(page), *structure(page)], role, language=spoken, width=390)
    assert found == {}, told(found)
