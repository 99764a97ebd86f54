"""The `type` column of an XLSForm: which of our kinds each becomes, and which are not supported and why."""

import re
from dataclasses import dataclass

from intake.questionnaires.kinds.table import KINDS

# Ours ← theirs.
TYPES = {name: kind.code for kind in KINDS.values() for name in kind.form.types}
# Theirs → why not: `xlsform.<code>`.
NOT_SUPPORTED: dict[str, str] = {
    **dict.fromkeys(("start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit", "simserial",
                     "subscriberid", "device id", "start-geopoint", "background-audio", "start time", "end time",
                     "background-geopoint"), "type_metadata"),
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "gps", "location", "osm"), "type_place"),
    **dict.fromkeys(("image", "photo", "audio", "video", "file", "barcode"), "type_file"),
    **dict.fromkeys(("time", "datetime"), "type_time"),
    **dict.fromkeys(("calculate", "calculation", "hidden"), "type_calculated"),
    **dict.fromkeys(("include", "xml-external", "csv-external"), "type_outside"),
}  # fmt: skip

_SELECTS = (
    (r"(?:add )?select[ _]?(?:one|1)(?: prompt using)?[ _]external", "external"),
    (r"select[ _](?:one|multiple)[ _]from[ _]file", "external"),
    (r"rank", "rank"),
    *((kind.form.select, kind.code) for kind in KINDS.values() if kind.form.select),
)
_STRUCTURE = {"group": "group", "repeat": "repeat", "loop": "loop"}


@dataclass(frozen=True)
class Type:
    """What one row is. `kind`: one of ours, 'begin', 'end', or '' where it is not supported, with `why`.

    `list_name` is the list of choices; `structure` group, repeat or loop; `other` asks for another choice.
    """

    kind: str
    why: str = ""
    list_name: str = ""
    structure: str = ""
    other: bool = False
    plain: str = ""

    @property
    def selects(self) -> bool:
        """Whether it takes its choices from a list."""
        return bool(self.kind in KINDS and KINDS[self.kind].form.select)


def type_of(text: str) -> Type:
    plain = " ".join(text.split())
    lower = plain.lower().removeprefix("uri:")
    structure = _structure(lower)
    if structure:
        return structure
    if ours := TYPES.get(lower) or TYPES.get(lower.replace("_", " ")):
        return Type(ours, plain=lower)
    if lower in NOT_SUPPORTED:
        return Type("", NOT_SUPPORTED[lower], plain=lower)
    return _select(plain) or _first_word(lower)


def _structure(lower: str) -> Type | None:
    found = re.fullmatch(r"(begin|end)[ _](group|repeat|loop)( over .*)?|(group|repeat|loop)[ _](begin|end)", lower)
    if not found:
        return None
    verb, what = (found.group(1), found.group(2)) if found.group(1) else (found.group(5), found.group(4))
    return Type(verb, structure=_STRUCTURE[what], plain=lower)


def _select(plain: str) -> Type | None:
    other = re.search(r"\s+or(?:[ _]specify)?[ _]other$", plain, re.IGNORECASE)
    text = plain[: other.start()] if other else plain
    for pattern, kind in _SELECTS:
        found = re.fullmatch(rf"{pattern}(?: +(?P<list>\S.*))?", text, re.IGNORECASE)
        if found and (" " in text or "_" in text or kind == "rank"):
            list_name = found.group("list") or ""
            if kind in ("external", "rank"):
                return Type("", f"type_{kind}", list_name, plain=plain.lower())
            return Type(kind, list_name=list_name, other=bool(other), plain=plain.lower())
    return None


def _first_word(lower: str) -> Type:
    word = lower.split(" ")[0] if lower else ""
    return Type("", NOT_SUPPORTED.get(word, "type_unknown"), plain=lower)
