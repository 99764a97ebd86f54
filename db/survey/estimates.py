"""What stands beside the estimates of a wave, and what was published of them. No single answer leaves `insight`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from db import clock, sql
from db.sql import Connection, Row
from db.survey.surveys import PAPER_GRACE, Wave


@dataclass(frozen=True)
class Published:
    """One published version of a wave's results. Withdrawn: kept, and shown to nobody but staff."""

    id: str
    wave_id: str
    version: int
    content: str
    published_at: datetime
    published_by: str
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None


def closed_waves(con: Connection, at: datetime) -> list[Wave]:
    """Those to which no answer can come any more, not on paper either, and whose answers stand by themselves, newest
    first."""
    waiting = _waiting(con, at)
    return [wave for wave in _over(con, at) if wave.id not in waiting]


def waiting_waves(con: Connection, at: datetime) -> list[Wave]:
    """Those that are over and wait for the last paper forms, newest first."""
    waiting = _waiting(con, at)
    return [wave for wave in _over(con, at) if wave.id in waiting]


def _over(con: Connection, at: datetime) -> list[Wave]:
    return sql.fetch(con, Wave, "SELECT * FROM wave WHERE closes_at <= $now ORDER BY number DESC", {"now": at})


def _waiting(con: Connection, at: datetime) -> set[str]:
    """Only a wave with a frame has numbers on its forms."""
    statement = """
        SELECT id FROM wave w WHERE closes_at > $since AND (keyed_at IS NULL OR keyed_at > $now)
          AND EXISTS (SELECT 1 FROM sample_unit u WHERE u.wave_id = w.id)
        UNION SELECT wave_id FROM ballot
        """
    return set(sql.column(con, statement, {"now": at, "since": at - PAPER_GRACE}))


def weights(con: Connection, at: datetime) -> dict[str, float]:
    """Dimension → how much it counted in the index at that moment, where it was ever said."""
    statement = """
        SELECT dimension, weight FROM (
            SELECT dimension, weight, row_number() OVER (PARTITION BY dimension ORDER BY set_at DESC) AS newest
            FROM index_weight_set WHERE set_at <= $now
        ) AS known WHERE newest = 1
        """
    return sql.pairs(con, statement, {"now": at})


def reminders(con: Connection, wave_id: str) -> list[datetime]:
    statement = "SELECT reminded_at FROM wave_reminder WHERE wave_id = $wave ORDER BY reminded_at"
    return sql.column(con, statement, {"wave": wave_id})


def doubts(con: Connection, wave_id: str) -> dict[str, int]:
    """By kind, how many answers came in a way that somebody should look at."""
    return sql.pairs(con, "SELECT kind, n FROM wave_doubt WHERE wave_id = $wave", {"wave": wave_id})


def known_names(con: Connection) -> tuple[list[str], list[str], list[str]]:
    """Every enterprise's names, every person's and every town's that the store knows."""
    firms = sql.rows(con, "SELECT name_zh, name_en, contact_name FROM enterprise")
    people = sql.column(con, "SELECT name FROM account")
    towns = "SELECT unnest(ARRAY[name_zh, name_en]) FROM reference_item WHERE list = 'town'"
    return (
        [name for row in firms for name in (row["name_zh"], row["name_en"]) if name],
        [row["contact_name"] for row in firms if row["contact_name"]] + people,
        sql.column(con, towns),
    )


def published(con: Connection, published_id: str) -> Published | None:
    return sql.first(con, Published, "SELECT * FROM published_result WHERE id = $id", {"id": published_id})


def versions(con: Connection, wave_id: str) -> list[Published]:
    """All that was ever published of a wave, newest first."""
    statement = "SELECT * FROM published_result WHERE wave_id = $wave ORDER BY version DESC"
    return sql.fetch(con, Published, statement, {"wave": wave_id})


def public(con: Connection) -> list[Published]:
    """What everybody may read: the newest version of each wave, unless it was withdrawn; newest wave first."""
    statement = """
        SELECT p.* FROM published_result p JOIN wave w ON w.id = p.wave_id
        WHERE p.withdrawn_at IS NULL
          AND p.version = (SELECT max(version) FROM published_result o WHERE o.wave_id = p.wave_id)
        ORDER BY w.number DESC
        """
    return sql.fetch(con, Published, statement)


def add_published(con: Connection, added: Published) -> None:
    sql.insert(con, "published_result", added)


def withdraw(con: Connection, published_id: str, *, by: str, at: datetime) -> None:
    statement = "UPDATE published_result SET withdrawn_at = $now, withdrawn_by = $by WHERE id = $id"
    sql.run(con, statement, {"id": published_id, "now": at, "by": by})


def set_weights(con: Connection, weights: Mapping[str, float], at: datetime) -> None:
    """For waves that close from now on."""
    for code, weight in weights.items():
        row = {"set_at": at, "dimension": code, "weight": float(weight)}
        sql.upsert(con, "index_weight_set", row, key=["set_at", "dimension"])


def marks(con: Connection, since: date, until: date) -> pd.DataFrame:
    """What was announced: `day`, `kind` (forum, policy, target), `number`, `name_zh`, `name_en`."""
    statement = """
        SELECT held_on AS day, 'forum' AS kind, number, theme_zh AS name_zh, theme_en AS name_en FROM forum
        WHERE state = 'held' AND held_on BETWEEN $since AND $until
        UNION ALL
        SELECT issued_on, 'policy', number, title_zh, title_en FROM policy WHERE issued_on BETWEEN $since AND $until
        ORDER BY day, kind, number
        """
    found = sql.frame(con, statement, {"since": since, "until": until})
    told = [row for row in _targets(con) if since <= row["day"] <= until]
    dated = found.assign(day=pd.to_datetime(found["day"]).dt.date)
    return pd.concat([dated, pd.DataFrame(told, columns=found.columns)], ignore_index=True) if told else dated


def _targets(con: Connection) -> list[Row]:
    """Targets by the day that they were first recorded; a year's recorded long after it began are no announcement."""
    statement = """
        SELECT t.year, i.name_zh, i.name_en, min(t.imported_at) AS first FROM indicator_target t
        JOIN indicator i ON i.code = t.indicator_code
        GROUP BY t.year, i.code, i.name_zh, i.name_en ORDER BY first, i.code
        """
    rows = sql.rows(con, statement)
    told = [(clock.day_of(row["first"]), row) for row in rows]
    return [
        {"day": day, "kind": "target", "number": row["year"], "name_zh": row["name_zh"], "name_en": row["name_en"]}
        for day, row in told
        if date(row["year"] - 1, 10, 1) <= day <= date(row["year"], 12, 31)
    ]
