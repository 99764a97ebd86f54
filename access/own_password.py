"""Anybody's own password: changed by whoever knows the present one, or set by a link that an administrator made."""

from dataclasses import replace
from datetime import datetime

from access.actor import Actor
from access.entrance import Entered, begin, by_password, of_account, show_password
from access.passwords import check_length, hash_password
from access.throttle import Try, decided
from access.tokens import hashed
from access.typed import link_part
from db.people import accounts, reset_links
from db.people.accounts import Account, Session
from db.refused import Refused, Wrong
from db.sql import Connection
from db.store import Store


def change_own_password(
    store: Store, *, actor: Actor, current: str, new: str, again: str, address: str, at: datetime
) -> Entered:
    """A new session takes the place of all that there were. A stolen one gets no more guesses than a sign-in.

    Raises Refused('password_missing' | 'password_wrong' | 'password_too_short' | 'password_differs' | 'password_same' |
    'too_many_tries'), all that is wrong at once; MovedOn.
    """
    actor.must("change_password")
    account = store.read(lambda con: accounts.by_id(con, actor.id))
    if account is None:
        raise Refused("forbidden")
    wrong = Wrong()
    wrong.tried(lambda: show_password(store, account, current, address, at), None)
    _look_at(wrong, new, again)
    wrong.unless(not new or new != current, "password_same")
    wrong.refuse()
    wanted = replace(account, password_hash=hash_password(new))
    return store.write(lambda con: _kept(con, wanted, of_account(wanted, at), address, "change_password"))


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

    Raises as `reset_link`, and Refused('password_too_short' | 'password_differs'), both at once.
    """
    reset_link(store, token=token, address=address, at=at)
    wrong = Wrong()
    _look_at(wrong, new, again)
    wrong.refuse()
    token_hash, password_hash = hashed(link_part(token)), hash_password(new)

    def write(con: Connection) -> Entered:
        account = _linked(con, token_hash, at)
        if account is None:
            raise Refused("reset_unknown")
        wanted = replace(account, password_hash=password_hash)
        return _kept(con, wanted, by_password(con, wanted, at), address, "set_password")

    return store.write(write)


def _look_at(wrong: Wrong, new: str, again: str) -> None:
    wrong.tried(lambda: check_length(new), None)
    wrong.unless(new == again, "password_differs")


def _linked(con: Connection, token_hash: str, at: datetime) -> Account | None:
    link = reset_links.live(con, token_hash, at)
    account = accounts.by_id(con, link.account_id) if link else None
    return account if account and account.active else None


def _kept(con: Connection, wanted: Account, session: Session, address: str, kind: str) -> Entered:
    """In the place of the old password, of every link that sets one, and of every session. Raises MovedOn."""
    at = session.created_at
    accounts.save(con, wanted, actor_id=wanted.id, role=wanted.role, at=at, kind=kind)
    reset_links.end_of(con, wanted.id, at)
    accounts.end_sessions_of(con, wanted.id, at)
    return begin(con, session, address)
