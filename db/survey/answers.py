"""One wave's answers as the estimates read them: a row a response."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from db import sql
from db.sql import Connection
from db.survey.kinds import LEVELS
from db.survey.surveys import Wave


@dataclass(frozen=True)
class AskedItem:
    """What a version asks, for the estimates: `dimension` None where the item is in no index; `series` is the same in
    all versions that ask the same."""

    item: str
    series: str
    kind: str
    dimension: str | None
    zh: str
    en: str


def asked(con: Connection, code: str, version: int) -> list[AskedItem]:
    statement = """
        SELECT item, series, kind, dimension, zh, en FROM questionnaire_item
        WHERE questionnaire_code = $code AND version = $version ORDER BY position
        """
    return sql.fetch(con, AskedItem, statement, {"code": code, "version": version})


def given(con: Connection, wave_id: str, items: Sequence[str]) -> pd.DataFrame:
    """The answers to these items, a row each, as they are stored."""
    statement = """
        SELECT response_id, item, value, choice, text FROM answer WHERE wave_id = $wave AND item = ANY($items)
        """
    return sql.frame(con, statement, {"wave": wave_id, "items": list(items)})


def responses(
    con: Connection, wave: Wave, dimensions: Sequence[tuple[str, int]], singles: Mapping[str, str], optional: list[str]
) -> pd.DataFrame:
    """One row a response of the wave, in one pass over its answers.

    `dimensions` are (code, items that everybody is asked): column `d1`, `d2` … is the mean of the level items that were
    answered, where at least half of those that applied were. `singles` are column → item. `optional` are the items
    behind a skip rule: one not answered was not asked. `levels`, `lowest`, `highest` describe all level answers,
    `framed`: it is of an enterprise that was drawn.
    """
    given = {
        "wave": wave.id,
        "code": wave.questionnaire_code,
        "version": wave.questionnaire_version,
        "dimensions": [code for code, _ in dimensions],
        "optional": optional,
        **singles,
    }
    return sql.frame(con, responses_statement(dimensions, singles), given)


def responses_statement(dimensions: Sequence[tuple[str, int]], singles: Iterable[str]) -> str:
    """One pass over a wave's answers; its cost is nearly all of the results page's."""
    means = "".join(
        f""", CASE WHEN sum(points) FILTER (WHERE dim = {i}) >= {always}
                   THEN avg(value) FILTER (WHERE dim = {i}) END AS d{i}"""
        for i, (_, always) in enumerate(dimensions, start=1)
    )
    alone = "".join(f", max(value) FILTER (WHERE item = ${name}) AS {name}" for name in singles)
    return f"""
    WITH asked AS (
        SELECT item, kind = '{LEVELS}' AS is_level,
               CASE WHEN kind = '{LEVELS}' THEN array_position($dimensions, dimension) END AS dim,
               CAST(item = ANY($optional) AS INTEGER) AS skippable
        FROM questionnaire_item WHERE questionnaire_code = $code AND version = $version
    ),
    given AS (
        SELECT a.response_id, a.value, q.item, q.is_level, q.dim,
               CASE WHEN a.value IS NULL THEN 1 - q.skippable ELSE 2 - q.skippable END AS points
        FROM answer a JOIN asked q ON q.item = a.item
        WHERE a.wave_id = $wave
    ),
    scored AS (
        SELECT response_id, count(value) FILTER (WHERE is_level) AS levels,
               min(value) FILTER (WHERE is_level) AS lowest, max(value) FILTER (WHERE is_level) AS highest
               {means}{alone}
        FROM given GROUP BY response_id
    )
    SELECT s.*, r.source, coalesce(f.stratum, r.stratum) AS stratum, r.framed, r.late, r.reminders, r.prompted,
           r.doubtful, r.size, r.sector_code, r.town_code
    FROM scored s JOIN response r ON r.id = s.response_id
    LEFT JOIN counted_frame f ON f.wave_id = $wave AND f.size = r.size AND f.sector_code = r.sector_code
                              AND f.town_code = r.town_code
    """
