"""What the server does by itself for as long as it runs: a backup every hour, restored and compared, carried elsewhere,
kept by age; a signed line a day that says where the history stands."""

import logging
import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from db import clock, events, journal
from db.address import address_of
from db.store import Store
from db.system import anchors, backups, beside, erasure, retention
from db.system.backups import Backup

log = logging.getLogger(__name__)

_HERE = Path(__file__).resolve().parents[2]
PAUSE = 60.0  # seconds between two looks
LATE = timedelta(hours=2)  # without a good backup
PATIENCE = 3600  # seconds for a check, or for what carries a copy away
# How old, and one of each: all of a day, one a day of two weeks, one a month of a year.
AGES = ((timedelta(hours=26), "%Y-%m-%d %H:%M:%S"), (timedelta(days=15), "%Y-%m-%d"), (timedelta(days=370), "%Y-%m"))


@dataclass(frozen=True)
class Keeping:
    """As the operator says it. `every` of no length: no backup is made."""

    every: timedelta
    folder: Path
    to: Path | None = None  # another disk
    command: str = ""  # another host: it gets the copy's path
    anchor_file: Path | None = None
    anchor_command: str = ""  # it gets the line
    anchor_key: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls) -> "Keeping":
        said = os.environ.get
        to, file = said("BACKUP_TO"), said("ANCHOR_FILE")
        return cls(timedelta(minutes=float(said("BACKUP_EVERY") or 60)), backups.folder(), Path(to) if to else None,
                   said("BACKUP_COMMAND", ""), Path(file) if file else None, said("ANCHOR_COMMAND", ""),
                   said("ANCHOR_KEY", ""))  # fmt: skip


_GOOD: datetime | None = None  # when the last one was; None: nobody keeps this store


def is_late(at: datetime) -> bool:
    """Whether the last good backup is older than it may be."""
    return _GOOD is not None and at - _GOOD > LATE


@contextmanager
def keeping(store: Store, path: Path, *, now: Callable[[], datetime]) -> Iterator[None]:
    """Beside the service, until the block ends. Command lines are answered too."""
    global _GOOD
    told, ended = Keeping.from_environment(), threading.Event()
    _GOOD = now() if told.every else None  # before the first one nothing is late
    worker = threading.Thread(target=_work, args=(store, told, now, ended), name="keeping", daemon=True)
    # A store on a server is opened by whoever asks.
    answers = nullcontext() if address_of().server else beside.answering(path, lambda said: _answer(store, path, said))
    with answers:
        worker.start()
        try:
            yield
        finally:
            ended.set()
            worker.join(PAUSE)
            _GOOD = None


def _work(store: Store, told: Keeping, now: Callable[[], datetime], ended: threading.Event) -> None:
    while not ended.wait(PAUSE):
        for step in (keep, anchor):
            try:
                step(store, told, at=now())
            except Exception:
                log.exception("%s: it is tried again", step.__name__)


def keep(store: Store, told: Keeping, *, at: datetime) -> bool:
    """One look: make what is due. Whether there is a good one now that is younger than `every`."""
    global _GOOD
    if not told.every or store.damage:
        return False
    good = _good(told, at)
    if not good:
        with store.alone("backup") as ours:
            if not ours:  # another process is making it
                return False
            good = _good(told, at)  # or has just made it
            if not good:
                _made(store, told, at)
    _GOOD = good or at
    return True


def _good(told: Keeping, at: datetime) -> datetime | None:
    """When the last good one was, where it is young enough."""
    since = max((backup.good_at for backup in backups.listed(told.folder) if backup.good_at), default=datetime.min)
    return since if at - since < told.every else None


def _made(store: Store, told: Keeping, at: datetime) -> None:
    copy = store.backup(told.folder)
    _check(copy)
    if told.to:
        _carry(copy, told.to)
    if told.command:
        subprocess.run([*shlex.split(told.command), str(copy)], check=True, timeout=PATIENCE)
    backups.say_good(copy, at)
    for folder in filter(None, (told.folder, told.to)):
        for old in outlived(backups.listed(folder), at):
            backups.forget(folder / old.name)


def anchor(store: Store, told: Keeping, *, at: datetime) -> bool:
    """Say where the history stands, once a day. Whether it was said now."""
    if not (told.anchor_file or told.anchor_command):
        return False
    with store.alone("anchor") as ours:
        return ours and _said(store, told, at)


def _said(store: Store, told: Keeping, at: datetime) -> bool:
    written = told.anchor_file or told.folder / "anchors.txt"
    lines = written.read_text(encoding="utf-8").splitlines() if written.exists() else []
    if lines and lines[-1][:10] == f"{at:%Y-%m-%d}":
        return False
    line = anchors.line(store.read(events.head), at, told.anchor_key)
    if told.anchor_command:
        subprocess.run(shlex.split(told.anchor_command), input=f"{line}\n".encode(), check=True, timeout=PATIENCE)
    written.parent.mkdir(parents=True, exist_ok=True)
    with written.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def outlived(kept: Sequence[Backup], at: datetime) -> list[Backup]:
    """Those that no age keeps: of each hour, day or month the newest stays, and always the last good one. What was made
    for an upgrade, or has another's name, is nobody's to remove."""
    ours = [backup for backup in kept if backup.events]
    stays = {backup.name for backup in sorted(ours, key=lambda b: b.good_at or datetime.min)[-1:]}
    for age, of in AGES:
        newest = {backup.made_at.strftime(of): backup.name for backup in sorted(ours, key=lambda b: b.made_at)
                  if at - backup.made_at <= age}  # fmt: skip
        stays |= set(newest.values())
    return [backup for backup in ours if backup.name not in stays]


def _check(copy: Path) -> None:
    """By another process, so that a large store's check takes nothing from those who are served."""
    command = ["nice", sys.executable, "-m", "db", "restore", "--check", str(copy.resolve())]
    done = subprocess.run(command, cwd=_HERE, capture_output=True, text=True, timeout=PATIENCE)
    if done.returncode:
        raise ValueError(f"{copy} is no good backup: {done.stderr.strip()[-500:]}")


def _carry(copy: Path, to: Path) -> None:
    """Whole, under its name at the end alone, and read again; what is there already is read too."""
    to.mkdir(parents=True, exist_ok=True)
    target, unfinished, wanted = to / copy.name, to / f"{copy.name}.unfinished", backups.digest(copy)
    if target.exists() and backups.digest(target) == wanted:
        return
    shutil.copyfile(copy, unfinished)
    journal.on_disk(unfinished)
    unfinished.replace(target)
    journal.on_disk(to)
    if backups.digest(target) != wanted:
        raise ValueError(f"{target} is not what was copied")


def _answer(store: Store, path: Path, question: dict[str, str]) -> dict[str, str]:
    if question["do"] == "backup":
        return {"path": str(store.backup(Path(question["folder"])))}
    if question["do"] == "retention":
        return {"said": retention.report(store, clock.now(), dry=bool(question["dry"]))}
    if question["do"] == "erase":
        done = erasure.carried_out(store, path, question["kind"], question["key"], reason=question["reason"],
                                   at=clock.now(), forget=bool(question["forget"]))  # fmt: skip
        return {"changed": str(done.changed), "left": "\n".join(map(str, done.left))}
    copy = Path(f"{path.resolve()}.looked-at-{clock.now():%H%M%S%f}")
    store.copy(copy)
    return {"path": str(copy)}
