"""Notices on their way, and where each person wishes to be told. Delivery is no history: it moves no revision."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db import events, sql
from db.events import Event
from db.refused import MovedOn
from db.sql import Connection, Row

WAITING = ("queued", "failed")
ONCE = "once"  # the kind of a recipient whom one notice reaches, by an address kept for it alone
STATES = ("queued", "failed", "abandoned", "sent")


@dataclass(frozen=True)
class Contact:
    """`owner_kind` is account or enterprise; `seq` its version, 0 for one that is not kept yet."""

    owner_kind: str
    owner_id: str
    channel_url: str
    language: str
    active: bool
    seq: int = 0


@dataclass(frozen=True)
class Listener:
    """Somebody with a channel, and as which party of a case: enterprise, officer, lead, co, staff."""

    party: str
    owner_kind: str
    owner_id: str
    channel_url: str
    language: str


@dataclass(frozen=True)
class Notice:
    """One message to one recipient. `params` holds what fills its text; `channel_url` is None where none stands now."""

    id: str
    created_at: datetime
    kind: str
    subject: str
    recipient_kind: str
    recipient_id: str
    language: str
    params: dict[str, Any]
    state: str
    attempts: int
    next_at: datetime
    last_error: str | None = None
    sent_at: datetime | None = None
    channel_url: str | None = None


@dataclass(frozen=True)
class QueueStanding:
    """How the queue stands. `oldest` is the instant of the one that waits longest; `mail` counts waiting e-mails."""

    counts: dict[str, int]
    oldest: datetime | None
    mail: int

    @property
    def waiting(self) -> int:
        return sum(self.counts.get(state, 0) for state in WAITING)


def contact(con: Connection, owner_kind: str, owner_id: str) -> Contact | None:
    statement = "SELECT * FROM contact WHERE owner_kind = $kind AND owner_id = $id"
    return sql.first(con, Contact, statement, {"kind": owner_kind, "id": owner_id})


def save_contact(con: Connection, wanted: Contact, *, actor_id: str, role: str, at: datetime, **more: int) -> Contact:
    """Add a contact (`seq` 0) or change one as it was read. The history does not hold the address. Raises MovedOn."""
    saved = {**vars(wanted), "seq": wanted.seq + 1}
    if wanted.seq == 0:
        if contact(con, wanted.owner_kind, wanted.owner_id):
            raise MovedOn()
        sql.insert(con, "contact", saved)
    else:
        sql.rewrite(con, "contact", saved, "channel_url language active", key="owner_kind owner_id")
    subject = f"contact:{wanted.owner_kind}:{wanted.owner_id}"
    detail = {"language": wanted.language, "active": wanted.active, **more}
    events.append(con, Event(at, "account", "choose_notices", subject, saved["seq"], actor_id, role, detail=detail))
    return Contact(**saved)


def reach_once(con: Connection, wanted: Contact) -> None:
    """The address of one notice, whose id is its owner's: no choice of anybody, so no event."""
    sql.insert(con, "contact", wanted)


def _forget_once(con: Connection, notice_id: str) -> None:
    sql.run(con, "DELETE FROM contact WHERE owner_kind = $kind AND owner_id = $id", {"kind": ONCE, "id": notice_id})


@dataclass(frozen=True)
class Parties:
    """Who has to do with a case: `former` are the bodies that it was taken from."""

    enterprise_id: str
    lead: str | None = None
    co: Sequence[str] = ()
    former: Sequence[str] = ()
    officers: Sequence[str] = ()

    @property
    def of(self) -> dict[tuple[str, str], str]:
        """(role, id or code) of a channel's owner → as which party they hear of it."""
        bodies = dict.fromkeys(self.former, "former") | dict.fromkeys(self.co, "co")
        bodies |= {self.lead: "lead"} if self.lead else {}
        return {
            ("enterprise", self.enterprise_id): "enterprise",
            **{("officer", one): "officer" for one in self.officers},
            **{("department", body): party for body, party in bodies.items()},
            ("staff", ""): "staff",
        }


def listeners(con: Connection, wanted: Sequence[Parties]) -> list[list[Listener]]:
    """Of each of these, everybody with a channel who is a party of it, by party."""
    asked = [parties.of for parties in wanted]
    keys = {f"{role}:{key}" for of in asked for role, key in of}
    statement = """
        SELECT * FROM (
            SELECT c.owner_kind, c.owner_id, c.channel_url, c.language,
                   CASE WHEN c.owner_kind = 'enterprise' THEN c.owner_kind ELSE a.role END AS role,
                   CASE WHEN c.owner_kind = 'enterprise' THEN c.owner_id WHEN a.role = 'enterprise' THEN a.enterprise_id
                        WHEN a.role = 'officer' THEN a.id WHEN a.role = 'department' THEN a.body_code
                        ELSE '' END AS key
            FROM contact c LEFT JOIN account a ON c.owner_kind = 'account' AND a.id = c.owner_id AND a.active
            WHERE c.active
        ) t WHERE t.role || ':' || t.key = ANY($keys)
        """
    found: dict[tuple[str, str], list[Row]] = {}
    for row in sql.rows(con, statement, {"keys": list(keys)}):
        found.setdefault((row.pop("role"), row.pop("key")), []).append(row)
    heard = ([Listener(party, **row) for key, party in of.items() for row in found.get(key, ())] for of in asked)
    return [sorted(one, key=lambda listener: (listener.party, listener.owner_kind, listener.owner_id)) for one in heard]


def of_role(con: Connection, role: str) -> list[Listener]:
    """Everybody of a role with a channel."""
    statement = """
        SELECT a.role AS party, c.owner_kind, c.owner_id, c.channel_url, c.language
        FROM contact c JOIN account a ON c.owner_kind = 'account' AND a.id = c.owner_id
        WHERE c.active AND a.active AND a.role = $role ORDER BY c.owner_id
        """
    return sql.fetch(con, Listener, statement, {"role": role})


def add(con: Connection, notices: Sequence[Notice]) -> int:
    """Queue these within the caller's transaction. One that is there already stays as it is. Returns how many are new.

    What happens at one instant is told once: a notice of the same instant about the same case to the same recipient
    gives way to the later one, so that an issue answered at a forum's table is one message, not four.
    """
    new = fresh(con, notices) if notices else []
    if new:
        sql.run(con, _GIVE_WAY, {f"{name}s": [getattr(one, name) for one in new] for name in _ONCE_TOLD})
    sql.insert_many(con, "outbox", [_row(notice) for notice in new])
    return len(new)


def fresh(con: Connection, notices: Sequence[Notice]) -> list[Notice]:
    """Those that were not queued yet."""
    statement = "SELECT id FROM outbox WHERE id = ANY($ids)"
    known = set(sql.column(con, statement, {"ids": [notice.id for notice in notices]}))
    return [notice for notice in notices if notice.id not in known]


_ONCE_TOLD = {"subject": "VARCHAR", "created_at": "TIMESTAMP", "recipient_kind": "VARCHAR", "recipient_id": "VARCHAR"}
_GIVE_WAY = f"""
    DELETE FROM outbox WHERE state = 'queued' AND attempts = 0 AND ({", ".join(_ONCE_TOLD)}) IN
        (SELECT {", ".join(f"unnest(CAST(${name}s AS {kind}[]))" for name, kind in _ONCE_TOLD.items())})
    """


def take_back(con: Connection, subject: str, at: datetime) -> None:
    """What was queued about it at this instant and nobody has tried to send yet goes out no more."""
    statement = """
        DELETE FROM outbox WHERE subject = $subject AND created_at = $at AND state = 'queued' AND attempts = 0
        """
    sql.run(con, statement, {"subject": subject, "at": at})


def due(con: Connection, *, at: datetime, mail: bool, limit: int) -> list[Notice]:
    """What is to be sent now, oldest appointment first. `mail` False: there is no mail server, so e-mails wait."""
    where = """
        o.state IN ('queued', 'failed') AND o.next_at <= $now
        AND (CAST($mail AS BOOLEAN) OR NOT coalesce(c.active, false) OR position('mailto:' IN c.channel_url) <> 1)
        """
    return _notices(con, where, "o.next_at, o.created_at, o.id LIMIT $limit", {"now": at, "mail": mail, "limit": limit})


def claim(con: Connection, notice: Notice, *, until: datetime) -> bool:
    """Take it for one attempt. A process that dies meanwhile leaves it due again at `until`, under the same id."""
    changed = sql.scalar(
        con,
        """
        UPDATE outbox SET attempts = attempts + 1, next_at = $until
        WHERE id = $id AND attempts = $attempts AND next_at = $next_at AND state IN ('queued', 'failed')
        """,
        {"id": notice.id, "attempts": notice.attempts, "next_at": notice.next_at, "until": until},
    )
    return changed == 1


def mark_sent(con: Connection, notice: Notice, *, at: datetime) -> None:
    """What filled the text stays but for the link, which may hold an enterprise's key."""
    params = events.canonical({**notice.params, "path": ""})
    statement = (
        "UPDATE outbox SET state = 'sent', sent_at = $sent_at, last_error = NULL, params = $params WHERE id = $id"
    )
    sql.run(con, statement, {"id": notice.id, "sent_at": at, "params": params})
    _forget_once(con, notice.id)


def mark_failed(con: Connection, notice_id: str, *, error: str, next_at: datetime | None) -> None:
    """`next_at` None: it is given up until an administrator tries again."""
    statement = """
        UPDATE outbox SET state = $state, last_error = $error, next_at = coalesce(CAST($next_at AS TIMESTAMP), next_at)
        WHERE id = $id
        """
    state = "failed" if next_at else "abandoned"
    sql.run(con, statement, {"id": notice_id, "state": state, "error": error, "next_at": next_at})
    if next_at is None:
        _forget_once(con, notice_id)


def server_is_back(con: Connection, server: str, *, at: datetime) -> None:
    """Those that found this server silent are due now rather than at the end of a wait of hours."""
    statement = """
        UPDATE outbox SET next_at = $now
        WHERE state = 'failed' AND next_at > $now AND position('unreachable' IN last_error) = 1
            AND (recipient_kind, recipient_id) IN
                (SELECT owner_kind, owner_id FROM contact WHERE position($server IN channel_url) = 1)
        """
    sql.run(con, statement, {"server": server, "now": at})


def try_again(con: Connection, *, notice_id: str | None, at: datetime) -> int:
    """One, or all that failed or were given up: due now, their attempts counted anew. Returns how many."""
    statement = """
        UPDATE outbox SET state = 'queued', attempts = 0, next_at = $now
        WHERE state IN ('failed', 'abandoned') AND (CAST($id AS VARCHAR) IS NULL OR id = $id)
        """
    return sql.scalar(con, statement, {"id": notice_id, "now": at})


def standing(con: Connection, *, at: datetime) -> QueueStanding:
    """Counts by state (what was sent: of the last seven days), the oldest that waits, and the waiting e-mails."""
    statement = "SELECT state, count(*) AS n FROM outbox WHERE state <> 'sent' OR sent_at >= $since GROUP BY state"
    counted = sql.rows(con, statement, {"since": at - timedelta(days=7)})
    statement = """
        SELECT min(o.created_at) AS oldest,
               count(*) FILTER (WHERE c.active AND position('mailto:' IN c.channel_url) = 1) AS mail
        FROM outbox o LEFT JOIN contact c ON c.owner_kind = o.recipient_kind AND c.owner_id = o.recipient_id
        WHERE o.state IN ('queued', 'failed')
        """
    waiting = sql.one(con, statement)
    counts = {row["state"]: row["n"] for row in counted}
    return QueueStanding(counts, waiting["oldest"], waiting["mail"]) if waiting else QueueStanding(counts, None, 0)


def listed(con: Connection, *, state: str | None, limit: int, offset: int = 0) -> list[Notice]:
    """Those in one state, or (None) all that were not sent; newest first."""
    where = "o.state = $state" if state else "o.state <> 'sent'"
    order = "o.created_at DESC, o.id LIMIT $limit OFFSET $offset"
    return _notices(con, where, order, {"state": state, "limit": limit, "offset": offset})


def unheard(con: Connection, subject: str, enterprise_id: str) -> Notice | None:
    """The last that the enterprise should have been told about it and was not: what was given up, where nothing as new
    as that has reached it by another of its channels."""
    theirs = """
        (({0}.recipient_kind = 'enterprise' AND {0}.recipient_id = $enterprise_id)
         OR ({0}.recipient_kind = 'account' AND {0}.recipient_id IN
                (SELECT id FROM account WHERE enterprise_id = $enterprise_id)))
        """.format
    where = f"""
        o.subject = $subject AND o.state = 'abandoned' AND {theirs("o")} AND NOT EXISTS (
            SELECT 1 FROM outbox s
            WHERE s.subject = $subject AND s.state = 'sent' AND s.created_at >= o.created_at AND {theirs("s")})
        """
    asked: dict[str, object] = {"subject": subject, "enterprise_id": enterprise_id}
    return next(iter(_notices(con, where, "o.created_at DESC, o.id LIMIT 1", asked)), None)


def _notices(con: Connection, where: str, order: str, params: dict[str, object]) -> list[Notice]:
    statement = f"""
        SELECT o.*, CASE WHEN c.active THEN c.channel_url END AS channel_url
        FROM outbox o LEFT JOIN contact c ON c.owner_kind = o.recipient_kind AND c.owner_id = o.recipient_id
        WHERE {where} ORDER BY {order}
        """
    found = sql.rows(con, statement, params)
    return [Notice(**{**row, "params": json.loads(row["params"])}) for row in found]


def _row(notice: Notice) -> dict[str, object]:
    kept = {name: value for name, value in vars(notice).items() if name != "channel_url"}
    return {**kept, "params": events.canonical(notice.params)}
