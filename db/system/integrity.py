"""The whole store held against its history: the chain, every record that it speaks of, what enterprises said, and every
case derived again from its events."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db import events, sql
from db.batches import Say, batches, silent
from db.cases.past import CORRECTED_FROM
from db.events import ChainBreak, canonical
from db.figures import citations
from db.sql import Connection, Row
from db.survey import separation
from db.system import rebuild, records

BATCH = 10_000  # cases or responses that are held against the history at once
# What was submitted; where it was corrected, the event keeps what it was.
SAID = ("id", "kind", "category", "enterprise_id", "title", "text")
_TOOK_PART = (
    "id", "number", "wave_id", "enterprise_id", "sector_code", "town_code", "size", "notice_version", "submitted_at",
    "source", "sealed",
)  # fmt: skip


def digest_of_case(case: Mapping[str, object]) -> str:
    """SHA-256 over what was submitted; it stands in the detail of the submit event as `content`."""
    return hashlib.sha256(canonical({name: case[name] for name in SAID}).encode()).hexdigest()


def content_of_participation(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the sealed digest of a submission covers: who took part, as what they count, and the digest of what was
    sealed."""
    return {name: row[name] for name in _TOOK_PART}


def verify(con: Connection, say: Say = silent, *, pasts: bool = True) -> list[ChainBreak]:
    """Every place where the chain does not hold, or where what an event speaks of is no longer what it was. Of a large
    store most of the time goes into `pasts`: every case derived again."""
    breaks = events.verify(con, say)
    for batch in batches(con, "cases", "id", size=BATCH, say=say):
        breaks += _altered_cases(con, "e.subject BETWEEN $first AND $last", batch)
    for batch in batches(con, "participation", "id", size=BATCH, say=say):
        breaks += _altered_answers(con, "p.id BETWEEN $first AND $last", batch)
    breaks += _altered_waves(con)
    derived = rebuild.compare(con, say).differences if pasts else []
    breaks += [ChainBreak(0, "content", f"cases {one.number}: {one.what}") for one in derived]
    breaks += [ChainBreak(n, "content", "citation") for n in citations.altered(con)]
    return [*breaks, *records.verify(con, say)]


def verify_content(con: Connection, area: str, subject: str) -> list[ChainBreak] | None:
    """The same for what one case says, or one answer while it is sealed. None: nothing keeps a digest of that, the key
    is destroyed, or the answers stand by themselves."""
    statement = """
        SELECT count(*) FROM event e JOIN event_key k ON k.subject = e.subject AND e.n >= k.since
        WHERE e.subject = $id AND (CAST(e.detail AS JSON) ->> 'content') IS NOT NULL
        """
    if not sql.scalar(con, statement, {"id": subject}):
        return None
    if area == "case":
        return _altered_cases(con, "e.subject = $id", {"id": subject})
    kept = sql.scalar(con, "SELECT count(*) FROM ballot WHERE id = $id", {"id": subject})
    found = _altered_answers(con, "p.id = $id", {"id": subject})
    return found if kept or found else None


@dataclass(frozen=True)
class CaseSeal:
    """A case's submission: the event's number, the digest that it holds, and that of what stands there now."""

    case_id: str
    n: int
    said: str | None
    stands: str


def seals_of_cases(con: Connection, ids: Sequence[str]) -> list[CaseSeal]:
    return _seals(con, "e.subject = ANY($ids)", {"ids": list(ids)})


def _altered_cases(con: Connection, which: str, asked: Row) -> list[ChainBreak]:
    found = _seals(con, which, asked)
    return [ChainBreak(one.n, "content", f"cases {one.case_id}") for one in found if one.said not in (None, one.stands)]


def _seals(con: Connection, which: str, asked: Row) -> list[CaseSeal]:
    statement = f"""
        SELECT e.n, CAST(e.detail AS JSON) ->> 'content' AS content, c.*
        FROM event e JOIN cases c ON c.id = e.subject
        WHERE e.area = 'case' AND e.kind = 'submit' AND {which}
        ORDER BY e.n
        """
    corrections = f"SELECT e.subject, e.detail FROM event e WHERE e.area = 'case' AND e.kind = 'correct' AND {which}"
    told: dict[str, list[Row]] = {}
    for row in sql.rows(con, f"{corrections} ORDER BY e.n", asked):
        told.setdefault(row["subject"], []).append(json.loads(row["detail"]))
    return [
        CaseSeal(row["id"], row["n"], row["content"], digest_of_case(_before(row, told.get(row["id"], ()))))
        for row in sql.rows(con, statement, asked)
    ]


def _before(row: Row, corrections: Sequence[Row]) -> Row:
    """The case as it was submitted: each correction taken back, the last one first, where it stands as it was told."""
    for said in reversed(corrections):
        was: Row = said[CORRECTED_FROM]
        if all(row[name] == said[name] for name in was):
            row = {**row, **was}
    return row


def _altered_answers(con: Connection, which: str, asked: Row) -> list[ChainBreak]:
    """Who took part, and what is sealed until the wave's answers stand by themselves. A paper form that was corrected
    is held against the event of its correction."""
    statement = f"""
        SELECT p.*, e.n, e.detail, k.key, sha256(b.content) AS stands FROM participation p
        JOIN event e ON e.subject = p.id AND e.area = 'survey' AND e.kind IN ('submit', 'paper_check')
        JOIN event_key k ON k.subject = p.id AND e.n >= k.since
        LEFT JOIN ballot b ON b.id = p.id
        WHERE p.sealed IS NOT NULL AND {which} ORDER BY p.id, e.n
        """
    found, over = sql.rows(con, statement, asked), separation.over(con)
    told: dict[str, Row] = {row["id"]: row | {"content": content} for row in found if (content := _content(row))}
    return [
        ChainBreak(row["n"], "content", f"participation {row['id']}")
        for row in told.values()
        if row["content"] != events.digest_of(row["key"], content_of_participation(row))
        or row["stands"] != (None if row["wave_id"] in over else row["sealed"])
    ]


def _altered_waves(con: Connection) -> list[ChainBreak]:
    """Answers that stand by themselves, held against what the history was told when they came to."""
    statement = """
        SELECT e.n, e.subject, e.detail, k.key FROM event e JOIN event_key k ON k.subject = e.subject AND e.n >= k.since
        WHERE e.area = 'survey' AND e.kind = 'separate' ORDER BY e.n
        """
    return [
        ChainBreak(row["n"], "content", f"answers of wave {row['subject']}")
        for row in sql.rows(con, statement)
        if _content(row) != events.digest_of(row["key"], separation.content_of(con, row["subject"]))
    ]


def _content(row: Row) -> str | None:
    return json.loads(row["detail"]).get("content")
