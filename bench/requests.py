"""Does any page ask another host for anything, or break the policy of what may run? Every page and every GET route of
ours, by every role, every kind of visitor and those without an account, in each language, in Chromium.

`python bench/requests.py [--roles nobody,leader,open] [--languages zh,en] [STORE]`: a store with demo data is served on
this machine, every page that a role may see is opened, and what is asked elsewhere, refused of scripts and sheets, or
fails is counted.
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright  # noqa: E402

from access import admin  # noqa: E402
from access.roles import PERMISSIONS, ROLES, VISITOR  # noqa: E402
from bench.browser import chromium  # noqa: E402
from bench.measuring import Line, store_file, tell  # noqa: E402
from db.store import Store, open_store  # noqa: E402
from pages.routes import ROUTES  # noqa: E402
from pages.shared import here  # noqa: E402
from pages.sitemap import SITE  # noqa: E402
from tests.access.test_authority import address, attached  # noqa: E402
from tests.access.test_links import links, wall_of_a_forum  # noqa: E402
from tests.conftest import enter, make_account, person_of, serving, settle  # noqa: E402

NOBODY, LANGUAGES = "nobody", ("zh", "en")
WHO = (NOBODY, *VISITOR, *ROLES)
OURS = ("data:", "blob:", "about:", "chrome-extension:")
POLICY = "Content Security Policy"  # what Chromium says when it refuses something
# The link that is a route's true key, where opening it may let somebody in.
LETS_IN = {
    "/i/{token:path}": "invitation",
    "/f/{token}": "invitation",
    "/s/{token:path}": "open",
    "/f/s/{token}": "open",
    "/c/{code:path}": "follow",
    "/screen-link/{token:path}": "screen",
}
HAS_KEY = {"/wall/{token}/now": "wall", "/wall/{token:path}": "wall", "/arrive/{token:path}": "wall",
           "/reset/{token:path}": "reset"}  # fmt: skip


def keyed(store: Store) -> dict[str, str]:
    """A true link of each kind, as its path: of visitors (access.roles), of a forum's wall, of a new password."""
    store.write(attached)
    firm, staff = person_of(store, "enterprise"), person_of(store, "staff")
    people = SimpleNamespace(enterprise=firm, staff=staff, firm=SimpleNamespace(id=firm.enterprise_id))
    new = make_account(store, "leader", None)
    token = admin.reset_password(store, actor=person_of(store, "admin"), account_id=new.id, seen=new.seq, at=here.now())
    wall = wall_of_a_forum(store, people, here.now()).token
    return {**links(store, people), "wall": f"/wall/{wall}", "reset": f"/reset/{token}"}


def asked_of_routes(store: Store, keys: dict[str, str], who: str, language: str) -> dict[str, str]:
    """Every GET route → an address of it. A link that lets in is true for an account alone, which it only asks; to all
    others it is a guessed one, lest they become another visitor."""
    asked = dict[str, str]()
    for route in ROUTES:
        if "GET" not in (route.methods or ()):
            continue
        true = HAS_KEY.get(route.path) or (LETS_IN.get(route.path) if who in ROLES else None)
        asked[route.path] = address(store, route.path) if not true else with_key(route.path, keys[true])
    return asked | {"/language/{code}": f"/language/{language}?next=/sign-in"}


def with_key(path: str, link: str) -> str:
    """The route's path with what the link bears behind its own beginning, its question too."""
    key = link[link.index("/", 1) + 1 :]
    return path.partition("{")[0] + key + path.partition("}")[2]


def pages_of(who: str) -> list[str]:
    may = {NOBODY: frozenset[str](), **VISITOR, **PERMISSIONS}[who]
    return [row.path for row in SITE if row.permission == "anyone" or row.permission in may]


def watched(page: Page, url: str, found: list[str]) -> None:
    host = url.partition("://")[2]
    inside = (f"{url}/", f"ws://{host}/", *OURS)
    page.on("request", lambda one: None if one.url.startswith(inside) else found.append(f"request {one.url}"))
    page.on("websocket", lambda one: None if one.url.startswith(inside) else found.append(f"request {one.url}"))
    page.on("console", lambda said: found.append(f"policy {said.text}") if POLICY in said.text else None)
    page.on("pageerror", lambda error: found.append(f"error {error}"))


def session(context: BrowserContext) -> list[str | None]:
    return [one.get("value") for one in context.cookies() if one.get("name") == here.SESSION_COOKIE]


def opened(page: Page, address: str) -> None:
    """A file comes down instead of a page: that is no error."""
    try:
        page.goto(address)
    except Error as error:
        if "Download is starting" not in error.message:
            raise


def looked(
    browser: Browser, url: str, who: str, link: str | None, routes: dict[str, dict[str, str]]
) -> tuple[int, int, list[str]]:
    """`routes`: language → route → address."""
    context = browser.new_context(locale="zh-CN")
    if who in ROLES:
        enter(context, url, who)
    page, found = context.new_page(), list[str]()
    watched(page, url, found)
    if link:
        page.goto(f"{url}{link}")
        settle(page)
    pages, entered = pages_of(who), session(context)
    for language, addresses in routes.items():
        page.goto(f"{url}/language/{language}?next=/sign-out")
        for path in pages:
            page.goto(f"{url}/{path}")
            settle(page)
        for path in (*addresses.values(), "/no-such-page"):
            opened(page, f"{url}{path}")
    found += [] if session(context) == entered else ["error what was opened made somebody else of who opened it"]
    context.close()
    return len(pages) * len(routes), sum(map(len, routes.values())), [f"{one[:300]} ({who})" for one in found]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--roles", default=",".join(WHO))
    asked.add_argument("--languages", default=",".join(LANGUAGES))
    asked.add_argument("store", nargs="*")
    args = asked.parse_args()
    languages, everybody = args.languages.split(","), args.roles.split(",")
    pages, routes, found = 0, 0, list[str]()
    with store_file(args.store) as path, tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        served = shutil.copy(path, Path(folder) / "store.duckdb")
        store = open_store(f"duckdb:{served}")
        keys = keyed(store)
        walk = {who: {one: asked_of_routes(store, keys, who, one) for one in languages} for who in everybody}
        store.close()
        with serving(f"duckdb:{served}") as server:
            browser = chromium(playwright)
            for who in everybody:
                drawn, beside, said = looked(browser, server.url, who, keys[who] if who in VISITOR else None, walk[who])
                pages, routes, found = pages + drawn, routes + beside, found + said
            browser.close()
    for one, n in Counter(found).most_common(30):
        print(f"{n} × {one}", file=sys.stderr)
    kinds = Counter(one.partition(" ")[0] for one in found)
    return int(tell(
        Line(f"pages that were opened, by {len(everybody)} roles in {len(languages)} languages", pages, "pages", 1),
        Line("addresses of routes that were opened", routes, "addresses", 1),
        Line("requests to another host", kinds["request"], "found", 1, 0),
        Line("refused scripts and sheets", kinds["policy"], "found", 1, 0),
        Line("errors", kinds["error"], "found", 1, 0),
    ))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
