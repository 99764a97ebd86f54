"""What is installed is what is pinned, and the bill of materials names all of it."""

import json
import re
import subprocess
import sys
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.paths import ROOT

PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)


def test_every_pinned_package_is_in_the_bill_of_materials():
    said = subprocess.run([sys.executable, "deploy/sbom.py"], cwd=ROOT, capture_output=True, check=True).stdout
    listed = {one["name"]: one["version"] for one in json.loads(said)["components"]}
    pinned = PINNED.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert len(pinned) > 20
    assert {name for name, _ in pinned if name.lower().replace("_", "-") not in listed} == set()


def test_whatever_a_pinned_package_asks_for_is_pinned_too():
    """Else two installations of one release differ by the day on which they were made."""
    pinned = {canonicalize_name(name) for name, _ in PINNED.findall((ROOT / "requirements.txt").read_text("utf-8"))}
    asked = {Requirement(text) for name in pinned for text in metadata.requires(name) or []}
    without_extra = {one for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})}
    assert {one.name for one in without_extra if canonicalize_name(one.name) not in pinned} == set()
