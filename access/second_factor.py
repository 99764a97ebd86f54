"""A second factor beside the password, where the administrator asks for it: a code of six digits that changes every
half minute (RFC 6238). Between password and code a browser holds a session in which nobody is here."""

import secrets
from base64 import b32encode
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pyotp.totp import TOTP
from pyotp.utils import strings_equal

import i18n
from access.actor import Actor
from access.entrance import Entered, begin, of_account, show_password
from access.throttle import Try, accepted, reserved
from access.tokens import hashed
from access.verbs import writes
from db import clock
from db.people import accounts, second_factors
from db.people.accounts import Account
from db.people.second_factors import SecondFactor
from db.refused import Refused
from db.sql import Connection
from db.store import Store
from db.system import settings

STEP = 30  # seconds that a code stands


@dataclass(frozen=True)
class CodeAsked:
    """Until a first code was right: `address` is what a device reads from a QR code, `secret` what is typed instead."""

    secret: str = ""
    address: str = ""


def asked(store: Store, *, token: str, at: datetime) -> CodeAsked:
    """Of whoever's password was right a moment ago. Raises Refused('sign_in_over')."""
    secret = b32encode(secrets.token_bytes(20)).decode()

    def find(con: Connection) -> tuple[Account, SecondFactor]:
        account = _half(con, token, at)
        factor = second_factors.of(con, account.id)
        if factor is None:
            factor = SecondFactor(account.id, secret, None, 0)
            second_factors.keep(con, factor)
        return account, factor

    account, factor = store.write(find)
    if factor.confirmed_at:
        return CodeAsked()
    address = TOTP(
        factor.secret, name=account.login, issuer=i18n.text("header.product", i18n.choose(None))
    ).provisioning_uri()
    return CodeAsked(factor.secret, address)


def enter(store: Store, *, token: str, code: str, address: str, at: datetime) -> Entered:
    """With the code as well. Raises Refused('sign_in_over' | 'second_missing' | 'second_wrong' | 'too_many_tries')."""
    account = store.read(lambda con: _half(con, token, at))
    if not code.strip():
        raise Refused("second_missing")
    attempt = reserved(store, Try("code", accounts.folded(account.login), address, at))

    def write(con: Connection) -> Entered:
        _half(con, token, at)
        _use(con, account.id, code, at)
        accounts.end_session(con, hashed(token), at)
        accepted(con, attempt)
        return begin(con, of_account(account, at), address)

    return store.write(write)


def show_again(store: Store, *, actor: Actor, secret: str, address: str, at: datetime) -> None:
    """Before what is dangerous: whoever is signed in shows once more who they are, by the present code of their
    device, or where they have none by their password. A stolen session gets no more guesses than a sign-in.

    Raises Refused('second_missing' | 'second_wrong' | 'password_missing' | 'password_wrong' | 'too_many_tries').
    """

    def find(con: Connection) -> tuple[Account | None, bool]:
        return accounts.by_id(con, actor.id), second_factors.confirmed(con, actor.id)

    account, by_code = store.read(find)
    if account is None:
        raise Refused("forbidden")
    if not by_code:
        return show_password(store, account, secret, address, at)
    if not secret.strip():
        raise Refused("second_missing")
    attempt = reserved(store, Try("code", accounts.folded(account.login), address, at))

    def write(con: Connection) -> None:
        _use(con, account.id, secret, at)
        accepted(con, attempt)

    store.write(write)


@writes("edit_account")
def forget_factor(con: Connection, *, actor: Actor, account_id: str, at: datetime) -> None:
    """For a device that is lost: the next sign-in sets up another. Raises Refused('account_unknown')."""
    account = accounts.by_id(con, account_id)
    if account is None:
        raise Refused("account_unknown")
    second_factors.forget(con, account_id)
    accounts.end_sessions_of(con, account_id, at)
    accounts.save(con, account, actor_id=actor.id, role=actor.role, at=at, kind="forget_factor")


@writes("keep_system")
def ask_second_factor(con: Connection, *, actor: Actor, wanted: bool, at: datetime) -> None:
    settings.ask_second_factor(con, wanted, actor_id=actor.id, role=actor.role, at=at)


def _half(con: Connection, token: str, at: datetime) -> Account:
    session = accounts.session(con, hashed(token)) if token else None
    live = session and session.kind == "half" and session.ended_at is None and at < session.expires_at
    account = accounts.by_id(con, session.account_id or "") if session and live else None
    if account is None or not account.active:
        raise Refused("sign_in_over")
    return account


def _use(con: Connection, account_id: str, code: str, at: datetime) -> None:
    """A code works once. Raises Refused('second_wrong')."""
    factor = second_factors.of(con, account_id)
    step = _step_of(factor, code, at) if factor else None
    if factor is None or step is None:
        raise Refused("second_wrong")
    second_factors.keep(con, replace(factor, confirmed_at=factor.confirmed_at or at, last_step=step))


def _step_of(factor: SecondFactor, code: str, at: datetime) -> int | None:
    """The half minute whose code this is: the present one, or the one beside it on a clock that is a little off."""
    typed, one = "".join(c for c in code if c.isascii() and c.isdigit()), TOTP(factor.secret)
    for off in (0, -1, 1):
        second = clock.seconds(at + timedelta(seconds=off * STEP))
        if second // STEP > factor.last_step and strings_equal(typed, one.at(second)):
            return second // STEP
    return None
