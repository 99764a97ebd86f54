"""A font of this machine with Chinese letters, for documents made without a browser or an office suite."""

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", "C:/Windows/Fonts")
# In the order of liking: (regular, bold) as their files begin. The first that is there is taken.
_FILES = (
    ("NotoSansCJK-Regular", "NotoSansCJK-Bold"),
    ("NotoSansSC-Regular", "NotoSansSC-Bold"),
    ("SourceHanSansSC-Regular", "SourceHanSansSC-Bold"),
    ("SourceHanSansCN-Regular", "SourceHanSansCN-Bold"),
    ("msyh", "msyhbd"),
    ("PingFang", "PingFang"),
    ("wqy-zenhei", "wqy-zenhei"),
    ("wqy-microhei", "wqy-microhei"),
    ("DroidSansFallback", "DroidSansFallback"),
    ("simhei", "simhei"),
)
_ENDINGS = (".ttc", ".otf", ".ttf")


class NoFont(Exception):
    """This machine has no font with Chinese letters; `PRINT_FONT` may name one."""


@dataclass(frozen=True)
class Face:
    """`number` is the font's place in a collection: the one for simplified Chinese."""

    path: Path
    number: int


@cache
def faces() -> tuple[Face, Face]:
    """Regular and bold. Raises NoFont."""
    if own := os.environ.get("PRINT_FONT"):
        return _face(Path(own)), _face(Path(own))
    known = {path.stem.lower(): path for folder in _FOLDERS for path in _below(Path(folder))}
    for regular, bold in _FILES:
        if regular.lower() in known:
            first = known[regular.lower()]
            return _face(first), _face(known.get(bold.lower(), first))
    raise NoFont(f"no Chinese font below {', '.join(_FOLDERS)} on {sys.platform}")


def _below(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _ENDINGS] if folder.is_dir() else []


def _face(path: Path) -> Face:
    if path.suffix.lower() != ".ttc":
        return Face(path, 0)
    with TTCollection(str(path), lazy=True) as found:
        names = [_name(font) for font in found.fonts]
    return Face(path, next((i for i, name in enumerate(names) if "SC" in name.split()), 0))


def _name(font: TTFont) -> str:
    return str(font["name"].getDebugName(1) or "")
