"""The plain form: 500 phones on the last look send at one instant, beside the writer alone and beside a bare form.

`python bench/plain_form.py [STORE] [--phones 500]`. The writer alone: the same submissions, handed to the store of a
process with nothing else to do, one after the other; and, to see what the pages cost, as many at once as the server has
threads. The bare form: Starlette and SQLite with full sync, a row a post (bench/naive).
"""

import argparse
import asyncio
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from access.entrance import who_is_here  # noqa: E402
from bench.client import loopback  # noqa: E402
from bench.measuring import Line, tell  # noqa: E402
from bench.rerun import at_rest  # noqa: E402
from bench.serving import NAIVE, _wait, free_port, ours  # noqa: E402
from bench.viewers import part, prepared  # noqa: E402
from db import clock  # noqa: E402
from db.store import open_store  # noqa: E402
from intake.survey import answering  # noqa: E402
from intake.survey.submitting import submit  # noqa: E402
from pages.shared.cookies import SESSION_COOKIE  # noqa: E402

SLOWEST = 3.0  # seconds, p99
LEAST = 0.6  # of the writer alone
PATIENCE = 120.0
AT_ONCE = 40  # threads of the writer alone: as many as the server has


class Phone:
    """A connection that is open, and what it posts."""

    def __init__(self, url: str, session: str, answers: str = "") -> None:
        self.url, self.cookie, self.body = urlsplit(loopback(url)), f"{SESSION_COOKIE}={session}", b""
        self.answers = answers
        self.line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def open(self) -> None:
        """The last look, and its form filled as a browser would; then a fresh line, for this one will be idle."""
        if self.answers:
            self.body = urlencode({"answers": self.answers}).encode()
        else:
            await self._connect()
            await self._look()
        await self._connect()

    async def _connect(self) -> None:
        if self.line:
            self.line[1].close()
        self.line = await asyncio.open_connection(self.url.hostname, self.url.port)

    async def _look(self) -> None:
        page = await self._ask(b"GET", b"")
        fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
        given = {name: value.replace("&#34;", '"').replace("&amp;", "&") for name, value in fields}
        assert "answers" in given, page[:600]
        self.body = urlencode(given | {"do": "send"}).encode()

    async def send(self) -> float:
        begun = time.monotonic()
        page = await self._ask(b"POST", self.body)
        assert "number" in page and "<h1>" in page, page[:600]
        return time.monotonic() - begun

    async def _ask(self, method: bytes, body: bytes) -> str:
        assert self.line
        reader, writer = self.line
        head = (
            f"{method.decode()} /f HTTP/1.1\r\nhost: {self.url.netloc}\r\norigin: http://{self.url.netloc}\r\n"
            f"cookie: {self.cookie}\r\ncontent-type: application/x-www-form-urlencoded\r\n"
            f"content-length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        await writer.drain()
        told = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)).decode()
        size = re.search(r"content-length: (\d+)", told, re.IGNORECASE)
        assert size and told.split()[1] == "200", told
        return (await reader.readexactly(int(size[1]))).decode()


async def at_one_instant(
    phones: list[Phone], cpu: Callable[[], float] = time.process_time
) -> tuple[list[float | BaseException], float, float]:
    """How long each waited; seconds of the clock for all, and of the server's processor."""
    room = asyncio.Semaphore(8)

    async def opened(phone: Phone) -> None:
        async with room:
            await phone.open()

    await asyncio.gather(*map(opened, phones))
    begun, used = time.monotonic(), cpu()
    took = await asyncio.gather(*(phone.send() for phone in phones), return_exceptions=True)
    return took, time.monotonic() - begun, cpu() - used


def writer_alone(path: Path, sessions: list[str], threads: int) -> tuple[float, float]:
    """Submissions a second, and seconds of the processor for each."""
    store, at = open_store(f"duckdb:{path}"), clock.now()
    jobs = []
    for session in sessions:
        actor = who_is_here(store, session, at)
        assert actor and actor.wave_id
        filling = answering.resume(store, actor=actor, wave_id=actor.wave_id)
        assert filling
        jobs.append((actor, filling))

    def sent(job: tuple) -> None:
        actor, filling = job
        submit(store, actor=actor, form_id=filling.form_id, wave_id=actor.wave_id, answers=filling.answers,
                         language="zh", at=at)  # fmt: skip

    begun, used = time.monotonic(), time.process_time()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(sent, jobs))
    spent, cpu = time.monotonic() - begun, time.process_time() - used
    store.close()
    return len(jobs) / spent, cpu / len(jobs)


@contextmanager
def bare_form() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command = [sys.executable, str(NAIVE / "sqlite_form.py"), f"{folder}/form.sqlite", str(port)]
        process = subprocess.Popen(command)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(process, f"{url}/readyz")
            yield url
        finally:
            process.terminate()
            process.wait(20)


def told(name: str, took: list[float | BaseException], spent: float, alone: float) -> bool:
    good = [one for one in took if isinstance(one, float)]
    for one in took:
        if not isinstance(one, float):
            print(repr(one)[:600], file=sys.stderr)
            break
    asked = name.startswith("plain")
    return tell(
        Line(f"{name}: errors", len(took) - len(good), "phones", 1, 0),
        Line(f"{name}: p50", part(good, 0.5), "s", SLOWEST),
        Line(f"{name}: p99", part(good, 0.99), "s", SLOWEST, 1 if asked else None),
        Line(f"{name}: the writer alone over it", alone, "a second", len(good) / spent, 1 / LEAST if asked else None),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", nargs="?", type=Path)
    parser.add_argument("--phones", type=int, default=500)
    args = parser.parse_args()
    n = args.phones
    with prepared(args.store, 3 * n) as (path, sessions):
        alone, cpu = writer_alone(path, sessions[n : 2 * n], 1)
        at_once, cpu_at_once = writer_alone(path, sessions[2 * n :], AT_ONCE)
        with ours(path) as server:
            asyncio.run(at_rest(server))  # a hall does not send while the house opens
            phones = [Phone(server.url, one) for one in sessions[:n]]
            took, spent, used = asyncio.run(at_one_instant(phones, server.cpu))
            missed = told(f"plain form, {n} at one instant", took, spent, alone)
            missed |= tell(Line("plain form: CPU of each, beside the writer alone", used / n * 1e3, "ms", cpu * 1e3),
                Line(f"the writer alone, {AT_ONCE} at once, beside one after the other", at_once, "a second", alone),
                Line("their CPU", cpu_at_once * 1e3, "ms", cpu * 1e3))  # fmt: skip
        with bare_form() as url:
            took, spent, _ = asyncio.run(at_one_instant([Phone(url, "", answers="x" * 1200) for _ in range(n)]))
            told(f"Starlette and SQLite, {n} at one instant", took, spent, alone)
    sys.exit(missed)


if __name__ == "__main__":
    main()
