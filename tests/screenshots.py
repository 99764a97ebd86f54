"""`make screenshots`: every page, both languages, two widths, light and dark, into screenshots/ to be looked at."""

import itertools
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from access.roles import PERMISSIONS
from bench.browser import chromium
from pages.sitemap import SITE, SitePage
from tests.conftest import enter, settle, wait_until_ready
from tests.paths import ROOT

OUT = ROOT / "screenshots"
LOOKS = tuple(itertools.product((("zh-CN", "zh"), ("en-GB", "en")), (1440, 390), ("light", "dark")))
# The person who sees most of a page, where several may open it.
FIRST = ("enterprise", "officer", "staff", "leader", "admin", "department", "town")


def main() -> None:
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        process, url = _serve(Path(folder))
        browser = chromium(playwright)
        try:
            for (locale, language), width, scheme in LOOKS:
                _all_pages(browser, url, locale, language, width, scheme)
        finally:
            browser.close()
            process.terminate()
            process.wait()


def _serve(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    environment = {**os.environ, "STORE_URL": f"duckdb:{folder / 'store.duckdb'}", "BACKUP_EVERY": "0"}
    for verb in ("migrate", "demo"):
        subprocess.run([sys.executable, "-m", "db", verb], cwd=ROOT, env=environment, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    wait_until_ready(url)
    return process, url


def _all_pages(browser: Browser, url: str, locale: str, language: str, width: int, scheme: Any) -> None:
    height = 900 if width > 600 else 844
    look = f"{language}-{width}-{scheme}"
    by_role: dict[str, BrowserContext] = {}
    for row in SITE:
        role = _visitor_of(row)
        if role not in by_role:
            by_role[role] = browser.new_context(
                viewport={"width": width, "height": height}, locale=locale, color_scheme=scheme
            )
            if role != "nobody":
                enter(by_role[role], url, role)
        page = by_role[role].new_page()
        page.goto(f"{url}/{row.path}")
        settle(page)
        page.wait_for_timeout(700)
        whole = page.evaluate("(document.querySelector('[data-testid=stMain]') || document.body).scrollHeight")
        page.screenshot(path=OUT / f"{row.path}-{look}.png")
        page.set_viewport_size({"width": width, "height": min(int(whole) + 40, 5000)})
        page.wait_for_timeout(500)
        page.screenshot(path=OUT / f"{row.path}-{look}-whole.png")
        page.close()
        print(f"{row.path}-{look}")  # noqa: T201 - a command line's progress
    for context in by_role.values():
        context.close()


def _visitor_of(row: SitePage) -> str:
    return next((role for role in FIRST if row.permission in PERMISSIONS[role]), "nobody")


if __name__ == "__main__":
    main()
