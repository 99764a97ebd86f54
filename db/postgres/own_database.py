"""A district's own database on a server, and the role of the same name that owns it and may enter no other's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import psycopg
from psycopg.sql import SQL, Identifier, Literal

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,62}")
_MAY = """
    SELECT r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls
        OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)
    FROM pg_roles r WHERE r.rolname = %s
    """
_OWNER = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s"
_OPEN = """
    SELECT datname FROM pg_database
    WHERE datallowconn AND datname <> %(name)s AND has_database_privilege(%(name)s, datname, 'CONNECT')
    ORDER BY datname
    """


@dataclass(frozen=True)
class OwnDatabase:
    """`url` is its STORE_URL as far as the server goes: the folder of its keys and backups comes behind it.
    `open_besides`: databases of others that admit everybody, and so its role."""

    url: str
    open_besides: Sequence[str]


def make(server: str, name: str, password: str = "") -> OwnDatabase:
    """On the server that this address reaches as somebody who may make databases and roles. What is there already is
    closed to others and stays; without a password the server's own rules say how the role comes in.

    Raises ValueError for a name that cannot be one or is somebody else's, psycopg.Error for what the server refuses.
    """
    if not _NAME.fullmatch(name):
        raise ValueError("a name is of small letters, digits, - and _, the first a letter, 63 at most")
    with psycopg.connect(server, autocommit=True) as con:
        _role(con, name, password)
        _database(con, name)
        besides = [found for (found,) in con.execute(_OPEN, {"name": name})]
        at = {"host": con.info.host, **({"port": con.info.port} if con.info.port != 5432 else {})}  # as libpq's own
    return OwnDatabase(f"postgresql://{name}@/{name}?{urlencode(at, safe='/', quote_via=quote)}", besides)


def _role(con: psycopg.Connection, name: str, password: str) -> None:
    may_more = con.execute(_MAY, [name]).fetchone()
    if may_more is None:
        con.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(name)))
    elif may_more[0]:
        raise ValueError(f"there is a role {name} that may do more than own a database")
    if password:  # what reaches the server, and its log, is the digest alone
        digest = con.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
        con.execute(SQL("ALTER ROLE {} PASSWORD {}").format(Identifier(name), Literal(digest)))


def _database(con: psycopg.Connection, name: str) -> None:
    owner = con.execute(_OWNER, [name]).fetchone()
    if owner is None:
        made = "CREATE DATABASE {} OWNER {} TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'"
        con.execute(SQL(made).format(Identifier(name), Identifier(name)))
    elif owner[0] != name:
        raise ValueError(f"there is a database {name}, and it is {owner[0]}'s")
    con.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(Identifier(name)))
