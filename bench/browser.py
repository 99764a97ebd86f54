"""Debian's Chromium, driven by Playwright."""

from playwright.sync_api import Browser, Playwright


def chromium(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
    )
