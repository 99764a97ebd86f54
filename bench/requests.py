"""Does any page ask another host for anything, or break the policy of what may run? All pages, by every role, and those
without an account, in Chromium.

`python bench/requests.py [--roles leader,staff] [STORE]`: a store with demo data is served on this machine, every page
that a role may see is opened, and what is asked elsewhere, refused of scripts and sheets, or fails is counted.
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from access.roles import PERMISSIONS, ROLES  # noqa: E402
from bench.browser import chromium  # noqa: E402
from bench.measuring import Line, store_file, tell  # noqa: E402
from pages.sitemap import SITE  # noqa: E402
from tests.conftest import enter, serving, settle  # noqa: E402

PLAIN = ("sign-in", "published", "c/ABC", "i/guessed", "f/guessed", "wall/guessed", "arrive/guessed", "no-such-page")
OWN = ("password", "sign-out")
OURS = ("data:", "blob:", "about:", "chrome-extension:")


def watched(page: Page, url: str, found: list[str]) -> None:
    host = url.partition("://")[2]
    inside = (url, f"ws://{host}")
    page.on("request", lambda one: None if one.url.startswith((*inside, *OURS)) else found.append(f"request {one.url}"))
    page.on("console", lambda said: found.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("pageerror", lambda error: found.append(f"error {error}"))


def looked(browser: Browser, url: str, role: str | None) -> tuple[int, list[str]]:
    context = browser.new_context(locale="zh-CN")
    if role:
        enter(context, url, role)
    page, found = context.new_page(), list[str]()
    watched(page, url, found)
    may = PERMISSIONS[role] if role else frozenset()
    paths = [row.path for row in SITE if row.permission == "anyone" or row.permission in may]
    for path in paths:
        page.goto(f"{url}/{path}")
        settle(page)
    for path in OWN if role else PLAIN:
        page.goto(f"{url}/{path}")
    context.close()
    return len(paths) + len(OWN if role else PLAIN), [f"{role}: {one[:300]}" for one in found]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--roles", default=",".join(ROLES))
    asked.add_argument("store", nargs="*")
    args = asked.parse_args()
    pages, found = Counter[str](), list[str]()
    with store_file(args.store) as path, tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        served = shutil.copy(path, Path(folder) / "store.duckdb")
        with serving(f"duckdb:{served}") as server:
            browser = chromium(playwright)
            for role in (None, *args.roles.split(",")):
                n, said = looked(browser, server.url, role)
                pages[str(role)] += n
                found += said
            browser.close()
    for one, n in Counter(found).most_common(30):
        print(f"{n} × {one}", file=sys.stderr)
    return int(tell(
        Line("pages that were opened", pages.total(), "pages", 1),
        Line("requests to another host, refused scripts and sheets, errors", len(found), "found", 1, 0),
    ))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
