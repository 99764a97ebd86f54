"""What a store does before the first read: it holds its rows, its history and its journal against each other."""

import logging
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from db import journal
from db.journal import Journal, Kept

log = logging.getLogger(__name__)


class Damaged(ValueError):
    """What the store lacks and the journal cannot bring back: where, in an operator's words."""


def bring_up(con: DuckDBPyConnection, store: Path) -> Journal:
    """Run again what the store lost, and open the journal behind it. Raises Damaged with the store as it was found."""
    path = journal.path_beside(store)
    n, head = journal.mark(con)
    kept = journal.read(path)
    _reaches(path, max(n, kept.ends if kept else 0))
    if kept:
        _replayed(con, path, kept, n)
        n, head = journal.mark(con)
    if kept is None or kept.damaged or kept.ends < n:
        if path.exists() or n:
            log.error("%s: not there or damaged; a new journal begins behind write %s. Nothing is missing.", path, n)
        journal.begin(path, n, head)
    elif kept.frames[-1].end < len(kept.content):
        _shortened(path, kept.frames[-1].end)
    return Journal(path, n, head)


def _reaches(path: Path, n: int) -> None:
    told = journal.told(path)
    if told > n:
        raise Damaged(f"{path}: the store and its journal end at write {n}; the writes {n + 1} to {told} are not there")


def _replayed(con: DuckDBPyConnection, path: Path, kept: Kept, n: int) -> None:
    if kept.ends < n:
        return
    later = kept.after(n)
    if kept.ends > n and not later:
        raise Damaged(f"{path}: the store ends at write {n}; of the writes {n + 1} to {kept.ends} some are not there")
    try:
        journal.hold_end(con, kept, n)
        journal.replay(con, kept, later)
    except (ValueError, KeyError, duckdb.Error, OSError) as error:
        raise Damaged(f"{path}: from write {n} to {kept.ends}: {error}") from error
    if later:
        log.warning("%s: %s writes that the store had lost are back", path, len(later))


def _shortened(path: Path, end: int) -> None:
    """Without what was being written when the process ended: nobody was told of it."""
    with path.open("rb+") as file:
        file.truncate(end)
    journal.on_disk(path)
