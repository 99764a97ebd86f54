"""Streamlit's upload address, as a forged client uses it against the running product: real sockets, real HTTP."""

import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from pages.web.upload_guard import MOST_FILES, MOST_OF_SESSION, UPLOADS, Coming, OnlyAskedUploads
from tests.conftest import PASSWORD

LARGE = 4_900_000  # bytes; Streamlit takes 5 MB
pytestmark = pytest.mark.browser  # as slow as one, so it begins early


def host(served) -> str:
    return urlsplit(served.url).netloc


def ask(served, method, path, body=None, **headers) -> SimpleNamespace:
    connection = http.client.HTTPConnection(host(served), timeout=60)
    with suppress(BrokenPipeError, ConnectionResetError):  # refused before the whole body was sent
        connection.request(method, path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return SimpleNamespace(status=answer.status, headers=answer.headers, content=content)


def cookies_of(served, login=None) -> dict[str, str]:
    """Streamlit's own against forged requests, and the session's of those who sign in."""
    answers = [ask(served, "GET", "/_stcore/health")]
    if login:
        form = urlencode({"login": login, "password": PASSWORD})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answers.append(ask(served, "POST", "/sign-in", form, **kind))
    jar: SimpleCookie = SimpleCookie()
    for answer in answers:
        for header in answer.headers.get_all("Set-Cookie") or ():
            jar.load(header)
    return {name: one.value for name, one in jar.items()}


@contextmanager
def on_page(served, cookies, page: str) -> Iterator[tuple[ClientConnection, str]]:
    """An open socket whose script has drawn this page, and its session's id."""
    sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    address = f"ws://{host(served)}/_stcore/stream"
    with connect(address, additional_headers=sent, subprotocols=[Subprotocol("streamlit")], max_size=None) as socket:
        yield socket, go(socket, page)


def go(socket: ClientConnection, page: str) -> str:
    """Ask for a page and wait until it is drawn. Returns the session's id."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    socket.send(asked.SerializeToString())
    session, said = "", ForwardMsg()
    while said.WhichOneof("type") != "script_finished":
        said.ParseFromString(cast(bytes, socket.recv(timeout=60)))
        if said.WhichOneof("type") == "new_session":
            session = said.new_session.initialize.session_id
    return session


def upload(served, cookies, session, size=LARGE, **changes) -> int:
    mark = uuid4().hex
    head = f'--{mark}\r\nContent-Disposition: form-data; name="f"; filename="f.pdf"\r\n\r\n'
    body = head.encode() + b"x" * size + f"\r\n--{mark}--\r\n".encode()
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "Content-Type": f"multipart/form-data; boundary={mark}",
        "X-Xsrftoken": cookies.get("_streamlit_xsrf", ""),
    }
    return ask(served, "PUT", f"{UPLOADS}{session}/{uuid4()}", body, **(headers | changes)).status


def test_a_stranger_on_a_page_without_an_uploader_stores_no_file(served):
    cookies = cookies_of(served)
    with on_page(served, cookies, "") as (_socket, session):
        assert {upload(served, cookies, session) for _ in range(40)} == {403}


def test_who_signs_in_stores_no_file_where_no_page_asks_for_one(served):
    cookies = cookies_of(served, "enterprise")
    with on_page(served, cookies, "my-cases") as (_socket, session):
        assert upload(served, cookies, session) == 403


def test_a_stranger_stores_no_file_in_another_persons_session(served):
    cookies = cookies_of(served, "enterprise")
    with on_page(served, cookies, "raise") as (_socket, session):
        assert upload(served, cookies_of(served), session) == 403
        assert upload(served, cookies | {"f2f_session": "forged"}, session) == 403
        assert upload(served, cookies, str(uuid4())) == 403


def test_an_enterprise_on_the_form_sends_its_files_until_its_room_is_full(served):
    cookies = cookies_of(served, "enterprise")
    with on_page(served, cookies, "raise") as (_socket, session):
        with ThreadPoolExecutor(8) as pool:  # at once: what is under way counts
            taken = list(pool.map(lambda _n: upload(served, cookies, session), range(24)))
        assert taken.count(204) == MOST_OF_SESSION // LARGE < MOST_FILES
        assert taken.count(413) == 24 - taken.count(204)


def test_a_session_holds_so_many_files_and_no_more_however_small(served):
    cookies = cookies_of(served, "enterprise")
    with on_page(served, cookies, "raise") as (_socket, session):
        assert [upload(served, cookies, session, 10) for _ in range(MOST_FILES + 1)] == [204] * MOST_FILES + [413]


def test_an_address_holds_no_more_in_all_its_sessions_than_its_share(monkeypatch):
    monkeypatch.setattr("pages.web.upload_guard.MOST_OF_ADDRESS", 100)
    manager = MemoryUploadedFileManager(UPLOADS)
    runtime = cast(Runtime, SimpleNamespace(uploaded_file_mgr=manager))
    guard = OnlyAskedUploads(cast(Any, None))
    for session, address in (("a", "198.51.100.7"), ("b", "198.51.100.7"), ("c", "198.51.100.8")):
        guard.addresses[session] = address
        manager.add_file(session, UploadedFileRec(session, "f.pdf", "application/pdf", b"x" * 40))
    assert guard._fits(runtime, Coming("d", "198.51.100.7", 20))
    assert not guard._fits(runtime, Coming("d", "198.51.100.7", 21))
    assert guard._fits(runtime, Coming("d", "198.51.100.8", 60))
    manager.remove_session_files("a")
    assert guard._fits(runtime, Coming("d", "198.51.100.7", 60))


def test_a_page_that_one_has_left_asks_no_longer(served):
    cookies = cookies_of(served, "enterprise")
    with on_page(served, cookies, "raise") as (socket, session):
        assert upload(served, cookies, session, 10) == 204
        go(socket, "my-cases")
        assert upload(served, cookies, session, 10) == 403


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics?families=session_events", "/_stcore/metrics/"])
def test_the_servers_metrics_are_nobodys(served, path):
    answer = ask(served, "GET", path, Accept="application/x-protobuf")
    assert (answer.status, answer.content) == (404, b"")


def test_the_rest_of_streamlit_answers(served):
    assert ask(served, "GET", "/_stcore/health").status == 200
    assert json.loads(ask(served, "GET", "/_stcore/host-config").content)
