"""The one way to the data: `read`, `write`, `revision`, `backup`, `migrate`."""

from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from db.address import path_of
from db.sql import Connection

T = TypeVar("T")
P = ParamSpec("P")


class Store(Protocol):
    """A store that one process owns. Functions given to `write` may run twice: they change nothing outside it.

    `kept` reads once what `fn` finds with these arguments, and again only after a write; nobody changes what it gives.
    `damage` says, for an operator, what the store lacks and its journal could not bring back: it is read-only then.
    """

    damage: str | None

    def read(self, fn: Callable[[Connection], T]) -> T: ...
    def kept(self, fn: Callable[Concatenate[Connection, P], T], *asked: P.args, **more: P.kwargs) -> T: ...
    def write(self, fn: Callable[[Connection], T]) -> T: ...
    def on_commit(self, wake: Callable[[], None]) -> None: ...
    def revision(self) -> int: ...
    def has_room(self) -> bool: ...
    def backup(self, folder: Path) -> Path: ...
    def copy(self, target: Path) -> None: ...
    def migrate(self) -> list[str]: ...
    def rewrite(self, change: Callable[[Connection], T]) -> T: ...
    def close(self) -> None: ...


def open_store(url: str | None = None) -> Store:
    """The store at `url`, `STORE_URL` or the default. Raises ValueError for a kind that is not built."""
    from db.duck import DuckStore  # here, so that a limited child knows the word Store without loading DuckDB

    return DuckStore(path_of(url))
