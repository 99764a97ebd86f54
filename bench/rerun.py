"""What a look costs the server, beside a naive Streamlit page in the same run: `python bench/rerun.py [STORE]`.

Seconds of the processor, by the process's own count, for a rerun of each page with unchanged data; for a rerun of one
widget; for the first look after a start and after a change. Without STORE on a fresh demo store. Exit 1 where one of
them is above its promise.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import client, serving  # noqa: E402
from bench.client import Tab  # noqa: E402
from bench.measuring import Line, store_file, tell  # noqa: E402
from bench.serving import Server  # noqa: E402

TIMES, ROUNDS = 15, 3
LONGEST, STILL = 60, 0.05  # seconds of the clock that are waited for rest; seconds of a processor in one of them
NAIVE = 1 / 20
PAGES = (("leader", "dashboard"), ("leader", "outcomes"), ("leader", "economy"), ("leader", "together"),
         ("staff", "desk"))  # fmt: skip
BARE = "accounts"  # what a leader sees of it is the menu and one sentence
CLICK = {"desk": "filter-town", "survey": "f2f-level5-P1"}


async def cost(server: Server, work: Callable[[], Awaitable[object]]) -> float:
    """Seconds of the processor: the best of a few rounds, for others on the machine only add to it."""
    await work()
    await work()
    rounds = []
    for _ in range(ROUNDS):
        used = server.cpu()
        for _ in range(TIMES):
            await work()
        rounds.append((server.cpu() - used) / TIMES)
    return min(rounds)


async def reruns(server: Server, cookies: dict[str, str], path: str) -> float:
    async with client.tab(server.url, cookies) as tab:
        await tab.open(path)
        return await cost(server, tab.rerun)


def clicking(tab: Tab, key: str) -> Callable[[], Awaitable[object]]:
    """Another choice at each call, as a person makes it."""
    turn = iter(range(10_000))

    async def click() -> None:
        options = tab.widgets[key].element.options
        await tab.rerun({key: options[1 + next(turn) % 2]})

    return click


async def one_widget(server: Server, tab: Tab, path: str) -> Line:
    whole = await cost(server, tab.rerun)
    part = await cost(server, clicking(tab, CLICK[path]))
    return Line(f"one widget of the {path} against its rerun", 1e3 * part, "ms of a processor", 1e3 * whole, 1 / 3)


async def survey(server: Server) -> Line:
    async with client.tab(server.url, client.sign_in(server.url, "enterprise")) as tab:
        await tab.open("survey")
        if "survey-start" in tab.widgets:
            await tab.rerun({"survey-start": True})
        return await one_widget(server, tab, "survey")


async def desk(server: Server) -> Line:
    async with client.tab(server.url, client.sign_in(server.url, "staff")) as tab:
        await tab.open("desk")
        return await one_widget(server, tab, "desk")


async def first_look(server: Server, cookies: dict[str, str]) -> float:
    used = server.cpu()
    async with client.tab(server.url, cookies) as tab:
        await tab.open("dashboard")
    return server.cpu() - used


async def renamed(server: Server) -> None:
    """The district gets another name: a change that every page shows."""
    async with client.tab(server.url, client.sign_in(server.url, "admin")) as tab:
        await tab.open("system")
        button = next(key for key in tab.widgets if key.startswith("FormSubmitter:district"))
        await tab.rerun({"district-en": "The bench's district", button: True})


async def at_rest(server: Server) -> None:
    """Until what a start or a change has computed for nobody in particular is done; a busy machine takes long."""
    for _ in range(LONGEST):
        used = server.cpu()
        await asyncio.sleep(1)
        if server.cpu() - used < STILL:
            return
    raise TimeoutError("the server never came to rest")


async def looks(server: Server, naive: float, bare: float) -> list[Line]:
    people = {login: client.sign_in(server.url, login) for login in ("leader", "staff")}
    await at_rest(server)
    started = await first_look(server, people["leader"])
    found = []
    for login, path in PAGES:
        found.append(Line(f"rerun of {path}", 1e3 * await reruns(server, people[login], path), "ms of a processor",
                          1e3 * naive, NAIVE))  # fmt: skip
    fixed = await reruns(server, people["leader"], BARE)
    found.append(Line("rerun of a page with one sentence, against Streamlit's empty page", 1e3 * fixed,
                      "ms of a processor", 1e3 * bare))  # fmt: skip
    await renamed(server)
    await at_rest(server)
    again, glance = await first_look(server, people["leader"]), found[0].value
    found.append(Line("first glance after a start, against its rerun", 1e3 * started, "ms of a processor", glance, 3))
    found.append(Line("first glance after a change, against its rerun", 1e3 * again, "ms of a processor", glance, 3))
    return [*found, await desk(server), await survey(server)]


def main(argv: list[str]) -> int:
    with serving.naive() as server:
        naive, bare = (asyncio.run(reruns(server, {}, page)) for page in ("", "empty"))
    with store_file(argv) as path, serving.ours(path) as server:
        return int(tell(*asyncio.run(looks(server, naive, bare))))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
