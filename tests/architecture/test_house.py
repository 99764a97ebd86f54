"""The rules of the house, each with a test that names the file which breaks it."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from string import Formatter

from access.roles import EVERY_PERMISSION, PERMISSIONS, ROLES, VISITOR
from db.states import CODES
from pages.sitemap import HOME, SITE
from tests.paths import ROOT, nodes_of

PACKAGES = ("pages", "intake", "insight", "casework", "access", "db", "i18n")


def sources(*packages: str) -> list[Path]:
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def imports(path: Path) -> set[str]:
    names = {alias.name for node in nodes_of(path) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in nodes_of(path) if isinstance(node, ast.ImportFrom)}


def texts_in(path: Path) -> list[str]:
    return [node.value for node in nodes_of(path) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def by_file(found: Callable[[Path], list], paths: list[Path]) -> dict[str, list]:
    """What breaks a rule, by the file that breaks it."""
    return {str(path.relative_to(ROOT)): broken for path in paths if (broken := found(path))}


def test_the_import_contracts_hold():
    ran = subprocess.run([Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True)
    assert ran.returncode == 0, ran.stdout.decode()


STATEMENT = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE)\b", re.IGNORECASE | re.DOTALL
)


def test_sql_stands_only_in_db():
    others = sources(*(p for p in PACKAGES if p != "db"))
    assert by_file(lambda path: [text for text in texts_in(path) if STATEMENT.search(text)], others) == {}


def test_no_statement_goes_out_with_a_call_in_it_that_nobody_filled():
    """A forgotten f before the quotes: it fails only where the statement is asked, on somebody's page."""
    assert by_file(unfilled, sources("db")) == {}


def unfilled(path: Path) -> list[str]:
    filled = {id(part) for node in nodes_of(path) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    plain = [node for node in nodes_of(path) if isinstance(node, ast.Constant) and id(node) not in filled]
    texts = [node.value for node in plain if isinstance(node.value, str)]
    return [text for text in texts if re.search(r"\{\w+\(", text)]


def test_days_of_instants_come_from_the_clock_alone():
    """A day of an instant in UTC is yesterday for what happened before eight in the morning."""
    own_days = re.compile(
        r"INTERVAL|CAST\([\w.]*_at\)? AS DATE|(date_trunc\('\w+',|extract\(\w+ FROM|date_part\('\w+',) ?[\w.(]*_at\b"
        r"|_at::date|strftime\([\w.]*_at"
    )
    found = [path.stem for path in sources("db") if any(own_days.search(text) for text in texts_in(path))]
    assert found == ["clock"]


# Whole numbers of another kind: places on a plane, powers of ten, ranks, limits of what a person may enter.
ROUNDS = {
    "tiles", "frame", "strata", "detail", "durations", "units", "plausibility", "town_map", "numbers",
}  # fmt: skip
PLACED = re.compile(r"""(?:[-a-z]+:|[-a-z]+="|[, ]|^)$""")  # CSS, an attribute, a point: where a shape stands


PLACES = re.compile(r"\.[0-5][f%]")


def test_what_is_shown_is_rounded_once_by_i18n():
    """Python rounds half to even and a format again: the same figure would differ from page to page."""
    drawn = sources("pages", "insight", "casework", "intake")
    assert by_file(rounded, [path for path in drawn if path.stem not in ROUNDS]) == {}
    hovers = re.compile(r"%\{[xy]:[^}]*\.\d")  # of a chart: they round again
    assert by_file(lambda path: [words for words in texts_in(path) if hovers.search(words)], drawn) == {}


def rounded(path: Path) -> list[str]:
    """Calls of round, and formats with decimals in texts and templates of markup, places of shapes apart."""
    calls = [node for node in nodes_of(path) if isinstance(node, ast.Call)]
    found = [ast.unparse(call) for call in calls if ast.unparse(call.func) in ("round", "np.round")]
    for text in (node for node in nodes_of(path) if isinstance(node, ast.JoinedStr)):
        for before, part in zip([None, *text.values], text.values, strict=False):
            spec = ast.unparse(part.format_spec) if isinstance(part, ast.FormattedValue) and part.format_spec else ""
            said = str(before.value) if isinstance(before, ast.Constant) else ""
            found += [ast.unparse(text)] if PLACES.search(spec) and not PLACED.search(said) else []
    parts = [part for words in texts_in(path) if "<" in words for part in _parts(words)]
    return found + [said for said, _, spec, _ in parts if PLACES.search(spec or "") and not PLACED.search(said)]


def _parts(template: str) -> list[tuple[str, str | None, str | None, str | None]]:
    """The slots of a template of markup, each with what stands before it; none where braces mean something else."""
    try:
        return list(Formatter().parse(template))
    except ValueError:
        return []


def test_a_number_that_follows_another_is_given_in_one_place():
    """Several writers would give `max(...) + 1` twice: `db.numbers` is where they will wait for each other."""
    counted = re.compile(r"\bmax\([^\n]*?\)\s*(, 0\))?\s*\+ 1\b")
    house = [path for path in sources("db") if "demo" not in path.parts]
    assert {path.stem for path in house if counted.search(path.read_text(encoding="utf-8"))} == {"numbers"}


def test_rules_do_not_look_at_the_clock():
    """Time is an argument; only pages, routes and command lines ask for it."""
    asks = re.compile(r"\b(?:datetime\.now|date\.today|clock\.now|time\.time)\(")
    rules = [path for path in sources("access", "casework", "insight", "intake") if path.name != "__main__.py"]
    assert by_file(lambda path: asks.findall(path.read_text(encoding="utf-8")), rules) == {}


def test_what_draws_when_it_is_imported_is_a_page_of_the_sitemap():
    """Streamlit would serve such a script on a cold server without the main script, so without its guard."""
    scripts = set()
    for module in sources("pages"):
        body = ast.parse(module.read_text(encoding="utf-8")).body
        if any(isinstance(n, ast.With) or (isinstance(n, ast.Expr) and isinstance(n.value, ast.Call)) for n in body):
            scripts.add(str(module.relative_to(ROOT / "pages")))
    assert scripts == {"main.py", *(row.file for row in SITE)}


def test_every_page_has_a_permission_that_some_role_holds():
    assert {row.permission for row in SITE} - {"anyone"} <= EVERY_PERMISSION | VISITOR["invitation"]
    assert set(HOME) == set(ROLES)
    for role, path in HOME.items():
        row = next(row for row in SITE if row.path == path)
        assert row.permission in PERMISSIONS[role], f"{role} opens with a page that it may not see"


def test_a_page_is_a_storyboard():
    lines = {row.file: len((ROOT / "pages" / row.file).read_text(encoding="utf-8").splitlines()) for row in SITE}
    assert {file: count for file, count in lines.items() if count > 120} == {}


def test_a_day_is_asked_for_by_one_helper():
    asking = {
        str(p.relative_to(ROOT)) for p in (ROOT / "pages").rglob("*.py") if "st.date_input(" in p.read_text("utf-8")
    }
    assert asking == {"pages/shared/choices.py"}


def test_enterprise_pages_load_no_chart_library():
    heavy = {"plotly", "pandas", "insight"}
    pages = [ROOT / "pages" / row.file for row in SITE if row.permission in PERMISSIONS["enterprise"]]
    assert len(pages) > 4
    for path in pages:
        used = {name.split(".")[0] for name in imports(path)}
        assert not used & heavy, f"{path.name} imports {used & heavy}"
        assert not re.search(
            r"st\.(dataframe|data_editor|plotly_chart|line_chart|bar_chart|metric)\(", path.read_text()
        )


def test_the_top_level_is_short():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert len({line.split("/")[0] for line in tracked.splitlines()}) <= 26


def test_no_address_of_a_registry_and_no_path_of_a_machine_is_committed():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = []
    for name in tracked.splitlines():
        if name.endswith((".png", ".woff2")):
            continue
        content = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        if name.endswith((".txt", ".toml")) and re.search(r"--(extra-)?index-url|--find-links|file://", content):
            found.append(name)
        if re.search(r"(^|[\s\"'=])/(work|root|home)/\w", content, re.MULTILINE):
            found.append(name)
    assert found == []


GUARDED = [*sources("db", "casework", "insight", "intake", "access", "pages")]
TABLES = {"db/states.py", "casework/cases/lifecycle.py"}  # of states, and of what may be done in each
IN_SQL = re.compile(r"\bstate\s*(?:=|<>|(?:NOT )?IN\s*\()[\s(]*'(\w+)'")


def test_a_state_of_a_case_is_named_in_two_tables_alone():
    """A group of states anywhere else would not hear of a new one: db/states.py has a flag for it, or needs one."""
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in GUARDED
        if str(path.relative_to(ROOT)) not in TABLES and not {"demo", "migrations"} & set(path.parts)
        for name in _states_named(path)
    ]
    assert found == []


def _states_named(path: Path) -> list[str]:
    """Comparisons with a state, groups of nothing but states, and conditions of SQL."""
    found = []
    for node in nodes_of(path):
        if isinstance(node, ast.Compare) and any(_is_state(side) for side in (node.left, *node.comparators)):
            found += [one for side in (node.left, *node.comparators) for one in _constants(side) if one in CODES]
        elif isinstance(node, (ast.Tuple, ast.List, ast.Set, ast.Dict)):
            parts = node.keys if isinstance(node, ast.Dict) else node.elts
            words = [part.value if isinstance(part, ast.Constant) else None for part in parts]
            found += [str(words)] if len(words) > 1 and set(words) <= set(CODES) else []
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += [code for code in IN_SQL.findall(node.value) if code in CODES]
    return found


def _is_state(node: ast.expr) -> bool:
    """`case.state`, `line.case_state`, or a bare `state`."""
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name in ("state", "case_state")


def _constants(node: ast.expr) -> list[object]:
    return [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]


LANGUAGE_CODES = {"zh", "en"}


def chooses_by_language(node: ast.AST) -> bool:
    """A comparison with a language's code, or a choice between a record's names: `x_en if … else x_zh`."""
    if isinstance(node, ast.Compare):
        parts = [part for side in (node.left, *node.comparators) for part in (side, *getattr(side, "elts", ()))]
        return any(isinstance(part, ast.Constant) and part.value in LANGUAGE_CODES for part in parts)
    names = [node.body, node.orelse] if isinstance(node, ast.IfExp) else getattr(node, "values", [])
    texts = [part.value if isinstance(part, ast.Constant) else getattr(part, "attr", "") for part in names]
    ends = {str(text).rpartition("_")[2] for text in texts if "_" in str(text)}
    return isinstance(node, (ast.IfExp, ast.BoolOp)) and ends >= LANGUAGE_CODES


def test_a_language_is_a_row_and_never_an_if():
    """What a language does stands in its folder (docs/languages.md); a record's name is said by `i18n.names`."""
    others = [path for path in sources(*PACKAGES) if "i18n" not in path.parts]

    def choices(path: Path) -> list[str]:
        return [ast.unparse(node) for node in nodes_of(path) if chooses_by_language(node)]

    assert by_file(choices, others) == {}


LONGEST_FUNCTION = 60  # lines


def test_no_function_is_longer_than_a_screen():
    def long(path: Path) -> list[str]:
        found = [node for node in nodes_of(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        return [one.name for one in found if (one.end_lineno or 0) - one.lineno + 1 > LONGEST_FUNCTION]

    assert by_file(long, [ROOT / "app.py", *sources(*PACKAGES, "bench")]) == {}


# Names that stood for two classes when this was written; a new one gets a name by its thing.
TWICE = {"Forum", "Line", "Words"}


def test_a_class_s_name_stands_for_one_class():
    house = [path for path in sources(*PACKAGES) if "demo" not in path.parts]
    names = Counter(node.name for path in house for node in nodes_of(path) if isinstance(node, ast.ClassDef))
    assert {name for name, n in names.items() if n > 1} <= TWICE
