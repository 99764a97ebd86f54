"""Figures as they were cited: append-only; and which of them everybody may see."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from db import events, sql
from db.events import Event
from db.sql import Connection, Row

AREA = "citation"


@dataclass(frozen=True)
class Cited:
    """`n` is the revision of the records that it was read from, `hash` its event's; `content` is JSON."""

    kind: str
    code: str
    asked: str
    as_of: date
    n: int
    content: str
    made_at: datetime
    made_by: str | None
    hash: str = ""

    @property
    def key(self) -> Row:
        return {"kind": self.kind, "code": self.code, "asked": self.asked, "as_of": self.as_of, "n": self.n}

    @property
    def path(self) -> str:
        return f"/cite/{self.kind}/{self.code}/{self.as_of}/{self.n}" + (f"?{self.asked}" if self.asked else "")


@dataclass(frozen=True)
class PublicFigure:
    kind: str
    code: str


_CITED = """
    SELECT c.kind, c.code, c.asked, c.as_of, c.n, c.content, c.made_at, c.made_by, coalesce(e.hash, '') AS hash
    FROM citation c LEFT JOIN event e ON e.n = c.n
    WHERE c.kind = $kind AND c.code = $code AND c.asked = $asked
    """


def cited(con: Connection, kind: str, code: str, asked: str, as_of: date, n: int) -> Cited | None:
    key = {"kind": kind, "code": code, "asked": asked, "as_of": as_of, "n": n}
    return sql.first(con, Cited, f"{_CITED} AND c.as_of = $as_of AND c.n = $n", key)


def newest(con: Connection, kind: str, code: str, asked: str = "") -> Cited | None:
    found = versions(con, kind, code, asked, most=1)
    return found[0] if found else None


def versions(
    con: Connection, kind: str, code: str, asked: str = "", *, most: int, as_of: date | None = None
) -> list[Cited]:
    """The newest first; of one day alone where it is named."""
    key = {"kind": kind, "code": code, "asked": asked, "most": most, "as_of": as_of}
    of_day = "AND c.as_of = $as_of" if as_of else ""
    return sql.fetch(con, Cited, f"{_CITED} {of_day} ORDER BY c.as_of DESC, c.n DESC LIMIT $most", key)


def any_made(con: Connection) -> bool:
    return bool(sql.scalar(con, "SELECT count(*) FROM citation"))


def add(con: Connection, made: Cited, *, role: str | None) -> None:
    """With its event, which holds a digest of what it says: `python -m db verify` finds a changed one."""
    sql.insert(con, "citation", {**made.key, "content": made.content, "made_at": made.made_at, "made_by": made.made_by})
    detail = {"content": digest(made.content)}
    events.append(con, Event(made.made_at, AREA, "cite", made.path, 1, made.made_by, role, detail=detail))


def digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def public(con: Connection) -> list[PublicFigure]:
    statement = "SELECT kind, code FROM public_figure WHERE ended_at IS NULL ORDER BY kind, code"
    return sql.fetch(con, PublicFigure, statement)


def is_public(con: Connection, kind: str, code: str) -> bool:
    return PublicFigure(kind, code) in public(con)


def set_public(con: Connection, kind: str, code: str, *, until: datetime | None, event: Event) -> None:
    """`until` None: from now on."""
    row = {"kind": kind, "code": code, "since": event.happened_at, "ended_at": until, "looked_on": None, "looked_n": 0}
    sql.upsert(con, "public_figure", row, key=["kind", "code"])
    events.append(con, event)


_LAST_IMPORT = "(SELECT coalesce(max(n), 0) FROM event WHERE area = 'indicator')"


def to_look_at(con: Connection, day: date) -> list[PublicFigure]:
    """Public figures that were not looked at since the last import, or of cases, on that day."""
    statement = f"""
        SELECT kind, code FROM public_figure WHERE ended_at IS NULL AND (
            looked_on IS NULL OR (kind = 'economy' AND looked_n < {_LAST_IMPORT})
            OR (kind = 'cases' AND looked_on < $day))
        ORDER BY kind, code
        """
    return sql.fetch(con, PublicFigure, statement, {"day": day})


def looked(con: Connection, kind: str, code: str, day: date) -> None:
    statement = (
        f"UPDATE public_figure SET looked_on = $day, looked_n = {_LAST_IMPORT} WHERE kind = $kind AND code = $code"
    )
    sql.run(con, statement, {"kind": kind, "code": code, "day": day})


def altered(con: Connection) -> list[int]:
    """The numbers of the events whose citation no longer says what it said."""
    rows = sql.rows(con, f"SELECT n, subject, detail::JSON ->> 'content' AS content FROM event WHERE area = '{AREA}' "
                    "AND kind = 'cite' ORDER BY n")  # fmt: skip
    stored = {Cited(**row).path: digest(row["content"]) for row in sql.rows(con, "SELECT * FROM citation")}
    return [row["n"] for row in rows if stored.get(row["subject"]) != row["content"]]
