"""What a results page of ten million answers costs beyond its SQL and its estimates.

`python bench/results.py [ANSWERS]` fills a store in a temporary folder (1 GB, some minutes) with one closed wave and
prints the ratio of the whole computation to the bare statement plus the estimates' own time: below 1.5.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from db.sql import Connection  # noqa: E402
from db.store import Store, open_store  # noqa: E402
from db.survey import answers as stored  # noqa: E402
from db.survey import surveys  # noqa: E402
from insight.survey import answers, wave_numbers  # noqa: E402
from insight.survey.report import report  # noqa: E402

WAVE, NEEDED = "bench", 1.5
PER_RESPONSE = 25  # items that nearly everybody answers
FILL = (
    """
    CREATE TEMP TABLE item AS SELECT item, kind, row_number() OVER (ORDER BY position) AS place
    FROM questionnaire_item WHERE questionnaire_code = 'satisfaction' AND version = 1
      AND kind IN ('level5', 'scale10', 'change5', 'yes_no') AND item <> 'X1'
    """,
    """
    INSERT INTO wave (id, number, title_zh, title_en, questionnaire_code, questionnaire_version, opens_at, closes_at,
                      seq)
    VALUES ('bench', 1, 'bench', 'bench', 'satisfaction', 1, TIMESTAMP '2023-10-01', TIMESTAMP '2023-11-01', 1)
    """,
    """
    CREATE TEMP TABLE firm AS
    SELECT i, CAST(uuid() AS VARCHAR) AS id, CAST(uuid() AS VARCHAR) AS response,
           (['large', 'medium', 'small', 'micro'])[1 + CAST(hash(i) % 4 AS INTEGER)] AS size,
           (['C17', 'C17', 'C18', 'C34', 'C26', 'E50', 'F51', 'F52', 'I65', 'M73'])
               [1 + CAST(hash(i + 7) % 10 AS INTEGER)] AS sector,
           (SELECT list(code ORDER BY code) FROM reference_item WHERE list = 'town')
               [1 + CAST(hash(i + 13) % 16 AS INTEGER)] AS town
    FROM range($firms) AS r(i)
    """,
    """
    INSERT INTO sample_unit
    SELECT 'bench', id, size || '|' || substr(sector, 1, 1) || '|' || CAST(hash(town) % 4 AS VARCHAR), size, sector,
           town, true, i FROM firm
    """,
    """
    INSERT INTO response (id, wave_id, source, sector_code, town_code, size, stratum, framed, late, reminders, prompted,
                          doubtful)
    SELECT response, 'bench', 'asked', sector, town, size,
           size || '|' || substr(sector, 1, 1) || '|' || CAST(hash(town) % 4 AS VARCHAR), true, i > $responses / 2, 0,
           false, false FROM firm WHERE i < $responses
    """,
    """
    INSERT INTO answer
    SELECT f.response, 'bench', q.item,
           CASE WHEN q.kind = 'yes_no' OR hash(f.i * 100 + q.place) % 20 = 0 THEN NULL
                WHEN q.kind = 'scale10' THEN hash(f.i * 100 + q.place) % 11
                ELSE 25 * ((hash(f.i * 100 + q.place) % 3) + 2) END,
           CASE WHEN q.kind = 'yes_no' THEN 'yes' WHEN hash(f.i * 100 + q.place) % 20 = 0 THEN 'na' END, NULL
    FROM firm f, item q WHERE f.i < $responses
    """,
)


def fill(con: Connection, answers_wanted: int) -> int:
    responses = answers_wanted // PER_RESPONSE
    for statement in FILL:
        named = {"firms": responses * 5 // 4, "responses": responses}
        con.execute(statement, {name: n for name, n in named.items() if f"${name}" in statement})
    row = con.execute("SELECT count(*) FROM answer").fetchone()
    return row[0] if row else 0


def _wave(con: Connection) -> surveys.Wave:
    wave = surveys.wave(con, WAVE)
    assert wave is not None
    return wave


def bare_seconds(store: Store) -> float:
    """The statement alone, its rows left in the database."""

    def run(con: Connection) -> float:
        wave = _wave(con)
        asked = answers.read_questions(con, wave)
        given = {"wave": WAVE, "code": "satisfaction", "version": 1, "optional": asked.optional, **asked.singles}
        given["dimensions"] = [code for code, _ in asked.dimensions]
        begun = time.perf_counter()
        con.execute(f"CREATE TEMP TABLE bare AS {stored.responses_statement(asked.dimensions, asked.singles)}", given)
        return time.perf_counter() - begun

    return store.write(run)


class Clock:
    """Adds up the time spent inside the estimates."""

    def __init__(self) -> None:
        self.seconds, self.inside = 0.0, False

    def timed(self, fn: Callable) -> Callable:
        def run(*args: object, **named: object) -> object:
            if self.inside:
                return fn(*args, **named)
            self.inside, begun = True, time.perf_counter()
            try:
                return fn(*args, **named)
            finally:
                self.seconds += time.perf_counter() - begun
                self.inside = False

        return run


def page_seconds(store: Store) -> tuple[float, float]:
    """The whole computation, and of it the estimates: weights, means, shares, variances, correlations, comparisons."""
    clock = Clock()
    answers._designed = clock.timed(answers._designed)
    for name in ("estimate", "columns_of", "mean", "_correlation", "lateness", "late_half"):
        setattr(wave_numbers, name, clock.timed(getattr(wave_numbers, name)))
    begun = time.perf_counter()
    found = store.read(lambda con: wave_numbers.read_numbers(con, _wave(con)))
    report(found, None)
    return time.perf_counter() - begun, clock.seconds


def main(answers_wanted: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        url = f"duckdb:{folder}/store.duckdb"
        command = [sys.executable, "-m", "db", "migrate"]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "STORE_URL": url}, check=True)
        store = open_store(url)
        written = store.write(lambda con: fill(con, answers_wanted))
        bare = bare_seconds(store)
        whole, own = page_seconds(store)
        store.close()
    ratio = whole / (bare + own)
    print(f"{written:,} answers: SQL {bare:.1f} s, estimates {own:.1f} s, the page {whole:.1f} s")
    print(f"the results page costs {ratio:.2f} times its SQL and its estimates (needed: under {NEEDED})")
    return int(ratio >= NEEDED)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000))
