"""A citation's page, picture and data: for those who may see the figure, and for everybody once it is public."""

import json

import pytest

from access.roles import PERMISSIONS
from insight.citing.citing import cite, show_everybody
from pages.shared.here import SESSION_COOKIE
from tests.access.test_routes import HOST, ask
from tests.conftest import NOON, session_of
from tests.insight.citing.test_citing import TODAY, exports
from tests.journeys.imports.test_import_pages import shown


@pytest.fixture
def one(store, people):
    exports(store)
    return cite(store, actor=people.leader, kind="economy", code="exports", as_of=TODAY, at=NOON)


def seen(store, actor, path):
    return ask("GET", path, cookies={SESSION_COOKIE: session_of(store, actor), "language": "zh"} if actor else
               {"language": "zh"})  # fmt: skip


def test_who_is_not_signed_in_is_led_to_the_sign_in_and_learns_nothing(store, one):
    there, nowhere = (seen(store, None, path) for path in (one.path, "/cite/economy/nothing"))
    assert there.status == nowhere.status == 303 and there.headers["location"].startswith("/sign-in?next=/cite/")


@pytest.mark.parametrize("role", ["leader", "staff", "department", "enterprise"])
def test_those_who_may_see_the_figure_see_its_citation(store, people, one, role):
    answer = seen(store, getattr(people, role), one.path)
    assert answer.status == (200 if "see_dashboard" in PERMISSIONS[role] else 403)
    assert ("出口总额（2023年1—10月）：1,189.0 亿元，同比 +11.5%" in answer.text) == (answer.status == 200)


def test_a_superseded_citation_stays_and_says_so_wherever_it_is_taken(store, people, one):
    exports(store, 1190.0, 11.6, "2023-11-22")
    page = seen(store, people.leader, one.path).text
    assert "+11.5%" in page and "已被取代：现为 1,190.0 亿元 +11.6%" in page
    assert "已被取代" in seen(store, people.leader, f"{one.path}.svg").text
    told = json.loads(seen(store, people.leader, f"{one.path}.json").text)
    assert told["superseded"]["changed"] == 1 and told["points"][-1]["growth"] == 11.5
    again = cite(store, actor=people.leader, kind="economy", code="exports", as_of=TODAY, at=NOON)
    assert f'href="{again.path}"' in seen(store, people.leader, one.path).text, "the newer one"


def test_what_is_public_is_there_for_everybody_listed_and_embedded_by_an_address_that_stays(store, people, one):
    assert "公开的指标" not in seen(store, None, "/published").text
    show_everybody(store, actor=people.staff, kind="economy", code="exports", at=NOON)
    listed = seen(store, None, "/published")
    assert listed.status == 200 and f'href="{one.path}"' in listed.text
    page = seen(store, None, one.path).text
    assert "/cite/economy/exports.svg?lang=zh" in page
    picture = seen(store, None, "/cite/economy/exports.svg")
    assert picture.headers["content-type"] == "image/svg+xml" and "+11.5%" in picture.text
    assert picture.headers["access-control-allow-origin"] == "*"
    exports(store, 1190.0, 11.6, "2023-11-22")
    cite(store, actor=people.leader, kind="economy", code="exports", as_of=TODAY, at=NOON)
    assert "+11.6%" in seen(store, None, "/cite/economy/exports.svg").text
    assert "11.5" in seen(store, None, f"{one.path}.csv").text


def test_behind_a_proxy_the_address_to_cite_is_the_one_that_was_asked_for(store, people, one):
    show_everybody(store, actor=people.staff, kind="economy", code="exports", at=NOON)
    page = ask("GET", one.path, x_forwarded_proto="https").text
    assert f"https://{HOST}{one.path}<" in page and f"http://{HOST}" not in page


def test_no_page_of_a_citation_runs_a_script_and_an_unknown_one_is_said_in_words(store, people, one):
    assert "<script" not in seen(store, people.leader, one.path).text
    for path in ("/cite/economy/gdp", f"{one.path}9", f"{one.path}.exe", "/cite/economy/exports/yesterday/1"):
        answer = seen(store, people.leader, path)
        assert answer.status in (403, 404) and "<" not in answer.text and answer.text


def test_staff_cite_an_indicator_from_its_page_and_show_it_to_everybody(store, people, open_page):
    exports(store)
    page = open_page(people.staff, "economy", i="exports")
    page = page.button(key="cite-economy-exports").click().run()
    assert "/cite/economy/exports/" in shown(page)
    page = page.button(key="cite-publish-economy-exports").click().run()
    assert "已公开" in shown(page)
    assert seen(store, None, "/cite/economy/exports").status == 200
    page.button(key="cite-unpublish-economy-exports").click().run()
    assert seen(store, None, "/cite/economy/exports").status == 303


def test_a_leader_cites_and_publishes_nothing(people, store, open_page):
    exports(store)
    page = open_page(people.leader, "economy", i="exports")
    keys = {button.key for button in page.button}
    assert "cite-economy-exports" in keys and "cite-publish-economy-exports" not in keys
