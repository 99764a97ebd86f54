"""What a page is to a thumb, a reader's voice, large letters and widened text, measured in the browser."""

from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

from tests.settled import settle

GRAVE = ("serious", "critical")
ASKED = {"resultTypes": ["violations"]}  # all rules run; what passes is not listed element by element, half of the time
# rule → part of the markup that it may be found in, and why nobody here can mend it
STREAMLITS_OWN = {
    "aria-allowed-attr": ("data-baseweb", "Base Web puts aria-required and aria-expanded where they are not defined"),
    "scrollable-region-focusable": ("stDataFrame", "the grid draws on a canvas and handles the keyboard itself"),
}
THUMB = 44  # CSS pixels, each way
_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
# WCAG 1.4.12: what a reader's own sheet may set.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-bottom: 2em !important; }"""
# Resolves when the page has kept its size for thirty frames, and nothing moves to where it will be.
_STANDS = """() => new Promise((done) => {
  const moves = (one) => one.playState === "running" && one.effect.getComputedTiming().endTime !== Infinity
  let size = "", same = 0
  const look = () => {
    const main = document.querySelector("[data-testid=stMain]") || document.documentElement
    const now = `${main.scrollWidth} ${main.scrollHeight}`
    same = now === size && !document.getAnimations().some(moves) ? same + 1 : 0
    size = now
    same > 30 ? done() : requestAnimationFrame(look)
  }
  look()
})"""


# When a page that Streamlit draws asks for its charts in the other scheme's colours; at once where nothing changes,
# or where a dialog stands, which would be closed by it.
_ASKS = """dark => ({ asked: new Promise((done) => {
  const same = matchMedia("(prefers-color-scheme: dark)").matches === dark
  const mark = document.querySelector("[class*=st-key-f2f-of-] input")
  if (same || !mark || document.querySelector("[role=dialog]")) return done()
  document.addEventListener("click", ({ target }) => target.closest("[class*=st-key-f2f-of-]") && done(), true)
}) })"""


def graves(page) -> list[str]:
    found = []
    for one in Axe().run(page, options=ASKED).response["violations"]:
        known = STREAMLITS_OWN.get(one["id"], ("", ""))[0]
        nodes = [node["html"] for node in one["nodes"] if not known or known not in node["html"]]
        if one["impact"] in GRAVE and nodes:
            found.append(f"{one['id']} ({one['impact']}): {nodes[0][:200]}")
    return found


def small(page: Page) -> list[str]:
    """What a thumb misses. The page is made as tall as it is first, so that all of it is there to be reached."""
    whole = page.evaluate("(document.querySelector('[data-testid=stMain]') || document.documentElement).scrollHeight")
    size = page.viewport_size or {"width": 390, "height": 844}
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(whole + 100, 9000))})
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found = _run(page, "small", THUMB)
    page.set_viewport_size(size)
    return found


def structure(page: Page) -> list[str]:
    """Where headings or landmarks are not in order."""
    return _run(page, "structure")


def in_width(page: Page, width: int) -> None:
    """Once it stands: a board is loaded anew in a width that it has another drawing for."""
    page.set_viewport_size({"width": width, "height": 900})
    _stands(page)


def coloured(page: Page, scheme: Literal["light", "dark"], *, forced: bool = False) -> None:
    """As its reader's system tells a page that stands, once it is drawn so; `forced`: in the reader's own colours."""
    asks = page.evaluate_handle(_ASKS, scheme == "dark")
    page.emulate_media(color_scheme=scheme, forced_colors="active" if forced else "none")
    asks.evaluate("({ asked }) => asked")
    settle(page)
    _stands(page)


def _stands(page: Page) -> None:
    try:
        page.evaluate(_STANDS)
    except Error:
        settle(page)
        page.evaluate(_STANDS)


def spaced(page: Page) -> None:
    """As a reader's own sheet does, which no policy of the page's forbids."""
    page.evaluate(
        """(words) => { const sheet = new CSSStyleSheet()
      sheet.replaceSync(words)
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet] }""",
        SPACED,
    )
    _stands(page)


def cut(page: Page) -> list[str]:
    """Words that are cut off, and whether a page that stands scrolls sideways."""
    return _run(page, "cut")


def crowded(page: Page) -> list[str]:
    """Words that stand one letter a line, or over other words."""
    return _run(page, "crowded")


def unseen(page: Page) -> list[str]:
    """In a reader's own colours: what is told by a colour that is not there any more."""
    return _run(page, "unseen")


def _run(page: Page, what: str, told: Any = None) -> list[str]:
    return page.evaluate(f"(told) => ({_SCRIPT.strip()}).{what}(told)", told)
