"""An answer costs its own question: the rest of the screen is drawn again only where the answer moves it."""

from typing import Any

import pytest

from bench.client import Look, sign_in, tab
from tests.conftest import awaited, copied, serving, url_of

pytestmark = pytest.mark.browser  # a running server

WORST, BEST = 0, 4  # of five levels


def fields(look: Look) -> dict[str, Any]:
    """What was drawn of what can be filled in, by its key."""
    found = ((getattr(element, "id", ""), element) for _, element in look.shown)
    return {name.partition("-f2f-")[2]: element for name, element in found if "-f2f-" in name}


@pytest.fixture(scope="module")
def alone(demo_file, tmp_path_factory):
    with serving(url_of(copied(demo_file, tmp_path_factory.mktemp("one") / "store.duckdb"))) as server:
        yield server


def test_an_answer_draws_its_question_alone_unless_it_moves_others(alone):
    async def tried():
        cookies = sign_in(alone.url, "enterprise")
        async with tab(alone.url, cookies) as page, tab(alone.url, cookies) as another:
            await page.open("survey")
            await page.rerun({"survey-start": True})
            first, *_ = (key for key in page.widgets if key.startswith("f2f-level5-"))
            brings = next(key for key in page.widgets if key.endswith("-QP"))
            by_itself = await page.rerun({first: page.widgets[first].element.options[BEST]})
            more = await page.rerun({brings: page.widgets[brings].element.options[0]})
            return first.removeprefix("f2f-"), fields(by_itself), fields(more), fields(await another.open("survey"))

    first, by_itself, more, reopened = awaited(tried())
    assert list(by_itself) == [first]
    assert "level5-P2" in more and first in more
    assert reopened[first].default == BEST and "level5-P2" in reopened


def test_an_answer_that_mends_a_gap_takes_its_words_away(alone):
    async def tried():
        async with tab(alone.url, sign_in(alone.url, "enterprise")) as page:
            await page.open("survey", step="2")
            gaps = await page.rerun({"survey-next": True})
            first, *_ = (key for key in page.widgets if key.startswith("f2f-level5-"))
            mended = await page.rerun({first: page.widgets[first].element.options[WORST]})
            return gaps.words(), mended.words(), first.rpartition("-")[2]

    gaps, mended, code = awaited(tried())
    assert f"wrong-{code}" in gaps and f"wrong-{code}" not in mended
