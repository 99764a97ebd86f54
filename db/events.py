"""The append-only history: one chain of hashes over every committed change.

`digest` is keyed by the record's own key, so that erasing a person's data (content and key) leaves a chain that
still verifies. `hash` is SHA-256 over the previous hash, the number and the digest. A chain cannot see that its
tail was cut off, so its head is shown on the dashboard, in each backup's name and on each receipt.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from db import numbers, sql
from db.batches import Say, batches, silent
from db.sql import Connection

GENESIS = ""
BATCH = 20_000  # events of the chain that are looked at at once


@dataclass(frozen=True)
class Event:
    """What happened to one record: `happened_at` is UTC, `seq` the record's version afterwards, `detail` JSON-able.

    `seals` is content that stands elsewhere: its digest is the detail's `content`. It is keyed by the record's own key,
    so that it says nothing to whoever has the history alone, and nothing to anybody once the key is destroyed.
    """

    happened_at: datetime
    area: str
    kind: str
    subject: str
    seq: int
    actor_id: str | None = None
    actor_role: str | None = None
    body_code: str | None = None
    state: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    seals: Mapping[str, Any] | None = None


STORED = [name for name in Event.__dataclass_fields__ if name != "seals"]


@dataclass(frozen=True)
class Head:
    """The end of the chain: its number (the store's revision) and its hash."""

    n: int
    hash: str


@dataclass(frozen=True)
class ChainBreak:
    """A place where the chain does not hold."""

    n: int
    reason: str  # hash, digest, gap; of what it speaks of (db.system.records): content, gone, untold, version, state
    record: str = ""


def head(con: Connection) -> Head:
    row = sql.one(con, "SELECT n, hash FROM event WHERE n = (SELECT max(n) FROM event)")
    return Head(row["n"], row["hash"]) if row else Head(0, GENESIS)


def revision(con: Connection) -> int:
    return sql.scalar(con, "SELECT coalesce(max(n), 0) FROM event")


def append(con: Connection, *events: Event) -> Head:
    """Write events at the end of the chain, within the caller's transaction. Returns the new head."""
    return append_each(con, events)[-1]


def append_each(con: Connection, events: Sequence[Event]) -> list[Head]:
    """The same; what it returns is where the chain stood before, and behind each of them."""
    first = numbers.following(con, "event")
    heads = [Head(first - 1, sql.scalar(con, "SELECT hash FROM event WHERE n = $n", {"n": first - 1}) or GENESIS)]
    keys = _keys(con, [e.subject for e in events])
    rows = []
    for event in events:
        key = keys[event.subject]
        content = _content({**vars(event), "detail": canonical(_detail(key, event))})
        digest = digest_of(key, content)
        n = heads[-1].n + 1
        heads.append(Head(n, link(heads[-1].hash, n, digest)))
        rows.append({**content, "happened_at": event.happened_at, "n": n, "digest": digest, "hash": heads[-1].hash})
    sql.insert_many(con, "event", rows)
    return heads


def of_subject(con: Connection, subject: str) -> list[dict[str, Any]]:
    """The history of one record, oldest first, each with its `detail` as a dictionary."""
    found = sql.rows(con, "SELECT * FROM event WHERE subject = $subject ORDER BY n", {"subject": subject})
    return [{**row, "detail": json.loads(row["detail"])} for row in found]


def of_subjects(con: Connection, area: str, subjects: Sequence[str], *, kind: str = "") -> list[dict[str, Any]]:
    """The histories of these records in one read, in the order in which things happened; of one `kind` where given."""
    if not subjects:
        return []
    statement = """
        SELECT * FROM event WHERE area = $area AND subject = ANY($subjects) AND ($kind = '' OR kind = $kind) ORDER BY n
        """
    found = sql.rows(con, statement, {"area": area, "subjects": list(subjects), "kind": kind})
    return [{**row, "detail": json.loads(row["detail"])} for row in found]


def canonical(value: object) -> str:
    """One text for one value: sorted keys, no spaces, dates in ISO form."""
    return _CANONICAL(value)


def digest_of(key: str, content: Mapping[str, Any]) -> str:
    return hmac.digest(bytes.fromhex(key), canonical(content).encode(), "sha256").hex()


def link(previous: str, n: int, digest: str) -> str:
    return hashlib.sha256(f"{previous}{n}{digest}".encode()).hexdigest()


def verify(con: Connection, say: Say = silent) -> list[ChainBreak]:
    """Every place where number, hash or digest does not hold; an erased record (no key) is not a break."""
    breaks, last = [], Head(0, GENESIS)
    for row in _chain(con, say):
        if row["n"] != last.n + 1:
            breaks.append(ChainBreak(row["n"], "gap"))
        elif row["hash"] != link(last.hash, row["n"], row["digest"]):
            breaks.append(ChainBreak(row["n"], "hash"))
        if row["key"] and row["digest"] != digest_of(row["key"], _content(row)):
            breaks.append(ChainBreak(row["n"], "digest"))
        last = Head(row["n"], row["hash"])
    return breaks


def _chain(con: Connection, say: Say) -> Iterator[dict[str, Any]]:
    """Every event with its record's key, in order."""
    for batch in batches(con, "event", "n", size=BATCH, say=say):
        statement = """
            SELECT e.*, k.key FROM event e LEFT JOIN event_key k ON k.subject = e.subject AND e.n >= k.since
            WHERE e.n BETWEEN $first AND $last ORDER BY e.n
            """
        yield from sql.rows(con, statement, batch)


def verify_at(con: Connection, n: int) -> list[ChainBreak]:
    """The same for one event alone: its content, its link to the event before and the next one's link to it."""
    statement = """
        SELECT e.*, k.key FROM event e LEFT JOIN event_key k ON k.subject = e.subject AND e.n >= k.since
        WHERE e.n BETWEEN $n - 1 AND $n + 1 ORDER BY e.n
        """
    found = sql.rows(con, statement, {"n": n})
    near = {row["n"]: row for row in found}
    if n not in near or (n > 1 and n - 1 not in near):
        return [ChainBreak(n, "gap")]
    own, before = near[n], near[n - 1]["hash"] if n > 1 else GENESIS
    after = near.get(n + 1)
    breaks = [ChainBreak(n, "hash")] if own["hash"] != link(before, n, own["digest"]) else []
    if own["key"] and own["digest"] != digest_of(own["key"], _content(own)):
        breaks.append(ChainBreak(n, "digest"))
    if after and after["hash"] != link(own["hash"], n + 1, after["digest"]):
        breaks.append(ChainBreak(n + 1, "hash"))
    if after is None and n != revision(con):
        breaks.append(ChainBreak(n + 1, "gap"))
    return breaks


def _content(row: dict[str, Any]) -> dict[str, Any]:
    """What the digest of an event covers."""
    content = {name: row[name] for name in STORED}
    return {**content, "happened_at": row["happened_at"].isoformat()}


def _detail(key: str, event: Event) -> dict[str, Any]:
    return event.detail if event.seals is None else event.detail | {"content": digest_of(key, event.seals)}


def _keys(con: Connection, subjects: Sequence[str]) -> dict[str, str]:
    wanted = list(dict.fromkeys(subjects))
    found = sql.rows(con, "SELECT subject, key FROM event_key WHERE subject = ANY($wanted)", {"wanted": wanted})
    keys = {row["subject"]: row["key"] for row in found}
    fresh = [{"subject": s, "key": secrets.token_hex(32)} for s in wanted if s not in keys]
    sql.insert_many(con, "event_key", fresh)
    return keys | {row["subject"]: row["key"] for row in fresh}


def _plain(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an event")


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain).encode
