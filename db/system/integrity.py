"""The whole store held against its history: the chain, every record that it speaks of, what enterprises said, and every
case derived again from its events."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from db import events, sql
from db.batches import Say, batches, silent
from db.events import ChainBreak, canonical
from db.figures import citations
from db.sql import Connection, Row
from db.system import rebuild, records

BATCH = 10_000  # cases or responses that are held against the history at once
# What is never changed after it was submitted.
SAID = ("id", "kind", "category", "enterprise_id", "title", "text")
_ANSWERED = (
    "id", "number", "wave_id", "enterprise_id", "sector_code", "town_code", "size", "language", "notice_version",
    "submitted_at", "source",
)  # fmt: skip
_GIVEN = ("item", "choice", "text")


def digest_of_case(case: Mapping[str, object]) -> str:
    """SHA-256 over what was submitted; it stands in the detail of the submit event as `content`."""
    return hashlib.sha256(canonical({name: case[name] for name in SAID}).encode()).hexdigest()


def content_of_response(response: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the sealed digest of a survey's answers covers: whose they are, as what they count, and each answer."""
    given = [[answer[name] or "" for name in _GIVEN] + [_number(answer["value"])] for answer in answers]
    return {name: response[name] for name in _ANSWERED} | {"answers": sorted(given, key=canonical)}


def verify(con: Connection, say: Say = silent, *, pasts: bool = True) -> list[ChainBreak]:
    """Every place where the chain does not hold, or where what an event speaks of is no longer what it was. Of a large
    store most of the time goes into `pasts`: every case derived again."""
    breaks = events.verify(con, say)
    for batch in batches(con, "cases", "id", size=BATCH, say=say):
        breaks += _altered_cases(con, "e.subject BETWEEN $first AND $last", batch)
    for batch in batches(con, "response", "id", size=BATCH, say=say):
        breaks += _altered_answers(con, "r.id BETWEEN $first AND $last", batch)
    derived = rebuild.compare(con, say).differences if pasts else []
    breaks += [ChainBreak(0, "content", f"cases {one.number}: {one.what}") for one in derived]
    breaks += [ChainBreak(n, "content", "citation") for n in citations.altered(con)]
    return [*breaks, *records.verify(con, say)]


def verify_content(con: Connection, area: str, subject: str) -> list[ChainBreak] | None:
    """The same for what one case or response says. None: its event keeps no digest of that, or the key is destroyed."""
    statement = """
        SELECT count(*) FROM event e JOIN event_key k ON k.subject = e.subject
        WHERE e.subject = $id AND (CAST(e.detail AS JSON) ->> 'content') IS NOT NULL
        """
    if not sql.scalar(con, statement, {"id": subject}):
        return None
    if area == "case":
        return _altered_cases(con, "e.subject = $id", {"id": subject})
    return _altered_answers(con, "r.id = $id", {"id": subject})


def _altered_cases(con: Connection, which: str, asked: Row) -> list[ChainBreak]:
    statement = f"""
        SELECT e.n, CAST(e.detail AS JSON) ->> 'content' AS content, c.*
        FROM event e JOIN cases c ON c.id = e.subject
        WHERE e.area = 'case' AND e.kind = 'submit' AND {which}
        ORDER BY e.n
        """
    found = sql.rows(con, statement, asked)
    return [
        ChainBreak(row["n"], "content", f"cases {row['id']}")
        for row in found
        if row["content"] and row["content"] != digest_of_case(row)
    ]


def _altered_answers(con: Connection, which: str, asked: Row) -> list[ChainBreak]:
    """A paper form that was corrected is held against the event of its correction."""
    statement = f"""
        SELECT r.*, e.n, e.detail, k.key FROM response r
        JOIN event e ON e.subject = r.id AND e.area = 'survey' AND e.kind IN ('submit', 'paper_check')
        JOIN event_key k ON k.subject = r.id
        WHERE {which} ORDER BY r.id, e.n
        """
    found = sql.rows(con, statement, asked)
    answers = _answers(con, which, asked)
    sealed: dict[str, Row] = {row["id"]: row | {"content": content} for row in found if (content := _content(row))}
    return [
        ChainBreak(row["n"], "content")
        for row in sealed.values()
        if row["content"] != events.digest_of(row["key"], content_of_response(row, answers.get(row["id"], [])))
    ]


def _answers(con: Connection, which: str, asked: Row) -> dict[str, list[Row]]:
    statement = f"""
        SELECT a.response_id, a.item, a.value, a.choice, a.text FROM answer a JOIN response r ON r.id = a.response_id
        WHERE {which} ORDER BY a.response_id
        """
    rows = sql.rows(con, statement, asked)
    return {one: list(given) for one, given in groupby(rows, key=lambda row: row["response_id"])}


def _content(row: Row) -> str | None:
    return json.loads(row["detail"]).get("content")


def _number(value: float | None) -> str:
    return "" if value is None else repr(float(value))
