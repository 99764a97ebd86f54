"""What is opened to count requests elsewhere is all that there is: a new page or a new route is among it by itself."""

from itertools import chain

import pytest
from starlette.routing import Match

from bench.requests import LANGUAGES, WHO, asked_of_routes, keyed, pages_of
from pages.routes import ROUTES
from pages.sitemap import SITE


def answers(path):
    """The route that the server takes for this address: the first that matches."""
    scope = {"type": "http", "method": "GET", "path": path.partition("?")[0], "root_path": "", "headers": []}
    return next(route.path for route in ROUTES if route.matches(scope)[0] == Match.FULL)


def test_every_page_is_opened_by_somebody():
    assert set(chain.from_iterable(map(pages_of, WHO))) == {row.path for row in SITE}


@pytest.mark.parametrize("who", ["nobody", "staff"])
def test_every_get_route_is_opened_by_an_address_that_it_answers_itself(demonstration, who):
    keys = keyed(demonstration)
    for language in LANGUAGES:
        asked = asked_of_routes(demonstration, keys, who, language)
        assert {route.path for route in ROUTES if "GET" in (route.methods or ())} == {*map(answers, asked.values())}
        assert {path: answers(one) for path, one in asked.items()} == {path: path for path in asked}


def test_true_keys_are_opened_by_accounts_and_none_that_lets_in_by_anybody_else(demonstration):
    keys = keyed(demonstration)
    opened = {who: set(asked_of_routes(demonstration, keys, who, "zh").values()) for who in ("nobody", "staff")}
    lets_in = {keys[one] for one in ("invitation", "open", "follow", "screen")}
    assert lets_in <= opened["staff"] and not lets_in & opened["nobody"]
    assert {keys["wall"], keys["reset"]} <= opened["nobody"] & opened["staff"]
