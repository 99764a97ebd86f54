"""DuckDB ends the process where a commit fails that deleted and inserted one key, as on a full disk: nobody does.

It also deletes and inserts the whole row where an UPDATE sets a column of a key.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.paths import ROOT, nodes_of

DELETED = re.compile(r"\bDELETE\s+FROM\s+([\w?]+)", re.IGNORECASE)
INSERTED = re.compile(r"\bINSERT\s+INTO\s+([\w?]+)(?!.*\bON\s+CONFLICT\b)", re.IGNORECASE | re.DOTALL)
UPDATED = re.compile(r"\bUPDATE\s+([\w?]+)(?:\s+AS\s+\w+)?\s+SET\s+(.*?)(?:\bWHERE\b|\bFROM\b|$)", re.DOTALL)
SET = re.compile(r"(?:^|,)\s*(\w+)\s*=")
CONFLICT = re.compile(r"INTO\s+(\w+).*\bDO\s+UPDATE\s+SET\s+(.*)", re.DOTALL)

# What goes has another key than what comes.
OTHER_KEYS = {
    ("drafts", "save", "draft"),  # the owner's draft of another id
    ("open_links", "address_hash", "address_key"),  # the days before today
    ("outbox", "add", "outbox"),  # the notice of the same moment that gives way
}


def functions() -> Iterator[tuple[str, str, ast.FunctionDef]]:
    for path in sorted((ROOT / "db").rglob("*.py")):
        for node in nodes_of(path):
            if isinstance(node, ast.FunctionDef) and path.stem != "sql":
                yield path.stem, node.name, node


def texts(path_stem: str, node: ast.AST) -> Iterator[str]:
    """The texts within, a placeholder of an f-string as `?`; those of the module's constants that it names too."""
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr):
            yield "".join(str(v.value) if isinstance(v, ast.Constant) else "?" for v in part.values)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
        elif isinstance(part, ast.Name) and (path_stem, part.id) in CONSTANTS:
            yield CONSTANTS[path_stem, part.id]


def constants() -> dict[tuple[str, str], str]:
    found = {}
    for path in sorted((ROOT / "db").rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found[path.stem, node.targets[0].id] = "\n".join(texts("", node.value))
    return found


CONSTANTS: dict[tuple[str, str], str] = {}
CONSTANTS.update(constants())


def own_effects(module: str, node: ast.FunctionDef) -> tuple[set[str], set[str]]:
    """(tables deleted from, tables inserted into) by the function itself."""
    said = list(texts(module, node))
    inserted = {
        str(call.args[1].value)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in ("sql.insert", "sql.insert_many")
        and isinstance(call.args[1], ast.Constant)
    }
    return {t for text in said for t in DELETED.findall(text)}, inserted | {
        t for text in said for t in INSERTED.findall(text)
    }


def called(module: str, node: ast.FunctionDef) -> set[tuple[str, str]]:
    names = {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
    return {
        (name.partition(".")[0], name.partition(".")[2]) if "." in name else (module, name)
        for name in names
        if name.count(".") < 2
    }


def effects() -> dict[tuple[str, str], tuple[set[str], set[str]]]:
    """By function, with those of the functions of db that it calls."""
    nodes = {(module, name): node for module, name, node in functions()}
    found = {key: own_effects(key[0], node) for key, node in nodes.items()}
    for _ in range(4):  # calls within db are no deeper
        for key, node in nodes.items():
            for callee in called(key[0], node) & found.keys() - {key}:
                found[key][0].update(found[callee][0])
                found[key][1].update(found[callee][1])
    return found


@pytest.fixture(scope="module")
def keys(migrated: Path) -> dict[str, set[str]]:
    """Table → the columns of its keys, as the migrated store has them."""
    con = duckdb.connect(str(migrated), read_only=True)
    kinds = "('PRIMARY KEY', 'UNIQUE')"
    statement = f"SELECT table_name, constraint_column_names FROM duckdb_constraints() WHERE constraint_type IN {kinds}"  # noqa: S608
    found: dict[str, set[str]] = {}
    for table, columns in con.execute(statement).fetchall():
        found.setdefault(table, set()).update(columns)
    con.close()
    assert len(found) > 40
    return found


def test_no_function_deletes_and_inserts_a_key_of_one_table(keys):
    pairs = {
        (*function, table)
        for function, (deleted, inserted) in effects().items()
        for table in deleted & inserted & keys.keys()
    }
    assert pairs == OTHER_KEYS


def test_no_update_sets_a_column_of_a_key(keys):
    found = []
    for module, name, node in functions():
        for text in texts(module, node):
            for table, settings in [*UPDATED.findall(text), *CONFLICT.findall(text)]:
                found += [(module, name, c) for c in SET.findall(settings) if c in keys.get(table, ())]
    assert found == []


def test_the_check_itself_sees_a_pair_and_an_updated_key(keys):
    source = """def put(con):
    sql.run(con, "DELETE FROM setting WHERE name = $name")
    sql.insert(con, "setting", {})
"""
    [node] = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    assert own_effects("settings", node) == ({"setting"}, {"setting"})
    [(table, settings)] = UPDATED.findall("UPDATE account SET login = $login, name = coalesce($a, name) WHERE id = $id")
    assert set(SET.findall(settings)) & keys[table] == {"login"}
