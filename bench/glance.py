"""A leader opens the glance in a browser: cold, with nothing of it in the browser, and once the app is loaded.

`python bench/glance.py [STORE]` in Debian's Chromium, beside a plain Streamlit page of six charts over 100,000 rows in
the same run. All six pictures must be painted. A line of JSON for each promise.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from bench.browser import chromium  # noqa: E402
from bench.client import sign_in  # noqa: E402
from bench.measuring import Line, store_file, tell  # noqa: E402
from bench.serving import naive, ours  # noqa: E402
from pages.shared.here import SESSION_COOKIE  # noqa: E402

PICTURES = 6
TURNS = 5
# In ms from now until all pictures have their lines, looked for at each frame that is painted.
DRAWN = """n => new Promise((done) => {
  const begun = performance.now()
  const look = () => {
    const places = [...document.querySelectorAll(".js-plotly-plot")]
    const painted = places.filter((one) => one.querySelector(".cartesianlayer path, .pielayer path"))
    if (painted.length >= n) done(performance.now() - begun)
    else requestAnimationFrame(look)
  }
  look()
})"""


@contextmanager
def fresh(browser: Browser, url: str, cookie: str = "") -> Iterator[Page]:
    """A page in a browser that has never been here."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    if cookie:
        context.add_cookies([{"name": SESSION_COOKIE, "value": cookie, "url": url}])
    yield context.new_page()
    context.close()


def cold(browser: Browser, url: str, cookie: str = "") -> float:
    """Seconds from the address to the last picture."""
    with fresh(browser, url, cookie) as page:
        page.goto(url, wait_until="commit")
        page.evaluate(DRAWN, PICTURES)
        return page.evaluate("performance.now()") / 1000


def loaded(page: Page, url: str) -> list[float]:
    """The same from a press in the menu, on a page that stands."""
    took = []
    for _ in range(TURNS):
        page.goto(f"{url}/officers")
        link = page.locator("a[href$='/dashboard']").first
        link.wait_for()
        page.wait_for_timeout(2_000)  # they read
        link.dispatch_event("click")
        took.append(page.evaluate(DRAWN, PICTURES) / 1000)
    return took


def median(one: Callable[[], float]) -> float:
    return sorted(one() for _ in range(TURNS))[TURNS // 2]


def main() -> None:
    with store_file(sys.argv[1:]) as path, sync_playwright() as playwright:
        browser = chromium(playwright)
        with naive() as server:
            by_itself = median(lambda: cold(browser, server.url))
        with ours(path) as server:
            cookie = sign_in(server.url, "leader")[SESSION_COOKIE]
            first = median(lambda: cold(browser, f"{server.url}/dashboard", cookie))
            with fresh(browser, server.url, cookie) as page:
                later = sorted(loaded(page, server.url))[TURNS // 2]
        browser.close()
    missed = tell(
        Line("glance in a browser, cold, beside the naive page", first, "s", by_itself),
        Line("glance in a browser, cold", first, "s", 2.5, 1),
        Line("glance in a browser, once the app is loaded", later, "s", 1, 1),
    )
    sys.exit(missed)


if __name__ == "__main__":
    main()
