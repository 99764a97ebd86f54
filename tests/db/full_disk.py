"""Run as a process of its own, under a limit that a write to the disk meets: `python -m tests.db.full_disk FILE WRITE`.

RLIMIT_FSIZE makes the kernel refuse the next byte of the log, as a full disk does, and needs no rights. What comes
of the write while the limit stands, and of the same write after it is lifted, is printed.
"""

import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from db import demo, references, sql
from db.duck import DuckStore
from db.indicators import indicators
from db.indicators.indicators import MappedName
from db.notices import leaf_readers
from db.people import accounts
from db.people.accounts import Account
from db.refused import Refused
from db.sql import Connection
from db.survey import estimates
from db.system import settings

NOON = datetime(2023, 11, 30, 4, 0)


def _account(con: Connection, name: str) -> None:
    blank: dict[str, Any] = dict.fromkeys(Account.__dataclass_fields__) | {
        "id": "a",
        "login": "staff",
        "role": "staff",
        "seq": 0,
    }
    known = accounts.by_id(con, "a") or Account(**blank | {"active": True, "created_at": NOON})
    accounts.save(con, replace(known, name=name), actor_id="tests", role="admin", at=NOON)


def _town(con: Connection, name: str) -> None:
    town = references.get(con, "town", "330603001")
    assert town
    references.save(con, replace(town, name_zh=name), actor_id="tests", role="admin", at=NOON)


def _leaf(con: Connection, _name: str) -> None:
    for wanted in (True, False, True):
        leaf_readers.choose(con, "a", wanted=wanted, at=NOON)


def _names(con: Connection, name: str) -> None:
    indicators.remember(con, [MappedName("统计局", "form", "工业总产值", name, NOON)])


WRITES: dict[str, Callable[[Connection, str], None]] = {
    "setting": lambda con, name: settings.put(con, "public_url", name),
    "probe": lambda con, _name: settings.probe(con),
    "leaf_reader": _leaf,
    "indicator_name": _names,
    "index_weight_set": lambda con, name: estimates.set_weights(con, {"policy": float(len(name))}, NOON),
    "account": _account,
    "reference_item": _town,
}


def main(file: Path, write: Callable[[Connection, str], None]) -> None:
    store = DuckStore(file)
    store.migrate()
    demo.begin_district(store)
    store.write(lambda con: write(con, "first"))
    store.backup(file.parent / "backups")  # the journal begins anew, far shorter than the log: that is what is full
    for name in ("second", "third"):  # a refused write leaves the store as able as before
        with no_room(store):
            _say(_tried(store, write, name))
    _say(_tried(store, write, "fourth!"))
    store.close()
    reopened = DuckStore(file)
    assert reopened.read(lambda con: sql.scalar(con, "SELECT count(*) FROM migration")) > 1
    reopened.close()


def _say(outcome: str) -> None:
    sys.stdout.write(outcome + "\n")
    sys.stdout.flush()


@contextmanager
def no_room(store: DuckStore) -> Iterator[None]:
    """Within it the kernel takes no further byte of the store's log from this process."""
    log = Path(f"{store.path}.wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((log.stat().st_size if log.exists() else 0) + 1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _tried(store: DuckStore, write: Callable[[Connection, str], None], name: str) -> str:
    try:
        store.write(lambda con: write(con, name))
    except Refused as refusal:
        return refusal.code
    return "written"


if __name__ == "__main__":
    main(Path(sys.argv[1]), WRITES[sys.argv[2]])
