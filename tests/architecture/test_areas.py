"""Areas of pages: one folder each, one order of them, none larger than the others can bear."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from pages.sitemap import SITE
from tests.paths import ROOT, nodes_of

PAGES = ROOT / "pages"

# From the top down: an area opens pieces and stylesheets of those below it only.
ORDER = (
    "province", "places", "glance", "outcomes", "economy", "figures", "themes",  # what leaders look at
    "forum_day", "forums", "today", "promises", "desk", "many", "meetings", "plans", "briefings", "letters", "policies",
    "story", "hotline",
    "care", "notices", "plain", "conduct", "issue", "similar", "guidance",  # enterprises and whoever looks after them
    "questionnaires", "waves", "paper", "results", "survey",
    "citing",
    "register", "indicators", "imports", "accounts", "system", "entrance",
)  # fmt: skip
GROUND = ("web", "shared", "sitemap")  # they know no area, and `shared` does not know `web`
LARGEST = 0.08  # of the lines of pages


def module_area(module: str) -> str:
    return module.split(".")[1] if module.startswith("pages.") else ""


def opened_by(path: Path) -> set[str]:
    """The areas whose pieces or stylesheets a module takes."""
    source = path.read_text(encoding="utf-8")
    sheets = re.findall(r"(?<![\w.])style\(((?:\"\w+/\w+\"(?:, )?)+)\)", source)
    found = {area for names in sheets for area in re.findall(r'"(\w+)/', names)}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            names = [f"pages.{alias.name}" for alias in node.names] if node.module == "pages" else [node.module or ""]
            found |= {module_area(name) for name in names}
    return found - {"", path.relative_to(PAGES).parts[0]}


def areas() -> set[str]:
    return {path.name for path in PAGES.iterdir() if path.is_dir() and any(path.glob("*.py"))}


def test_every_area_has_its_place_in_the_order():
    assert areas() == {*ORDER, "web", "shared"}


@pytest.mark.parametrize("area", [*ORDER, "web", "shared"])
def test_an_area_opens_only_what_stands_below_it(area):
    line = [*ORDER, *GROUND]
    below = set(line[line.index(area) + 1 :]) if area not in GROUND else set(GROUND[GROUND.index(area) + 1 :])
    up = {str(p.relative_to(ROOT)): opened_by(p) - below for p in sorted((PAGES / area).rglob("*.py"))}
    assert {path: found for path, found in up.items() if found} == {}


def test_a_page_stands_in_the_folder_of_its_area():
    assert {row.file.split("/")[0] for row in SITE} <= set(ORDER)
    assert all(row.file.count("/") == 1 for row in SITE)


def test_at_the_top_of_pages_stand_the_script_the_sitemap_and_the_routes():
    assert {path.name for path in PAGES.glob("*.py")} == {"__init__.py", "main.py", "sitemap.py", "routes.py"}


def test_no_room_of_pages_holds_more_than_its_share():
    lines = Counter()
    for path in PAGES.rglob("*"):
        if path.suffix in (".py", ".css", ".js", ".html"):
            lines[path.relative_to(PAGES).parts[0]] += len(path.read_text(encoding="utf-8").splitlines())
    whole = sum(lines.values())
    assert {room: f"{n / whole:.1%}" for room, n in lines.items() if n > LARGEST * whole} == {}


@pytest.mark.parametrize("room", ["pages", "intake", "casework", "insight", "db"])
def test_no_folders_of_a_room_open_each_other_in_a_circle(room):
    opens: dict[str, set[str]] = {}
    for path in (ROOT / room).glob("*/**/*.py"):
        found = {name.split(".")[1] for name in imported(path) if name.startswith(f"{room}.") and name.count(".") > 1}
        own = path.relative_to(ROOT / room).parts[0]
        opens.setdefault(own, set()).update(found - {own})
    while ground := {folder for folder, below in opens.items() if not below & opens.keys()}:
        opens = {folder: below for folder, below in opens.items() if folder not in ground}
    assert opens == {}


def imported(path: Path) -> set[str]:
    """Every module that is named, whole: `from db.cases import past` names db.cases.past."""
    named = [node for node in nodes_of(path) if isinstance(node, ast.ImportFrom)]
    return {f"{node.module}.{alias.name}" for node in named for alias in node.names}


# A row of the tour: what is done, the file that decides it, the name that decides it there.
DECIDES = re.compile(r"^\| (.+) \| `([\w/.-]+)` \| `(\w+)` \|$", re.MULTILINE)
TOUR = (ROOT / "docs/tour.md").read_text(encoding="utf-8")


def test_the_tour_names_ten_behaviours_and_what_decides_each_stands_in_the_file_it_names():
    rows = DECIDES.findall(TOUR)
    assert len(rows) >= 10
    missing = [(told, file, name) for told, file, name in rows if name not in names_in(ROOT / file)]
    assert missing == []


def names_in(path: Path) -> set[str]:
    """What a module defines at its top, or the keys of a file of words or records."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return set(re.findall(r"\w+", text))
    found = set()
    for node in ast.parse(text).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
        found |= {node.name} if isinstance(node, ast.FunctionDef | ast.ClassDef) else set()
    return found


def test_every_path_that_the_tour_names_is_there():
    paths = re.findall(r"`((?:pages|intake|casework|insight|access|db|i18n|tests)/[\w/.*-]*)`", TOUR)
    assert len(paths) > 30
    assert [path for path in paths if not (any(ROOT.glob(path)) if "*" in path else (ROOT / path).exists())] == []


def test_a_folder_of_tests_is_named_after_the_area_that_it_tests():
    rooms = {room: room for room in ("casework", "db", "insight", "intake")} | {"journeys": "pages"}
    strange = [
        str(folder)
        for tests, room in rooms.items()
        for folder in (ROOT / "tests" / tests).iterdir()
        if any(folder.glob("test_*.py")) and not any((ROOT / room / folder.name).glob("*.py"))
    ]
    assert strange == []
