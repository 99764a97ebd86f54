"""A full disk refuses writes in words; it never ends the process."""

import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from db.duck import ROOM
from tests.conftest import serving, wait_for
from tests.db.full_disk import WRITES
from tests.paths import ROOT

pytestmark = pytest.mark.of_a_file


@pytest.mark.parametrize("name", WRITES)
def test_a_full_disk_refuses_a_change_of_a_known_row_and_ends_nothing(tmp_path, name):
    command = [sys.executable, "-m", "tests.db.full_disk", str(tmp_path / "store.duckdb"), name]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[:600]
    assert ran.stdout.split() == ["store_unavailable", "store_unavailable", "written"]


MOUNTED = ["unshare", "--map-root-user", "--mount"]  # a small disk of its own, without rights on the machine


def mounts_are_permitted() -> bool:
    try:
        return subprocess.run([*MOUNTED, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True).returncode == 0
    except OSError:
        return False


@pytest.fixture
def on_a_small_disk(tmp_path, migrated):
    """The server on a disk of 48 MB: .url, .disk (as this process sees it), .process."""
    (tmp_path / "disk").mkdir()
    start = 'mount -t tmpfs -o size=48m tmpfs "$0" && cp "$1" "$0/store.duckdb" && shift && exec "$@"'
    within = [*MOUNTED, "sh", "-c", start, str(tmp_path / "disk"), str(migrated)]
    with serving(f"duckdb:{tmp_path / 'disk' / 'store.duckdb'}", within=within) as server:
        server.disk = Path(f"/proc/{server.process.pid}/root{tmp_path / 'disk'}")
        yield server


def asked(url: str, form: bytes | None = None) -> tuple[int, str]:
    request = urllib.request.Request(url, data=form, headers={"Accept-Language": "zh-CN"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def status(url: str) -> int:
    return asked(url)[0]


def fill(path: Path, size: int | None = None) -> None:
    """A file of `size` bytes, or of all that the disk has left."""
    with path.open("wb", buffering=0) as file:
        try:
            while size is None or file.tell() < size:
                file.write(b"x" * 4096)
        except OSError:
            assert size is None


@pytest.mark.skipif(not mounts_are_permitted(), reason="this machine lets nobody mount a disk of their own")
def test_a_server_on_a_full_disk_is_not_ready_ends_nothing_and_is_ready_when_there_is_room(on_a_small_disk):
    served = on_a_small_disk
    free = shutil.disk_usage(served.disk).free
    fill(served.disk / "most", free - ROOM + 4096)
    refused = wait_for(lambda: status(f"{served.url}/readyz") == 503)
    assert refused, "ready with less than the floor free"
    fill(served.disk / "rest")
    wrong = b"login=nobody&password=wrong"
    tries = [asked(f"{served.url}/sign-in", wrong) for _ in range(40)]  # the first still fit into the last page
    assert "系统暂时无法保存" in tries[-1][1]
    assert {status for status, _ in tries} == {403}
    assert [status(f"{served.url}/readyz") for _ in range(20)] == [503] * 20
    assert status(f"{served.url}/sign-in") == 200, "what needs no writing is still shown"
    assert status(f"{served.url}/healthz") == 200 and served.process.poll() is None
    (served.disk / "rest").unlink()
    (served.disk / "most").unlink()
    assert wait_for(lambda: status(f"{served.url}/readyz") == 200)
    assert "系统暂时无法保存" not in asked(f"{served.url}/sign-in", wrong)[1]
