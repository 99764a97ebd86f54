"""The files whose bytes lie outside the store (`db.files`), as a whole: held against their rows, carried to another
place, and let go once nothing names them."""

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb

from db import sql
from db.batches import Say, silent
from db.events import ChainBreak
from db.files import Files
from db.refused import FilesUnavailable
from db.sql import Connection, Row
from db.store import Store
from db.system import backups

log = logging.getLogger(__name__)

TABLES = ("attachment", "draft_file", "minutes_file")
GRACE = timedelta(days=1)  # that a file has until its row is written
AT_ONCE = 500  # files that are taken away together
_KEPT = " UNION ALL ".join(
    f"SELECT '{table}' AS kind, id, size, sha256, kept_as FROM {table} WHERE kept_as IS NOT NULL" for table in TABLES
)


def verify(con: Connection, files: Files, say: Say = silent, *, whole: bool) -> Iterator[ChainBreak]:
    """Rows whose file is not there, or not what was laid down: `whole` reads all of them, else their sizes are held
    against the list of their place. Raises FilesUnavailable."""
    rows = sql.rows(con, f"SELECT * FROM ({_KEPT}) AS kept ORDER BY kind, id")
    there = files.laid() if rows else {}
    for n, row in enumerate(rows):
        laid = there.get(row["kept_as"])
        if laid is None or laid.size != row["size"] or (whole and not _is_as_laid(files, row)):
            yield ChainBreak(0, "content", f"{row['kind']} {row['id']}: {row['kept_as']}")
        if n % AT_ONCE == 0:
            say(f"files outside: {n} of {len(rows)}")


def _is_as_laid(files: Files, row: Row) -> bool:
    try:
        files.get(row["kept_as"], row["sha256"])
    except FilesUnavailable:
        return False
    return True


def carrying(source: Files, target: Files) -> Callable[[Row], Row]:
    """What lays a file of one store down where another has its own, and gives its row there. Where both have the same
    place, or the source says none, as a backup of a store on a server, all stays where it is. Raises
    FilesUnavailable."""

    def carried(row: Row) -> Row:
        name = row["kept_as"]
        if name and source.said in ("", target.said):
            return row
        content = source.get(name, row["sha256"]) if name else row["content"]
        kept_as = target.put(content)
        return row | {"kept_as": kept_as, "content": None if kept_as else content}

    return carried


def erased(con: Connection, table: str, where: str, given: Row) -> None:
    """Note what of these rows lies outside, before they go."""
    if table in TABLES:
        statement = f"INSERT INTO file_erased SELECT kept_as FROM {table} t WHERE kept_as IS NOT NULL AND ({where})"
        sql.run(con, statement, given)


def let_go_erased(store: Store) -> int:
    """What was erased leaves its place, whatever backups still name it. Returns how many files went. Raises
    FilesUnavailable; then they go with the next try."""
    names = store.read(lambda con: sql.column(con, "SELECT kept_as FROM file_erased ORDER BY kept_as"))
    for start in range(0, len(names), AT_ONCE):
        part = names[start : start + AT_ONCE]
        store.files.delete(part)
        store.write(
            lambda con, part=part: sql.run(con, "DELETE FROM file_erased WHERE kept_as = ANY($names)", {"names": part})
        )
    return len(names)


def sweep(store: Store, folder: Path, at: datetime) -> int:
    """What this store laid down and no row names by now goes, once it is older than a day and none of the backups in
    `folder` names it either: each of them can be put back with all of its files. Returns how many went. Raises
    FilesUnavailable, or duckdb.Error of a backup that cannot be read, with nothing taken away."""
    if store.files.place is None:
        return 0
    ours = store.files.laid(store.files.owner())
    old = {one.name for one in ours.values() if at - one.at > GRACE}
    old -= store.read(_named)
    for backup in backups.listed(folder) if old else ():
        with duckdb.connect(str(folder / backup.name), read_only=True) as con:
            old -= _named(con)
    names = sorted(old)
    for start in range(0, len(names), AT_ONCE):
        store.files.delete(names[start : start + AT_ONCE])
    if names:
        log.info("%s files that nothing names any more went", len(names))
    return len(names)


def letting_go(folder: Path) -> Callable[[Store, datetime], None]:
    """A chore of the server: what was erased at every look, the rest once a day."""
    last: list[date] = []

    def let_go_files(store: Store, at: datetime) -> None:
        let_go_erased(store)
        if last != [at.date()]:
            last[:] = [at.date()]
            sweep(store, folder, at)

    return let_go_files


def _named(con: Connection) -> set[str]:
    """None in a store of before there were any outside."""
    if "kept_as" not in sql.columns(con, TABLES[0]):
        return set()
    return set(sql.column(con, f"SELECT kept_as FROM ({_KEPT}) AS kept"))
