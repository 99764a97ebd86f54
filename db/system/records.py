"""Every record that an event speaks of, held against its last event: it is there, it is as old as the history says it
is, stands where it says, and says what it says. What an event's detail calls by a column's name is that column's value.

All of it is asked in SQL, a table at a time: only what does not hold becomes a row in memory.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from db import sql
from db.batches import Say, silent
from db.events import ChainBreak
from db.sql import Connection
from db.system import seals
from db.system.seals import SEALS

MOST = 1000  # places that are told of a kind


@dataclass(frozen=True)
class Record:
    """A table whose rows events of `area` speak of. `born`: the kinds of event without which there is no row.

    `id` is the row's key, `subject` whom an event speaks of: a part of its detail where that is no record of its own.
    `alone`: no row came any other way, as in bulk. `other` names: detail's word → column. `apart`: a detail
    that has this word speaks of a part of the record. `beside`: kinds that are counted apart from its versions.
    """

    table: str
    area: str
    born: tuple[str, ...]
    id: str = "t.id"
    subject: str = "e.subject"
    alone: bool = True
    other: tuple[tuple[str, str], ...] = ()
    apart: str = ""
    beside: tuple[str, ...] = ("",)


RECORDS = (
    Record("cases", "case", ("submit",)),
    Record("participation", "survey", ("submit",), other=(("wave", "wave_id"),)),
    Record("wave", "survey", ("open",), beside=("publish_results", "unpublish_results")),
    Record("letter", "letter", ("issue",)),
    Record("policy", "policy", ("issue",), other=(("title", "title_zh"),)),
    Record("guidance", "guidance", ("publish",)),
    Record("visit", "visit", ("record",)),
    Record("forum", "forum", ("plan",), other=(("theme", "theme_zh"),)),
    Record("case_plan", "plan", ("open",), other=(("case", "case_id"),), apart="step"),
    Record("plan_step", "plan", ("step",), subject="(e.said ->> 'step')", other=(("body", "body_code"),)),
    Record("green_channel", "green_channel", ("ask",), other=(("case", "case_id"),)),
    Record("meeting", "meeting", ("hold",), apart="decision"),
    Record("meeting_decision", "meeting", ("decide",), subject="(e.said ->> 'decision')",
           other=(("body", "body_code"), ("case", "case_id"))),
    Record("account", "account", ("save",), alone=False),
    Record("enterprise", "enterprise", ("add",), alone=False),
    Record("reference_item", "reference", ("save",), id="t.list || ':' || t.code", alone=False),
    Record("hotline_file", "hotline", ("hand", "report")),
    Record("screen_link", "screen", ("open",)),
)  # fmt: skip
# A call, a check and a visit stand in the case's history: as often in the one as in the other, with the same words.
_FOLLOWED = """
    WITH told AS (
        SELECT min(n) AS n, subject, kind, happened_at, CAST(detail AS JSON) ->> 'result' AS result,
               CAST(detail AS JSON) ->> 'spoken_to' AS body, CAST(detail AS JSON) ->> 'note' AS note, count(*) AS times
        FROM event WHERE area = 'case' AND kind IN ('reminder_call', 'monthly_check', 'return_visit')
        GROUP BY subject, kind, happened_at, 5, 6, 7
    ), kept AS (
        SELECT case_id, kind, done_at, outcome, body_code, note, count(*) AS times
        FROM follow_up GROUP BY case_id, kind, done_at, outcome, body_code, note
    )
    SELECT told.n, coalesce(told.subject, kept.case_id) AS id FROM told FULL JOIN kept
      ON kept.case_id = told.subject AND kept.kind = told.kind AND kept.done_at = told.happened_at
     AND kept.outcome = told.result AND coalesce(kept.body_code, chr(1)) = coalesce(told.body, chr(1))
     AND coalesce(kept.note, chr(1)) = coalesce(told.note, chr(1)) AND kept.times = told.times
    WHERE told.n IS NULL OR kept.case_id IS NULL LIMIT $most
    """
# The words of the answer that stands, and of the enterprise's own case after it was filled in again.
_ANSWERED = """
    WITH told AS (
        SELECT subject, max(n) AS n, arg_max(CAST(detail AS JSON) ->> 'text', n) AS words,
               arg_max(coalesce(CAST(detail AS JSON) ->> 'translated', ''), n) AS translated
        FROM event WHERE area = 'case' AND kind IN ('answer', 'fulfil') GROUP BY subject
    )
    SELECT told.n, c.id FROM cases c LEFT JOIN told ON told.subject = c.id
    WHERE c.answer_text IS DISTINCT FROM told.words
       OR coalesce(c.answer_translated, '') <> coalesce(told.translated, '') LIMIT $most
    """
# Who reads a confidential case: those who were named last.
_NAMED = """
    WITH told AS (
        SELECT subject, max(n) AS n, arg_max(CAST(CAST(detail AS JSON) -> 'readers' AS VARCHAR), n) AS readers
        FROM event WHERE area = 'case' AND kind = 'confide' GROUP BY subject
    ), kept AS (
        SELECT case_id, CAST(to_json(array_agg(account_id ORDER BY account_id)) AS VARCHAR) AS readers
        FROM case_reader GROUP BY case_id
    )
    SELECT told.n, coalesce(told.subject, kept.case_id) AS id FROM told FULL JOIN kept ON kept.case_id = told.subject
    WHERE told.readers IS DISTINCT FROM kept.readers LIMIT $most
    """
# From which cases guidance comes, as its last event says.
_GUIDED = """
    WITH told AS (
        SELECT subject, max(n) AS n, arg_max(CAST(CAST(detail AS JSON) -> 'cases' AS VARCHAR), n) AS cases
        FROM event WHERE area = 'guidance' GROUP BY subject
    ), kept AS (
        SELECT guidance_id, CAST(to_json(array_agg(case_id ORDER BY case_id)) AS VARCHAR) AS cases
        FROM guidance_case GROUP BY guidance_id
    )
    SELECT told.n, coalesce(told.subject, kept.guidance_id) AS id
    FROM told FULL JOIN kept ON kept.guidance_id = told.subject
    WHERE coalesce(told.cases, '[]') <> coalesce(kept.cases, '[]') LIMIT $most
    """
# In whose hand a case is at a desk, as the last event says that gave it to somebody or took that back.
_IN_HAND = """
    WITH told AS (
        SELECT subject AS id, said ->> 'desk' AS desk, max(n) AS n,
               arg_max(coalesce(said ->> 'holder', ''), n) AS holder
        FROM (SELECT subject, n, CAST(detail AS JSON) AS said FROM event
              WHERE area = 'case' AND kind IN ('assign', 'undo', 'reorganise')) AS e
        WHERE (said ->> 'desk') IS NOT NULL GROUP BY 1, 2
    )
    SELECT told.n, coalesce(told.id, h.case_id) AS id FROM told
    FULL JOIN case_holder h ON h.case_id = told.id AND h.desk = told.desk
    WHERE told.holder IS DISTINCT FROM coalesce(h.account_id, '') LIMIT $most
    """
# Files by their table: in which area the history tells of them, and of which rows.
_FILES = {"attachment": ("case", "seq IS NOT NULL"), "minutes_file": ("minutes", "true")}
_BESIDE = {
    "follow_up": _FOLLOWED,
    "answer": _ANSWERED,
    "case_reader": _NAMED,
    "case_holder": _IN_HAND,
    "guidance_case": _GUIDED,
}


def verify(con: Connection, say: Say = silent) -> Iterator[ChainBreak]:
    """Every place where a record is not what its last event says."""
    spoken_of = set(sql.column(con, "SELECT DISTINCT area FROM event"))
    for record in RECORDS:
        say(record.table)
        if record.area in spoken_of or sql.scalar(con, f'SELECT count(*) FROM "{record.table}"'):
            yield from _unlike(con, record)
        if record.area in spoken_of:
            yield from _saying_otherwise(con, record)
    yield from _files_unlike(con)
    for table, statement in _BESIDE.items():
        for row in sql.rows(con, statement, {"most": MOST}):
            yield ChainBreak(row["n"] or 0, "content", f"{table} {row['id']}")
    for seal in SEALS:
        if seal.area in spoken_of:
            yield from seals.broken(con, seal)


def _files_unlike(con: Connection) -> Iterator[ChainBreak]:
    """Those that came with an answer, a note or minutes, one at a time: each is as the history says, and no other is
    there. What lies outside is held against its row by `outside.verify`."""
    for table, (area, those) in _FILES.items():
        said = """SELECT n, detail FROM event WHERE area = $area AND position('"files"' IN detail) > 0"""
        found = sql.rows(con, said, {"area": area})
        each = [(row["n"], one) for row in found for one in json.loads(row["detail"]).get("files", ())]
        told = {one["id"]: (n, one["sha256"]) for n, one in each}
        kept = sql.column(con, f"SELECT id FROM {table} WHERE {those}")
        for name in sorted({*told, *kept}):
            n, sha256 = told.get(name, (0, ""))
            row = sql.one(con, f"SELECT content, sha256, kept_as FROM {table} WHERE id = $id", {"id": name})
            if row is None or sha256 != (row["sha256"] if row["kept_as"] else _digest(row["content"])):
                yield ChainBreak(n, "content", f"{table} {name}")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _unlike(con: Connection, record: Record) -> Iterator[ChainBreak]:
    """Rows that are gone, came without an event, or are of another version or state than their last event's. Nobody
    misses what was erased with its key."""
    names = sql.columns(con, record.table)
    own = record.subject == "e.subject"  # its version and state are those of its record's events
    seq, state = (
        f"t.{name}" if own and name in names else f"CAST(NULL AS {kind})"
        for name, kind in (("seq", "INTEGER"), ("state", "VARCHAR"))
    )
    statement = f"""
        WITH {_told(record)}, last AS (
            SELECT id, max(n) AS n, max(seq) FILTER (WHERE kind NOT IN {_listed(record.beside)}) AS seq,
                   arg_max(state, n) AS state,
                   bool_or(kind IN {_listed(record.born)}) AS born, bool_or(held) AS held
            FROM told GROUP BY id
        ), kept AS (SELECT {record.id} AS id, {seq} AS seq, {state} AS state FROM "{record.table}" t)
        SELECT last.n, coalesce(last.id, kept.id) AS id,
               CASE WHEN kept.id IS NULL THEN 'gone' WHEN last.id IS NULL OR NOT last.born THEN 'untold'
                    WHEN kept.seq <> last.seq THEN 'version' ELSE 'state' END AS reason
        FROM last FULL JOIN kept ON kept.id = last.id
        WHERE (kept.id IS NULL AND last.born AND last.held)
           OR ($alone AND kept.id IS NOT NULL AND NOT coalesce(last.born, FALSE))
           OR kept.seq <> last.seq OR kept.state <> last.state
        LIMIT $most
        """
    for row in sql.rows(con, statement, {"alone": record.alone, "most": MOST}):
        yield ChainBreak(row["n"] or 0, row["reason"], f"{record.table} {row['id']}")


def _saying_otherwise(con: Connection, record: Record) -> Iterator[ChainBreak]:
    """Rows of which a column is not what the last event that names it says."""
    columns = list(_named(con, record))
    if not columns:
        return
    said = ", ".join(
        f"arg_max(coalesce((said ->> '{word}'), ''), n) FILTER (WHERE (said -> '{word}') IS NOT NULL) AS c{i}"
        for i, (word, _) in enumerate(columns)
    )
    differs = [f"c{i} <> coalesce(CAST(t.\"{column}\" AS VARCHAR), '')" for i, (_, column) in enumerate(columns)]
    which = ", ".join(f"CASE WHEN {one} THEN '{column}' END" for one, (_, column) in zip(differs, columns, strict=True))
    statement = f"""
        WITH {_told(record)}, last AS (
            SELECT id, max(n) AS n, {said} FROM told WHERE {_whole(record)} GROUP BY id
        )
        SELECT last.n, last.id, concat_ws(', ', {which}) AS which
        FROM last JOIN "{record.table}" t ON {record.id} = last.id WHERE {" OR ".join(differs)} LIMIT $most
        """
    for row in sql.rows(con, statement, {"most": MOST}):
        yield ChainBreak(row["n"], "content", f"{record.table} {row['id']}: {row['which']}")


def _named(con: Connection, record: Record) -> Iterator[tuple[str, str]]:
    """What details of these events call by a column's name, or by the name of the table above. `content` is a seal."""
    if record.table == "cases":
        return  # its columns are derived: `rebuild.compare`
    statement = """
        SELECT column_name FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name = $table AND column_name <> 'content'
          AND lower(data_type) IN ('varchar', 'character varying', 'integer', 'boolean', 'date')
        """
    columns = set(sql.column(con, statement, {"table": record.table}))
    words = f"""
        WITH {_told(record)} SELECT DISTINCT unnest(json_keys(said)) FROM told
        WHERE {_whole(record)} ORDER BY 1
        """
    other: dict[str, str] = dict(record.other)
    for word in sql.column(con, words):
        if other.get(word, word) in columns:
            yield str(word), other.get(word, str(word))


def _whole(record: Record) -> str:
    """What speaks of the record itself."""
    return f"(said ->> '{record.apart}') IS NULL" if record.apart else "TRUE"


def _told(record: Record) -> str:
    return f"""told AS (
            SELECT {record.subject} AS id, e.n, e.kind, e.seq, e.state, e.said,
                   e.subject IN (SELECT subject FROM event_key) AS held
            FROM (SELECT *, CAST(detail AS JSON) AS said FROM event WHERE area = '{record.area}') e
            WHERE {record.subject} IS NOT NULL
        )"""


def _listed(words: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"
