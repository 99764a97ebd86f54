"""How soon the server is ready and what it holds, beside Streamlit's hello page. `python bench/footprint.py [STORE]`"""

import asyncio
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import client, serving  # noqa: E402
from bench.measuring import Line, store_file, tell  # noqa: E402
from bench.serving import Server  # noqa: E402

VIEWERS = 60
READY = 5.0  # seconds


async def held(server: Server, cookies: dict[str, str], path: str) -> tuple[float, float]:
    """MB after the first look, and what each of more viewers who stay adds."""
    async with client.tab(server.url, cookies) as tab:
        await tab.open(path)
        await tab.rerun()
        base = server.memory()
        async with client.tabs(server.url, [cookies] * VIEWERS) as tabs:
            for one in tabs:
                await one.open(path)
            return base, (server.memory() - base) / VIEWERS


def main(argv: list[str]) -> int:
    with serving.hello() as server:
        hello, _ = asyncio.run(held(server, {}, ""))
    with store_file(argv) as path:
        with serving.ours(path) as server:
            first = server.ready  # a store without a journal is kept as a backup first
        with serving.ours(path) as server:
            base, each = asyncio.run(held(server, client.sign_in(server.url, "leader"), "outcomes"))
            size, ready = path.stat().st_size / 1e6, server.ready
    return int(
        tell(
            Line(f"start of the process to ready, a store of {size:.0f} MB", ready, "s", READY, 1),
            Line("the first start with a journal, which keeps a backup", first, "s", ready),
            Line("memory after the first look, against Streamlit's hello page", base, "MB", hello, 1.5),
            Line("memory of a session", each, "MB", 0.3, 1),
        )
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
