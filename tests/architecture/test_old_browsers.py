"""Streamlit's pages run from Chrome 110; the plain form, and all that the server draws itself, from Chrome 60."""

import re

import pytest

from tests.architecture.test_colours import DRAWN
from tests.architecture.test_house import by_file
from tests.paths import ROOT

BARE = [
    ROOT / "pages" / name
    for name in ("plain/plain.css", "plain/plain.html", "plain/plain.js", "web/plain_page.html", "web/public_page.html",
                 "citing/citing.css", "guidance/guidance.css", "results/results.css", "forum_day/wall.html",
                 "desk/printing.css")
]  # fmt: skip
NOT_IN_60 = (
    r":(?:is|where|has)\(", r"color-mix\(", r"\binset:", r"\?\.[\w(\[]", r"\?\?", r"\bcatch \{", r"aspect-ratio",
    r"\.(?:replaceAll|at|flat|toSorted|allSettled|replaceChildren)\(", r"(?<!:not\():focus-visible",
)  # fmt: skip
MARKS = re.compile(r"(?:border(?:-bottom)?|box-shadow|outline|font-weight|padding): ")
STREAMLITS = re.compile(r"[^{}]*\.st-key-[^{}]*\{[^{}]*\}")  # of a sheet that a page of Streamlit's has too
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def css_of(path):
    text = path.read_text(encoding="utf-8")
    return text if path.suffix == ".css" else "".join(re.findall(r"<style>(.*?)</style>", text, re.DOTALL))


def hangs_on_what_some_lack(path):
    """A tint that is not there (Chrome 110) hides nothing: it stands where a mouse is, or something else marks its
    element too; of the map the names and numbers stay. A mask has its older name before it. What is chosen or has the
    focus says so itself, without `:has()`."""
    found = []
    for selector, rule in RULE.findall(css_of(path)):
        marked = ":hover" in selector or MARKS.search(rule) or ".f2f-map" in selector
        asked = re.search(r":has\([^)]*:(?:checked|focus)", selector) and ".f2f-map" not in selector
        if asked or ("color-mix(" in rule and not marked) or ("mask: " in rule and "-webkit-mask: " not in rule):
            found.append(f"{selector.strip()[-60:]} {{{rule[:60]}")
    return found


def test_no_meaning_hangs_on_what_a_browser_of_streamlits_may_lack():
    assert by_file(lambda path: re.findall(r"light-dark\(", path.read_text(encoding="utf-8")), DRAWN) == {}
    assert by_file(hangs_on_what_some_lack, DRAWN) == {}


def newer_than_sixty(path):
    text = re.sub(
        r"/\*.*?\*/|//[^\n]*|@supports[^{]*\{(?:[^{}]|\{[^{}]*\})*\}",
        "",
        STREAMLITS.sub("", path.read_text(encoding="utf-8")),
        flags=re.DOTALL,
    )
    found = [word.group() for one in NOT_IN_60 for word in re.finditer(one, text)]
    for selector, rule in RULE.findall(STREAMLITS.sub("", css_of(path))):
        names = [one.partition(":")[0].strip() for one in rule.split(";")]
        values = {one.partition(":")[2] for one in rule.split(";")}
        if "gap" in names and "grid-gap" not in names:
            found.append(f"{selector.strip()[-40:]} gap")
        if any(re.search(r"\b(?:min|max|clamp)\(", value) for value in values) and len(names) == len(set(names)):
            found.append(f"{selector.strip()[-40:]} a length by a function")
    return found


@pytest.mark.parametrize("path", BARE, ids=lambda path: path.name)
def test_what_the_server_draws_itself_needs_nothing_that_chrome_60_lacks(path):
    assert newer_than_sixty(path) == []


@pytest.mark.parametrize("name", ["plain/plain.css", "web/plain_page.html", "web/public_page.html"])
def test_a_long_word_breaks_where_anywhere_is_not_known(name):
    """Chrome has `overflow-wrap: anywhere` since 80; before, what the body says holds."""
    [body] = (rule for selector, rule in RULE.findall(css_of(ROOT / "pages" / name)) if selector.strip() == "body")
    assert "word-wrap: break-word" in body


def test_no_sheet_asks_the_whole_page_what_it_holds():
    """`.stApp:has(…)` is asked again at each word that a chart measures: a third of the time of opening the glance.
    What a page does to its surroundings stands in a sheet that this page alone loads."""
    asking = re.compile(r"[^\n]*(?:html|body|\.stApp)(?::not\()?:has\([^\n]*")
    assert by_file(lambda path: asking.findall(path.read_text(encoding="utf-8")), DRAWN) == {}
