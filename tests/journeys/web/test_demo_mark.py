"""Invented data says so in every frame that is not Streamlit's, in the reader's language."""

import pytest

from db.system import settings
from insight.citing.citing import cite
from pages.shared import here
from tests.access.test_routes import ask
from tests.conftest import NOON, session_of
from tests.insight.citing.test_citing import TODAY, exports

ALONE = ["/sign-in", "/c/ABCDEFGH23456789", "/i/nothing", "/published"]


@pytest.fixture(params=[True, False], ids=["invented", "own"])
def invented(store, request):
    store.write(lambda con: settings.put(con, "demo", str(request.param).lower()))
    return request.param


def marked(path, language="zh", session=None):
    cookies = {here.LANGUAGE_COOKIE: language} | ({here.SESSION_COOKIE: session} if session else {})
    answer = ask("GET", path, cookies=cookies)
    assert "</h1>" in answer.text, answer.status
    mark = {"zh": "演示数据", "en": "Demo", "ko": "시연용 데이터"}[language]
    return f'<span class="f2f-demo">{mark}</span>' in answer.text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ALONE)
def test_pages_that_anybody_opens_are_marked(invented, path, language):
    assert marked(path, language) == invented


@pytest.mark.parametrize("language", ["zh", "en", "ko"])
def test_the_plain_form_is_marked(store, people, invented, language):
    assert marked("/f/raise", language, session_of(store, people.enterprise)) == invented


def test_the_page_of_a_cited_figure_is_marked(store, people, invented):
    exports(store)
    one = cite(store, actor=people.leader, kind="economy", code="exports", as_of=TODAY, at=NOON)
    assert marked(one.path, session=session_of(store, people.leader)) == invented
