"""A store as large as one likes, out of a demo store: `python bench/scale.py FROM TO --cases N --answers N`.

Everything of FROM stays. Beside it stand copies of its cases, each with new ids and numbers, its stretches and its
events moved back by 1 to 208 whole weeks, so that every day of the week stays what it was; the copies' events follow
by time at the end of the chain, which holds. Responses of those asked are copied within their waves, whole,
until there are so many answers. A quarter of a year at a time is held in memory. Without FROM it makes ten thousand
cases out of a fresh demo store, and leaves nothing.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import duckdb  # noqa: E402
import pandas as pd  # noqa: E402

from db import clock, demo, events, sql  # noqa: E402
from db.connecting import quoted  # noqa: E402
from db.events import canonical  # noqa: E402
from db.sql import Connection  # noqa: E402
from db.store import open_store  # noqa: E402
from db.system.integrity import SAID  # noqa: E402

WEEKS = 208  # that copies are spread over
UUID_OF = "regexp_replace(md5({}), '(.{{8}})(.{{4}})(.{{4}})(.{{4}})(.{{12}})', '\\1-\\2-\\3-\\4-\\5')"


@dataclass(frozen=True)
class Season:
    """A quarter of a year: so much is held in memory."""

    since: datetime
    until: datetime


def scale(source: Path, target: Path, *, cases: int, answers: int) -> None:
    con = duckdb.connect(str(target), config={"memory_limit": "2GB", "temp_directory": f"{target}.spill"})
    try:
        con.execute(f"ATTACH '{quoted(source)}' AS small (READ_ONLY)")
        con.execute(f'COPY FROM DATABASE small TO "{quoted(Path(target.stem))}"')
        name_cases(con, cases)
        copy_cases(con)
        copy_events(con)
        copy_answers(con, answers)
        con.execute("DETACH small")
        con.execute("CHECKPOINT")
        said = " ".join(
            f"{sql.scalar(con, f'SELECT count(*) FROM {name}')} {name}"
            for name in ("cases", "event", "case_past", "answer")
        )
        say(f"{target}: {said}")
    finally:
        con.close()


def name_cases(con: Connection, cases: int) -> None:
    """`twin`: a row a copy with its number and how many days it is moved back. A copy of all that is not whole leaves
    merged cases out first, so that those that they were merged into are there."""
    had = sql.scalar(con, "SELECT count(*) FROM small.cases")
    con.execute(f"""
        CREATE TEMP TABLE twin AS
        SELECT old, k, id, back, submitted_at, printf('%s-%04d', year, n + coalesce(last, 0)) AS number
        FROM (SELECT *, row_number() OVER (PARTITION BY year ORDER BY submitted_at, id) AS n FROM (
            SELECT *, CAST(extract(year FROM submitted_at + INTERVAL '8 hours') AS VARCHAR) AS year FROM (
                SELECT c.id AS old, k, {UUID_OF.format("c.id || '-' || k")} AS id, 7 * (1 + (k - 1) % {WEEKS}) AS back,
                       c.submitted_at - to_days(CAST(7 * (1 + (k - 1) % {WEEKS}) AS INTEGER)) AS submitted_at
                FROM small.cases c, (SELECT unnest(range(1, {-(-(cases - had) // had) + 1})) AS k) AS copies
                ORDER BY k, c.state = 'merged', c.id LIMIT {cases - had})))
        LEFT JOIN (SELECT substr(number, 1, 4) AS year, max(CAST(substr(number, 6) AS INTEGER)) AS last
                   FROM small.cases GROUP BY 1) USING (year)
        """)
    con.execute("INSERT INTO event_key (subject, key) SELECT id, sha256('a key of ' || id) FROM twin")
    say(f"{cases - had} copies of {had} cases are named")


def copy_cases(con: Connection) -> None:
    own = {"id": "t.id", "number": "t.number", "merged_into": UUID_OF.format("r.merged_into || '-' || t.k")}
    for season in seasons(con):
        insert(con, "cases", season, by="submitted_at", own=own, of="id")
    for season in seasons(con):
        insert(
            con,
            "case_past",
            season,
            by="until",
            own={"case_id": "t.id", "merged_into": own["merged_into"]},
            of="case_id",
        )
    con.execute(
        "INSERT INTO case_body SELECT t.id, r.body_code, r.part FROM small.case_body r JOIN twin t ON t.old = r.case_id"
    )
    for season in seasons(con):
        own_id = UUID_OF.format("r.id || '-' || t.k")
        insert(con, "follow_up", season, by="done_at", own={"id": own_id, "case_id": "t.id"}, of="case_id")
    say("cases, stretches, bodies and calls stand")


def insert(con: Connection, table: str, season: Season, *, by: str, own: dict[str, str], of: str) -> None:
    """The copies whose `by` falls into the season, in its order: as they would have been written."""
    columns = ", ".join(own.get(name) or moved(name, kind) for name, kind in columns_of(con, table))
    con.execute(
        f"""
        INSERT INTO {table} SELECT {columns} FROM small.{table} r JOIN twin t ON t.old = r.{of}
        WHERE {moved(by, "TIMESTAMP")} >= $since AND {moved(by, "TIMESTAMP")} < $until
        ORDER BY {moved(by, "TIMESTAMP")}, t.id
        """,
        vars(season),
    )


def columns_of(con: Connection, table: str) -> list[tuple[str, str]]:
    asked = "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = 'small' AND table_name = $t"
    return con.execute(f"{asked} ORDER BY column_index", {"t": table}).fetchall()


def moved(name: str, kind: str) -> str:
    if kind == "TIMESTAMP":
        return f"r.{name} - to_days(CAST(t.back AS INTEGER))"
    return f"r.{name} - CAST(t.back AS INTEGER)" if kind == "DATE" else f"r.{name}"


def seasons(con: Connection) -> Iterator[Season]:
    """Those in which anything of a copy may have happened."""
    first = sql.scalar(con, "SELECT min(submitted_at) FROM twin")
    last = sql.scalar(con, "SELECT max(happened_at) FROM small.event")
    start = datetime(first.year, first.month, 1)
    while start <= last:
        following = (start + timedelta(days=93)).replace(day=1)
        yield Season(start, following)
        start = following


def copy_events(con: Connection) -> None:
    """The digests are made in SQL out of one text an event of the demo, in which only days and ids are still open."""
    names = ", ".join(("n", *events.STORED))
    con.execute(
        f"CREATE TEMP TABLE told AS SELECT {names}, '' AS content, '' AS said, '' AS micros, '' AS other, "
        + ", ".join(f"DATE '2000-01-01' AS {name}" for name in DAYS)
        + " FROM small.event LIMIT 0"
    )
    sql.insert_many(con, "told", list(templates(con)))
    con.execute("CREATE TEMP TABLE pads AS SELECT subject, " + PADS + " FROM event_key JOIN twin ON id = subject")
    last, begun, written = events.head(con), time.monotonic(), 0
    for season in seasons(con):
        con.execute("CREATE OR REPLACE TEMP TABLE batch AS " + BATCH, {**vars(season), "last": last.n})
        chain = []
        for n, digest in con.execute("SELECT n, digest FROM batch ORDER BY n").fetchall():
            last = events.Head(n, events.link(last.hash, n, digest))
            chain.append(last)
        if chain:
            con.register("chain", pd.DataFrame(chain))
            con.execute(f"INSERT INTO event ({COLUMNS}) SELECT {COLUMNS} FROM batch JOIN chain USING (n) ORDER BY n")
        written += len(chain)
        say(f"until {season.until:%Y-%m}: {written} events, {written / (time.monotonic() - begun):.0f}/s")


COLUMNS = ", ".join((*events.STORED, "n", "digest", "hash"))
DAYS = ("due_on", "promised_on", "extended_on")
# HMAC: the key, which is as long as half a block, against the inner and the outer pad
PADS = ", ".join(
    f"CAST(xor(CAST(unhex(key) AS BIT), CAST(repeat('{byte:08b}', 32) AS BIT)) AS BLOB)"
    f" || unhex(repeat('{byte:x}', 32)) AS {name}"
    for name, byte in (("inside", 0x36), ("outside", 0x5C))
)


def filled(text: str) -> str:
    """The text of a template with the days and ids of a copy."""
    opened = {f"<{name}>": f"coalesce(CAST({moved(name, 'DATE')} AS VARCHAR), '')" for name in DAYS}
    opened |= {"<into>": "coalesce(" + UUID_OF.format("r.other || '-' || t.k") + ", '')", "<subject>": "t.id"}
    opened |= {"<content>": "coalesce(sha256(replace(r.said, '<id>', t.id)), '')"}
    opened |= {"<happened_at>": f"strftime({AT}, '%Y-%m-%dT%H:%M:%S') || r.micros"}
    for name, value in opened.items():
        text = f"replace({text}, '{name}', {value})"
    return text


AT = moved("happened_at", "TIMESTAMP")
BATCH = f"""
    SELECT *, sha256(outside || unhex(sha256(inside || encode(content)))) AS digest FROM (
        SELECT row_number() OVER (ORDER BY {AT}, t.k, r.n) + $last AS n, {AT} AS happened_at, r.area, r.kind,
               t.id AS subject, r.seq, r.actor_id, r.actor_role, r.body_code, r.state,
               {filled("r.detail")} AS detail, {filled("r.content")} AS content, p.inside, p.outside
        FROM told r JOIN twin t ON t.old = r.subject JOIN pads p ON p.subject = t.id
        WHERE {AT} >= $since AND {AT} < $until)
    """


def templates(con: Connection) -> Iterator[dict[str, Any]]:
    rows = sql.rows(con, f"SELECT {', '.join(SAID)} FROM small.cases")
    said = {row["id"]: row | {"id": "<id>"} for row in rows}
    for row in sql.rows(con, "SELECT * FROM small.event WHERE area = 'case' ORDER BY n"):
        detail = json.loads(row["detail"])
        opened = {name: f"<{name}>" for name in (*DAYS, "into", "content") if name in detail}
        content = {name: row[name] for name in events.STORED}
        content |= {"detail": canonical(detail | opened), "subject": "<subject>", "happened_at": "<happened_at>"}
        at = row["happened_at"]
        yield {name: row[name] for name in ("n", *events.STORED)} | {
            "detail": content["detail"],
            "content": canonical(content),
            "said": canonical(said[row["subject"]]) if "content" in detail else None,
            "micros": at.isoformat()[19:],
            "other": detail.get("into"),
            **{name: date.fromisoformat(detail[name]) if name in detail else None for name in DAYS},
        }


def copy_answers(con: Connection, answers: int) -> None:
    had = sql.scalar(con, "SELECT count(*) FROM small.answer")
    if answers <= had:
        return
    con.execute(f"""
        CREATE TEMP TABLE twin_response AS
        SELECT old, {UUID_OF.format("old || '-' || k")} AS id
        FROM (SELECT *, sum(n) OVER (ORDER BY k, old) - n AS before FROM (
            SELECT a.response_id AS old, k, a.n FROM
                (SELECT response_id, count(*) AS n FROM small.answer GROUP BY 1) a
                JOIN small.response r ON r.id = a.response_id AND r.source = 'asked',
                (SELECT unnest(range(1, {-(-(answers - had) // had) + 2})) AS k) AS copies))
        WHERE before < {answers - had}
        """)
    for table, own in (("response", {"id": "t.id"}), ("answer", {"response_id": "t.id"})):
        key = next(iter(own))
        columns = ", ".join(own.get(name, f"r.{name}") for name, _ in columns_of(con, table))
        for (wave,) in con.execute("SELECT id FROM small.wave ORDER BY number").fetchall():
            statement = (
                f"INSERT INTO {table} SELECT {columns} FROM small.{table} r JOIN twin_response t ON t.old = r.{key}"
            )
            con.execute(f"{statement} WHERE r.wave_id = $wave", {"wave": wave})
        say(f"each {table} stands")
    # what the history was told of a wave's answers is no more true of so many
    con.execute("DELETE FROM event_key WHERE subject IN (SELECT id FROM wave)")


def say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", nargs="?", type=Path, metavar="FROM")
    parser.add_argument("target", nargs="?", type=Path, metavar="TO")
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--answers", type=int, default=0)
    args = parser.parse_args(argv)
    if args.target and args.target.exists():
        parser.error(f"{args.target} exists already")
    with tempfile.TemporaryDirectory() as folder:
        if not args.source:
            store = open_store(f"duckdb:{folder}/demo.duckdb")
            store.migrate()
            demo.load(store, today=clock.day_of(clock.now()), say=say)
            store.close()
        source, target = args.source or Path(folder) / "demo.duckdb", args.target or Path(folder) / "large.duckdb"
        scale(source, target, cases=args.cases, answers=args.answers)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
