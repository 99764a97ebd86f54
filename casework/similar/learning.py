"""When what was solved before is learnt anew: in the background, in a process of its own that opens no store."""

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from casework.similar.learnt import Learnt, load, versions
from casework.similar.train import KEPT
from db.address import path_of
from db.cases import similar
from db.sql import Connection
from db.store import Store
from db.system import erasure

log = logging.getLogger(__name__)
FOLDER = erasure.LEARNT
FEWEST = 50  # cases that anything is learnt of
AFTER = timedelta(minutes=10)  # that the server has been up: what starts is not slowed down
FIRST = timedelta(minutes=1)  # the same where nothing was learnt yet: whoever comes in now finds nothing
EVERY = timedelta(days=7)
_ROOT = Path(__file__).resolve().parents[2]
_LOADED: dict[Path, Learnt] = {}
_LOCK = Lock()
_STARTED: dict[str, datetime] = {}
TRIED = "tried"  # beside the versions: when it was begun last, by whichever process of the store


def folder() -> Path:
    """Beside the store's file."""
    return path_of().parent / FOLDER


def newest() -> Learnt | None:
    """The newest version, read once; None where nothing was learnt yet."""
    found = versions(folder())
    if not found:
        return None
    at = folder() / str(found[-1])
    with _LOCK:
        if at not in _LOADED:
            _LOADED.clear()
            _LOADED[at] = load(at)
        return _LOADED[at]


def learn_when_due(store: Store, at: datetime) -> object:
    """A chore of the server, of one process at a time: once a week, where there are cases to learn of."""
    if at - _STARTED.setdefault("server", at) < (AFTER if versions(folder()) else FIRST):
        return None
    last = newest()
    if last and at - datetime.fromisoformat(last.about.learnt_at) < EVERY:
        return None
    tried = folder() / TRIED
    if at - _tried(tried) < timedelta(days=1):
        return None  # it failed today, or it is at work still
    tried.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    whole = tried.with_suffix(".new")
    whole.write_text(at.isoformat(), encoding="utf-8")
    whole.replace(tried)
    return start(store, at)


def _tried(mark: Path) -> datetime:
    """Long ago where there is no mark, or none that can be read."""
    with suppress(OSError, ValueError):
        return datetime.fromisoformat(mark.read_text(encoding="utf-8"))
    return datetime.min


def start(store: Store, at: datetime) -> subprocess.Popen[bytes]:
    """Hand the history over and let a process of its own learn it. Raises ValueError where there is too little."""
    if store.read(similar.count) < FEWEST:
        raise ValueError(f"fewer than {FEWEST} cases: nothing is learnt of so few")
    kept = folder()
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    _tidy(kept)
    store.read(lambda con: _hand_over(con, kept / "cases.jsonl"))
    command = [sys.executable, "-m", "casework.similar.train", str(kept), at.isoformat()]
    return subprocess.Popen(command, cwd=_ROOT, env=_environment())


def learn(store: Store, at: datetime) -> Learnt:
    """The same, waited for. Raises ValueError, also where the process did not come to its end."""
    ended = start(store, at).wait()
    made = newest()
    if ended or made is None:
        raise ValueError(f"the process that learns ended with {ended}")
    return made


def _tidy(kept: Path) -> None:
    for version in versions(kept)[:-KEPT]:
        shutil.rmtree(kept / str(version))
    for left in kept.glob("*.unfinished"):  # of a process that did not live to end
        shutil.rmtree(left)


def _hand_over(con: Connection, file: Path) -> None:
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as lines:
        for past in similar.past_cases(con):
            lines.write(json.dumps(asdict(past), ensure_ascii=False) + "\n")


def _environment() -> Mapping[str, str]:
    """None of the server's secrets."""
    return {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "OPENBLAS_CORETYPE")}
