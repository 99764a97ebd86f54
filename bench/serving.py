"""Servers for a bench: ours or another Streamlit page, on a free port of this machine, with what they cost."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
NAIVE = ROOT / "bench/naive"
_SCHEDULED = 2  # which clock of a process: what it was given by the scheduler (CPUCLOCK_SCHED)


@dataclass(frozen=True)
class Server:
    url: str
    pid: int
    ready: float  # seconds from the start of the process

    def cpu(self) -> float:
        """Seconds of a processor that the process has had, its ended threads too, by its own clock: /proc counts in
        hundredths, and a first look takes three."""
        return time.clock_gettime((~self.pid << 3) | _SCHEDULED)

    def memory(self) -> float:
        """MB that it holds itself now, without the pages of libraries, which others may hold too."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon")) / 1e3


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(*words: str, folder: Path = ROOT, ready: str = "/_stcore/health", **environment: str) -> Iterator[Server]:
    """`streamlit <words>` in this folder, ended with the block. In another folder it has none of our settings."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", *words, f"--server.port={port}", "--server.headless=true",
               "--server.address=127.0.0.1", "--browser.gatherUsageStats=false"]  # fmt: skip
    begun = time.monotonic()
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(process, url + ready)
        yield Server(url, process.pid, time.monotonic() - begun)
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def ours(store: Path) -> Iterator[Server]:
    with serving("run", "app.py", ready="/readyz", STORE_URL=f"duckdb:{store}") as server:
        yield server


@contextmanager
def naive() -> Iterator[Server]:
    with serving("run", "app.py", folder=NAIVE) as server:
        yield server


@contextmanager
def hello() -> Iterator[Server]:
    with serving("hello", folder=NAIVE) as server:
        yield server


def _wait(process: subprocess.Popen[bytes], url: str, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"{url} was not ready")
