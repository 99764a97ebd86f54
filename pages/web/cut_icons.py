"""`python -m pages.web.cut_icons`: cuts the icons that are named anywhere out of Streamlit's font of all of them."""

import re
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from streamlit import file_util

from pages.web.icons import FILE

STREAMLIT = Path(file_util.get_static_dir()) / "static"
_NAMED = re.compile(r":material/(\w+):")


def whole_font() -> Path:
    return next((STREAMLIT / "media").glob("MaterialSymbols-Rounded.*.woff2"))


def named() -> set[str]:
    """Every icon that our pages or Streamlit's own scripts name."""
    files = [*FILE.parents[1].rglob("*.py"), *(STREAMLIT / "js").glob("*.js")]
    return {name for file in files for name in _NAMED.findall(file.read_text(encoding="utf-8"))}


def drawn_by(font: TTFont) -> dict[str, str]:
    """Icon → glyph: an icon is a ligature of the letters of its name."""
    letters = {glyph: chr(code) for code, glyph in (font.getBestCmap() or {}).items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            for first, ligatures in getattr(getattr(table, "ExtSubTable", table), "ligatures", {}).items():
                for one in ligatures:
                    found["".join(letters[glyph] for glyph in (first, *one.Component))] = one.LigGlyph
    return found


def cut(names: set[str]) -> bytes:
    """The whole font with these icons alone."""
    font = TTFont(whole_font())
    icons = drawn_by(font)
    options = subset.Options(flavor="woff2", layout_closure=False, notdef_outline=True)
    options.layout_features = ["*"]
    cutter = subset.Subsetter(options)
    letters = sorted({ord(letter) for name in names for letter in name})
    cutter.populate(glyphs=[icons[name] for name in sorted(names & icons.keys())], unicodes=letters)
    cutter.subset(font)
    made = BytesIO()
    font.flavor = "woff2"
    font.save(made)
    return made.getvalue()


if __name__ == "__main__":
    FILE.write_bytes(cut(named()))
