"""Where an account is signed in: told to its owner and to an administrator, and ended by either."""

from dataclasses import dataclass
from datetime import datetime

from access.actor import Actor
from access.entrance import IDLE
from access.tokens import hashed
from access.verbs import reads, writes
from db.people import accounts
from db.refused import Refused
from db.sql import Connection

KEY = 16  # characters of a session's hash that name it: it lets nobody in


@dataclass(frozen=True)
class Held:
    """`own`: the one that asks."""

    key: str
    since: datetime
    seen: datetime
    until: datetime
    own: bool


@reads("change_password")
def own_sessions(con: Connection, *, actor: Actor, token: str, at: datetime) -> list[Held]:
    return _held(con, actor.id, token, at)


@writes("change_password")
def end_own_session(con: Connection, *, actor: Actor, key: str, at: datetime) -> None:
    """One of one's own; the key of another's finds nothing."""
    for one in accounts.live_sessions(con, actor.id, seen_since=at - IDLE, at=at):
        if one.token_hash[:KEY] == key:
            accounts.end_session(con, one.token_hash, at)


@reads("edit_account")
def sessions_of(con: Connection, *, actor: Actor, account_id: str, at: datetime) -> list[Held]:
    return _held(con, account_id, "", at)


@writes("edit_account")
def end_sessions(con: Connection, *, actor: Actor, account_id: str, at: datetime) -> None:
    """Whoever is in under this account is out. Raises Refused('account_unknown')."""
    account = accounts.by_id(con, account_id)
    if account is None:
        raise Refused("account_unknown")
    accounts.end_sessions_of(con, account_id, at)
    accounts.save(con, account, actor_id=actor.id, role=actor.role, at=at, kind="end_sessions")


def _held(con: Connection, account_id: str, token: str, at: datetime) -> list[Held]:
    """The one used last first."""
    found = accounts.live_sessions(con, account_id, seen_since=at - IDLE, at=at)
    own = hashed(token) if token else ""
    held = [Held(s.token_hash[:KEY], s.created_at, s.seen_at, s.expires_at, s.token_hash == own) for s in found]
    return sorted(held, key=lambda one: one.seen, reverse=True)
