"""Green channels (特事特办): a case that may go faster, on what basis, who asked and who approved."""

from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.scope import Scope, cases_within
from db.shared_fields import OfEnterprise
from db.sql import Connection


@dataclass(frozen=True)
class GreenChannel:
    """`normal_days` are the working days that such a matter takes; `decided_by` is never `asked_by`."""

    id: str
    case_id: str
    basis: str
    document_no: str
    normal_days: int
    state: str
    asked_by: str
    asked_at: datetime
    decided_by: str | None
    decided_role: str | None
    decided_at: datetime | None
    note: str | None
    seq: int


@dataclass(frozen=True)
class GreenLine(OfEnterprise):
    """A green channel with its case and the names of who asked and who decided."""

    channel: GreenChannel
    number: str
    title: str
    case_state: str
    leader_id: str | None
    settled_at: datetime | None
    asked_name: str | None
    decided_name: str | None

    def led_by(self, account_id: str) -> bool:
        """Whether this leader is in charge of the case."""
        return self.leader_id == account_id


def get(con: Connection, scope: Scope, channel_id: str) -> GreenChannel | None:
    """The green channel, where its case is within the scope."""
    found = [line.channel for line in find(con, scope) if line.channel.id == channel_id]
    return found[0] if found else None


def of_case(con: Connection, scope: Scope, case_id: str) -> list[GreenLine]:
    return [line for line in find(con, scope) if line.channel.case_id == case_id]


def find(con: Connection, scope: Scope) -> list[GreenLine]:
    """Those within the scope: what waits for its decision first, then the latest."""
    statement = f"""
        SELECT g.*, c.number, c.title, c.state AS case_state, c.leader_id, c.settled_at,
               e.name_zh AS enterprise_zh, e.name_en AS enterprise_en, a.name AS asked_name, d.name AS decided_name
        FROM green_channel g JOIN cases c ON c.id = g.case_id JOIN enterprise e ON e.id = c.enterprise_id
        LEFT JOIN account a ON a.id = g.asked_by LEFT JOIN account d ON d.id = g.decided_by
        WHERE {cases_within(scope)}
        ORDER BY CASE WHEN g.state = 'asked' THEN 0 ELSE 1 END, g.asked_at DESC, c.number DESC
        """
    return sql.fetch_lines(con, GreenLine, ("channel", GreenChannel), statement, {"scope_key": scope.key})


def add(con: Connection, channel: GreenChannel) -> None:
    sql.insert(con, "green_channel", channel)


def change(con: Connection, channel: GreenChannel) -> None:
    """Write the decision over the version before its own. Raises MovedOn."""
    sql.rewrite(con, "green_channel", channel, "state decided_by decided_role decided_at note")
