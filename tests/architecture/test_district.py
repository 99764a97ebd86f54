"""No district is in the code: what the demonstration's is called stands in its folder alone (docs/districts.md)."""

import subprocess
from pathlib import Path

from db.demo.common import district
from db.regions import nation
from tests.paths import ROOT

# The demonstration's own; tests of files that bureaus of that place published, and benches on them; what happened once.
ITS_OWN = ("db/demo/", "tests/", "bench/", "db/migrations/", "docs/", "CHANGELOG.md")
NATION = "db/reference/region.csv"  # everybody's list, on which it stands as every place does
FEWEST = 3  # letters of a Latin name that is nothing else


def names():
    """The place, the city that it lies in, its towns and the bodies that carry its name, in every language."""
    content = district()
    city = next(one for one in nation() if one.code == content.code[:4])
    towns = [row.item for row in content.lists["town"] or ()]
    short = content.name_zh.rstrip("区县市")
    bodies = [row.item for row in content.lists["body"] or () if short in row.item.name_zh]
    chinese = {short, city.short_name, *(item.short_name("zh") for item in towns), *(item.name_zh for item in bodies)}
    english = {content.name_en.split()[0], city.name_en, *(item.name_en for item in towns)}
    return {name for name in chinese | english if not name.isascii() or len(name) > FEWEST}


def test_no_name_of_the_demonstration_s_district_stands_outside_its_folder():
    asked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = [name for name in asked.stdout.split("\0") if name and name != NATION and not name.startswith(ITS_OWN)]
    found, known = [], names()
    assert len(known) > 20
    for name in listed:
        path = ROOT / name
        if not path.is_file() or path.suffix in {".png", ".woff2"}:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [(name, one) for one in known if one in text]
    assert found == []


def test_the_nation_s_lists_have_no_town():
    assert not (Path(ROOT) / "db/reference/town.csv").exists()
