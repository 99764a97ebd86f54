"""A phone opens its survey link: bytes over the wire, words on the screen, a button that can be used.

`python bench/phone.py [STORE] [--each]` in Debian's Chromium with a processor four times slower, 1.6 Mbps and 150 ms,
beside a plain Streamlit form in the same run. A line of JSON for each promise.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright  # noqa: E402

from bench.browser import chromium  # noqa: E402
from bench.measuring import Line, tell  # noqa: E402
from bench.serving import NAIVE, ours, serving  # noqa: E402
from bench.viewers import prepared  # noqa: E402

LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER = 4
NEXT = 5  # pages after Next, one after the other
# When the first words stood there, and when the button could be pressed, in ms from the start of the navigation.
WATCH = """
(() => { const seen = window.seen = {}
  const look = () => {
    if (!seen.words && document.body && document.body.innerText.trim().length > 10) seen.words = performance.now()
    const button = document.querySelector("BUTTON")
    if (!seen.usable && button && !button.disabled && button.offsetHeight) seen.usable = performance.now()
    if (!seen.usable) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()
"""
# Every question of the page has an answer, and Next is pressed: the wall clock goes on in the next page.
PRESS = """() => {
  document.querySelectorAll("fieldset").forEach((one) => {
    const first = one.querySelector("input[type=radio], input[type=checkbox]")
    if (first) first.checked = true
  })
  sessionStorage.setItem("pressed", Date.now())
  document.querySelector("button[value=next]").click()
}"""
CAME_ANEW = """() => performance.timeOrigin > Number(sessionStorage.getItem("pressed"))
  && performance.getEntriesByName("first-contentful-paint").length"""
CAME = """() => {
  const shown = performance.timeOrigin + performance.getEntriesByName("first-contentful-paint")[0].startTime
  return (shown - Number(sessionStorage.getItem("pressed"))) / 1000
}"""


@contextmanager
def phone(browser: Browser, url: str, cookie: str = "") -> Iterator[tuple[Page, CDPSession]]:
    """Its page, and the line to it, which is slowed down once `slow` is told."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True)
    if cookie:
        context.add_cookies([{"name": "f2f_session", "value": cookie, "url": url}])
    page = context.new_page()
    yield page, context.new_cdp_session(page)
    context.close()


def slow(line: CDPSession) -> None:
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def after_next(browser: Browser, url: str, cookie: str) -> list[float]:
    """From each press of Next to the next page's first words, in seconds; also where answers bring more questions."""
    took = []
    with phone(browser, url, cookie) as (page, line):
        slow(line)
        page.goto(url)
        page.click("button[value=start]")
        for _ in range(NEXT):
            page.wait_for_selector("button[value=next]")
            page.wait_for_timeout(2_000)  # they read
            page.evaluate(PRESS)
            page.wait_for_function(CAME_ANEW)
            took.append(page.evaluate(CAME))
    return took


def visit(browser: Browser, url: str, button: str, cookie: str = "") -> tuple[dict[str, float], dict[str, int]]:
    """The times in seconds, and how many bytes each address took over the wire."""
    with phone(browser, url, cookie) as (page, line):
        return _visit(page, line, url, button)


def _visit(page: Page, line: CDPSession, url: str, button: str) -> tuple[dict[str, float], dict[str, int]]:
    page.add_init_script(WATCH.replace("BUTTON", button))
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def on(event: str, told: Callable[[dict[str, Any]], None]) -> None:
        line.on(event, told)

    def frame(message: dict[str, Any]) -> None:
        sizes["websocket"] = sizes.get("websocket", 0) + len(message["response"]["payloadData"]) * 3 // 4

    on("Network.requestWillBeSent", lambda m: addresses.update({m["requestId"]: m["request"]["url"]}))
    on("Network.loadingFinished", lambda m: sizes.update({addresses[m["requestId"]]: int(m["encodedDataLength"])}))
    on("Network.webSocketFrameReceived", frame)
    slow(line)
    page.goto(url, wait_until="commit")
    page.wait_for_selector(f"{button}:not(:disabled)", timeout=120_000)
    page.wait_for_timeout(4_000)  # what comes late counts too
    return {name: value / 1000 for name, value in page.evaluate("window.seen").items()}, sizes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", nargs="?", type=Path)
    parser.add_argument("--each", action="store_true", help="every address with its bytes")
    args = parser.parse_args()
    with prepared(args.store, 2, filled=False) as (path, (one, other)), sync_playwright() as playwright:
        browser = chromium(playwright)
        with serving("run", "form.py", folder=NAIVE) as plain:
            by_itself, raw = visit(browser, plain.url, ".stFormSubmitButton button")
        with ours(path) as server:
            seen, sizes = visit(browser, f"{server.url}/survey", ".st-key-survey-start button", one)
            html, light = visit(browser, f"{server.url}/f", "button[value=start]", one)
            took = after_next(browser, f"{server.url}/f", other)
        browser.close()
    if args.each:
        for address, size in sorted(sizes.items(), key=lambda one: -one[1]):
            print(f"{size:>9} {address}", file=sys.stderr)
    missed = tell(
        Line(
            "first load of the survey",
            sum(sizes.values()) / 1e3,
            "kB",
            sum(raw.values()) / 1e3,
            5e5 / sum(raw.values()),
        ),
        Line("words on a phone's screen", seen["words"], "s", by_itself["words"]),
        Line("button usable on a phone", seen["usable"], "s", by_itself["usable"]),
        Line("plain form: first load", sum(light.values()) / 1000, "kB", 40, 1),
        Line("plain form: words on a phone's screen", html["words"], "s", 1, 1),
        Line("plain form: button usable on a phone", html["usable"], "s", 1.5, 1),
        Line("plain form: words after Next, the slowest", max(took), "s", 0.6, 1),
    )
    sys.exit(missed)


if __name__ == "__main__":
    main()
