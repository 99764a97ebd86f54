"""What a change touches, for `make check`: `python -m tests.touched files | tests` prints paths.

A test is touched if it changed, if it names a changed module, or if it stands in the area of a changed page. Where a
module is named by very many, its own area speaks for it: all of them are what `make test` is for.
"""

import ast
import subprocess
import sys
from pathlib import Path

from tests.paths import ROOT, nodes_of

MANY = 12
ALWAYS = ("tests/architecture/test_house.py", "tests/architecture/test_areas.py", "tests/i18n")


def changed() -> list[Path]:
    """Python files that differ from main, or from the last commit where one works on main itself."""
    base = _git("merge-base", "HEAD", "main")[0]
    names = _git("diff", "--name-only", "--diff-filter=d", base) + _git("ls-files", "--others", "--exclude-standard")
    return [Path(name) for name in sorted({*names}) if name.endswith(".py")]


def _git(*words: str) -> list[str]:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def named_by(test: Path) -> set[str]:
    """The modules that a test imports: `from db.cases import past` names db.cases and db.cases.past."""
    named: set[str] = set()
    for node in nodes_of(test):
        if isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
    return named


def area_of(path: Path) -> str:
    """The folder of tests that mirrors a module's."""
    room, *inner = path.parts[:-1] or ("",)
    return "/".join(["tests", "journeys" if room == "pages" else room, *inner[:1]]) + "/"


def touched(paths: list[Path], tests: dict[str, set[str]]) -> set[str]:
    """`tests` says what each file of tests names."""
    found = set()
    for path in paths:
        module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        naming = {test for test, named in tests.items() if module in named}
        own = {test for test in tests if test.startswith(area_of(path))}
        found |= {test for test in tests if test == str(path)}
        found |= naming if len(naming) <= MANY else naming & own
        found |= own if path.parts[0] == "pages" else set()
    return found


def main(what: str) -> None:
    paths = changed()
    names = {*map(str, paths)}
    if what == "tests":
        tests = {str(path.relative_to(ROOT)): named_by(path) for path in (ROOT / "tests").rglob("test_*.py")}
        names = {*ALWAYS, *touched(paths, tests)}
    sys.stdout.writelines(f"{name}\n" for name in sorted(names))


if __name__ == "__main__":
    main(sys.argv[1])
