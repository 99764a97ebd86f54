"""Screens that only look: what they cost at rest, how soon a submission is on all of them, how fast they open.

A survey's answer moves the line at their foot; another change, measured beside it, draws the whole of each page.

`python bench/viewers.py [STORE] [--viewers 1000] [--opening 200] [--changes 3] [--every 30] [--page dashboard]`
A line of JSON for each promise. The submissions come from phones over the survey's own page.
"""

import argparse
import asyncio
import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.client import Tab, sign_in, tab  # noqa: E402
from bench.measuring import Line, store_file, tell  # noqa: E402
from bench.rerun import renamed  # noqa: E402
from bench.serving import Server, ours  # noqa: E402
from bench.wave.hall import invited_phones  # noqa: E402
from db.store import open_store  # noqa: E402
from pages.shared.here import SESSION_COOKIE  # noqa: E402

HEAD = re.compile(rb"\b[0-9a-f]{12}\b")  # the chain's head, at the foot of every live page


class Screen:
    """A live page; `seen` is when each head of the chain was first shown on it."""

    def __init__(self, page: Tab) -> None:
        self.page = page
        self.seen: dict[str, float] = {}

    async def watch(self) -> None:
        while True:
            data = await self.page.socket.recv()
            assert isinstance(data, bytes)
            if b"f2f-foot" in data:
                for head in HEAD.findall(data):
                    self.seen.setdefault(head.decode(), time.monotonic())


def part(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else float("inf")


async def open_screens(stack: AsyncExitStack, url: str, n: int, within: float, path: str) -> tuple[list[Screen], list]:
    """That many leaders come one after another, evenly; how long each waits until the page stands."""
    cookies, waits, screens = sign_in(url, "leader"), [], []

    async def one(place: int) -> None:
        await asyncio.sleep(place * within / n)
        begun = time.monotonic()
        page = await stack.enter_async_context(tab(url, cookies))
        await page.open(path)
        waits.append(time.monotonic() - begun)
        screens.append(Screen(page))

    await asyncio.gather(*(one(place) for place in range(n)))
    return screens, waits


async def submitted(phone: Tab) -> float:
    """The moment at which the phone has its receipt."""
    look = await phone.rerun({"survey-submit": True})
    if "f2f-receipt" not in look.words():
        raise AssertionError(f"not taken: {look.words()[:2000]}")
    return time.monotonic()


def newest(url: str) -> str:
    with urlopen(f"{url}/readyz") as answer:
        return json.load(answer)["head"][:12]


async def drawn_whole(server: Server, screens: Sequence[Screen], wait: float) -> list[float]:
    """A change that is no survey's answer: how long until it is on each of them."""
    await renamed(server)
    done = time.monotonic()
    head = await asyncio.to_thread(newest, server.url)
    await asyncio.sleep(wait)
    return [screen.seen.get(head, float("inf")) - done for screen in screens]


async def measure(server: Server, phones: list[str], args: argparse.Namespace) -> bool:
    async with AsyncExitStack() as stack:
        within = 10 * args.opening / 200
        screens, waits = await open_screens(stack, server.url, args.opening, within, args.page)
        missed = tell(Line(f"{args.opening} open within {within:.0f} s, p95", part(waits, 0.95), "s", 3, 1))
        left = args.viewers - args.opening
        more, _ = await open_screens(stack, server.url, left, left / 8, args.page) if left else ([], [])
        screens += more
        watching = [asyncio.create_task(screen.watch()) for screen in screens]
        pages = [await stack.enter_async_context(tab(server.url, {SESSION_COOKIE: phone})) for phone in phones]
        for page in pages:
            await page.open("survey")
        await asyncio.sleep(args.every)
        cpu, at = server.cpu(), time.monotonic()
        await asyncio.sleep(args.every)
        spent = (server.cpu() - cpu) / (time.monotonic() - at) * 100
        missed |= tell(Line(f"{len(screens)} screens at rest: CPU", spent, "% of a core", 60, 1))
        cpu, at, reached, own = server.cpu(), time.monotonic(), [], []
        for page in pages:
            due = time.monotonic() + args.every
            begun, done = time.monotonic(), await submitted(page)
            own.append(done - begun)
            head = await asyncio.to_thread(newest, server.url)
            await asyncio.sleep(due - time.monotonic())
            reached += [screen.seen.get(head, float("inf")) - done for screen in screens]
        spent = (server.cpu() - cpu) / (time.monotonic() - at) * 100
        whole = await drawn_whole(server, screens, args.every)
        n = len(screens)
        missed |= tell(
            Line(f"{n} screens, a change every {args.every:.0f} s: CPU", spent, "% of a core", 60, 1),
            Line(f"a submission on {n} screens, p50", part(reached, 0.5), "s", 3),
            Line(f"a submission on {n} screens, p95", part(reached, 0.95), "s", 3 if n <= 200 else 20, 1),
            Line(f"a submission on {n} screens, all", max(reached), "s", 20, 1),
            Line(f"another change on {n} screens, p95", part(whole, 0.95), "s", 20, 1),
            Line(f"another change on {n} screens, all", max(whole), "s", 20, 1),
            Line("the submission itself", max(own), "s", 5),
            Line(f"memory with {n} screens", server.memory(), "MB", 1),
        )
        for task in watching:
            task.cancel()
        return missed


@contextmanager
def prepared(small: Path | None, phones: int, *, filled: bool = True) -> Iterator[tuple[Path, list[str]]]:
    """A copy of the store, or a new one with demo data, and the sessions of its invited phones."""
    with store_file([str(small)] if small else []) as path:
        store = open_store(f"duckdb:{path}")
        store.migrate()
        sessions = invited_phones(store, phones, filled=filled)
        store.close()
        yield path, sessions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", nargs="?", type=Path)
    parser.add_argument("--viewers", type=int, default=1000)
    parser.add_argument("--opening", type=int, default=200)
    parser.add_argument("--changes", type=int, default=3)
    parser.add_argument("--every", type=float, default=30)
    parser.add_argument("--page", default="dashboard")
    args = parser.parse_args()
    with prepared(args.store, args.changes) as (path, phones), ours(path) as server:
        sys.exit(asyncio.run(measure(server, phones, args)))


if __name__ == "__main__":
    main()
