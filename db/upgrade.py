"""All migrations of a release as one step: in a copy of the store, which takes its place when all of them stand."""

from collections.abc import Sequence
from pathlib import Path

from db import journal, migrations
from db.connecting import connect
from db.events import Head
from db.system import rebuild


def migrated(copy: Path, missing: Sequence[str]) -> tuple[int, Head]:
    """Apply them to a copy that nobody has opened, and leave it on the disk. Returns its last write, which is one of
    its own: no journal of before leads there. Raises what a migration raises."""
    con = connect(copy)
    try:
        for name in missing:  # each statement by itself: DuckDB refuses a commit that alters a table and fills it
            migrations.apply(con, name)
        if rebuild.DERIVED & set(missing):
            rebuild.rebuild(con)
        n, head = journal.mark(con)
        journal.put_mark(con, n + 1)
        con.execute("CHECKPOINT")
    finally:
        con.close()
    journal.on_disk(copy)
    return n + 1, head
