"""Anybody's own password."""

from dataclasses import replace
from datetime import datetime

from access.actor import Actor
from access.passwords import hash_password, matches
from access.throttle import Try, accepted, reserved
from access.tokens import hashed
from db.people import accounts
from db.people.accounts import Account
from db.refused import MovedOn, Refused
from db.sql import Connection
from db.store import Store


def change_own_password(
    store: Store, *, actor: Actor, current: str, new: str, token: str, address: str, at: datetime
) -> Account:
    """Keep the session of `token`, end all others. A stolen session gets no more guesses than a sign-in.

    Raises Refused('password_wrong' | 'password_same' | 'password_too_short' | 'too_many_tries'), MovedOn.
    """
    actor.must("change_password")
    account = store.read(lambda con: accounts.by_id(con, actor.id))
    if account is None:
        raise Refused("forbidden")
    attempt = reserved(store, Try("password", account.login, address, at))
    if not matches(current, account.password_hash):
        raise Refused("password_wrong")
    store.write(lambda con: accepted(con, attempt))
    if new == current:
        raise Refused("password_same")
    return _keep(store, replace(account, password_hash=hash_password(new)), actor, token, at)


def _keep(store: Store, wanted: Account, actor: Actor, token: str, at: datetime) -> Account:
    def change(con: Connection) -> Account:
        stored = accounts.by_id(con, wanted.id)
        if stored is None or stored.seq != wanted.seq:
            raise MovedOn(code=wanted.login)
        accounts.end_other_sessions(con, wanted.id, hashed(token), at)
        return accounts.save(con, wanted, actor_id=actor.id, role=actor.role, at=at, kind="change_password")

    return store.write(change)
