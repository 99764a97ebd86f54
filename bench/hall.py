"""A hall of phones: the line is lost together, then all send what they answered, in ten seconds and at one instant.

`python bench/hall.py [STORE] [--phones 500] [--within 10] [--back 60]` over the survey's own page, each phone a session
of an enterprise that was invited.
"""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.client import Tab, tab  # noqa: E402
from bench.measuring import Line, tell  # noqa: E402
from bench.rerun import at_rest  # noqa: E402
from bench.serving import Server, ours  # noqa: E402
from bench.viewers import part, prepared  # noqa: E402
from pages.shared.here import SESSION_COOKIE  # noqa: E402


class Phone:
    """One enterprise's phone on the last look of its survey."""

    def __init__(self, server: Server, session: str) -> None:
        self.server, self.cookies = server, {SESSION_COOKIE: session}
        self.line = AsyncExitStack()
        self.page: Tab | None = None

    async def open(self) -> None:
        self.page = await self.line.enter_async_context(tab(self.server.url, self.cookies))
        look = await self.page.open("survey")
        assert "survey-submit" in self.page.widgets, look.words()[:2000]

    async def come_back(self) -> bool:
        """As a browser does after a broken line: the same page, with the session that it had. Whether all is there."""
        assert self.page
        before, widgets = self.page, set(self.page.widgets)
        self.page = await self.line.enter_async_context(tab(self.server.url, self.cookies, session=before.session))
        self.page.values, self.page.path, self.page.page_hash = before.values, before.path, before.page_hash
        look = await self.page.rerun()
        return self.page.session == before.session and widgets == set(self.page.widgets) and "dl" in look.words()

    async def lose(self) -> None:
        await self.line.aclose()
        self.line = AsyncExitStack()

    async def send(self) -> float:
        """Seconds from the press to the receipt."""
        assert self.page
        begun = time.monotonic()
        look = await self.page.rerun({"survey-submit": True})
        if "f2f-receipt" not in look.words():
            raise AssertionError(f"not taken: {look.words()[:2000]}")
        return time.monotonic() - begun


async def spread(work: list[Callable[[], Awaitable[float]]], within: float) -> list[float | BaseException]:
    """Each begins at a moment of its own within that many seconds."""

    async def one(do: Callable[[], Awaitable[float]]) -> float:
        await asyncio.sleep(random.random() * within)
        return await do()

    return await asyncio.gather(*map(one, work), return_exceptions=True)


async def opened(phones: list[Phone], at_once: int = 8) -> None:
    room = asyncio.Semaphore(at_once)

    async def one(phone: Phone) -> None:
        async with room:
            await phone.open()

    await asyncio.gather(*map(one, phones))


async def measure(server: Server, sessions: list[str], args: argparse.Namespace) -> bool:
    await at_rest(server)  # a hall does not come while the house opens
    phones = [Phone(server, session) for session in sessions]
    cpu = server.cpu()
    await opened(phones)
    n = args.phones
    missed = tell(Line("CPU of opening a survey's page", (server.cpu() - cpu) / len(phones) * 1000, "ms", 14))
    await asyncio.gather(*(phone.lose() for phone in phones[:n]))
    await asyncio.sleep(2)
    back = await spread([phone.come_back for phone in phones[:n]], args.back)
    missed |= tell(
        Line(f"{n} phones lost the line together: not as before", sum(one is not True for one in back), "phones", 1, 0)
    )
    for name, some, within, most in (
        (f"{n} submit within {args.within:.0f} s", phones[:n], args.within, 5),
        (f"{n} submit at one instant", phones[n:], 0, 12),
    ):
        cpu = server.cpu()
        took = await spread([phone.send for phone in some], within)
        spent = (server.cpu() - cpu) / len(some) * 1000
        good = [one for one in took if isinstance(one, float)]
        missed |= tell(
            Line(f"{name}: errors", len(took) - len(good), "phones", 1, 0),
            Line(f"{name}: p50", part(good, 0.5), "s", most),
            Line(f"{name}: p99", part(good, 0.99), "s", most, 1),
            Line(f"{name}: CPU of each", spent, "ms", 14),
        )
        for one in took:
            if not isinstance(one, float):
                print(repr(one)[:600], file=sys.stderr)
                break
    return missed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", nargs="?", type=Path)
    parser.add_argument("--phones", type=int, default=500)
    parser.add_argument("--within", type=float, default=10)
    parser.add_argument("--back", type=float, default=60)
    args = parser.parse_args()
    with prepared(args.store, 2 * args.phones) as (path, sessions), ours(path) as server:
        sys.exit(asyncio.run(measure(server, sessions, args)))


if __name__ == "__main__":
    main()
