"""A store that lacks what its journal cannot bring back is shown on every page, says so, and takes nothing."""

import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path
from unittest.mock import ANY
from urllib.parse import urlencode

import pytest

from access import entrance
from access.throttle import MOST_UNDER_NAME
from casework.__main__ import main as casework
from db import events, journal
from db.__main__ import main as operate
from db.duck import DuckStore
from db.people import accounts
from db.refused import Refused, StoreReadOnly
from pages.shared import here
from tests.casework.cases.steps import raise_case
from tests.conftest import NOON, PASSWORD, free_port, wait_for, words
from tests.db.test_store import an_event
from tests.journeys.issue.test_issue_pages import fill, press
from tests.paths import ROOT

ZH, EN = "系统目前只能查看，不能保存", "For now everything can be read and nothing saved"


def lose(store: DuckStore) -> None:
    """From now on the store is one whose log was lost, and its journal with it."""
    store._con.execute("CHECKPOINT")
    store.write(lambda con: events.append(con, an_event()))
    store._con.execute("PRAGMA disable_checkpoint_on_shutdown")
    Path(f"{store.path}.wal").unlink()
    journal.path_beside(store.path).write_bytes(b"")
    store._reopen(store._con)
    assert store.damage


@pytest.mark.parametrize(
    "role, path, language, said",
    [
        (None, "welcome", "zh", ZH),
        ("enterprise", "home", "zh", ZH),
        ("officer", "care", "zh", ZH),
        ("department", "desk", "zh", ZH),
        ("staff", "desk", "en", EN),
        ("leader", "outcomes", "zh", ZH),
        ("admin", "accounts", "en", EN),
    ],
)
def test_every_page_says_so_and_who_keeps_the_system_is_told_what_to_do(
    store, people, open_page, role, path, language, said
):
    page = open_page(getattr(people, role) if role else None, path, language=language)
    assert not page.warning
    lose(store)
    shown = words(page.run())
    assert said in shown
    assert ("python -m db recover" in shown) == (role == "admin")


def test_what_was_typed_is_refused_in_words_and_stays(store, people, open_page):
    page = fill(open_page(people.enterprise, "raise"))
    before = store.read(events.head)
    lose(store)
    press(page, "提交")
    assert (
        "数据恢复后才能提交" in words(page) and page.text_input(key="issue_title").value == "新厂房用电报装两个月未批"
    )
    assert store.read(events.head) == before


def test_people_sign_in_and_read_their_cases_while_nothing_can_be_saved(store, people, open_page):
    case = raise_case(store, people, at=here.now())
    login = people.accounts.staff.login
    lose(store)
    before = {file: file.read_bytes() for file in store.path.parent.glob("store.duckdb*")}
    with pytest.raises(Refused, match="sign_in_failed"):
        entrance.sign_in(store, login=login, password="wrong", address="10.0.0.1", at=NOON)
    entered = entrance.sign_in(store, login=login, password=PASSWORD, address="10.0.0.1", at=NOON)
    assert entrance.who_is_here(store, entered.token, NOON) == replace(people.staff, address_hash=ANY)
    assert case.title in words(open_page(people.staff, "desk"))
    entrance.sign_out(store, entered.token, NOON)
    assert entrance.who_is_here(store, entered.token, NOON) is None
    with pytest.raises(StoreReadOnly):  # what was let in in memory writes nothing else with it
        store.write(lambda con: (accounts.end_sessions_of(con, people.staff.id, NOON), events.append(con, an_event())))
    assert before == {file: file.read_bytes() for file in store.path.parent.glob("store.duckdb*")}


def test_passwords_are_guessed_no_more_often_while_nothing_can_be_saved(store, people):
    lose(store)
    given = {"login": people.accounts.staff.login, "address": "10.0.0.1", "at": NOON}
    said = []
    for password in ["wrong"] * MOST_UNDER_NAME + [PASSWORD]:
        with pytest.raises(Refused) as refused:
            entrance.sign_in(store, password=password, **given)
        said.append(refused.value.code)
    assert said == ["sign_in_failed"] * MOST_UNDER_NAME + ["too_many_tries"]


def test_command_lines_that_would_write_say_so_and_end_with_1(store, monkeypatch, capsys):
    lose(store)
    store.close()
    monkeypatch.setenv("STORE_URL", f"duckdb:{store.path}")
    for command in (["migrate"], ["demo"], ["rebuild"], ["verify"]):
        assert operate(command) == 1
        assert "READ-ONLY" in capsys.readouterr().err
    casework(["recompute"])
    assert "Traceback" not in capsys.readouterr().err


@pytest.fixture
def served_damaged(tmp_path, demo_file):
    """The address of a server that started with such a store, whose output is the file `log`."""
    lost = DuckStore(Path(shutil.copy(demo_file, tmp_path / "store.duckdb")))
    lose(lost)
    lost.close()
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    given = {**os.environ, "STORE_URL": f"duckdb:{lost.path}"}
    with (tmp_path / "log").open("wb") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=said, stderr=subprocess.STDOUT)
        url = f"http://127.0.0.1:{port}"
        assert wait_for(lambda: asked(f"{url}/healthz")[0] == 200)
        yield url
        process.terminate()
        process.wait(20)


def asked(url: str, **form: str) -> tuple[int, str]:
    request = urllib.request.Request(url, data=urlencode(form).encode() or None, headers={"Accept-Language": "zh-CN"})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def test_a_server_starts_with_it_shows_what_is_there_and_is_not_ready(served_damaged):
    assert ZH in asked(f"{served_damaged}/sign-in")[1]
    assert "账号或密码不正确" in asked(f"{served_damaged}/sign-in", login="staff", password="wrong")[1]
    assert asked(f"{served_damaged}/readyz")[0] == 503


def test_its_log_says_at_the_start_what_is_missing_and_where(served_damaged, tmp_path):
    """Before anybody asks whether it is ready, as the runbook reads it."""
    said = (tmp_path / "log").read_text(encoding="utf-8")
    [line] = [line for line in said.splitlines() if "READ-ONLY: " in line]
    assert "store.duckdb.journal: the store and its journal end at write" in line and "db recover" in line
