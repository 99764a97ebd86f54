"""The bill of materials names every package that the product is installed with, in the version that is pinned."""

import json
import re
import subprocess
import sys

from tests.paths import ROOT

PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)


def test_every_pinned_package_is_in_the_bill_of_materials():
    said = subprocess.run([sys.executable, "deploy/sbom.py"], cwd=ROOT, capture_output=True, check=True).stdout
    listed = {one["name"]: one["version"] for one in json.loads(said)["components"]}
    pinned = PINNED.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert len(pinned) > 20
    assert {name for name, _ in pinned if name.lower().replace("_", "-") not in listed} == set()
