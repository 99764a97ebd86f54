"""A hall loses the line: whoever comes back goes on with the page that they had."""

from contextlib import AsyncExitStack

import pytest
from streamlit.proto.NewSession_pb2 import CustomThemeConfig

from bench.client import sign_in, tab
from pages.web import sessions
from tests.conftest import awaited

pytestmark = pytest.mark.browser  # a running server

HALL = 500


async def lost_and_back(url):
    """The session of the page that lost its line first, and the one that it gets when it comes back after all."""
    cookies = sign_in(url, "enterprise")
    async with AsyncExitStack() as others:
        async with tab(url, cookies) as page:
            await page.open("home")
        for _ in range(HALL - 1):
            await others.enter_async_context(tab(url, {}))
    async with tab(url, cookies, session=page.session) as again:
        await again.open("home")
        return page.session, again.session


def test_of_five_hundred_pages_that_lose_their_line_the_first_still_finds_its_session(served):
    before, after = awaited(lost_and_back(served.url))
    assert before and after == before


@pytest.mark.parametrize("section", ["theme", "theme.light", "theme.dark", "theme.light.sidebar"])
def test_the_theme_that_a_run_tells_is_the_one_that_streamlit_reads(section):
    read, told, again = CustomThemeConfig(), CustomThemeConfig(), CustomThemeConfig()
    sessions._read_theme(read, section)
    sessions._told_theme(told, section)
    sessions._told_theme(again, section)
    assert read == told == again
