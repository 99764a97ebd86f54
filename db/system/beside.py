"""How a command line asks the process that owns the store, by a socket beside it that nobody else may open: for a
backup, or for a copy to look through."""

import json
import logging
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from db.refused import StoreUnavailable

log = logging.getLogger(__name__)

LONGEST = 4096  # bytes of a question, and of what is read at once
PATIENCE = 1800  # seconds for a copy of a large store
_WHO = struct.Struct("3i")  # of the one who asks: process, user, group

Answer = Callable[[dict[str, str]], dict[str, str]]


class NotServed(ValueError):
    """Nobody answers beside the store, or says why not."""


@contextmanager
def answering(store: Path, answer: Answer) -> Iterator[None]:
    """Answer for as long as the block lasts, one question after another."""
    with _named(store) as name, socket.socket(socket.AF_UNIX) as listens:
        Path(name).unlink(missing_ok=True)  # of a process that was killed: the store is ours
        listens.bind(name)
        os.chmod(name, 0o600)
        listens.listen()
        worker = threading.Thread(target=_serve, args=(listens, answer), name="beside", daemon=True)
        worker.start()
        try:
            yield
        finally:
            Path(name).unlink(missing_ok=True)
            listens.shutdown(socket.SHUT_RDWR)
            worker.join(PATIENCE)


def asked(store: Path, **question: str) -> dict[str, str]:
    """What the owner of the store answers. Raises NotServed."""
    with _named(store) as name, socket.socket(socket.AF_UNIX) as line:
        line.settimeout(PATIENCE)
        try:
            line.connect(name)
            line.sendall(json.dumps(question).encode() + b"\n")
            said = json.loads(_line_of(line, whole=True) or b'{"error": "it ended meanwhile"}')
        except OSError as error:
            raise NotServed(f"nobody answers beside {store}: {error}") from error
    if "error" in said:
        raise NotServed(said["error"])
    return said


@contextmanager
def _named(store: Path) -> Iterator[str]:
    """The socket's address by its folder's number: a path may be longer than an address."""
    folder = os.open(store.resolve().parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{store.name[:40]}.socket"
    finally:
        os.close(folder)


def _serve(listens: socket.socket, answer: Answer) -> None:
    while True:
        try:
            line, _ = listens.accept()
        except OSError:
            return  # it was closed
        with line, suppress(OSError):
            line.settimeout(10)
            line.sendall(json.dumps(_answered(line, answer)).encode() + b"\n")


def _answered(line: socket.socket, answer: Answer) -> dict[str, str]:
    _, user, _ = _WHO.unpack(line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _WHO.size))
    if user not in (0, os.geteuid()):
        return {"error": "another's store"}
    try:
        return answer(json.loads(_line_of(line)))
    except (duckdb.Error, OSError, ValueError, KeyError, StoreUnavailable) as error:
        log.error("a command line asked in vain: %s", error)
        return {"error": str(error) or type(error).__name__}


def _line_of(line: socket.socket, *, whole: bool = False) -> bytes:
    said = b""
    while not said.endswith(b"\n") and (whole or len(said) < LONGEST) and (more := line.recv(LONGEST)):
        said += more
    return said
