"""Accounts, sessions and sign-ins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from db import events, lookup, sql
from db.events import Event
from db.lookup import WordPlaces
from db.sql import Connection, Row


@dataclass(frozen=True)
class Account:
    """A person who signs in, or (no password) one who is only known, such as most service officers."""

    id: str
    login: str
    name: str
    role: str
    body_code: str | None
    town_code: str | None
    enterprise_id: str | None
    password_hash: str | None
    active: bool
    created_at: datetime
    disabled_at: datetime | None
    seq: int


@dataclass(frozen=True)
class Session:
    """One browser that was let in, found by the hash of its cookie."""

    token_hash: str
    kind: str
    account_id: str | None
    invitation_id: str | None
    case_id: str | None
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    open_link_id: str | None = None
    browser: str | None = None
    address_hash: str | None = None
    screen_link_id: str | None = None


@dataclass(frozen=True)
class SignIn:
    """One attempt to come in."""

    id: str
    happened_at: datetime
    way: str
    name: str
    address: str
    outcome: str


@dataclass(frozen=True)
class Refusals:
    """How many attempts were refused: under a name, from an address, under that name from that address."""

    under_name: int
    from_address: int
    both: int


_WHOLE = ", ".join(Account.__dataclass_fields__)


def folded(login: str) -> str:
    """As a login is looked for, and its tries are counted: phones capitalise."""
    return login.lower()


def by_login(con: Connection, login: str) -> Account | None:
    """Letters' case counts only where two logins differ by nothing else."""
    statement = f"SELECT {_WHOLE} FROM account WHERE login = $login OR lower(login) = $small"
    found = sql.fetch(con, Account, statement, {"login": login, "small": folded(login)})
    return next((one for one in found if len(found) == 1 or one.login == login), None)


def by_id(con: Connection, account_id: str) -> Account | None:
    return sql.first(con, Account, f"SELECT {_WHOLE} FROM account WHERE id = $id", {"id": account_id})


@dataclass(frozen=True)
class AccountFilter:
    """Which accounts: of one role, switched on or off, with this in the name or the login."""

    role: str | None = None
    active: bool | None = None
    text: str = ""


def find(con: Connection, wanted: AccountFilter, *, limit: int, offset: int) -> list[Account]:
    """By role, then by login."""
    where, params = _wanted(con, wanted)
    statement = f"SELECT {_WHOLE} FROM account WHERE {where} ORDER BY role, login LIMIT $limit OFFSET $offset"
    return sql.fetch(con, Account, statement, {**params, "limit": limit, "offset": offset})


def counts_by_role(con: Connection, wanted: AccountFilter) -> dict[str, int]:
    """How many the filter finds of each role, whichever role it names."""
    where, params = _wanted(con, wanted)
    statement = f"SELECT role, count(*) AS n FROM account WHERE {where} GROUP BY role"
    return sql.pairs(con, statement, {**params, "role": None})


def _wanted(con: Connection, wanted: AccountFilter) -> tuple[str, Row]:
    named, words = lookup.sought(con, wanted.text, WordPlaces("words"))
    where = f"""
        (CAST($role AS VARCHAR) IS NULL OR role = $role)
        AND (CAST($active AS BOOLEAN) IS NULL OR active = $active) AND {named}
        """
    return where, {**vars(wanted), **words}


def of_enterprise(con: Connection, enterprise_id: str) -> int:
    """How many active accounts sign in for this enterprise."""
    statement = "SELECT count(*) FROM account WHERE role = 'enterprise' AND enterprise_id = $id AND active"
    return sql.scalar(con, statement, {"id": enterprise_id})


def other_admins(con: Connection, account_id: str) -> int:
    """Administrators beside this one who can sign in."""
    statement = """
        SELECT count(*) FROM account
        WHERE role = 'admin' AND active AND password_hash IS NOT NULL AND id <> $id
        """
    return sql.scalar(con, statement, {"id": account_id})


def save(
    con: Connection, account: Account, *, actor_id: str, role: str, at: datetime, kind: str = "save", **via: str
) -> Account:
    """Add an account (`seq` 0) or change one as it was read. The password's hash never enters the history.

    The login stays: DuckDB deletes and inserts a row whose unique column is set, which a full disk must not meet.

    `kind` says in the history what was done. Raises MovedOn where somebody else changed it since.
    """
    if account.seq == 0:
        return add(con, [account], actor_id=actor_id, role=role, at=at, kind=kind, **via)[0]
    saved = replace(account, seq=account.seq + 1)
    columns = "name role body_code town_code enterprise_id password_hash active disabled_at words"
    sql.rewrite(con, "account", lookup.with_words("account", vars(saved)), columns, code=account.login)
    events.append(con, _event(saved, actor_id, role, at, kind, via))
    return saved


def add(
    con: Connection, wanted: Sequence[Account], *, actor_id: str, role: str, at: datetime, kind: str, **via: str
) -> list[Account]:
    """New accounts, as `save` adds one."""
    saved = [replace(account, seq=1) for account in wanted]
    sql.insert_many(con, "account", [lookup.with_words("account", vars(account)) for account in saved])
    events.append(con, *(_event(account, actor_id, role, at, kind, via) for account in saved))
    return saved


def _event(saved: Account, actor_id: str, role: str, at: datetime, kind: str, via: Mapping[str, str]) -> Event:
    shown = ("login", "name", "role", "body_code", "town_code", "enterprise_id", "active")
    detail = {name: getattr(saved, name) for name in shown} | dict(via)
    return Event(at, "account", kind, saved.id, saved.seq, actor_id, role, detail=detail)


def these_logins(con: Connection, logins: Sequence[str]) -> set[str]:
    """Those of them that are accounts, letters' case aside."""
    statement = "SELECT login FROM account WHERE login = ANY($logins) OR lower(login) = ANY($small)"
    found = sql.column(con, statement, {"logins": list(logins), "small": [folded(login) for login in logins]})
    there = set(map(folded, found))
    return {login for login in logins if folded(login) in there}


@dataclass(frozen=True)
class AccountImport:
    """`n` of its accounts have no password yet."""

    id: str
    at: datetime
    n: int


_WAITS = """
    FROM event e JOIN account a ON a.id = e.subject
    WHERE e.area = 'account' AND e.kind = 'add' AND a.active AND a.password_hash IS NULL AND a.seq = 1
"""
_IMPORT = "(CAST(e.detail AS JSON) ->> 'import')"


def of_import(con: Connection, import_id: str) -> list[Account]:
    """Those of an import that have no password yet."""
    columns = ", ".join(f"a.{name}" for name in Account.__dataclass_fields__)
    statement = f"SELECT {columns} {_WAITS} AND {_IMPORT} = $import_id ORDER BY a.login"
    return sql.fetch(con, Account, statement, {"import_id": import_id})


def imports(con: Connection) -> list[AccountImport]:
    """The latest first."""
    statement = f"""
        SELECT {_IMPORT} AS id, max(e.happened_at) AS at, count(*) AS n {_WAITS} AND {_IMPORT} IS NOT NULL
        GROUP BY 1 ORDER BY 2 DESC LIMIT 9
        """
    return sql.fetch(con, AccountImport, statement)


def open_session(con: Connection, session: Session) -> None:
    sql.insert(con, "session", session)


def session(con: Connection, token_hash: str) -> Session | None:
    return sql.first(con, Session, "SELECT * FROM session WHERE token_hash = $h", {"h": token_hash})


def touch_session(con: Connection, token_hash: str, at: datetime) -> None:
    sql.run(con, "UPDATE session SET seen_at = $seen_at WHERE token_hash = $h", {"h": token_hash, "seen_at": at})


def end_session(con: Connection, token_hash: str, at: datetime) -> None:
    statement = "UPDATE session SET ended_at = $ended_at WHERE token_hash = $h AND ended_at IS NULL"
    sql.run(con, statement, {"h": token_hash, "ended_at": at})


def end_sessions_of(con: Connection, account_id: str, at: datetime) -> None:
    statement = "UPDATE session SET ended_at = $ended_at WHERE account_id = $id AND ended_at IS NULL"
    sql.run(con, statement, {"id": account_id, "ended_at": at})


def live_sessions(con: Connection, account_id: str, *, seen_since: datetime, at: datetime) -> list[Session]:
    """Those of an account that still let in."""
    statement = """
        SELECT * FROM session WHERE account_id = $id AND kind = 'account' AND ended_at IS NULL
               AND expires_at > $at AND seen_at >= $since
        """
    return sql.fetch(con, Session, statement, {"id": account_id, "at": at, "since": seen_since})


def note_sign_in(con: Connection, attempt: SignIn) -> None:
    sql.insert(con, "sign_in", attempt)


def decide_sign_in(con: Connection, attempt: SignIn) -> None:
    """Keep how an attempt ended that was noted before."""
    sql.run(con, "UPDATE sign_in SET outcome = $outcome WHERE id = $id", vars(attempt))


def refusals_since(con: Connection, *, way: str, name: str, address: str, since: datetime) -> Refusals:
    """Refused attempts since an instant."""
    statement = """
        SELECT count(*) FILTER (WHERE name = $name) AS under_name,
               count(*) FILTER (WHERE address = $address) AS from_address,
               count(*) FILTER (WHERE name = $name AND address = $address) AS both
        FROM sign_in WHERE way = $way AND outcome = 'refused' AND happened_at >= $since
        """
    found = sql.fetch(con, Refusals, statement, {"way": way, "name": name, "address": address, "since": since})
    return found[0]


def came_in(con: Connection, *, way: str, name: str, address: str) -> bool:
    """Whether somebody of this name ever came in from this address, as far as sign-ins are kept."""
    statement = """
        SELECT count(*) FROM sign_in
        WHERE way = $way AND name = $name AND address = $address AND outcome = 'accepted'
        """
    return sql.scalar(con, statement, {"way": way, "name": name, "address": address}) > 0


def sign_ins(con: Connection, *, outcome: str | None = None, limit: int, offset: int = 0) -> list[SignIn]:
    """The last attempts, newest first."""
    statement = """
        SELECT * FROM sign_in WHERE CAST($outcome AS VARCHAR) IS NULL OR outcome = $outcome
        ORDER BY happened_at DESC, id LIMIT $limit OFFSET $offset
        """
    return sql.fetch(con, SignIn, statement, {"outcome": outcome, "limit": limit, "offset": offset})


def sign_ins_by_outcome(con: Connection) -> dict[str, int]:
    return sql.pairs(con, "SELECT outcome, count(*) AS n FROM sign_in GROUP BY outcome")


def leaders(con: Connection) -> dict[str, str]:
    """Id → name of the district leaders who can be put in charge of a case, by name."""
    return of_desk(con, "leader", None)


def of_desk(con: Connection, role: str, body_code: str | None) -> dict[str, str]:
    """Id → name of those who share one desk, by name: all of a role, or (`body_code`) those of one body."""
    statement = """
        SELECT id, name FROM account
        WHERE role = $role AND active AND (CAST($body AS VARCHAR) IS NULL OR body_code = $body) ORDER BY name, id
        """
    return sql.pairs(con, statement, {"role": role, "body": body_code})


def name_of(con: Connection, account_id: str) -> str:
    """Also of one who is no longer there to be asked; '' where nobody has this id."""
    return sql.scalar(con, "SELECT name FROM account WHERE id = $id", {"id": account_id}) or ""
