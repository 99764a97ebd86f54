"""What an administrator does to accounts. Rights are asked of the store at every run, so a change counts at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial
from uuid import uuid4

from access.account_fields import PLACES, login_of, name_of
from access.actor import Actor
from access.entrance import code_asked
from access.passwords import hash_password
from access.roles import ROLES
from access.tokens import hashed, new_code, new_token
from access.verbs import reads, writes
from db import events, references
from db.events import Event
from db.people import accounts, enterprises, reset_links
from db.people.accounts import Account, AccountFilter, SignIn
from db.people.reset_links import ResetLink
from db.refused import MovedOn, Refused, Wrong
from db.scope import ALL
from db.sql import Connection
from db.store import Store

LINK_LASTS = timedelta(hours=24)
FIRST_LINK_LASTS = timedelta(days=14)  # of accounts that came in bulk: letters take their time


@dataclass(frozen=True)
class Belonging:
    """What an account belongs to; of these, a role keeps only its own."""

    body_code: str | None = None
    town_code: str | None = None
    enterprise_id: str | None = None


@dataclass(frozen=True)
class Issued:
    """An account with the password that is shown this once. None: a second try of the same form."""

    account: Account
    password: str | None


def add_account(
    store: Store, *, actor: Actor, account_id: str, login: str, name: str, role: str, place: Belonging, at: datetime
) -> Issued:
    """Raises Refused('login_invalid' | 'login_taken' | 'name_missing' | 'role_unknown' | 'place_missing'), all of
    them that are so."""
    actor.must("edit_account")
    password = _new_password()
    hashed_password = hash_password(password)

    def add(con: Connection) -> Issued:
        if earlier := accounts.by_id(con, account_id):
            return Issued(earlier, None)
        wrong = Wrong()
        known = wrong.tried(lambda: login_of(login), "")
        wrong.unless(not accounts.these_logins(con, [known]), "login_taken", login=known)
        wanted = new_account(account_id, known, wrong.tried(lambda: name_of(name), ""), role, at, hashed_password)
        placed = wrong.tried(lambda: _placed(partial(_exists, con), wanted, place), wanted)
        wrong.refuse()
        return Issued(accounts.add(con, [placed], actor_id=actor.id, role=actor.role, at=at, kind="add")[0], password)

    return store.write(add)


def new_account(
    account_id: str, login: str, name: str, role: str, at: datetime, password_hash: str | None = None
) -> Account:
    """Of nothing and nowhere yet. Without a password nobody is in under it until a link sets one."""
    nowhere = {"body_code": None, "town_code": None, "enterprise_id": None}
    return Account(id=account_id, login=login, name=name, role=role, password_hash=password_hash, active=True,
                   created_at=at, disabled_at=None, seq=0, **nowhere)  # fmt: skip


def add_within(
    con: Connection, actor: Actor, wanted: Sequence[tuple[Account, Belonging]], at: datetime,
    of_import: str | None = None,
) -> list[Account]:  # fmt: skip
    """Within the caller's transaction, who asked for the permission. Raises Refused('login_taken' | 'role_unknown' |
    'place_missing')."""
    if taken := accounts.these_logins(con, [account.login for account, _ in wanted]):
        raise Refused("login_taken", login=min(taken))
    exists = cache(partial(_exists, con))
    placed = [_placed(exists, account, place) for account, place in wanted]
    via = {"import": of_import} if of_import else {}
    return accounts.add(con, placed, actor_id=actor.id, role=actor.role, at=at, kind="add", **via)


@writes("edit_account")
def first_links(con: Connection, *, actor: Actor, import_id: str, at: datetime) -> list[tuple[Account, str]]:
    """Of each account of this import that has no password yet, the token of a link that sets one: to be printed or
    sent, shown this once. Made again, the earlier links end. Who asks is looked up again: the page may be an old one.
    """
    asks = accounts.by_id(con, actor.id)
    if asks is None or not asks.active or asks.role != actor.role:
        raise Refused("forbidden")
    found = [(account, new_token()) for account in accounts.of_import(con, import_id)]
    for account, token in found:
        reset_links.add(con, ResetLink(hashed(token), account.id, actor.id, at, at + FIRST_LINK_LASTS))
    seq, detail = len(events.of_subject(con, import_id)) + 1, {"accounts": [account.id for account, _ in found]}
    events.append(con, Event(at, "history", "first_links", import_id, seq, actor.id, actor.role, detail=detail))
    return found


@reads("edit_account")
def account_imports(con: Connection, *, actor: Actor) -> list[accounts.AccountImport]:
    """The latest imports with accounts that have no password yet."""
    return accounts.imports(con)


def change_account(
    store: Store, *, actor: Actor, account_id: str, name: str, role: str, place: Belonging, seen: int, at: datetime
) -> Account:
    """Another name, role or place. Whoever comes to be one of whom a code is asked is out: they have shown none.

    Raises as `add_account`, and Refused('last_admin'), MovedOn.
    """

    def changed(con: Connection, account: Account) -> Account:
        wrong = Wrong()
        named = replace(account, name=wrong.tried(lambda: name_of(name), ""), role=role)
        wanted = wrong.tried(lambda: _placed(partial(_exists, con), named, place), named)
        wrong.refuse()
        if code_asked(con, wanted) and not code_asked(con, account):
            accounts.end_sessions_of(con, account.id, at)
        return wanted

    return _change(store, actor, account_id, seen, at, "change", changed)


def disable_account(store: Store, *, actor: Actor, account_id: str, seen: int, at: datetime) -> Account:
    """Nobody is in under this account from the next run on, and no link sets its password when it is on again.

    Raises Refused('last_admin'), MovedOn.
    """

    def disabled(con: Connection, account: Account) -> Account:
        accounts.end_sessions_of(con, account.id, at)
        reset_links.end_of(con, account.id, at)
        return replace(account, active=False, disabled_at=at)

    return _change(store, actor, account_id, seen, at, "disable", disabled)


def enable_account(store: Store, *, actor: Actor, account_id: str, seen: int, at: datetime) -> Account:
    def enabled(_con: Connection, account: Account) -> Account:
        return replace(account, active=True, disabled_at=None)

    return _change(store, actor, account_id, seen, at, "enable", enabled)


def reset_password(store: Store, *, actor: Actor, account_id: str, seen: int, at: datetime) -> str:
    """The token of a link, shown this once, by which its owner sets a new password: so nobody else ever knows it. The
    old one ends, and whoever is in under the account is out."""
    token = new_token()
    link = ResetLink(hashed(token), account_id, actor.id, at, at + LINK_LASTS)

    def reset(con: Connection, account: Account) -> Account:
        accounts.end_sessions_of(con, account.id, at)
        reset_links.add(con, link)
        return replace(account, password_hash=None)

    _change(store, actor, account_id, seen, at, "reset_password", reset)
    return token


def let_in(store: Store, *, actor: Actor, login: str, at: datetime) -> str:
    """The token of a link by which an administrator sets a password, where nobody is in who could make one: for the
    first, who is added, or for the only one, who has forgotten theirs. Until it is used the old password counts.

    Raises Refused('login_invalid' | 'login_taken'), the latter of whoever is no administrator or is switched off.
    """
    actor.must("edit_account")
    token, known = new_token(), login_of(login)

    def write(con: Connection) -> None:
        found = accounts.by_login(con, known)
        if found and not (found.role == "admin" and found.active):
            raise Refused("login_taken", login=known)
        kind = "reset_password" if found else "add"
        wanted = found or new_account(str(uuid4()), known, known, "admin", at)
        saved = accounts.save(con, wanted, actor_id=actor.id, role=actor.role, at=at, kind=kind)
        reset_links.add(con, ResetLink(hashed(token), saved.id, actor.id, at, at + LINK_LASTS))

    store.write(write)
    return token


@reads("edit_account")
def find_accounts(
    con: Connection, *, actor: Actor, wanted: AccountFilter, limit: int, offset: int
) -> tuple[list[Account], dict[str, int]]:
    """A page of accounts, and how many the filter finds in each role."""
    return (
        accounts.find(con, wanted, limit=limit, offset=offset),
        accounts.counts_by_role(con, wanted),
    )


@reads("see_sign_ins")
def find_sign_ins(
    con: Connection, *, actor: Actor, outcome: str | None, limit: int, offset: int
) -> tuple[list[SignIn], dict[str, int]]:
    """A page of attempts to come in, newest first, and how many there are of each outcome."""
    return (
        accounts.sign_ins(con, outcome=outcome, limit=limit, offset=offset),
        accounts.sign_ins_by_outcome(con),
    )


def _change(
    store: Store,
    actor: Actor,
    account_id: str,
    seen: int,
    at: datetime,
    kind: str,
    changed: Callable[[Connection, Account], Account],
) -> Account:
    """One change of an account as it was read; the last administrator who can sign in stays one."""
    actor.must("edit_account")

    def change(con: Connection) -> Account:
        account = accounts.by_id(con, account_id)
        if account is None:
            raise Refused("account_unknown")
        if account.seq != seen:
            raise MovedOn(code=account.login)
        wanted = changed(con, account)
        _keep_an_admin(con, account, wanted)
        return accounts.save(con, wanted, actor_id=actor.id, role=actor.role, at=at, kind=kind)

    return store.write(change)


def _keep_an_admin(con: Connection, account: Account, wanted: Account) -> None:
    stays = wanted.role == "admin" and wanted.active and wanted.password_hash is not None
    loses = account.role == "admin" and account.active and not stays
    if loses and not accounts.other_admins(con, account.id):
        raise Refused("last_admin")


def _placed(exists: Callable[[str, str], bool], account: Account, place: Belonging) -> Account:
    """The account in the place that its role asks for, and in no other."""
    if account.role not in ROLES:
        raise Refused("role_unknown")
    field, required = PLACES.get(account.role, ("", False))
    code = getattr(place, field) if field else None
    if required and not code:
        raise Refused("place_missing")
    if code and not exists(field, code):
        raise Refused("place_unknown")
    nowhere = {"body_code": None, "town_code": None, "enterprise_id": None}
    return replace(account, **(nowhere | ({field: code} if field else {})))


def _exists(con: Connection, field: str, code: str) -> bool:
    if field == "enterprise_id":
        return enterprises.get(con, ALL, code) is not None
    return references.get(con, field.removesuffix("_code"), code) is not None


def _new_password() -> str:
    """16 characters in groups of four, to be read out or copied from paper."""
    code = new_code()
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))
