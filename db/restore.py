"""Put a backup in the place of the store: checked first, and what it replaces is kept."""

import shutil
from pathlib import Path

from db import events, integrity
from db.duck import DuckStore
from db.events import Head


class BadBackup(ValueError):
    """The copy's history does not verify: nothing was replaced."""


def restore(copy: Path, target: Path) -> Head:
    """Replace the closed store at `target` by `copy`. Returns the head that it now has.

    The file that stood there is renamed with the ending `.replaced`. Raises BadBackup, FileNotFoundError.
    """
    head = check(copy)
    target.parent.mkdir(parents=True, exist_ok=True)
    for path in (target, Path(f"{target}.wal")):
        if path.exists():
            path.replace(f"{path}.replaced")
    fresh = Path(f"{target}.restoring")
    shutil.copyfile(copy, fresh)
    fresh.replace(target)
    return head


def check(copy: Path) -> Head:
    """Open the copy and walk its chain. Raises BadBackup, FileNotFoundError."""
    if not copy.is_file():
        raise FileNotFoundError(copy)
    opened = DuckStore(copy)
    try:
        broken = opened.read(integrity.verify)
        if broken:
            raise BadBackup(f"{copy.name}: event {broken[0].n}: {broken[0].reason} does not hold")
        return opened.read(events.head)
    finally:
        opened.close()
