"""A font of this machine with Chinese letters, for documents made without a browser or an office suite."""

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from i18n.theme import families

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", "C:/Windows/Fonts")
# Family → (regular, bold) as their files are called. The theme's come first, in its order, then what others have.
_FILES = {
    "Noto Sans CJK SC": ("NotoSansCJK-Regular", "NotoSansCJK-Bold"),
    "Noto Sans SC": ("NotoSansSC-Regular", "NotoSansSC-Bold"),
    "Source Han Sans SC": ("SourceHanSansSC-Regular", "SourceHanSansSC-Bold"),
    "Source Han Sans CN": ("SourceHanSansCN-Regular", "SourceHanSansCN-Bold"),
    "HarmonyOS Sans SC": ("HarmonyOS_Sans_SC_Regular", "HarmonyOS_Sans_SC_Bold"),
    "MiSans": ("MiSans-Regular", "MiSans-Bold"),
    "Microsoft YaHei": ("msyh", "msyhbd"),
    "PingFang SC": ("PingFang", "PingFang"),
    "WenQuanYi Zen Hei": ("wqy-zenhei", "wqy-zenhei"),
    "WenQuanYi Micro Hei": ("wqy-microhei", "wqy-microhei"),
    "Droid Sans Fallback": ("DroidSansFallback", "DroidSansFallback"),
    "SimHei": ("simhei", "simhei"),
}
# As official papers are set; else as above.
_SERIF = (
    ("NotoSerifCJK-Regular", "NotoSerifCJK-Bold"),
    ("SourceHanSerifSC-Regular", "SourceHanSerifSC-Bold"),
    ("simsun", "simhei"),
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
def faces(*, serif: bool = False) -> tuple[Face, Face]:
    """Regular and bold; with serifs where there are such. Raises NoFont."""
    chosen = _chosen(serif=serif)
    if chosen is None:
        raise NoFont(f"no Chinese font below {', '.join(_FOLDERS)} on {sys.platform}")
    regular, bold = chosen
    return _face(regular), _face(bold)


def can_print(*, serif: bool = False) -> bool:
    """By the names of the files alone: no font is opened."""
    return _chosen(serif=serif) is not None


def _chosen(*, serif: bool) -> tuple[Path, Path] | None:
    """The files of `faces`."""
    if own := os.environ.get("PRINT_FONT"):
        return Path(own), Path(own)
    known, liked = _known(_FOLDERS), _SERIF if serif else ()
    plain = (_FILES[name] for name in dict.fromkeys((*families(), *_FILES)) if name in _FILES)
    for regular, bold in (*liked, *plain):
        if first := known.get(regular.lower()):
            return first, known.get(bold.lower(), first)
    return None


@cache
def _known(folders: tuple[str, ...]) -> dict[str, Path]:
    """Looked for once, also where there is none."""
    return {path.stem.lower(): path for folder in folders for path in _below(Path(folder))}


def _below(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _ENDINGS] if folder.is_dir() else []


def _face(path: Path) -> Face:
    if path.suffix.lower() != ".ttc":
        return Face(path, 0)
    from fontTools.ttLib import TTCollection  # here: papers alone need it

    with TTCollection(str(path), lazy=True) as found:
        names = [_name(font) for font in found.fonts]
    return Face(path, next((i for i, name in enumerate(names) if "SC" in name.split()), 0))


def _name(font: "TTFont") -> str:
    return str(font["name"].getDebugName(1) or "")
