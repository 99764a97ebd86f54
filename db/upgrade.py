"""What is done to a copy of the store, which takes its place when all of it stands: the migrations of a release, or an
erasure."""

from collections.abc import Callable, Sequence
from pathlib import Path

from db import journal, migrations, sql
from db.connecting import connect
from db.events import Head
from db.sql import Connection
from db.survey import frames
from db.system import rebuild


def migrate(con: Connection, missing: Sequence[str]) -> None:
    """Each statement by itself: DuckDB refuses a commit that alters a table and fills it."""
    for name in missing:
        migrations.apply(con, name)
    derive(con, missing)


def derive(con: Connection, applied: Sequence[str]) -> None:
    """What these migrations leave to be made of what stands there."""
    if rebuild.DERIVED & set(applied) and sql.scalar(con, "SELECT count(*) FROM cases"):
        rebuild.rebuild(con)
    if frames.KEPT_SINCE in applied:
        frames.keep_missing(con)


def changed(copy: Path, change: Callable[[Connection], object]) -> tuple[int, Head]:
    """Make `change` in a copy that nobody has opened, and leave it on the disk. Returns its last write, which is one of
    its own: no journal of before leads there. Raises what `change` raises."""
    con = connect(copy)
    try:
        change(con)
        n, head = journal.mark(con)
        journal.put_mark(con, n + 1)
        con.execute("CHECKPOINT")
    finally:
        con.close()
    journal.on_disk(copy)
    return n + 1, head
