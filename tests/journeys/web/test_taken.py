"""Who presses and goes on at once, before the page has answered, loses nothing of what was pressed."""

import asyncio

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


async def at_a_case(page: Tab, state: str) -> str:
    """The drawer of the first in that state; its id."""
    await page.open("desk", state=state, sort="newest")
    await page.rerun({next(key for key in page.widgets if key.startswith("open-")): True})
    return next(key.removeprefix("do-") for key in page.widgets if key.startswith("do-"))


async def told(page: Tab, done: str = "") -> None:
    """What was pressed is done and said to be; the page is drawn anew after it, and says `done`."""
    kinds, words = set[str](), ""
    async with asyncio.timeout(30):
        while "toast" not in kinds or done not in words:
            look = await page.finished()
            kinds, words = kinds | {kind for kind, _ in look.shown}, words_of(look)
    assert "出了点问题" not in words


async def case_of(page: Tab, case: str) -> str:
    return words_of(await page.open("desk", case=case))


def words_of(look: Look) -> str:
    return "".join(MessageToString(element, as_utf8=True) for _, element in look.shown)


def test_what_was_offered_and_pressed_is_chosen_though_the_page_has_not_shown_it_yet(served):
    async def tried() -> str:
        cookies = sign_in(served.url, "staff")
        async with tab(served.url, cookies) as page, tab(served.url, cookies) as another:
            case = await at_a_case(page, "accepted")
            lead = page.widgets[next(key for key in page.widgets if key.startswith("lead-"))]
            page.values[lead.id] = WidgetState(id=lead.id)  # a browser says too that nothing is chosen
            offered = next(key for key in page.widgets if key.startswith("offer-lead-"))
            await page.send({offered: True}, lead.fragment)
            await begun(page)
            sent = {f"words-{case}-0": "请三个工作日内联系企业。", f"submit-{case}-dispatch": True}
            await page.send(sent, lead.fragment)
            await told(page, "已交办")
            return await case_of(another, case)

    assert "请三个工作日内联系企业。" in awaited(tried())


def test_a_press_is_done_and_told_though_its_page_is_left_in_the_same_moment(served):
    async def tried() -> str:
        cookies = sign_in(served.url, "staff")
        async with tab(served.url, cookies) as page, tab(served.url, cookies) as another:
            case = await at_a_case(page, "open")
            await page.rerun({f"do-{case}": ["记录"]})
            await page.rerun({f"words-{case}-0": "已电话联系企业。"})
            submit = f"submit-{case}-note"
            await page.send({submit: True}, page.widgets[submit].fragment)
            await begun(page)
            await page.send({})  # the whole page anew: the drawer is closed
            await told(page)
            return await case_of(another, case)

    assert "已电话联系企业。" in awaited(tried())
