"""Rows, records and frames from a statement with `$name` placeholders."""

import dataclasses
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from db.refused import MovedOn

if TYPE_CHECKING:  # a limited child reads files with our records alone: it has no time and memory for these
    import pandas as pd
Row = dict[str, Any]
T = TypeVar("T")


class Result(Protocol):
    """What a statement found; of one that changes rows, how many."""

    @property
    def description(self) -> Sequence[Sequence[Any]] | None: ...
    def fetchall(self) -> list[Any]: ...
    def fetchone(self) -> tuple[Any, ...] | None: ...
    def fetchmany(self, size: int, /) -> list[Any]: ...
    def df(self) -> "pd.DataFrame": ...


class Connection(Protocol):
    """A transaction of a store of any kind."""

    def execute(self, statement: str, given: Any = None, /) -> Result: ...  # noqa: ANN401


_PLACEHOLDER = re.compile(r"\$([a-z_]\w*)", re.IGNORECASE)


def run(con: Connection, sql: str, params: Mapping[str, object] | None = None) -> Result:
    """Execute `sql`. Parameters that the statement does not name are left out: a scope may need none."""
    named = _named(sql)
    return con.execute(sql, {name: value for name, value in (params or {}).items() if name in named})


@lru_cache(maxsize=512)
def _named(statement: str) -> frozenset[str]:
    return frozenset(_PLACEHOLDER.findall(statement))


def rows(con: Connection, sql: str, params: Mapping[str, object] | None = None) -> list[Row]:
    cursor = run(con, sql, params)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def one(con: Connection, sql: str, params: Mapping[str, object] | None = None) -> Row | None:
    found = rows(con, sql, params)
    return found[0] if found else None


def scalar(con: Connection, sql: str, params: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401
    row = run(con, sql, params).fetchone()
    return row[0] if row else None


def frame(con: Connection, sql: str, params: Mapping[str, object] | None = None) -> "pd.DataFrame":
    return run(con, sql, params).df()


def fetch(con: Connection, record: type[T], sql: str, params: Mapping[str, object] | None = None) -> list[T]:
    """The rows as frozen records: the statement's columns are the record's fields, by name."""
    return [record(**row) for row in rows(con, sql, params)]


def first(con: Connection, record: type[T], sql: str, params: Mapping[str, object] | None = None) -> T | None:
    found = fetch(con, record, sql, params)
    return found[0] if found else None


def column(con: Connection, sql: str, params: Mapping[str, object] | None = None) -> list[Any]:
    """The values of a statement's one column."""
    return [value for (value,) in run(con, sql, params).fetchall()]


def pairs(con: Connection, sql: str, params: Mapping[str, object] | None = None) -> dict[Any, Any]:
    """The first of a statement's two columns → the second."""
    return dict(run(con, sql, params).fetchall())


def tables(con: Connection) -> set[str]:
    return set(column(con, "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"))


def columns(con: Connection, table: str) -> list[str]:
    """In the order in which they were made."""
    statement = """
        SELECT column_name FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name = $table ORDER BY ordinal_position
        """
    return column(con, statement, {"table": table})


def place(con: Connection) -> str:
    """What the store calls the place of a row, which is one row's until it is written again."""
    return getattr(con, "place", "rowid")


def fetch_lines(
    con: Connection, line: type[T], inner: tuple[str, type], sql: str, params: Mapping[str, object] | None = None
) -> list[T]:
    """The rows of a list: each `line` holds a record under the name that `inner` gives, its other fields beside it."""
    name, record = inner
    own = {field.name for field in dataclasses.fields(line)} - {name}  # type: ignore[arg-type]
    return [_line(line, name, record, own, row) for row in rows(con, sql, params)]


def _line(line: type[T], name: str, record: type, own: set[str], row: Row) -> T:
    inside = {column: value for column, value in row.items() if column not in own}
    return line(**{name: record(**inside)}, **{column: row[column] for column in own})


def rewrite(
    con: Connection, table: str, row: object, columns: str, *, key: str = "id", computed: str = "", **facts: object
) -> None:
    """Write these columns of a row, with its `seq`, over the version before its own; `computed` is what the store works
    out beside them, as `words = words || $said`. Raises MovedOn with `facts` where the store has another version by
    now. A column of a unique key is never among them: DuckDB would delete and insert the row.
    """
    sets = ", ".join([*(f"{name} = ${name}" for name in (*columns.split(), "seq")), *([computed] if computed else [])])
    where = " AND ".join(f"{name} = ${name}" for name in key.split())
    given = row if isinstance(row, Mapping) else _as_dict(row)
    if scalar(con, f"UPDATE {table} SET {sets} WHERE {where} AND seq = $seq - 1", given) != 1:
        raise MovedOn(**facts)


def rewrite_many(con: Connection, table: str, changed: Sequence[Row], columns: str, *, computed: str = "") -> None:
    """`rewrite` for rows that change the same columns, by their `id`, in one statement. Raises MovedOn with the
    `number` of the first of which the store has another version by now."""
    if len(changed) == 1:  # DuckDB finds one by its index, and looks through all rows for several
        rewrite(con, table, changed[0], columns, computed=computed, number=changed[0]["number"])
        return
    # A list of nothing but NULL is of no type.
    given = [name for name in changed[0] if any(row[name] is not None for row in changed)]
    sets = [f"{name} = {f'given.{name}' if name in given else 'NULL'}" for name in (*columns.split(), "seq")]
    sets += [_PLACEHOLDER.sub(r"given.\1", computed)] if computed else []
    statement = f"""
        UPDATE {table} SET {", ".join(sets)}
        FROM (SELECT {", ".join(f"unnest(${name}) AS {name}" for name in given)}) AS given
        WHERE {table}.id = given.id AND {table}.seq = given.seq - 1 RETURNING {table}.id
        """
    written = set(column(con, statement, {name: [row[name] for row in changed] for name in given}))
    for row in changed:
        if row["id"] not in written:
            raise MovedOn(number=row["number"])


def insert(con: Connection, table: str, record: object) -> None:
    """One row from a dataclass or a mapping. `table` is ours, never a person's word."""
    insert_many(con, table, [record])


def upsert(con: Connection, table: str, row: Mapping[str, object], key: Sequence[str]) -> None:
    """One row in the place of the one of its key, if there is one: a DELETE and an INSERT of one key would end the
    process where the disk is full at their commit. All names are ours, never a person's words."""
    columns = ", ".join(row)
    values = ", ".join(f"${name}" for name in row)
    changes = ", ".join(f"{name} = excluded.{name}" for name in row if name not in key)
    run(
        con,
        f"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}",
        row,
    )


def insert_many(con: Connection, table: str, records: Sequence[object]) -> None:
    """All rows in one statement: a statement's cost is its parse and plan, not its rows.

    Every record has the first one's columns; a value may be None.
    """
    if not records:
        return
    dicts = [dict(r) if isinstance(r, Mapping) else _as_dict(r) for r in records]
    columns = list(dicts[0])
    if len(dicts) > 100 or hasattr(con, "take_in"):
        take_in(con, table, columns, [tuple(d[c] for c in columns) for d in dicts])
        return
    if len(dicts) > 8:  # a placeholder a column: one for each value takes twice as long to read
        _insert_lists(con, table, columns, dicts)
        return
    values = ", ".join("(" + ", ".join(f"${c}_{i}" for c in columns) + ")" for i in range(len(dicts)))
    params = {f"{c}_{i}": d[c] for i, d in enumerate(dicts) for c in columns}
    con.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}", params)


def _insert_lists(con: Connection, table: str, columns: list[str], dicts: list[Row]) -> None:
    lists = ", ".join(f"unnest(${c})" for c in columns)
    given = {c: [d[c] for d in dicts] for c in columns}
    con.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {lists}", given)


def take_in(con: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Many rows, by the door that the store has for them."""
    if door := getattr(con, "take_in", None):
        door(table, columns, rows)
        return
    import pandas as pd

    # A column is of one type before DuckDB looks at some of its rows: of whole numbers it would think that all are.
    batch = pd.DataFrame(rows, columns=list(columns)).astype(object)
    batch = batch.where(batch.notna(), None)
    lender: Any = con
    lender.register("insert_batch", batch)
    try:
        con.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns)} FROM insert_batch")
    finally:
        lender.unregister("insert_batch")


def _as_dict(record: object) -> Row:
    return {name: getattr(record, name) for name in _fields(type(record))}


@lru_cache(maxsize=512)
def _fields(record: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(record))
