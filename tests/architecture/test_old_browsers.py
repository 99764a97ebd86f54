"""Streamlit's pages run from Chrome 112; the plain form, and all that the server draws itself, from Chrome 60."""

import re

import pytest

from pages.web.policy import strict
from pages.web.static_files import FOLDER
from tests.architecture.test_colours import DRAWN, WRITTEN
from tests.architecture.test_house import by_file
from tests.paths import ROOT

BARE = [
    ROOT / "pages" / name
    for name in ("plain/plain.css", "plain/plain.html", "plain/plain.js", "web/plain_page.html", "web/public_page.html",
                 "citing/citing.css", "guidance/guidance.css", "results/results.css", "forum_day/wall.html",
                 "desk/printing.css")
]  # fmt: skip
# What a sheet or a script may say, and the Chrome that understands it first (MDN's browser-compat-data).
SINCE = {
    r"\(\?<[=!]": 62, r"\(\?<\w": 64, r"\\p\{": 64, r"\basync\b[^(\n]*\*|\bfor await\b": 63, r"\bcatch \{": 66,
    r"\d_\d|\d+n\b": 75, r"\?\.[\w(\[]|\?\?": 80, r"(?:\|\||&&)=": 85, r"[{;\s]#\w+\s*[=(]|\bstatic\s*\{": 94,
    r"\busing \w+ =": 134, r"\bimport \w+.*\bwith \{": 123, r"\.(?:flat|flatMap)\(|\bfromEntries\b": 73,
    r"\.(?:matchAll|allSettled)\(|\bglobalThis\b": 76, r"\.(?:replaceAll|any)\(": 85, r"\.replaceChildren\(": 86,
    r"\.at\(|\brandomUUID\b": 92, r"\bhasOwn\(|\.requestSubmit\(": 93, r"\.findLast(?:Index)?\(": 97,
    r"\bstructuredClone\b": 98, r"\.checkVisibility\(": 105, r"\.(?:toSorted|toReversed|toSpliced|with)\(": 110,
    r"RegExp\([^()]*,\s*[`'\"]\w*v": 112, r"\b(?:Object|Map)\.groupBy\b|\bIterator\.": 117,
    r"\bwithResolvers\b": 119, r"\bcanParse\b": 120, r"\bfromAsync\b": 121,
    r"\.(?:union|intersection|isSubsetOf)\(": 122,
    r"\boverscroll-behavior": 63, r"display: contents": 65, r"\bscroll-(?:margin|padding)": 69,
    r"(?<!:not\():focus-visible": 86, r"\binset(?:-\w+)*:": 87, r"\b(?:margin|padding|border)-(?:inline|block)": 87,
    r":(?:is|where)\(|aspect-ratio": 88, r"accent-color": 93, r"overflow(?:-[xy])?: clip": 90, r"@layer": 99,
    r"\binert\b": 102, r"[{;\s](?:translate|rotate|scale): |@media[^{]*[<>]": 104, r":has\(|@container": 105,
    r"\d[dsl]v[hw]\b": 108, r"color-mix\(": 111, r"[{;]\s*&|\blinear\(": 120, r"text-wrap": 114,
    r":popover-open|(?:show|toggle)Popover": 114, r"subgrid": 117, r"@starting-style": 117, r"@scope": 118,
    r"light-dark\(|field-sizing": 123, r"anchor-name|position-anchor": 125,
    r"interpolate-size|calc-size\(": 129, r"\b(?:if|sibling-index)\(\)": 137,
}  # fmt: skip
# what is told from a minified program's own names
OF_A_PROGRAM = [one for one in SINCE if re.search("RegExp|groupBy|withResolvers|canParse|fromAsync", one)]
HARMLESS = r"text-wrap"  # lines break as they always did
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
    assert by_file(hangs_on_what_some_lack, DRAWN) == {}


def newer_than(version, text):
    """What stands there outside comments and questions whether it is understood."""
    asked = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*|@supports[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", text, flags=re.DOTALL)
    newer = (pattern for pattern, since in SINCE.items() if since > version and pattern != HARMLESS)
    return [word.group() for pattern in newer for word in re.finditer(pattern, asked)]


def newer_than_sixty(path):
    found = newer_than(60, STREAMLITS.sub("", path.read_text(encoding="utf-8")))
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


def test_our_sheets_and_scripts_beside_streamlit_need_nothing_that_chrome_112_lacks():
    scripts = [path for path in WRITTEN if path.suffix == ".js"]
    assert by_file(lambda path: newer_than(112, path.read_text(encoding="utf-8")), [*DRAWN, *scripts]) == {}


def test_streamlit_s_own_program_needs_the_flag_by_which_an_old_browser_is_known_and_nothing_newer():
    program = "".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / "js").glob("index.*.js")))
    assert {SINCE[one] for one in OF_A_PROGRAM if re.search(one, program)} == {112, 119}
    assert "Promise.withResolvers===void 0&&(" in program, "it fills in itself what is of 119"


def test_a_bar_has_its_length_in_a_browser_that_knows_one_word_for_all_styles():
    """Chrome has `style-src-attr` since 75; a digest beside it would forbid older ones every length."""
    said = dict(one.split(" ", 1) for one in strict('<style>p {}</style><p style="width: 5%">').split("; "))
    assert said["style-src"] == "'self' 'unsafe-inline'" and said["style-src-attr"] == "'unsafe-inline'"
    assert said["style-src-elem"].startswith("'self' 'sha256-")


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
