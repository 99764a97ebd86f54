"""Who presses and goes on at once, before the page has answered, loses nothing of what was pressed."""

import asyncio
from types import SimpleNamespace

import pytest
from google.protobuf.text_format import MessageToString
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.client import Look, Tab, sign_in, tab
from tests.conftest import awaited

pytestmark = pytest.mark.browser  # a running server


async def begun(page: Tab) -> None:
    """The run that what was sent has asked for goes on by now."""
    while ForwardMsg.FromString(await page.socket.recv()).WhichOneof("type") != "new_session":  # type: ignore[arg-type]
        pass


async def at_a_case(page: Tab, place: int) -> SimpleNamespace:
    """The drawer of one that waits to be dispatched, by its place in the list."""
    await page.open("desk", state="accepted", sort="newest")
    rows = [key for key in page.widgets if key.startswith("open-")]
    await page.rerun({rows[place]: True})
    (submit,) = (key for key in page.widgets if key.startswith("submit-"))
    case = submit.removeprefix("submit-").removesuffix("-dispatch")
    (lead,) = (key for key in page.widgets if key.startswith("lead-"))
    nothing = WidgetState(id=page.widgets[lead].id)  # which a browser says too
    page.values[nothing.id] = nothing
    offered = next(key for key in page.widgets if key.startswith("offer-lead-"))
    return SimpleNamespace(id=case, submit=submit, offered=offered, words=f"words-{case}-0")


async def told(page: Tab) -> None:
    """What was pressed is done and said to be, and the page is drawn anew after it."""
    kinds, words = set[str](), ""
    async with asyncio.timeout(30):
        while "toast" not in kinds or "已交办" not in words:
            look = await page.finished()
            kinds, words = kinds | {kind for kind, _ in look.shown}, words_of(look)
    assert "出了点问题" not in words


async def case_of(page: Tab, case: SimpleNamespace) -> str:
    return words_of(await page.open("desk", case=case.id))


def words_of(look: Look) -> str:
    return "".join(MessageToString(element, as_utf8=True) for _, element in look.shown)


def test_what_was_offered_and_pressed_is_chosen_though_the_page_has_not_shown_it_yet(served):
    async def tried() -> str:
        cookies = sign_in(served.url, "staff")
        async with tab(served.url, cookies) as page, tab(served.url, cookies) as another:
            case = await at_a_case(page, 0)
            fragment = page.widgets[case.offered].fragment
            await page.send({case.offered: True}, fragment)
            await begun(page)
            await page.send({case.words: "请三个工作日内联系企业。", case.submit: True}, fragment)
            await told(page)
            return await case_of(another, case)

    assert "请三个工作日内联系企业。" in awaited(tried())


def test_a_press_is_done_and_told_though_its_page_is_left_in_the_same_moment(served):
    async def tried() -> str:
        cookies = sign_in(served.url, "staff")
        async with tab(served.url, cookies) as page, tab(served.url, cookies) as another:
            case = await at_a_case(page, 1)
            await page.rerun({case.offered: True})
            await page.rerun({case.words: "请尽快答复。"})
            await page.send({case.submit: True}, page.widgets[case.submit].fragment)
            await begun(page)
            await page.send({})  # the whole page anew: the drawer is closed
            await told(page)
            return await case_of(another, case)

    assert "请尽快答复。" in awaited(tried())
