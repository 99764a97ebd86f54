"""The government service hotline 12345: its work orders, as the events of our cases tell of them, and the files that
went to it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db import clock, events, sql
from db.events import canonical
from db.scope import Scope, cases_within
from db.sql import Connection, Row
from db.states import OPEN, TRANSFERRED, listed


@dataclass(frozen=True)
class Order:
    """A work order that came from the hotline, in its own words; '' and None where it says nothing. `called_at` and
    `taken_at` are a day, or an instant in UTC, in ISO form. `digest` is of all that its row said."""

    number: str
    called_at: str = ""
    taken_at: str = ""
    caller: str = ""
    phone: str = ""
    said_class: str = ""
    body: str = ""
    due_on: date | None = None
    digest: str = ""

    @staticmethod
    def of(detail: Mapping[str, Any]) -> "Order | None":
        """What the event says that its case came by."""
        said = detail.get("order")
        if not said:
            return None
        known: Row = {name: said[name] for name in Order.__dataclass_fields__ if said.get(name)}
        if known.get("due_on"):
            known["due_on"] = date.fromisoformat(known["due_on"])
        return Order(**known)

    @property
    def called(self) -> date | datetime | None:
        """When somebody called: on Shanghai's clock, or the day alone."""
        if len(self.called_at) > len("2023-11-30"):
            return clock.local(datetime.fromisoformat(self.called_at)).replace(tzinfo=None)
        return date.fromisoformat(self.called_at) if self.called_at else None


def orders(con: Connection, case_ids: Sequence[str]) -> dict[str, Order]:
    """Case → the order that it came by."""
    told = events.of_subjects(con, "case", case_ids, kind="submit")
    found = {one["subject"]: Order.of(one["detail"]) for one in told}
    return {case: order for case, order in found.items() if order}


def still_open(con: Connection, scope: Scope) -> list[str]:
    """The cases within the scope that came by an order and are not over, the longest here first."""
    statement = f"""
        SELECT c.id FROM cases c WHERE c.channel = 'hotline' AND c.state IN {listed(OPEN)} AND {cases_within(scope)}
        ORDER BY c.submitted_at, c.number
        """
    return sql.column(con, statement, {"scope_key": scope.key})


@dataclass(frozen=True)
class HotlineFile:
    """A file for the hotline and how many lines it has. `kind`: handed or results; `since` and `until`: of results, the
    days in which something came of them."""

    id: str
    kind: str
    number: int
    made_at: datetime
    since: date | None
    until: date | None
    n: int = 0


@dataclass(frozen=True)
class HotlineLine:
    """A case in a file: `seq` the version that it tells of, `said` its cells by column."""

    case_id: str
    seq: int
    said: Row


HANDED, RESULTS = "handed", "results"
_NEWS = ("answer", "fulfil", "close", "reject", "reopen", "transfer", "withdraw")  # what the hotline is told of


def to_hand_over(con: Connection, scope: Scope) -> dict[str, int]:
    """Cases within the scope that went over to the hotline and stand in no file yet → the version in which they did."""
    statement = f"""
        SELECT c.id, c.since_seq FROM cases c
        WHERE c.state IN {listed(TRANSFERRED)} AND {cases_within(scope)} AND NOT EXISTS (
            SELECT 1 FROM hotline_line l JOIN hotline_file f ON f.id = l.file_id
            WHERE f.kind = '{HANDED}' AND l.case_id = c.id AND l.seq = c.since_seq)
        ORDER BY c.since, c.number
        """
    return sql.pairs(con, statement, {"scope_key": scope.key})


def with_news(con: Connection, scope: Scope, since: date, until: date) -> list[str]:
    """Cases within the scope that came by an order and were answered, judged, handed over or withdrawn in these days,
    by number; none that is confidential, for more people read the file than are named for it."""
    statement = f"""
        SELECT c.id FROM cases c
        WHERE c.channel = 'hotline' AND NOT c.confidential AND {cases_within(scope)} AND c.id IN (
            SELECT e.subject FROM event e
            WHERE e.area = 'case' AND e.kind = ANY($kinds) AND e.happened_at >= $since AND e.happened_at < $until)
        ORDER BY c.number
        """
    days = {"since": clock.start_of_day(since), "until": clock.end_of_day(until)}
    return sql.column(con, statement, {"scope_key": scope.key, "kinds": list(_NEWS), **days})


def add_file(con: Connection, file: HotlineFile, lines: Sequence[HotlineLine]) -> None:
    own = {name: value for name, value in vars(file).items() if name != "n"}
    sql.insert(con, "hotline_file", own)
    rows = [{"file_id": file.id, "place": place, "case_id": one.case_id, "seq": one.seq, "said": canonical(one.said)}
            for place, one in enumerate(lines, start=1)]  # fmt: skip
    sql.insert_many(con, "hotline_line", rows)


def files(con: Connection, kind: str, most: int) -> list[HotlineFile]:
    """The latest first."""
    return sql.fetch(con, HotlineFile, f"{_FILES} WHERE f.kind = $kind ORDER BY f.number DESC LIMIT $most",
                     {"kind": kind, "most": most})  # fmt: skip


def file(con: Connection, file_id: str) -> HotlineFile | None:
    return sql.first(con, HotlineFile, f"{_FILES} WHERE f.id = $id", {"id": file_id})


_FILES = """
    SELECT f.id, f.kind, f.number, f.made_at, f.since, f.until,
           (SELECT count(*) FROM hotline_line l WHERE l.file_id = f.id) AS n
    FROM hotline_file f
    """


def lines(con: Connection, file_id: str) -> list[HotlineLine]:
    statement = "SELECT case_id, seq, said FROM hotline_line WHERE file_id = $id ORDER BY place"
    found = sql.rows(con, statement, {"id": file_id})
    return [HotlineLine(row["case_id"], row["seq"], json.loads(row["said"])) for row in found]


def outcomes(con: Connection, case_ids: Sequence[str]) -> set[tuple[str, str]]:
    """Each case with the digest of a row that an outcome of it came in."""
    told = events.of_subjects(con, "case", case_ids, kind="outcome")
    return {(one["subject"], str((one["detail"].get("order") or {}).get("digest", ""))) for one in told}
