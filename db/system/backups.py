"""The copies that lie beside the store."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db.address import path_of


@dataclass(frozen=True)
class Backup:
    """One copy: its name holds the number and the hash at which the chain stood. `made_at` is UTC."""

    name: str
    size: int
    made_at: datetime


def folder() -> Path:
    """`backups` beside the store's file."""
    return path_of().parent / "backups"


def listed(within: Path) -> list[Backup]:
    """Newest first; none where the folder is not there yet."""
    files = (path for path in within.glob("*.duckdb") if path.is_file())
    return sorted((_described(path) for path in files), key=lambda backup: backup.made_at, reverse=True)


def _described(path: Path) -> Backup:
    facts = path.stat()
    return Backup(path.name, facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC).replace(tzinfo=None))
