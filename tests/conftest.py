"""Fixtures of every test: a real store in a temporary file, people, pages, a server with a browser."""

import asyncio
import fcntl
import gc
import hashlib
import html
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from copy import copy
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, LiteralString, TypeVar
from uuid import uuid4

import duckdb
import psycopg
import pytest
import streamlit as st
from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute, sync_playwright
from psycopg.sql import SQL, Identifier
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.responses import Response, StreamingResponse
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from access import entrance
from access.actor import Actor
from access.throttle import Try
from bench.browser import chromium as launched
from db import clock, demo, keys, limited, sql
from db.address import path_of
from db.demo import surveys
from db.demo.common import uid
from db.people import accounts, enterprises, wall_tokens
from db.people.accounts import Account
from db.people.enterprises import Enterprise
from db.store import Store, open_store
from pages.shared import here
from tests.paths import ROOT
from tests.settled import LISTENS, settle

T = TypeVar("T")

# AppTest looks for some in every installed package, for every page that it opens: we have none
_COMPONENTS = BidiComponentManager()
NOON = datetime(2023, 11, 30, 4, 0)  # 30 November 2023, 12:00 in Shanghai
PASSWORD = "face-to-face-demo"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What drives a browser takes longest, so it begins first, then other journeys: with short files at the end the
    workers end together. A file is one worker's: what it prepares serves all of its tests."""
    driven = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: (item.path not in driven, "journeys" not in item.path.parts))


def pytest_collection_finish() -> None:
    """What was imported and collected lives to the end: no look for garbage goes through it again, as in the server
    (`LOOKS_FOR_GARBAGE` of app.py)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 10)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store that holds the demonstration's district and nothing else: made once, copied for each test."""
    path = tmp_path_factory.mktemp("migrated") / "store.duckdb"
    create(path)
    opened = open_store(url_of(path))
    opened.migrate()
    demo.begin_district(opened)
    opened.close()
    return path


SERVER = os.environ.get("TEST_SERVER", "")  # a PostgreSQL server's socket: stores lie there


def url_of(path: Path) -> str:
    """Of the store at `path`; on a server it has a database of that path's, and there lies what lies beside a store."""
    if not SERVER:
        return f"duckdb:{path}"
    return f"postgresql:///{_database(path)}?host={SERVER}&folder={path.parent}"


def _database(path: Path) -> str:
    return "t" + hashlib.sha256(str(path).removesuffix(".duckdb").encode()).hexdigest()[:24]


def beside(path: Path) -> Path:
    """What lies beside the store at `path` is called by this."""
    return path_of(url_of(path))


def create(path: Path, template: str = "template0") -> None:
    if SERVER:
        _on_server("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", _database(path), template)


def drop(path: Path) -> None:
    if SERVER:
        _on_server("DROP DATABASE {} WITH (FORCE)", _database(path))


def rename(path: Path, to: Path) -> None:
    if SERVER:
        _on_server("ALTER DATABASE {} RENAME TO {}", _database(path), _database(to))
        to.touch()
    else:
        path.rename(to)


def _on_server(statement: LiteralString, *names: str) -> None:
    with psycopg.connect(f"host={SERVER} dbname=postgres", autocommit=True) as con:
        con.execute(SQL(statement).format(*map(Identifier, names)))


def copied(template: Path, path: Path) -> Path:
    """A closed store's file, and the keys beside it."""
    keys.carry(beside(template), beside(path))
    if SERVER:
        create(path, _database(template))
        return path
    return Path(shutil.copy(template, path))


def lent(template: Path, path: Path) -> Iterator[Store]:
    """A copy that pages are served from. It is thrown away after its test, so closing leaves its log as it is: to write
    every changed table into the file once more took longer than many a test."""
    opened = open_store(url_of(copied(template, path)))
    here.use(opened)
    yield opened
    if SERVER:
        opened.close()
        drop(path)
        return
    with suppress(duckdb.ConnectionException):  # where the test has closed it
        opened.read(lambda con: sql.run(con, "PRAGMA disable_checkpoint_on_shutdown"))  # no sooner: backups heed it too
    opened.close()


@pytest.fixture
def store(tmp_path: Path, request: pytest.FixtureRequest, migrated: Path) -> Iterator[Store]:
    """A migrated store, with the people alone where the test asks for them; the pages are served from it."""
    file = request.getfixturevalue("peopled").file if "people" in request.fixturenames else migrated
    yield from lent(file, tmp_path / "store.duckdb")


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, migrated: Path, password_hash: str) -> Path:
    """The file of a store with demo data as of today, whose passwords cost little to check: made once for all workers,
    copied for each test and for the served product."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    path = shared / "demo.duckdb"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            made = _make_demo(copied(migrated, shared / "demo.unfinished"), password_hash)
            keys.carry(beside(made), beside(path))
            rename(made, path)
    return path


def _make_demo(path: Path, password_hash: str) -> Path:
    opened = open_store(url_of(path))
    demo.load(opened, today=clock.day_of(here.now()))
    cheap = "UPDATE account SET password_hash = $cheap WHERE password_hash IS NOT NULL"
    opened.write(lambda con: sql.run(con, cheap, {"cheap": password_hash}))
    opened.close()
    return path


@pytest.fixture
def demonstration(tmp_path: Path, demo_file: Path) -> Iterator[Store]:
    """A store with demo data, which the pages of this test are served from."""
    yield from lent(demo_file, tmp_path / "demo.duckdb")


@pytest.fixture(scope="session")
def password_hash() -> str:
    """One argon2 hash for everybody. Ours are slow on purpose; a hash says itself what it costs to check, and the
    tests' costs little."""
    return PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)).hash(PASSWORD)


def make_enterprise(store: Store, **changes: Any) -> Enterprise:
    """A textile enterprise in Keqiao, changed as told, stored as the register stores it."""
    made = Enterprise(
        **{
            "id": str(uuid4()),
            "uscc": str(uuid4())[:18].upper(),
            "name_zh": "云锦示范纺织有限公司",
            "name_en": "Yunjin Demo Textile Co., Ltd.",
            "sector_code": "C17",
            "town_code": "330603001",
            "size": "medium",
            "foreign_funded": False,
            "officer_id": None,
            "contact_name": "示例联系人",
            "contact_phone": "13800005678",
            "active": True,
            "created_at": NOON,
            "seq": 1,
        }
        | changes
    )
    store.write(lambda con: enterprises.add(con, [made]))
    return made


def make_account(store: Store, role: str, password_hash: str | None, **changes: Any) -> Account:
    account = Account(
        **{
            "id": str(uuid4()),
            "login": f"{role}-{uuid4().hex[:6]}",
            "name": f"示例{role}",
            "role": role,
            "body_code": None,
            "town_code": None,
            "enterprise_id": None,
            "password_hash": password_hash,
            "active": True,
            "created_at": NOON,
            "disabled_at": None,
            "seq": 0,
        }
        | changes
    )
    return store.write(lambda con: accounts.save(con, account, actor_id="tests", role="admin", at=NOON))


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory, migrated: Path, password_hash: str) -> SimpleNamespace:
    """The file of a store with people: made once, copied for each test."""
    file = copied(migrated, tmp_path_factory.mktemp("people") / "store.duckdb")
    opened = open_store(url_of(file))
    made = _make_people(opened, password_hash)
    opened.close()
    return SimpleNamespace(file=file, people=made)


@pytest.fixture
def people(store: Store, peopled: SimpleNamespace) -> SimpleNamespace:
    """One person a role, as actors: enterprise, colleague (same enterprise), stranger (another enterprise), officer
    (looks after the first), department (economy_it), other_department, town (Keqiao), staff, leader, admin.
    `firm` and `other_firm` are the two enterprises."""
    return copy(peopled.people)


def _make_people(store: Store, password_hash: str) -> SimpleNamespace:
    officer = make_account(store, "officer", password_hash)
    firm = make_enterprise(store, officer_id=officer.id)
    other_firm = make_enterprise(store, name_zh="远帆示范机电有限公司", name_en="Yuanfan Demo Machinery Co., Ltd.",
                                 sector_code="C34", town_code="330603011")  # fmt: skip
    made = {
        "enterprise": make_account(store, "enterprise", password_hash, enterprise_id=firm.id),
        "colleague": make_account(store, "enterprise", password_hash, enterprise_id=firm.id),
        "stranger": make_account(store, "enterprise", password_hash, enterprise_id=other_firm.id),
        "officer": officer,
        "department": make_account(store, "department", password_hash, body_code="economy_it"),
        "other_department": make_account(store, "department", password_hash, body_code="finance_office"),
        "town": make_account(store, "town", password_hash, town_code="330603001"),
        "staff": make_account(store, "staff", password_hash),
        "leader": make_account(store, "leader", password_hash),
        "admin": make_account(store, "admin", password_hash),
    }
    actors = {name: entrance.actor_of(account) for name, account in made.items()}
    return SimpleNamespace(**actors, firm=firm, other_firm=other_firm, accounts=SimpleNamespace(**made))


@pytest.fixture
def open_page(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """open_page(actor | None, path, language="zh", **query) → a page as that person's browser gets it."""
    return _opener(store, monkeypatch)


@pytest.fixture
def open_demo(demonstration: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """open_demo(login | None, path, …) → a page of the demonstration, for one of its accounts."""
    open_it = _opener(demonstration, monkeypatch)

    def opened(login: str | None, path: str, **asked: str) -> AppTest:
        return open_it(person_of(demonstration, login) if login else None, path, **asked)

    return opened


@pytest.fixture(autouse=True)
def _answers_of_this_store_alone() -> None:
    """Pages keep their answers by the store's revision: a server has one; those of tests all count from one."""
    st.cache_resource.clear()


def _opener(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """AppTest carries no cookies, so the browser's are handed to Streamlit's own context."""

    def opened(actor: Actor | None, path: str, *, language: str = "zh", **query: str) -> AppTest:
        cookies = {here.LANGUAGE_COOKIE: language}
        if actor is not None:
            cookies[here.SESSION_COOKIE] = session_of(store, actor)
        browser = SimpleNamespace(cookies=cookies, headers={}, remote_ip="127.0.0.1")
        monkeypatch.setattr("streamlit.runtime.context._get_client_context", lambda: browser)
        page = AppTest.from_file(str(ROOT / "pages/main.py"), default_timeout=30)
        page._bidi_component_manager = _COMPONENTS
        page._page_hash = calc_hash(path)  # by address, as a browser does: no other page is drawn before it
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return opened


def revoke_codes(store: Store, case_id: str, at: datetime) -> None:
    """As a store of before holds them: the house revokes no receipt's code any more."""
    statement = "UPDATE follow_code SET revoked_at = $at WHERE case_id = $id AND revoked_at IS NULL"
    store.write(lambda con: sql.run(con, statement, {"id": case_id, "at": at}))


def person_of(store: Store, login: str) -> Actor:
    account = store.read(lambda con: accounts.by_login(con, login))
    assert account is not None, login
    return entrance.actor_of(account)


def session_of(store: Store, actor: Actor) -> str:
    """A session's token for an account or for a visitor with an invitation."""
    ways = {
        "account": {"account_id": actor.id},
        "invitation": {"invitation_id": actor.invitation_id},
        "follow": {"case_id": actor.case_id},
    }
    session = entrance._session(actor.way, here.now(), **ways[actor.way])
    way = "password" if actor.way == "account" else actor.way
    tried = Try(way, actor.name, "127.0.0.1", session.created_at)
    return entrance._enter_noted(store, session, tried).token


def words(page: AppTest) -> str:
    """Everything that the page shows, as one text."""
    assert not page.exception, [e.value for e in page.exception]
    shown = [_text(getattr(e, "value", "")) + " " + str(getattr(e, "label", "") or "") for e in page.main]
    return "\n".join(shown)


def refused_fields(page: AppTest) -> list[list[str]]:
    """Of each thing that the page just refused, the keys of the fields that it marks."""
    told = re.findall(r'data-run="lead" data-told="([^"]*)"', "".join(str(one.proto.body) for one in page.get("html")))
    calls = [json.loads(html.unescape(one)) for one in told]
    return [keys[1:] for call in calls if call[0] == "refused" for keys in call[2]]


def _text(value: Any) -> str:
    return value.to_string() if hasattr(value, "to_string") else str(value or "")  # pandas is much to import


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Iterator[SimpleNamespace]:
    """The product as `make run` serves it, with demo data, on a free port: .url, .store_url, .process."""
    store_url = url_of(copied(demo_file, tmp_path_factory.mktemp("served") / "store.duckdb"))
    with serving(store_url) as server:
        yield server


@contextmanager
def serving(
    store_url: str, *, within: Sequence[str] = (), port: int = 0, **environment: str
) -> Iterator[SimpleNamespace]:
    """A server of this store on a free port: .url, .store_url, .process. `within` is a command that starts it."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    process = subprocess.Popen(
        [*within, *command],
        cwd=ROOT,
        env={**os.environ, "STORE_URL": store_url, "BACKUP_EVERY": "0", **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(url)
        yield SimpleNamespace(url=url, store_url=store_url, process=process)
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(happened: Callable[[], bool], seconds: float = 30) -> bool:
    """A limit for what never happens, not a timing."""
    until = time.monotonic() + seconds
    while not (done := happened()) and time.monotonic() < until:
        time.sleep(0.2)
    return done


def wait_until_ready(url: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"{url} was not ready within {seconds} s")


@pytest.fixture
def read_here() -> Iterator[None]:
    """What a file says is read in this process, as in a child of db.limited, of which each costs a quarter of a second.
    That files are read in one and under which limits has tests of its own; so has, `in_a_child`, what ends one."""
    limited._INSIDE.set()
    yield
    limited._INSIDE.clear()


@pytest.fixture
def in_a_child() -> None:
    limited._INSIDE.clear()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    with sync_playwright() as playwright:
        browser = launched(playwright, "--process-per-site")
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def at_hand() -> dict[tuple[str, bool], list[BrowserContext]]:
    """Browsers that have looked at the shared server and are as new, by language and touch. A first page costs twice
    another, for its scripts are compiled: each keeps a page of the server open, and with it what was compiled."""
    return defaultdict(list)


def _as_new(context: BrowserContext, url: str) -> None:
    """Without what its last reader opened, was told and kept."""
    keeper, *opened = context.pages
    for page in opened:
        page.close()
    context.unroute_all()
    context.set_offline(False)
    context.clear_cookies()
    told = context.new_cdp_session(keeper)
    told.send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": "local_storage,indexeddb"})
    told.detach()


def wall_token(served: SimpleNamespace) -> str:
    """Of the code on the wall for the running wave: its store has the digest alone, staff are told by its key."""
    link = uid("open-link", surveys._waves(clock.day_of(clock.now()))[-1].number)
    key = keys._read(keys.path_beside(path_of(served.store_url)))[keys.LINKS]
    return wall_tokens._of(bytes.fromhex(key), link)


@pytest.fixture
def browse(
    chromium: Browser, served: SimpleNamespace, at_hand: dict[tuple[str, bool], list[BrowserContext]]
) -> Iterator[Callable[..., Page]]:
    """browse(login=None, width=1440, language="zh-CN", scheme="light") → a Playwright page in a browser of its own.
    `forced`: in its reader's colours; `at`: of another server than the one that is shared.

    `page.visit(path)` opens a path of the product and waits until Streamlit has drawn it. What moves while it opens is
    left out, as readers may ask for: to draw it took a third of the time.
    """
    used = []

    def opened(
        login: str | None = None, *, width: int = 1440, language: str = "zh-CN", scheme: Any = "light",
        forced: bool = False, at: SimpleNamespace = served,
    ) -> Page:  # fmt: skip
        free = at_hand[language, width < 600] if at is served else None
        context = free.pop() if free else _browser(chromium, at.url, locale=language, has_touch=width < 600)
        used.append((context, free))
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 844 if width < 600 else 900})
        page.emulate_media(color_scheme=scheme, forced_colors="active" if forced else "none", reduced_motion="reduce")
        if login:
            enter(context, at.url, login)

        def visit(path: str) -> None:
            page.goto(f"{at.url}/{path.lstrip('/')}")
            settle(page)

        vars(page).update(visit=visit, served=at.url)
        return page

    yield opened
    for context, free in used:
        if free is None:
            context.close()
        else:
            _as_new(context, served.url)
            free.append(context)


def _browser(chromium: Browser, url: str, **how: Any) -> BrowserContext:
    context = chromium.new_context(**how)
    context.new_page().goto(f"{url}/healthz")
    context.add_init_script(LISTENS)
    return context


def enter(context: BrowserContext, url: str, login: str) -> None:
    """Sign in as the form does, without drawing it or the page that it leads to."""
    answer = context.request.post(f"{url}/sign-in", form={"login": login, "password": PASSWORD}, max_redirects=0)
    assert answer.status == 303, answer.text()


def awaited(coroutine: Coroutine[object, object, T]) -> T:
    """Run a coroutine to its end, in a thread: Playwright keeps a loop of its own running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def held_line(page: Page) -> SimpleNamespace:
    """The page's connection in our hands: while it `holds`, what the browser sends waits; `let_go` sends it at once."""
    line = SimpleNamespace(page=page, holds=False, waiting=[], server=None)

    def carry(end: WebSocketRoute) -> None:
        line.server = end.connect_to_server()
        end.on_message(lambda message: line.waiting.append(message) if line.holds else line.server.send(message))

    page.route_web_socket(re.compile("_stcore/stream"), carry)
    page.add_init_script(LISTENS)  # to this line, which stands in the place of the browser's
    return line


def let_go(line: SimpleNamespace) -> None:
    """Once the last of what was tapped is on its way too: the page tells by a timer what its widgets say."""
    line.page.evaluate("() => new Promise((done) => setTimeout(done, 60))")
    line.holds = False
    while line.waiting:
        line.server.send(line.waiting.pop(0))


def sent(answer: Response) -> bytes:
    """What an answer sends: whole, or piece by piece."""

    async def pieces() -> bytes:
        return b"".join([bytes(piece) async for piece in answer.body_iterator])  # type: ignore[union-attr]

    return awaited(pieces()) if isinstance(answer, StreamingResponse) else bytes(answer.body)
