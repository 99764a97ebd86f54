"""Forums and who came to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from db import masked, sql
from db.scope import Scope, cases_within, enterprises_within
from db.shared_fields import WithTheme
from db.sql import Connection
from db.states import SETTLED, UNCOUNTED, listed
from i18n.names import Named

FORMATS = ("many_to_many", "many_to_one", "on_site")


@dataclass(frozen=True)
class Forum(WithTheme):
    """One forum of the series. `seq` is its version."""

    id: str
    number: int
    theme_zh: str
    theme_en: str
    sector_code: str | None
    held_on: date
    place_zh: str
    place_en: str
    format: str
    host_body: str
    host_office: str
    host_person: str | None
    state: str
    summary: str | None
    seq: int

    def place(self, language: str) -> str:
        return self.say(language, "place")


@dataclass(frozen=True)
class Attendance:
    """One person at one forum. `country` is ISO 3166-1 alpha-2, `body_code` a body's or a town's code."""

    id: str
    forum_id: str
    person_id: str
    person_name: str
    kind: str
    office: str | None
    body_code: str | None
    enterprise_id: str | None
    organisation: str | None
    country: str


@dataclass(frozen=True)
class Present(Named):
    """An attendance with the name of the enterprise, where the reader may see that enterprise."""

    id: str
    person_id: str
    person_name: str
    kind: str
    office: str | None
    body_code: str | None
    organisation: str | None
    country: str
    enterprise_zh: str | None
    enterprise_en: str | None

    def enterprise(self, language: str) -> str:
        return self.say(language, "enterprise")


@dataclass(frozen=True)
class KnownGuest:
    """Somebody who came before: the same person keeps one id. `forums` are the numbers, the latest first."""

    person_id: str
    person_name: str
    kind: str
    body_code: str | None
    enterprise_id: str | None
    organisation: str | None
    country: str
    forums: int
    last_number: int


@dataclass(frozen=True)
class ForumFilter:
    """Which forums. `sector` is a division (C17) or a section (C); None is all."""

    year: int | None = None
    sector: str | None = None
    host: str | None = None


@dataclass(frozen=True)
class ForumCounts:
    """For each filter, how many forums each choice would leave. Years are written as the address writes them."""

    year: dict[str, int]
    sector: dict[str, int]
    host: dict[str, int]


@dataclass(frozen=True)
class ForumLine:
    """A forum of the list with its counts. `issues` and `settled` count what the reader may see, merged ones once."""

    forum: Forum
    entrepreneurs: int
    leaders: int
    heads: int
    present: int
    issues: int
    settled: int


@dataclass(frozen=True)
class Hosting:
    """Which body hosted, or will, and when."""

    body: str
    held_on: date


_YEAR = "CAST(extract(year FROM f.held_on) AS INTEGER)"
_WANTED = """(CAST($year AS INTEGER) IS NULL OR extract(year FROM f.held_on) = $year)
    AND (CAST($sector AS VARCHAR) IS NULL OR position($sector IN f.sector_code) = 1)
    AND (CAST($host AS VARCHAR) IS NULL OR f.host_body = $host)"""


def get(con: Connection, forum_id: str) -> Forum | None:
    return sql.first(con, Forum, "SELECT * FROM forum WHERE id = $id", {"id": forum_id})


def to_run(con: Connection) -> list[Forum]:
    """Those that are planned, and those held whose agenda is kept; the latest first."""
    statement = """
        SELECT * FROM forum
        WHERE state = 'planned' OR (state = 'held' AND id IN (SELECT forum_id FROM agenda_item)) ORDER BY number DESC
        """
    return sql.fetch(con, Forum, statement)


def add(con: Connection, made: Sequence[Forum]) -> None:
    sql.insert_many(con, "forum", made)


def change(con: Connection, forum: Forum) -> None:
    """Write the forum over the version before its own. Raises MovedOn."""
    columns = """theme_zh theme_en sector_code held_on place_zh place_en format host_body host_office host_person
        state summary"""
    sql.rewrite(con, "forum", forum, columns, number=forum.number)


def find(con: Connection, scope: Scope, wanted: ForumFilter, *, limit: int, offset: int) -> list[ForumLine]:
    """Planned ones first, the nearest on top; then the series, the latest first."""
    return sql.fetch_lines(
        con,
        ForumLine,
        ("forum", Forum),
        f"""
        SELECT f.*, coalesce(a.entrepreneurs, 0) AS entrepreneurs, coalesce(a.leaders, 0) AS leaders,
               coalesce(a.heads, 0) AS heads, coalesce(a.present, 0) AS present,
               coalesce(i.issues, 0) AS issues, coalesce(i.settled, 0) AS settled
        FROM forum f
        LEFT JOIN (
            SELECT forum_id, count(*) AS present,
                   count(*) FILTER (WHERE kind = 'entrepreneur') AS entrepreneurs,
                   count(*) FILTER (WHERE kind = 'district_leader') AS leaders,
                   count(*) FILTER (WHERE kind = 'department_head') AS heads
            FROM attendance GROUP BY forum_id) a ON a.forum_id = f.id
        LEFT JOIN (
            SELECT c.forum_id, count(*) AS issues, count(*) FILTER (WHERE c.state IN {listed(SETTLED)}) AS settled
            FROM cases c WHERE c.forum_id IS NOT NULL AND c.state NOT IN {listed(UNCOUNTED)} AND {cases_within(scope)}
            GROUP BY c.forum_id) i ON i.forum_id = f.id
        WHERE {_WANTED}
        ORDER BY CASE WHEN f.state = 'planned' THEN 0 ELSE 1 END,
                 CASE WHEN f.state = 'planned' THEN f.held_on END, f.number DESC
        LIMIT $limit OFFSET $offset
        """,
        {**vars(wanted), "scope_key": scope.key, "limit": limit, "offset": offset},
    )


def count(con: Connection, wanted: ForumFilter) -> int:
    return sql.scalar(con, f"SELECT count(*) FROM forum f WHERE {_WANTED}", vars(wanted))


def counts(con: Connection, wanted: ForumFilter) -> ForumCounts:
    """How many forums each choice of a filter would leave, the other filters applied."""
    return ForumCounts(
        year={str(key): n for key, n in _counts(con, replace(wanted, year=None), _YEAR).items()},
        sector=_counts(con, replace(wanted, sector=None), "f.sector_code"),
        host=_counts(con, replace(wanted, host=None), "f.host_body"),
    )


def hostings(con: Connection) -> list[Hosting]:
    """Every forum held or planned, by day."""
    statement = """
        SELECT host_body AS body, held_on FROM forum WHERE state <> 'cancelled' ORDER BY held_on, number
        """
    return sql.fetch(con, Hosting, statement)


def present(con: Connection, scope: Scope, forum_id: str, *, whole: bool = False) -> list[Present]:
    """Who came, those of enterprises masked but for `whole`. Enterprises outside the scope stay unnamed."""
    statement = f"""
        SELECT a.id, a.person_id, {"a.person_name" if whole else masked.guest_in_sql("a")} AS person_name, a.kind,
               a.office, a.body_code, a.organisation, a.country,
               n.name_zh AS enterprise_zh, n.name_en AS enterprise_en
        FROM attendance a
        LEFT JOIN (SELECT e.id, e.name_zh, e.name_en FROM enterprise e WHERE {enterprises_within(scope)}) n
            ON n.id = a.enterprise_id
        WHERE a.forum_id = $forum_id ORDER BY a.kind, a.person_name, a.id
        """
    return sql.fetch(con, Present, statement, {"forum_id": forum_id, "scope_key": scope.key})


def attendance(con: Connection, attendance_id: str) -> Attendance | None:
    return sql.first(con, Attendance, "SELECT * FROM attendance WHERE id = $id", {"id": attendance_id})


def attendances(con: Connection, forum_id: str) -> list[Attendance]:
    """Everybody on the list, as it is kept."""
    statement = "SELECT * FROM attendance WHERE forum_id = $id ORDER BY person_name, id"
    return sql.fetch(con, Attendance, statement, {"id": forum_id})


def people_at(con: Connection, forum_id: str) -> set[str]:
    """The ids of those who are on the list already."""
    return set(sql.column(con, "SELECT person_id FROM attendance WHERE forum_id = $id", {"id": forum_id}))


def add_attendance(con: Connection, people: Sequence[Attendance]) -> None:
    sql.insert_many(con, "attendance", people)


def remove_attendance(con: Connection, attendance_id: str) -> None:
    sql.run(con, "DELETE FROM attendance WHERE id = $id", {"id": attendance_id})


def known_as(con: Connection, names: Sequence[str]) -> list[KnownGuest]:
    """Everybody of these names who came before, once a person and place; the latest place first."""
    statement = """
        SELECT a.person_id, a.person_name, a.kind, a.body_code, a.enterprise_id, a.organisation, a.country,
               CAST(count(*) AS INTEGER) AS forums, max(f.number) AS last_number
        FROM attendance a JOIN forum f ON f.id = a.forum_id
        WHERE a.person_name = ANY($names)
        GROUP BY a.person_id, a.person_name, a.kind, a.body_code, a.enterprise_id, a.organisation, a.country
        ORDER BY last_number DESC, a.person_id
        """
    return sql.fetch(con, KnownGuest, statement, {"names": list(names)})


def _counts(con: Connection, wanted: ForumFilter, column: str) -> dict[str, int]:
    """`column` is one of ours."""
    statement = f"""
        SELECT {column} AS choice, count(*) AS n FROM forum f
        WHERE {_WANTED} AND {column} IS NOT NULL GROUP BY {column} ORDER BY choice DESC
        """
    return sql.pairs(con, statement, vars(wanted))
