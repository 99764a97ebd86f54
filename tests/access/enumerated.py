"""Every verb of the house, and every read of people's records with and without a scope, found in its own text."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from tests.paths import ROOT, nodes_of

# The tables that say who somebody is, what they said, or whose a case is.
PEOPLES = """
    account agenda_item answer attachment attendance case_body case_past case_plan cases contact draft
    enterprise event follow_code follow_up forum_sign_in forum_invitee green_channel guidance_case inbox inbox_looked
    invitation leaf_reader letter letter_case letter_copy meeting meeting_body meeting_case meeting_decision outbox
    paper_form plan_step policy_beneficiary policy_case response sample_unit session sign_in visit
"""
_READ = re.compile(rf"\b(?:FROM|JOIN)\s+({'|'.join(PEOPLES.split())})\b")
_OWN = {"demo", "system", "migrations"}  # made data, and what an operator's verbs alone ask


def verbs(package: ModuleType) -> dict[str, Callable[..., object]]:
    """Every public function of a package that takes the store and an actor, as module.name."""
    found = {}
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if module.ispkg or module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        for name, verb in vars(loaded).items():
            own = inspect.isfunction(verb) and verb.__module__ == loaded.__name__ and not name.startswith("_")
            if own and {"store", "actor"} <= set(inspect.signature(verb).parameters):
                found[f"{module.name.rpartition('.')[2]}.{name}"] = verb
    return found


@cache
def unscoped_reads() -> frozenset[str]:
    """Public functions of db that read people's records and take no scope, as their module's path and their name."""
    files = [path for path in sorted((ROOT / "db").rglob("*.py")) if not _OWN & set(path.parts)]
    return frozenset(f"{_module(path)}.{name}" for path in files for name in _unscoped(path))


def _unscoped(path: Path) -> Iterator[str]:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    own = {node.name: node for node in body if isinstance(node, ast.FunctionDef)}
    named = {
        t.id: node for node in body if isinstance(node, ast.Assign) for t in node.targets if isinstance(t, ast.Name)
    }
    parts = {**own, **named}
    for name, node in own.items():
        taken = [*node.args.args, *node.args.kwonlyargs]
        scoped = any(one.arg == "scope" or (one.annotation and ast.unparse(one.annotation) == "Asked") for one in taken)
        public = not name.startswith("_") and [one.arg for one in taken[:1]] == ["con"]
        if public and not scoped and _READ.search(_said(node, parts)):
            yield name


def _said(node: ast.AST, parts: dict[str, ast.AST]) -> str:
    """Every text in a function, and in what it calls of its own module."""
    seen, waiting, texts = set[str](), [node], list[str]()
    while waiting:
        for one in ast.walk(waiting.pop()):
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                texts.append(one.value)
            elif isinstance(one, ast.Name) and one.id in parts and one.id not in seen:
                seen.add(one.id)
                waiting.append(parts[one.id])
    return " ".join(texts)


def asked_of_db(package: str) -> frozenset[str]:
    """What the files of a package name of db's functions, by their module's path."""
    return frozenset(name for path in sorted((ROOT / package).rglob("*.py")) for name in _asked(path))


def _asked(path: Path) -> Iterator[str]:
    modules: dict[str, str] = {}
    for node in nodes_of(path):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "db":
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                modules[name.asname or name.name] = whole
                yield whole
    for node in nodes_of(path):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield f"{modules[node.value.id]}.{node.attr}"


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@cache
def scoped_reads() -> dict[str, Callable[..., object]]:
    """Public functions of db that take a connection and a scope, by their module's path and their name."""
    found = {}
    for path in sorted((ROOT / "db").rglob("*.py")):
        if _OWN & set(path.parts) or path.name.startswith("__"):
            continue
        loaded = importlib.import_module(_module(path))
        for name, read in vars(loaded).items():
            own = inspect.isfunction(read) and read.__module__ == loaded.__name__ and not name.startswith("_")
            writes = name.startswith("revoke")
            if own and not writes and {"con", "scope"} <= set(inspect.signature(read).parameters):
                found[f"{_module(path)}.{name}"] = read
    return found
