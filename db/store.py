"""The one way to the data: `read`, `write`, `revision`, `backup`, `migrate`."""

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from db.address import Address, address_of
from db.sql import Connection

if TYPE_CHECKING:  # a limited child has no time for it
    from db.events import Head
    from db.files import Files

T = TypeVar("T")
A = TypeVar("A")
P = ParamSpec("P")


class Store(Protocol):
    """Functions given to `write` may run twice: they change nothing outside it. `alone` says whether this process is
    the one that does a job of which there is one a store, for as long as its block lasts.

    `write_together` gives `fn` what all who wait with it ask: as many statements for a hall as for one. It answers
    each, in order, with a value or with the error that is raised there.
    `look` reads what takes long and is only shown, as the records stand at `known` or later.
    `kept` reads once what `fn` finds with these arguments, and again only after a write; nobody changes what it gives.
    `files` are those whose rows it has.
    `damage` says, for an operator, what the store lacks and its journal could not bring back: it is read-only then.
    """

    damage: str | None
    files: "Files"

    def read(self, fn: Callable[[Connection], T]) -> T: ...
    def look(self, fn: Callable[[Connection], T], known: "Head") -> T: ...
    def kept(self, fn: Callable[Concatenate[Connection, P], T], *asked: P.args, **more: P.kwargs) -> T: ...
    def write(self, fn: Callable[[Connection], T]) -> T: ...
    def write_together(self, fn: Callable[[Connection, Sequence[A]], Sequence[T | Exception]], asked: A) -> T: ...
    def alone(self, job: str) -> AbstractContextManager[bool]: ...
    def on_commit(self, wake: Callable[[], None]) -> None: ...
    def revision(self) -> int: ...
    def has_room(self) -> bool: ...
    def backup(self, folder: Path) -> Path: ...
    def copy(self, target: Path) -> None: ...
    def migrate(self) -> list[str]: ...
    def rewrite(self, change: Callable[[Connection], T]) -> T: ...
    def close(self) -> None: ...


def open_store(url: str | None = None) -> Store:
    """The store at `url`, `STORE_URL` or the default, whose district's languages and names this process speaks from
    here on. Raises ValueError for a kind that is not built."""
    from db import loading  # here, so that a limited child knows the word Store alone

    store = _opened(address_of(url))
    loading.speak(store)
    return store


def _opened(at: Address) -> Store:
    if at.server:
        from db.served import PostgresStore

        return PostgresStore(at)
    from db.duck import DuckStore

    return DuckStore(at.path, at.files)


def open_for_operator() -> Store | None:
    """The same for a command; None where it cannot be opened, and whoever gave the command has read why."""
    try:
        return open_store()
    except Exception as error:  # whatever the store does not like
        sys.stderr.write(f"The store cannot be opened: {error}\n")
        return None
