"""The shipped systemd unit: what a broken service could reach, and the command beside it."""

import os
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


def test_a_command_runs_as_the_service_does():
    """As another user it would leave files that the service cannot read; without its settings, open another store."""
    unit = (ROOT / "deploy/face-to-face@.service").read_text(encoding="utf-8")
    command = (ROOT / "deploy/face-to-face").read_text(encoding="utf-8")
    for line in ("UMask", "WorkingDirectory", "EnvironmentFile", "Environment=STORE_URL"):
        [value] = re.findall(rf"^{line}=(.*)$", unit, re.M)
        assert f"--property={line}={value} " in command, line
    [user] = re.findall(r"^User=(.*)$", unit, re.M)
    [python] = re.findall(r"^ExecStart=(.*/)streamlit ", unit, re.M)
    assert f"--uid={user} " in command and f'{python}python -m "$@"' in command
    assert os.access(ROOT / "deploy/face-to-face", os.X_OK)


def test_what_is_told_to_be_copied_is_there():
    told = (ROOT / "deploy/README.md").read_text(encoding="utf-8")
    copied = re.findall(r"^    cp (deploy/\S+) ", told, re.M)
    assert {"deploy/face-to-face@.service", "deploy/face-to-face"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).is_file()] == []
