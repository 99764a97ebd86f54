"""What a process wrote, in order, and what of it is on the disk when the power fails at some point of it."""

import os
import random
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.measuring import ROOT

_RECORD = struct.Struct("<cQQI")  # kind, inode, offset or length, bytes that follow: see record.c
STORE, TOLD = "store.duckdb", "acknowledged"  # what the process writes; where it says what it told somebody
SECTOR = 512  # bytes that a disk writes whole or not at all


@dataclass(frozen=True)
class Op:
    """One call. `file`: a number for each file that ever was, since the disk gives an inode's number again."""

    kind: str
    file: int
    at: int
    data: bytes


@dataclass
class _File:
    """Its content on the disk, and what was written since it was last waited for."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Op] = field(default_factory=list)


def record(command: list[str], folder: Path) -> list[Op]:
    """Run `command` and return what it wrote below `folder`. Needs a C compiler."""
    library, kept = folder.parent / "record.so", folder.parent / "record"
    source = Path(__file__).parent / "record.c"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(source), "-ldl", "-lpthread"], check=True)
    given = {**os.environ, "LD_PRELOAD": str(library), "RECORD_FOLDER": str(folder), "RECORD_FILE": str(kept)}
    subprocess.run([sys.executable, *command], check=True, cwd=ROOT, env=given)
    return list(_ops(kept.read_bytes()))


def _ops(content: bytes) -> Iterator[Op]:
    at, files, n = 0, {0: 0}, 0
    while at < len(content):
        kind, inode, offset, size = _RECORD.unpack_from(content, at)
        at += _RECORD.size + size
        if kind == b"N":
            n += 1
            files[inode] = n
        yield Op(kind.decode(), files.get(inode, 0), offset, content[at - size : at])


def disk_after(ops: list[Op], folder: Path, chance: random.Random) -> dict[Path, bytes]:
    """The files below `folder` as they can be found again when the power failed in the middle of the last of `ops`.

    What a file was waited for is there. Of the rest each write is there, or not, or torn at sectors; how much of all
    that is lost differs by chance, from nothing to everything. Of names, some are there that came before others.
    """
    files: dict[int, _File] = {}
    names: list[Op] = []
    safe_names = 0
    for op in ops:
        if op.kind in "NRU":
            names.append(op)
        elif op.kind == "D":
            safe_names = len(names)
        elif op.kind == "S":
            file = files.setdefault(op.file, _File())
            for one in file.pending:
                _apply(file.safe, one)
            file.pending = []
        else:
            files.setdefault(op.file, _File()).pending.append(op)
    lost = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    for file in files.values():
        for one in file.pending:
            _happen(file.safe, one, lost, chance)
    there = named(names[: chance.randint(safe_names, len(names)) if lost else len(names)])
    return {Path(os.path.relpath(name, folder)): bytes(files.get(n, _File()).safe) for name, n in there.items()}


def files_named(ops: list[Op], name: str) -> set[int]:
    return {op.file for op in ops if op.kind == "N" and op.data.decode().endswith(f"/{name}")}


def named(ops: list[Op]) -> dict[str, int]:
    there: dict[str, int] = {}
    for op in ops:
        name = op.data.decode()
        if op.kind == "N":
            there[name] = op.file
        elif op.kind == "U":
            there.pop(name, None)
        else:
            old, new = name.split("\n")
            if old in there:
                there[new] = there.pop(old)
    return there


def _apply(content: bytearray, op: Op) -> None:
    if op.kind == "T":
        del content[op.at :]
        content.extend(bytes(op.at - len(content)))
        return
    content.extend(bytes(max(0, op.at - len(content))))
    content[op.at : op.at + len(op.data)] = op.data


def _happen(content: bytearray, op: Op, lost: float, chance: random.Random) -> None:
    """Whole, not at all, or some sectors of it: with zeros where the file was shorter."""
    if chance.random() >= lost:
        _apply(content, op)
    elif op.kind == "W" and chance.random() < 0.7:
        first = op.at - op.at % SECTOR
        for sector in range(first, op.at + len(op.data), SECTOR):
            if chance.random() >= lost:
                begin, end = max(sector, op.at), min(sector + SECTOR, op.at + len(op.data))
                _apply(content, Op("W", op.file, begin, op.data[begin - op.at : end - op.at]))
