"""Colour and type have one source: `.streamlit/config.toml`, and the variables of style.css made from it."""

import re

import pytest

from i18n.theme import CONFIG, families
from tests.architecture.test_house import PACKAGES
from tests.paths import ROOT

HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")
STYLE = ROOT / "pages/shared/style.css"
DRAWN = sorted(p for name in PACKAGES for end in ("css", "html") for p in (ROOT / name).rglob(f"*.{end}"))
WRITTEN = sorted(p for name in PACKAGES for end in ("py", "js") for p in (ROOT / name).rglob(f"*.{end}"))
OF_CODE = {"SFMono-Regular"}  # what a number to copy is set in


def colours(path):
    return set(HEX.findall(path.read_text(encoding="utf-8").upper()))


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.name)
def test_a_stylesheet_and_a_page_of_its_own_have_no_colour_and_no_typeface_beside_the_themes(path):
    assert colours(path) <= colours(CONFIG) | colours(STYLE)
    text = path.read_text(encoding="utf-8")
    named = {
        name for font in re.findall(r"font(?:-family)?:([^;{}]+)", text) for name in re.findall(r"'([^']+)'", font)
    }
    assert named <= set(families()) | OF_CODE


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_code_names_a_colour_by_its_number(path):
    assert not colours(path)
