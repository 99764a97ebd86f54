"""The shipped systemd unit: what a broken service could reach."""

import re
import shutil
import subprocess

import pytest

from tests.paths import ROOT

MOST = 3.0  # of ten; systemd calls what is below 2 OK


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not on this machine")
def test_the_unit_leaves_a_broken_service_little_to_reach():
    asked = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(ROOT / "deploy/face-to-face@.service")]
    told = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False).stdout
    found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", told)
    assert found and float(found[1]) <= MOST, told[-600:]


def test_what_reads_files_in_a_limited_child_may_still_limit_itself():
    """`db.limited` sets limits and a priority: calls of the group @resources, which a filter must not take away."""
    assert "@resources" not in (ROOT / "deploy/face-to-face@.service").read_text(encoding="utf-8")
