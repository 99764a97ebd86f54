"""Sixty people who click every three seconds, on our outcomes and on a naive page: `python bench/crowd.py [STORE]`.

The time of each click until the script has finished, as the browser waits for it. Each clicks at a moment of their own.
"""

import asyncio
import random
import sys
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import client, serving  # noqa: E402
from bench.client import Tab  # noqa: E402
from bench.measuring import Line, store_file, tell  # noqa: E402

PEOPLE, EVERY, CLICKS = 60, 3.0, 4
AT_A_TIME = 4  # who open the page at once, before the clicking begins


async def clicks(tab: Tab, begins: float) -> list[float]:
    """When each ought to have begun counts: who waits clicks later, and has waited all the same."""
    found, clock = [], asyncio.get_running_loop().time
    due = clock() + begins
    for _ in range(CLICKS):
        await asyncio.sleep(max(0.0, due - clock()))
        await tab.rerun()
        found.append(clock() - due)
        due += EVERY
    return found


async def crowd(url: str, cookies: dict[str, str], path: str) -> list[float]:
    async with client.tabs(url, [cookies] * PEOPLE) as tabs:
        room = asyncio.Semaphore(AT_A_TIME)

        async def come(tab: Tab) -> None:
            async with room:
                await tab.open(path)

        await asyncio.gather(*map(come, tabs))
        chance = random.Random(3)
        waits = await asyncio.gather(*(clicks(tab, chance.uniform(0, EVERY)) for tab in tabs))
        return [seconds for one in waits for seconds in one]


def p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]


def main(argv: list[str]) -> int:
    with serving.naive() as server:
        naive = p95(asyncio.run(crowd(server.url, {}, "")))
    with store_file(argv) as path, serving.ours(path) as server:
        ours = p95(asyncio.run(crowd(server.url, client.sign_in(server.url, "leader"), "outcomes")))
    return int(tell(Line("60 people who click every 3 s, p95", ours, "s", naive, 1 / 50)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
