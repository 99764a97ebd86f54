"""Connections to a store's file: the one that writes it, and one to a file that is only read."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from db import sql
from db.address import Address
from db.sql import Connection

SMALL = 256 * 1024 * 1024  # bytes of a file below which a statement costs less on one thread than handed to several
# What a store that is only read still takes, in memory and until its process ends: who is here, and who tried to be.
IN_MEMORY = ("session", "sign_in", "address_key")


def connect(path: Path) -> DuckDBPyConnection:
    """Connect and harden, in the order that DuckDB needs: nothing can be loosened afterwards."""
    return _hardened(str(path), path)


@contextmanager
def opened(at: Address) -> Iterator[Connection]:
    """A store's tables, whatever kind it is, past the store: nobody else may write to them meanwhile."""
    if at.server:
        from db.postgres import connection

        with connection.opened(at) as con:
            yield con
    else:
        with closing(connect(at.path)) as con:
            yield con


def connect_to_read(path: Path) -> DuckDBPyConnection:
    """The same tables of a file that stays as it is. All are views on it, which nobody can write, but for those in
    memory, so that people can sign in and read."""
    con = _hardened(":memory:", path)
    con.execute(f"ATTACH '{quoted(path)}' AS \"{quoted(Path(path.stem))}\" (READ_ONLY)")
    for table, made_by in sql.pairs(con, "SELECT table_name, sql FROM duckdb_tables()").items():
        stored = f'"{quoted(Path(path.stem))}"."{table}"'
        if table in IN_MEMORY:
            con.execute(made_by)
            con.execute(f'INSERT INTO "{table}" FROM {stored}')
        else:
            con.execute(f'CREATE VIEW "{table}" AS FROM {stored}')
    return con


def quoted(path: Path) -> str:
    return str(path).replace("'", "''").replace('"', '""')


def remove(path: Path) -> None:
    """A store's file with its log, if it is there."""
    for one in (path, Path(f"{path}.wal")):
        one.unlink(missing_ok=True)


def _hardened(address: str, path: Path) -> DuckDBPyConnection:
    home = path.resolve().parent
    config: dict[str, Any] = {
        "memory_limit": "2GB",
        **({"threads": 1} if not path.exists() or path.stat().st_size < SMALL else {}),
        "temp_directory": str(home / "spill"),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    con = duckdb.connect(address, config=config)
    con.execute("SET TimeZone = 'UTC'")
    con.execute(f"SET allowed_directories = ['{quoted(home)}/']")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
    return con
