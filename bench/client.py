"""A tab without a browser: it speaks Streamlit's protocol over a websocket, so that looks can be counted and timed.

For loopback alone, and bounded: no look may last longer than `LONGEST`, no more than `MOST` tabs may be open.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

LONGEST = 120.0  # seconds
MOST = 1000
AGENT = "Mozilla/5.0 (bench)"
KINDS = {
    "button": "trigger_value", "checkbox": "bool_value", "number_input": "double_value", "selectbox": "string_value",
    "radio": "string_value", "text_area": "string_value", "text_input": "string_value",
    "button_group": "string_array_value", "multiselect": "string_array_value", "date_input": "string_array_value",
}  # fmt: skip


@dataclass
class Look:
    """What one message to the server brought back. `shown`: every element that was drawn, by its kind."""

    seconds: float = 0.0
    messages: int = 0
    size: int = 0
    shown: list[tuple[str, Message]] = field(default_factory=list)

    def words(self) -> str:
        return "\n".join(str(element) for _, element in self.shown)


@dataclass
class Widget:
    id: str
    kind: str
    fragment: str
    element: Any


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def loopback(url: str) -> str:
    if urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ValueError(f"{url} is not this machine")
    return url


def sign_in(url: str, login: str, password: str = "face-to-face-demo") -> dict[str, str]:
    """The cookies that a browser has after the form, as `make run` serves it."""
    form = urlencode({"login": login, "password": password, "next": "/"}).encode()
    headers = {"User-Agent": AGENT, "Origin": url}
    try:
        answer = build_opener(_Stay).open(Request(loopback(f"{url}/sign-in"), form, headers), timeout=LONGEST)
    except HTTPError as error:
        answer = error
    pairs = (line.split(";", 1)[0].split("=", 1) for line in answer.headers.get_all("Set-Cookie") or ())
    found = {name: value for name, value in pairs}
    if "f2f_session" not in found:
        raise ValueError(f"{login} was not let in: {answer.status}")
    return found


class Tab:
    """One open page. `widgets` are those on it by the key that we gave them; values are sent as a browser does."""

    def __init__(self, socket: ClientConnection, url: str, *, dark: bool = False) -> None:
        self.socket, self.url, self.dark = socket, url, dark
        self.path, self.query, self.page_hash, self.session = "", "", "", ""
        self.widgets: dict[str, Widget] = {}
        self.values: dict[str, WidgetState] = {}
        self.known: set[str] = set()  # large messages that a browser keeps and need not be sent again

    async def open(self, path: str, **query: str) -> Look:
        self.path, self.query, self.page_hash = path, urlencode(query), ""
        return await self._ask({})

    async def rerun(self, given: Mapping[str, Any] | None = None, *, fragment: str = "") -> Look:
        """Run again, with these widgets' values changed; within the widget's own fragment, as a browser asks for it."""
        given = given or {}
        touched = [self.widgets[key] for key in given]
        return await self._ask(given, fragment or (touched[0].fragment if touched else ""))

    async def _ask(self, given: Mapping[str, Any], fragment: str = "") -> Look:
        begun = time.perf_counter()
        await self.send(given, fragment)
        look = await asyncio.wait_for(self.finished(), LONGEST)
        look.seconds = time.perf_counter() - begun
        return look

    async def send(self, given: Mapping[str, Any], fragment: str = "") -> None:
        """What a browser says when these widgets are touched, answered or not what it said before."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name, state.page_script_hash = self.query, self.path, self.page_hash
        state.fragment_id = fragment
        state.cached_message_hashes.extend(sorted(self.known))
        self._describe(state.context_info)
        pressed = [self._set(key, value) for key, value in given.items()]
        state.widget_states.widgets.extend(self.values.values())
        for one in pressed:
            if one.WhichOneof("value") == "trigger_value":
                del self.values[one.id]
        await self.socket.send(message.SerializeToString())

    def _describe(self, info: Any) -> None:
        info.timezone, info.timezone_offset, info.locale = "Asia/Shanghai", -480, "zh-CN"
        info.url, info.is_embedded = f"{self.url}/{self.path}", False
        info.color_scheme = "dark" if self.dark else "light"

    def _set(self, key: str, value: Any) -> WidgetState:
        widget = self.widgets[key]
        state, kind = WidgetState(id=widget.id), KINDS[widget.kind]
        if kind.endswith("array_value"):
            getattr(state, kind).data.extend(value)
        else:
            setattr(state, kind, value)
        self.values[widget.id] = state
        return state

    async def finished(self) -> Look:
        look = Look()
        while True:
            data = await self.socket.recv()
            message = ForwardMsg()
            message.ParseFromString(data)  # type: ignore[arg-type]
            look.messages, look.size = look.messages + 1, look.size + len(data)
            kind = message.WhichOneof("type")
            if message.metadata.cacheable:
                self.known.add(message.hash)
            if kind == "new_session":
                self.page_hash = message.new_session.page_script_hash
                self.session = message.new_session.initialize.session_id
            elif kind == "navigation":
                self._turned(message.navigation)
            elif kind == "delta":
                self._drawn(message.delta, look)
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return look

    def _turned(self, navigation: Any) -> None:
        self.page_hash = navigation.page_script_hash
        self.path = next(page.url_pathname for page in navigation.app_pages if page.page_script_hash == self.page_hash)

    def _drawn(self, delta: Any, look: Look) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type")
        element = getattr(delta.new_element, kind)
        look.shown.append((kind, element))
        if named := re.fullmatch(r"\$\$ID-[0-9a-f]+-(.*)", getattr(element, "id", ""), re.DOTALL):
            self.widgets[named[1]] = Widget(element.id, kind, delta.fragment_id, element)


@asynccontextmanager
async def tab(url: str, cookies: Mapping[str, str], *, dark: bool = False, session: str = "") -> AsyncIterator[Tab]:
    """`session`: the one that a broken line had, which is taken up again."""
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "User-Agent": AGENT}
    address = loopback(url).replace("http", "ws", 1) + "/_stcore/stream"
    protocols: Any = ["streamlit", "no-token", session] if session else ["streamlit"]
    async with connect(
        address, additional_headers=headers, subprotocols=protocols, origin=url, max_size=None,  # type: ignore[arg-type]
        open_timeout=LONGEST, compression=None, ping_interval=None, proxy=None,
    ) as socket:  # fmt: skip
        yield Tab(socket, url, dark=dark)


@asynccontextmanager
async def tabs(url: str, people: Iterable[Mapping[str, str]]) -> AsyncIterator[list[Tab]]:
    """One for each of these people's cookies, all open at once."""
    wanted = list(people)
    if len(wanted) > MOST:
        raise ValueError(f"{len(wanted)} tabs are more than {MOST}")
    async with AsyncExitStack() as open_tabs:
        yield [await open_tabs.enter_async_context(tab(url, cookies)) for cookies in wanted]
