"""The frame and sample of each wave, its quotas and reminders. A wave's frame never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.notices.outbox import Contact
from db.scope import Scope, enterprises_within
from db.sql import Connection
from db.survey import sampling
from db.survey.sampling import Unit


@dataclass(frozen=True)
class Stratum:
    """One stratum of a wave: population, drawn, answered (of those drawn), and how many answers are wanted."""

    stratum: str
    population: int
    drawn: int
    answered: int
    quota: int | None

    @property
    def wanted(self) -> int:
        return self.quota or 0

    @property
    def short(self) -> int:
        """How many answers are still to come."""
        return max(self.wanted - self.answered, 0)


@dataclass(frozen=True)
class Reminder:
    """When those that had not answered were told again, and how many."""

    id: str
    wave_id: str
    reminded_at: datetime
    notices: int


def population(con: Connection, scope: Scope) -> dict[tuple[str, str, str], int]:
    """How many active enterprises each (size, sector, town) has now."""
    statement = f"""
        SELECT e.size, e.sector_code, e.town_code, count(*) AS n FROM enterprise e
        WHERE e.active AND {enterprises_within(scope)} GROUP BY e.size, e.sector_code, e.town_code
        """
    found = sql.rows(con, statement, {"scope_key": scope.key})
    return {(row["size"], row["sector_code"], row["town_code"]): row["n"] for row in found}


def active_firms(con: Connection, scope: Scope) -> list[tuple[str, str, str, str]]:
    """(id, size, sector, town) of every active enterprise: what a frame is made of."""
    statement = f"""
        SELECT e.id, e.size, e.sector_code, e.town_code FROM enterprise e
        WHERE e.active AND {enterprises_within(scope)} ORDER BY e.id
        """
    return sql.run(con, statement, {"scope_key": scope.key}).fetchall()


def same_again(con: Connection, wave_id: str) -> bool:
    """Whether the wave's seed draws the same enterprises, under the same numbers, from the frame that was kept."""
    kept = units(con, wave_id)
    drawn_by = sql.one(con, "SELECT seed, sample_size, stratum_minimum FROM wave WHERE id = $id", {"id": wave_id})
    if drawn_by is None:
        return False
    size, minimum = drawn_by["sample_size"], drawn_by["stratum_minimum"] or 0
    return set(sampling.drawn_of(kept, size=size, minimum=minimum, seed=drawn_by["seed"] or "")) == set(kept)


def add_frame(con: Connection, units: Sequence[Unit], quotas: Mapping[str, int]) -> None:
    sql.insert_many(con, "sample_unit", units)
    wave_id = units[0].wave_id if units else ""
    wanted = [{"wave_id": wave_id, "stratum": stratum, "quota": n} for stratum, n in sorted(quotas.items())]
    sql.insert_many(con, "sample_quota", wanted)


def has_frame(con: Connection, wave_id: str) -> bool:
    """False for a wave that opened before frames were kept."""
    return sql.scalar(con, "SELECT count(*) FROM sample_unit WHERE wave_id = $wave_id", {"wave_id": wave_id}) > 0


def strata(con: Connection, wave_id: str) -> list[Stratum]:
    """Every stratum of the frame, by code. Answers by an open link are of no stratum."""
    statement = """
        SELECT u.stratum, count(*) AS population, count(*) FILTER (WHERE u.drawn) AS drawn,
               count(p.id) FILTER (WHERE u.drawn) AS answered, max(q.quota) AS quota
        FROM sample_unit u
        LEFT JOIN participation p ON p.wave_id = u.wave_id AND p.enterprise_id = u.enterprise_id
        LEFT JOIN sample_quota q ON q.wave_id = u.wave_id AND q.stratum = u.stratum
        WHERE u.wave_id = $wave_id GROUP BY u.stratum ORDER BY u.stratum
        """
    return sql.fetch(con, Stratum, statement, {"wave_id": wave_id})


def set_quotas(con: Connection, wave_id: str, quotas: Mapping[str, int]) -> None:
    """Of these strata; the others keep theirs."""
    statement = "UPDATE sample_quota SET quota = $quota WHERE wave_id = $wave_id AND stratum = $stratum"
    for stratum, quota in quotas.items():
        sql.run(con, statement, {"wave_id": wave_id, "stratum": stratum, "quota": quota})


def stratum_of_unit(con: Connection, wave_id: str) -> dict[str, str]:
    """Enterprise → stratum, of those drawn."""
    statement = "SELECT enterprise_id, stratum FROM sample_unit WHERE wave_id = $wave_id AND drawn"
    return sql.pairs(con, statement, {"wave_id": wave_id})


def unit_of(con: Connection, *, wave_id: str, enterprise_id: str) -> Unit | None:
    return units_of(con, wave_id=wave_id, enterprise_ids=[enterprise_id]).get(enterprise_id)


def units_of(con: Connection, *, wave_id: str, enterprise_ids: Sequence[str]) -> dict[str, Unit]:
    statement = "SELECT * FROM sample_unit WHERE wave_id = $wave_id AND enterprise_id = ANY($ids)"
    found = sql.fetch(con, Unit, statement, {"wave_id": wave_id, "ids": list(enterprise_ids)})
    return {unit.enterprise_id: unit for unit in found}


def by_serial(con: Connection, *, wave_id: str, serial: int) -> Unit | None:
    """The enterprise that this number is printed for."""
    statement = "SELECT * FROM sample_unit WHERE wave_id = $wave_id AND serial = $serial"
    return sql.first(con, Unit, statement, {"wave_id": wave_id, "serial": serial})


def units(con: Connection, wave_id: str) -> list[Unit]:
    """The whole frame, those drawn first, by serial number."""
    statement = "SELECT * FROM sample_unit WHERE wave_id = $wave_id ORDER BY NOT drawn, serial, enterprise_id"
    return sql.fetch(con, Unit, statement, {"wave_id": wave_id})


def serials(con: Connection, wave_id: str) -> dict[str, int]:
    """Enterprise → number on its paper form, of those drawn."""
    statement = "SELECT enterprise_id, serial FROM sample_unit WHERE wave_id = $wave_id AND drawn"
    return sql.pairs(con, statement, {"wave_id": wave_id})


def contacts(con: Connection, wave_id: str) -> list[tuple[str, Contact]]:
    """Enterprise and channel of those drawn that wish to be told: its own address, and its people's."""
    statement = """
        SELECT u.enterprise_id AS firm, c.* FROM sample_unit u
        JOIN contact c ON c.active AND c.owner_kind = 'enterprise' AND c.owner_id = u.enterprise_id
        WHERE u.wave_id = $wave_id AND u.drawn
        UNION ALL
        SELECT u.enterprise_id AS firm, c.* FROM sample_unit u
        JOIN account a ON a.enterprise_id = u.enterprise_id AND a.active AND a.role = 'enterprise'
        JOIN contact c ON c.active AND c.owner_kind = 'account' AND c.owner_id = a.id
        WHERE u.wave_id = $wave_id AND u.drawn
        ORDER BY firm, owner_kind, owner_id
        """
    found = sql.rows(con, statement, {"wave_id": wave_id})
    return [(row.pop("firm"), Contact(**row)) for row in found]


def reminders(con: Connection, wave_id: str) -> list[Reminder]:
    """Oldest first."""
    statement = "SELECT * FROM wave_reminder WHERE wave_id = $wave_id ORDER BY reminded_at, id"
    return sql.fetch(con, Reminder, statement, {"wave_id": wave_id})


def add_reminder(con: Connection, added: Reminder) -> None:
    sql.insert(con, "wave_reminder", added)
