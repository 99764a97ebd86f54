"""Survey waves, responses and their counts. Nobody but the estimates reads a single answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from db import sql
from db.people import enterprises
from db.people.enterprises import Enterprise
from db.scope import Scope, enterprises_within
from db.shared_fields import WithTitle
from db.sql import Connection, Row
from db.survey.kinds import WORDS

PAPER_GRACE = timedelta(days=14)  # after the last day, for forms that came in by then and lie in a pile


@dataclass(frozen=True)
class Wave(WithTitle):
    """One round of a questionnaire. Open from `opens_at` until before `closes_at` (UTC).

    `design` is census or stratified; `seed`, `sample_size` and `stratum_minimum` repeat a stratified draw; of those
    drawn, `target_rate` percent are wanted to answer. `keyed_at`: all paper forms were in. `group_version`: by which
    groups its strata are named.
    """

    id: str
    number: int
    title_zh: str
    title_en: str
    questionnaire_code: str
    questionnaire_version: int
    opens_at: datetime
    closes_at: datetime
    seq: int
    design: str = "census"
    seed: str | None = None
    sample_size: int | None = None
    stratum_minimum: int | None = None
    target_rate: int | None = None
    keyed_at: datetime | None = None
    group_version: int = 1

    def open_at(self, at: datetime) -> bool:
        return self.opens_at <= at < self.closes_at

    def keying_at(self, at: datetime) -> bool:
        """Whether paper forms are taken: from the first day until they are said to be all in, or for two weeks."""
        return self.opens_at <= at < self.closes_at + PAPER_GRACE and (self.keyed_at is None or at < self.keyed_at)


@dataclass(frozen=True)
class Response:
    """One who answered, as estimates need it; whose answers they are stands nowhere (docs/decisions/0025).

    `source` is asked, open or import. `framed`: of an enterprise that was drawn; `late`: in the later half of those;
    `reminders` had gone out before it came, `prompted` within two days of the last one; `doubtful` as it came. Times
    are those of another system's file.
    """

    id: str
    wave_id: str
    source: str
    sector_code: str
    town_code: str
    size: str
    stratum: str = ""
    framed: bool = False
    late: bool = False
    reminders: int = 0
    prompted: bool = False
    doubtful: bool = False
    started_at: datetime | None = None
    submitted_at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """One item's answer: level as 100 … 0 or a number in `value`, a code in `choice`, a day in `text`."""

    response_id: str
    wave_id: str
    item: str
    value: float | None
    choice: str | None
    text: str | None


@dataclass(frozen=True)
class WaveCounts:
    """How a wave is going: links handed out, of them still usable, responses received."""

    wave: Wave
    invited: int
    live: int
    responses: int


def wave(con: Connection, wave_id: str) -> Wave | None:
    return sql.first(con, Wave, "SELECT * FROM wave WHERE id = $id", {"id": wave_id})


def open_waves(con: Connection, at: datetime, until: datetime | None = None) -> list[Wave]:
    """Those that can be answered now, or at some time from `at` to `until`, newest first."""
    statement = "SELECT * FROM wave WHERE opens_at <= $until AND closes_at > $at ORDER BY number DESC"
    return sql.fetch(con, Wave, statement, {"at": at, "until": until or at})


def waves_with_counts(con: Connection, at: datetime) -> list[WaveCounts]:
    """Every wave, newest first."""
    statement = """
        SELECT w.*,
               (SELECT count(*) FROM participation p WHERE p.wave_id = w.id)
               + (SELECT count(*) FROM response r WHERE r.wave_id = w.id AND r.source = 'import') AS responses,
               (SELECT count(*) FROM invitation i WHERE i.wave_id = w.id) AS invited,
               (SELECT count(*) FROM invitation i WHERE i.wave_id = w.id AND i.used_at IS NULL
                AND i.revoked_at IS NULL AND i.expires_at > $now) AS live
        FROM wave w ORDER BY w.number DESC
        """
    found = sql.rows(con, statement, {"now": at})
    counts = ("invited", "live", "responses")
    return [
        WaveCounts(Wave(**{k: v for k, v in row.items() if k not in counts}), **{k: row[k] for k in counts})
        for row in found
    ]


def add_wave(con: Connection, added: Wave) -> None:
    sql.insert(con, "wave", added)


def change_wave(con: Connection, wave: Wave, *, seen: int, **changes: Any) -> Wave:  # noqa: ANN401
    """The wave with these columns written. Raises MovedOn where it is no longer the version `seen`."""
    changed = replace(wave, **changes, seq=seen + 1)
    sql.rewrite(con, "wave", changed, " ".join(changes))
    return changed


def was_published(con: Connection, wave_id: str) -> bool:
    """Whether figures of the wave were ever shown: a sheet added afterwards would be found by comparing."""
    return sql.scalar(con, "SELECT count(*) FROM published_result WHERE wave_id = $id", {"id": wave_id}) > 0


def contents(con: Connection, wave_id: str) -> list[Row]:
    """Each answer of an imported wave with its response's times; a response without answers has one row."""
    statement = """
        SELECT r.id, r.submitted_at, r.started_at, a.item, a.value, a.choice, a.text
        FROM response r LEFT JOIN answer a ON a.response_id = r.id AND a.wave_id = r.wave_id
        WHERE r.wave_id = $wave_id AND r.source = 'import' ORDER BY r.submitted_at, r.id
        """
    return sql.rows(con, statement, {"wave_id": wave_id})


def questionnaire(con: Connection, code: str, version: int) -> str:
    """The stored JSON of one version."""
    statement = "SELECT content FROM questionnaire WHERE code = $code AND version = $version"
    return sql.scalar(con, statement, {"code": code, "version": version})


def questionnaires(con: Connection) -> list[Row]:
    """Code, version and content of every version that a wave may ask, newest first."""
    statement = "SELECT code, version, content FROM questionnaire WHERE state = 'open' ORDER BY code, version DESC"
    return sql.rows(con, statement)


def add_responses(con: Connection, added: Sequence[Response], answers: Sequence[Answer]) -> None:
    sql.insert_many(con, "response", added)
    sql.insert_many(con, "answer", answers)


def keep_comments(con: Connection, wave_id: str) -> None:
    """What an imported wave has in free words, beside that of all others."""
    statement = """
        INSERT INTO comment SELECT a.response_id || '/' || a.item, a.wave_id, a.item, a.text FROM answer a
        JOIN wave w ON w.id = a.wave_id
        JOIN questionnaire_item q ON q.item = a.item AND q.questionnaire_code = w.questionnaire_code
             AND q.version = w.questionnaire_version
        WHERE a.wave_id = $wave_id AND q.kind = $words AND trim(a.text) <> ''
          AND NOT EXISTS (SELECT 1 FROM comment c WHERE c.id = a.response_id || '/' || a.item)
        """
    sql.run(con, statement, {"wave_id": wave_id, "words": WORDS})


def not_answered(
    con: Connection,
    scope: Scope,
    *,
    wave_id: str,
    sector: str | None = None,
    town: str | None = None,
    unlinked: bool = False,
) -> list[Enterprise]:
    """The active enterprises of the scope that this wave asks and that have not answered it, by name.

    A wave of before frames were kept asks everybody. `unlinked` leaves out those that hold a link already.
    """
    return sql.fetch(
        con,
        Enterprise,
        f"""
        SELECT {enterprises.COLUMNS} FROM enterprise e
        WHERE e.active AND {enterprises_within(scope)}
          AND (CAST($sector AS VARCHAR) IS NULL OR e.sector_code = $sector)
          AND (CAST($town AS VARCHAR) IS NULL OR e.town_code = $town)
          AND NOT EXISTS (SELECT 1 FROM participation p WHERE p.wave_id = $wave_id AND p.enterprise_id = e.id)
          AND (NOT EXISTS (SELECT 1 FROM sample_unit u WHERE u.wave_id = $wave_id) OR EXISTS
               (SELECT 1 FROM sample_unit u WHERE u.wave_id = $wave_id AND u.enterprise_id = e.id AND u.drawn))
          AND (NOT CAST($unlinked AS BOOLEAN) OR NOT EXISTS
               (SELECT 1 FROM invitation i WHERE i.wave_id = $wave_id AND i.enterprise_id = e.id
                AND i.revoked_at IS NULL))
        ORDER BY e.name_zh, e.id
        """,
        {"scope_key": scope.key, "sector": sector, "town": town, "wave_id": wave_id, "unlinked": unlinked},
    )
