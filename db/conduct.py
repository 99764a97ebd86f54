"""Officers' visits to enterprises, asked for or not, and what the enterprises say of them."""

from dataclasses import dataclass
from datetime import date, datetime

from db import sql
from db.scope import Scope, enterprises_within
from db.shared_fields import OfEnterprise
from db.sql import Connection

PLACES = ("theirs", "elsewhere", "phone")
ABSENT = "absent"  # there was no such visit
FELT = ("useful", "neutral", "disturbing", ABSENT)


@dataclass(frozen=True)
class OfficerVisit:
    """One visit. What the enterprise said of it stands from `said_at` on; `felt` is one of FELT. Of a visit that only
    the enterprise tells of, `officer_id` and `asked` are None, and `body_code` is whom it names."""

    id: str
    enterprise_id: str
    officer_id: str | None
    day: date
    place: str
    asked: bool | None
    about: str
    recorded_at: datetime
    said_at: datetime | None = None
    said_asked: bool | None = None
    felt: str | None = None
    said: str | None = None
    named: bool | None = None
    seq: int = 1
    body_code: str | None = None


@dataclass(frozen=True)
class OwnVisit:
    """A visit as its enterprise reads it, with the officer's name; '' where no officer recorded it."""

    visit: OfficerVisit
    officer: str


@dataclass(frozen=True)
class Recorded(OfEnterprise):
    """A visit as its officer reads it: nothing of what the enterprise said."""

    id: str
    day: date
    place: str
    asked: bool
    about: str


@dataclass(frozen=True)
class Made:
    """How many visits of a time there were, of them `asked` for, and at the enterprise's place."""

    visits: int
    asked: int
    theirs: int


@dataclass(frozen=True)
class Felt:
    """How many visits enterprises spoke of, by how they were. `unlike`: where the enterprise says otherwise whether it
    had asked."""

    spoken: int
    useful: int
    neutral: int
    disturbing: int
    absent: int
    unlike: int


@dataclass(frozen=True)
class Conduct(Felt, Made):
    """An officer's, with what enterprises said of them."""

    officer_id: str
    officer: str
    town_code: str | None


@dataclass(frozen=True)
class ToldVisits(Felt):
    """Of a body: visits that only enterprises tell of; `asked` for, as they say."""

    body_code: str
    asked: int


@dataclass(frozen=True)
class SaidToOffice(OfEnterprise):
    """Words of an enterprise to the office: without its name where it did not give it."""

    officer: str
    body_code: str | None
    town_code: str | None
    said_at: datetime
    felt: str
    said: str
    named: bool


def get(con: Connection, scope: Scope, visit_id: str) -> OfficerVisit | None:
    """For the enterprise itself: what it said is nobody else's to read here."""
    if scope.kind != "enterprise":
        return None
    statement = "SELECT * FROM visit WHERE id = $id AND enterprise_id = $scope_key"
    return sql.first(con, OfficerVisit, statement, {"id": visit_id, "scope_key": scope.key})


def is_kept(con: Connection, visit_id: str) -> bool:
    return bool(sql.scalar(con, "SELECT count(*) FROM visit WHERE id = $id", {"id": visit_id}))


def add(con: Connection, visit: OfficerVisit) -> None:
    sql.insert(con, "visit", visit)


def change(con: Connection, visit: OfficerVisit) -> None:
    """Write what was said of it over the version before its own. Raises MovedOn."""
    sql.rewrite(con, "visit", visit, "said_at said_asked felt said named")


def of_enterprise(con: Connection, scope: Scope, *, since: date) -> list[OwnVisit]:
    """For the enterprise itself, the latest first; nothing for anybody else."""
    if scope.kind != "enterprise":
        return []
    statement = """
        SELECT v.*, coalesce(a.name, '') AS officer FROM visit v LEFT JOIN account a ON a.id = v.officer_id
        WHERE v.enterprise_id = $scope_key AND v.day >= $since ORDER BY v.day DESC, v.recorded_at DESC
        """
    return sql.fetch_lines(con, OwnVisit, ("visit", OfficerVisit), statement, {"scope_key": scope.key, "since": since})


def recorded_by(con: Connection, scope: Scope, officer_id: str, *, limit: int) -> list[Recorded]:
    """An officer's own, the latest first, of enterprises that they still look after."""
    statement = f"""
        SELECT v.id, v.day, v.place, v.asked, v.about, e.name_zh AS enterprise_zh, e.name_en AS enterprise_en
        FROM visit v JOIN enterprise e ON e.id = v.enterprise_id
        WHERE v.officer_id = $officer AND {enterprises_within(scope)}
        ORDER BY v.day DESC, v.recorded_at DESC LIMIT $limit
        """
    return sql.fetch(con, Recorded, statement, {"officer": officer_id, "scope_key": scope.key, "limit": limit})


_MADE = """count(*) AS visits, count(*) FILTER (WHERE v.asked) AS asked,
               count(*) FILTER (WHERE v.place = 'theirs') AS theirs"""
_FELT = ", ".join(
    [
        "count(v.felt) AS spoken",
        *(f"count(*) FILTER (WHERE v.felt = '{felt}') AS {felt}" for felt in FELT),
        "count(*) FILTER (WHERE v.said_asked <> v.asked) AS unlike",
    ]
)


def made_by(con: Connection, officer_id: str, *, since: date) -> Made:
    """An officer's own: nothing of what was said."""
    statement = f"SELECT {_MADE} FROM visit v WHERE v.officer_id = $officer AND v.day >= $since"
    return sql.fetch(con, Made, statement, {"officer": officer_id, "since": since})[0]


def counted(con: Connection, *, since: date) -> list[Conduct]:
    """A row an officer who made visits since, by the officer's name: never by what is said of them."""
    statement = f"""
        SELECT {_MADE}, v.officer_id, a.name AS officer, a.town_code, {_FELT}
        FROM visit v JOIN account a ON a.id = v.officer_id WHERE v.day >= $since
        GROUP BY v.officer_id, a.name, a.town_code ORDER BY a.name, v.officer_id
        """
    return sql.fetch(con, Conduct, statement, {"since": since})


def told_of(con: Connection, *, since: date) -> list[ToldVisits]:
    """A row a body of which enterprises tell visits that nobody recorded, by its code; without those taken back."""
    statement = f"""
        SELECT v.body_code, count(*) FILTER (WHERE v.said_asked) AS asked, {_FELT}
        FROM visit v WHERE v.officer_id IS NULL AND v.felt <> '{ABSENT}' AND v.day >= $since
        GROUP BY v.body_code ORDER BY v.body_code
        """
    return sql.fetch(con, ToldVisits, statement, {"since": since})


def said_to_office(con: Connection, *, since: date) -> list[SaidToOffice]:
    """The latest words first, of visits since; a name where it was given."""
    statement = """
        SELECT coalesce(a.name, '') AS officer, v.body_code, a.town_code, v.said_at, v.felt, v.said, v.named,
               CASE WHEN v.named THEN e.name_zh ELSE '' END AS enterprise_zh,
               CASE WHEN v.named THEN e.name_en ELSE '' END AS enterprise_en
        FROM visit v LEFT JOIN account a ON a.id = v.officer_id JOIN enterprise e ON e.id = v.enterprise_id
        WHERE v.said <> '' AND v.day >= $since ORDER BY v.said_at DESC, v.id
        """
    return sql.fetch(con, SaidToOffice, statement, {"since": since})
