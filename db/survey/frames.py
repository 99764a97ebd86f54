"""What a wave's answers stand for: its frame, counted. It never changes once the wave is over, whatever becomes of the
register: two looks at other days, or the next wave's change, would tell of the few whose weight had moved."""

from typing import TYPE_CHECKING

from db import sql
from db.sql import Connection
from db.survey import sample_groups
from db.survey.surveys import Wave

if TYPE_CHECKING:  # a limited child has no room for it
    import pandas as pd

KEPT_SINCE = "0068_counted_frame"  # the migration


def frame(con: Connection, wave_id: str) -> "pd.DataFrame":
    """By cell: stratum, size, sector_code, town_code, `population`, `drawn`. Of a wave that drew nobody by name all
    of its cells' enterprises are drawn. Empty for another system's, of which nobody knows who answered."""
    statement = """
        SELECT stratum, size, sector_code, town_code, CAST(count(*) AS INTEGER) AS population,
               CAST(count(*) FILTER (WHERE drawn) AS INTEGER) AS drawn
        FROM sample_unit WHERE wave_id = $wave GROUP BY stratum, size, sector_code, town_code
        UNION ALL
        SELECT stratum, size, sector_code, town_code, population, population FROM counted_frame WHERE wave_id = $wave
        """
    return sql.frame(con, statement, {"wave": wave_id})


def keep(con: Connection, wave: Wave) -> None:
    """Of a wave that opened before frames were kept by name: a census of the register as it stands, and of whoever
    answered besides. Only their numbers are kept."""
    statement = """
        SELECT size, sector_code, town_code, CAST(greatest(sum(known), sum(answered)) AS INTEGER) AS population
        FROM (
            SELECT size, sector_code, town_code, 1 AS known, 0 AS answered FROM enterprise
            WHERE active AND created_at < $closed
            UNION ALL
            SELECT size, sector_code, town_code, 0, 1 FROM response WHERE wave_id = $wave AND framed
        ) AS one
        GROUP BY size, sector_code, town_code ORDER BY size, sector_code, town_code
        """
    cells = sql.rows(con, statement, {"wave": wave.id, "closed": wave.closes_at})
    by = sample_groups.of_version(con, wave.group_version)
    strata = (by.stratum_of(size=c["size"], sector_code=c["sector_code"], town_code=c["town_code"]) for c in cells)
    rows = [{"wave_id": wave.id, "stratum": name, **cell} for name, cell in zip(strata, cells, strict=True)]
    sql.insert_many(con, "counted_frame", rows)


def keep_missing(con: Connection) -> None:
    """After the migration: of all waves that are over what they were weighed by until then."""
    statement = """
        SELECT * FROM wave w WHERE EXISTS (SELECT 1 FROM response r WHERE r.wave_id = w.id AND r.framed)
          AND NOT EXISTS (SELECT 1 FROM sample_unit u WHERE u.wave_id = w.id)
          AND NOT EXISTS (SELECT 1 FROM counted_frame f WHERE f.wave_id = w.id)
        """
    for wave in sql.fetch(con, Wave, statement):
        keep(con, wave)
