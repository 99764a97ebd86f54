"""The one way to the data: `read`, `write`, `revision`, `backup`, `migrate`."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from db.duck import DuckStore
from db.sql import Connection

T = TypeVar("T")

DEFAULT_URL = "duckdb:data/store.duckdb"


class Store(Protocol):
    """A store that one process owns. Functions given to `write` may run twice: they change nothing outside it."""

    def read(self, fn: Callable[[Connection], T]) -> T: ...
    def write(self, fn: Callable[[Connection], T]) -> T: ...
    def revision(self) -> int: ...
    def has_room(self) -> bool: ...
    def backup(self, folder: Path) -> Path: ...
    def migrate(self) -> list[str]: ...
    def close(self) -> None: ...


def open_store(url: str | None = None) -> Store:
    """The store at `url`, `STORE_URL` or the default. Raises ValueError for a kind that is not built."""
    return DuckStore(path_of(url))


def path_of(url: str | None = None) -> Path:
    """The file of `url`, `STORE_URL` or the default."""
    kind, _, path = (url or os.environ.get("STORE_URL") or DEFAULT_URL).partition(":")
    if kind != "duckdb" or not path:
        raise ValueError(f"STORE_URL: 'duckdb:PATH' is understood, not '{kind}:{path}'")
    return Path(path)
