"""Where the chain stood, said outside the store: in a backup's name, on a receipt, in a signed line a day. Who cuts off
the history's end, or writes it anew from some point, would have to change all of these too."""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db import sql
from db.events import ChainBreak, Head
from db.sql import Connection
from db.system.backups import NAMED

_LINE = re.compile(r"(?P<said>(?P<at>\S+Z) (?P<n>\d+) (?P<hash>[0-9a-f]{64})) (?P<mark>[0-9a-f]{64}|-)")
_ASKED = re.compile(r"(?P<n>\d+):(?P<hash>[0-9a-f]{12,64})")


class BadAnchor(ValueError):
    """A line that is none, or that was not signed with this key."""


@dataclass(frozen=True)
class Anchor:
    """The hash of event `n`, or how it begins, as `source` says it."""

    n: int
    hash: str
    source: str


def line(head: Head, at: datetime, key: str) -> str:
    """`at` is UTC. Without a key the line is not signed: it is as good as the place that it is kept in."""
    said = f"{at:%Y-%m-%dT%H:%M:%SZ} {head.n} {head.hash or '0' * 64}"
    return f"{said} {_mark(said, key)}"


def read(path: Path, key: str) -> list[Anchor]:
    """The lines of a file. Raises BadAnchor, OSError."""
    found = []
    for number, written in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        of = _LINE.fullmatch(written.strip())
        if of is None or (key and not hmac.compare_digest(of["mark"], _mark(of["said"], key))):
            raise BadAnchor(f"{path}: line {number} was not written with this key")
        found.append(Anchor(int(of["n"]), of["hash"], f"{path.name} of {of['at']}"))
    return found


def of_names(names: Iterable[str]) -> list[Anchor]:
    """What backups are called."""
    return [Anchor(int(of[1]), of[2], name) for name in names if (of := NAMED.fullmatch(name))]


def asked(said: str, key: str) -> list[Anchor]:
    """A file of lines, or NUMBER:HASH. Raises BadAnchor, OSError."""
    of = _ASKED.fullmatch(said)
    return [Anchor(int(of["n"]), of["hash"], said)] if of else read(Path(said), key)


def broken(con: Connection, anchors: Iterable[Anchor]) -> list[ChainBreak]:
    """Those at which the store has another history, or none any more."""
    told = [anchor for anchor in anchors if anchor.n > 0]
    statement = "SELECT n, hash FROM event WHERE n = ANY($numbers)"
    stands = sql.pairs(con, statement, {"numbers": sorted({anchor.n for anchor in told})})
    return [
        ChainBreak(anchor.n, "anchor", anchor.source)
        for anchor in told
        if not (stands.get(anchor.n) or "").startswith(anchor.hash)
    ]


def _mark(said: str, key: str) -> str:
    return hmac.digest(key.encode(), said.encode(), "sha256").hex() if key else "-"
