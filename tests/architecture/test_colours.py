"""Colour and type have one source: `.streamlit/config.toml`, and the variables of style.css made from it."""

import re

from i18n.theme import CONFIG, families
from tests.architecture.test_house import PACKAGES, by_file
from tests.paths import ROOT

HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")
STYLE = ROOT / "pages/shared/style.css"
DRAWN = sorted(p for name in PACKAGES for end in ("css", "html") for p in (ROOT / name).rglob(f"*.{end}"))
WRITTEN = sorted(p for name in PACKAGES for end in ("py", "js") for p in (ROOT / name).rglob(f"*.{end}"))
OF_CODE = {"SFMono-Regular"}  # what a number to copy is set in


def colours(path):
    return set(HEX.findall(path.read_text(encoding="utf-8").upper()))


def typefaces(path):
    fonts = re.findall(r"font(?:-family)?:([^;{}]+)", path.read_text(encoding="utf-8"))
    return {name for font in fonts for name in re.findall(r"'([^']+)'", font)}


def test_a_stylesheet_and_a_page_of_its_own_have_no_colour_and_no_typeface_beside_the_themes():
    assert by_file(lambda path: sorted(colours(path) - colours(CONFIG) - colours(STYLE)), DRAWN) == {}
    assert by_file(lambda path: sorted(typefaces(path) - {*families()} - OF_CODE), DRAWN) == {}


def test_no_code_names_a_colour_by_its_number():
    assert by_file(lambda path: sorted(colours(path)), WRITTEN) == {}
