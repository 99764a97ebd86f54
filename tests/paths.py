"""Where the tree stands, and the shared data that may stand beside it; however deep a test's folder is."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """A source read once for all rules that look at it; the first node is the whole."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
