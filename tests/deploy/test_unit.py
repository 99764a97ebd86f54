"""The shipped systemd unit: what a broken service could reach, and the command beside it."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.paths import ROOT

SYSTEMD = "/lib/systemd/systemd"
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


def as_systemd_reads_it(name: str, port: int, folder: Path) -> dict[str, list[str]]:
    """The unit where its file is installed under this name: what systemd itself says it would start."""
    units = Path(mkdtemp(prefix="f2f-units-", dir=folder))
    for place in (units, folder):
        place.chmod(0o755)
    (units / f"{name}@.service").write_bytes((ROOT / "deploy/face-to-face@.service").read_bytes())
    asked = [SYSTEMD, "--test", "--system", f"--unit={name}@{port}.service"]
    as_nobody = ["runuser", "-u", "nobody", "--"] if os.getuid() == 0 else []  # root is not told
    told = subprocess.run([*as_nobody, "env", f"SYSTEMD_UNIT_PATH={units}:", *asked], capture_output=True, text=True,
                          timeout=60, check=True)  # fmt: skip
    unit = told.stdout.partition(f"-> Unit {name}@{port}.service:")[2].partition("-> Unit ")[0]
    found = dict[str, list[str]]()
    for key, said in re.findall(r"^\t+([\w ]+): (.*)$", unit, re.M):
        found.setdefault(key, []).append(said)
    return found


@pytest.mark.skipif(not Path(SYSTEMD).exists(), reason="systemd is not on this machine")
@pytest.mark.parametrize("name", ["face-to-face", "yunling"])
def test_each_district_s_service_and_command_have_a_user_a_store_and_settings_of_their_own(name, tmp_path):
    """As another user a command would leave files that the service cannot read; without its settings, open another
    store."""
    place = Path(mkdtemp(prefix="f2f-unit-"))
    (tmp_path / "systemd-run").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    (tmp_path / "systemd-run").chmod(0o755)
    (tmp_path / name).symlink_to(ROOT / "deploy/face-to-face")
    try:
        unit = as_systemd_reads_it(name, 8511, place)
    finally:
        shutil.rmtree(place)
    path = f"{tmp_path}:{os.environ['PATH']}"
    told = subprocess.run(
        [tmp_path / name, "db", "verify"], env={"PATH": path}, capture_output=True, text=True, check=True
    )
    command = told.stdout.splitlines()
    assert unit["User"] == [name] and f"--uid={name}" in command
    for key in ("UMask", "WorkingDirectory", "EnvironmentFile"):
        assert [f"--property={key}={said}" for said in unit[key]] == [one for one in command if f"={key}=" in one], key
    [store] = [said for said in unit["Environment"] if said.startswith("STORE_URL=")]
    assert store == f"STORE_URL=duckdb:/var/lib/{name}/store.duckdb" and f"--property=Environment={store}" in command
    assert unit["ReadWritePaths"] == [f"/var/lib/{name}"] and unit["EnvironmentFile"] == [f"-/etc/{name}/environment"]
    [started] = unit["Command Line"]
    assert "--server.port 8511 " in started
    assert command[-4:] == [f"{started.partition('streamlit ')[0]}python", "-m", "db", "verify"]
    assert os.access(ROOT / "deploy/face-to-face", os.X_OK)


def test_what_is_told_to_be_copied_is_there():
    told = (ROOT / "deploy/README.md").read_text(encoding="utf-8")
    copied = re.findall(r"^    cp (deploy/\S+) ", told, re.M)
    assert {"deploy/face-to-face@.service", "deploy/face-to-face"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).is_file()] == []
