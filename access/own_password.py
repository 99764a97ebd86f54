"""Anybody's own password: changed by whoever knows the present one, or set by a link that an administrator made."""

from dataclasses import replace
from datetime import datetime

from access.actor import Actor
from access.entrance import Entered, begin, code_asked, of_account
from access.passwords import hash_password, matches
from access.throttle import Try, accepted, decided, reserved
from access.tokens import hashed
from access.typed import link_part
from db.people import accounts, reset_links
from db.people.accounts import Account
from db.refused import MovedOn, Refused
from db.sql import Connection
from db.store import Store


def change_own_password(
    store: Store, *, actor: Actor, current: str, new: str, again: str, address: str, at: datetime
) -> Entered:
    """A new session takes the place of all that there were. A stolen one gets no more guesses than a sign-in.

    Raises Refused('password_differs' | 'password_wrong' | 'password_same' | 'password_too_short' |
    'too_many_tries'), MovedOn.
    """
    actor.must("change_password")
    account = store.read(lambda con: accounts.by_id(con, actor.id))
    if account is None:
        raise Refused("forbidden")
    if new != again:
        raise Refused("password_differs")
    attempt = reserved(store, Try("password", account.login, address, at))
    if not matches(current, account.password_hash):
        raise Refused("password_wrong")
    store.write(lambda con: accepted(con, attempt))
    if new == current:
        raise Refused("password_same")
    return _kept(store, account, hash_password(new), address, at, "change_password")


def reset_link(store: Store, *, token: str, address: str, at: datetime) -> Account:
    """Whose password a link sets. Opening it, as chat previews do, uses nothing up.

    Raises Refused('reset_unknown' | 'too_many_tries').
    """
    token_hash = hashed(link_part(token))
    return decided(
        store, Try("reset", "", address, at), lambda con: _linked(con, token_hash, at), wrong="reset_unknown"
    )


def set_password(store: Store, *, token: str, new: str, again: str, address: str, at: datetime) -> Entered:
    """By a link, once: its holder is in, with the only session there is.

    Raises as `reset_link`, and Refused('password_differs' | 'password_too_short').
    """
    account, token_hash = reset_link(store, token=token, address=address, at=at), hashed(link_part(token))
    if new != again:
        raise Refused("password_differs")

    return _kept(store, account, hash_password(new), address, at, "set_password", link=token_hash)


def _linked(con: Connection, token_hash: str, at: datetime) -> Account | None:
    link = reset_links.live(con, token_hash, at)
    account = accounts.by_id(con, link.account_id) if link else None
    return account if account and account.active else None


def _kept(
    store: Store, account: Account, password_hash: str, address: str, at: datetime, kind: str, *, link: str = ""
) -> Entered:
    """`link`: of the password's link, which is used up; its holder has shown no second factor yet."""
    half = bool(link) and store.read(lambda con: code_asked(con, account))
    session, entered = of_account(account.id, at, half=half)
    wanted = replace(account, password_hash=password_hash)

    def change(con: Connection) -> Entered:
        if link and _linked(con, link, at) is None:
            raise Refused("reset_unknown")
        reset_links.end_of(con, account.id, at)
        stored = accounts.by_id(con, wanted.id)
        if stored is None or stored.seq != wanted.seq:
            raise MovedOn(code=wanted.login)
        accounts.end_sessions_of(con, wanted.id, at)
        accounts.save(con, wanted, actor_id=wanted.id, role=wanted.role, at=at, kind=kind)
        begin(con, session, entered, address)
        return entered

    return store.write(change)
