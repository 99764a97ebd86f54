"""Reading a district's folder: every file as a whole, everything that is wrong with it at once."""

import base64
import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import i18n
from db import regions
from db.calendar import calendar_corrections
from db.districts.content import DistrictContent, FolderFault, FolderRow
from db.references import CODE, ENDING, KINDS, LISTS, LONGEST_NAME, ReferenceItem, nations
from db.refused import Refused
from db.regions import Region
from db.survey import sampling
from db.survey.sampling import REST, SampleGroup
from i18n.names import STORED

ABOUT, CALENDAR = "district.toml", calendar_corrections.NAME
GROUPS, REGIONS, NAMES = "sample-group.csv", "region.csv", "names-"
NEEDED = ("town", "body")  # lists that no district shares with another
LARGEST_LOGO = 64 * 1024  # bytes: it comes with every page
_NAMED = ("code", "name_zh", "name_en")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "town": (*_NAMED, "kind", "tile_row", "tile_column", "valid_until", "successor"),
    "body": (*_NAMED, "kind", "valid_until", "successor"),
    "category": _NAMED,
    "sector": ("code", "parent", *_NAMED[1:]),
}
_OPTIONAL = {"tile_row", "tile_column", "valid_until", "successor"}
_ABOUT = {"name_zh": str, "name_en": str, "code": str, "called": list, "languages": list}
_MEANT = {"called", "languages"}
_LOGOS = {"logo.svg": "image/svg+xml", "logo.png": "image/png"}
_UNSAFE = re.compile(rb"<script|<foreignObject|\son\w+\s*=|javascript:|(?:href|src)\s*=\s*[\"'](?!#|data:image/)", re.I)
_PNG = b"\x89PNG\r\n\x1a\n"
_HIGHEST_TILE = 9
Cells = dict[str, str]


@dataclass
class _Reading:
    folder: Path
    faults: list[FolderFault] = field(default_factory=list)

    def wrong(self, file: str, line: int, code: str, /, **facts: object) -> None:
        self.faults.append(FolderFault(file, line, code, facts))

    def text(self, name: str) -> str | None:
        """A spreadsheet's file may be in GB 18030. None where there is no such file."""
        path = self.folder / name
        if not path.is_file():
            return None
        content = path.read_bytes()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        self.wrong(name, 0, "not_text")
        return ""

    def rows(self, name: str, columns: Sequence[str], optional: set[str]) -> list[tuple[int, Cells]] | None:
        """Rows by their line. None where there is no such file."""
        text = self.text(name)
        if text is None:
            return None
        table = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
        headings = [heading.strip() for heading in table.fieldnames or ()]
        table.fieldnames = headings
        for missing in (one for one in columns if one not in headings and one not in optional):
            self.wrong(name, 1, "heading_missing", name=missing)
        for strange in (one for one in headings if one not in columns):
            self.wrong(name, 1, "heading_unknown", name=strange, known=", ".join(columns))
        if any(one.file == name for one in self.faults):
            return []
        found = list[tuple[int, Cells]]()
        for row in table:
            if row.pop("", None):
                self.wrong(name, table.line_num, "too_many_cells")
            elif any(row.values()):
                found.append((table.line_num, {key: value.strip() for key, value in row.items()}))
        return found

    def table(self, name: str) -> dict[str, Any] | None:
        text = self.text(name)
        try:
            return None if text is None else tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            self.wrong(name, int(line[1]) if line else 0, "broken", why=str(error))
            return {}

    def coded(self, name: str, line: int, cells: Cells, known: Mapping[str, int]) -> None:
        """What every list asks of a row."""
        code = cells["code"]
        if not CODE.fullmatch(code):
            self.wrong(name, line, "code_invalid", code=code)
        elif code in known:
            self.wrong(name, line, "code_twice", code=code, first=known[code])
        if any(not cells[f"name_{one}"] or len(cells[f"name_{one}"]) > LONGEST_NAME for one in STORED):
            self.wrong(name, line, "names_missing", code=code, longest=LONGEST_NAME)


def read(folder: Path) -> tuple[DistrictContent, list[FolderFault]]:
    """What the folder says; with faults nobody should go on with it. Raises OSError where it cannot be read."""
    reading = _Reading(folder)
    files = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    about = _about(reading)
    own = _regions(reading)
    _placed(reading, about, own)
    lists = {name: _list(reading, name, about.get("code", "")) for name in LISTS}
    for name in NEEDED:
        if lists[name] is None:
            reading.wrong(f"{name}.csv", 0, "file_missing")
    sheets = {name: content for name in files if _is_questionnaire(name) and (content := _questionnaire(reading, name))}
    books = {name.removeprefix(NAMES).removesuffix(".toml"): _book(reading, name) for name in files if _is_book(name)}
    known = {ABOUT, CALENDAR, GROUPS, REGIONS, *(f"{name}.csv" for name in LISTS), *_LOGOS}
    for name in files:
        if not (name in known or _is_questionnaire(name) or _is_book(name)):
            reading.wrong(name, 0, "file_unknown")
    calendar, corrections = _calendar(reading)
    content = DistrictContent(
        **about, regions=own, lists=lists, groups=_groups(reading, lists), questionnaires=sheets, names=books,
        logo=_logo(reading), calendar=calendar, corrections=corrections,
    )  # fmt: skip
    return content, reading.faults


def _about(reading: _Reading) -> dict[str, Any]:
    said = reading.table(ABOUT)
    if said is None:
        reading.wrong(ABOUT, 0, "file_missing")
        return {}
    found = dict[str, Any]()
    for strange in sorted(said.keys() - _ABOUT.keys()):
        reading.wrong(ABOUT, 0, "key_unknown", name=strange, known=", ".join(_ABOUT))
    for name, kind in _ABOUT.items():
        value = said.get(name, kind() if name in _MEANT else None)
        listed = [value] if kind is str else value if isinstance(value, list) else [None]
        words = [one.strip() for one in listed if isinstance(one, str)]
        if len(words) == len(listed) and all(words):
            found[name] = words[0] if kind is str else tuple(words)
        else:
            reading.wrong(ABOUT, 0, "key_missing", name=name)
    if not re.fullmatch(r"\d{6}", found.get("code", "000000")):
        reading.wrong(ABOUT, 0, "district_code", code=found["code"])
    if any(len(found.get(f"name_{one}", "")) > LONGEST_NAME for one in STORED):
        reading.wrong(ABOUT, 0, "names_missing", code="", longest=LONGEST_NAME)
    if short := next((one for one in found.get("called", ()) if len(one) < 2), ""):
        reading.wrong(ABOUT, 0, "called_short", name=short)
    spoken = found.get("languages", ())
    unknown = next((one for one in spoken if one not in i18n.LANGUAGES), "")
    if unknown or (spoken and i18n.MAIN not in spoken):
        reading.wrong(ABOUT, 0, "language_unknown", name=unknown or i18n.MAIN, known=", ".join(i18n.LANGUAGES))
    elif alone := next((one for one in spoken if i18n.whole(one) not in spoken), ""):
        reading.wrong(ABOUT, 0, "language_alone", name=alone, other=i18n.whole(alone))
    return found


def _regions(reading: _Reading) -> tuple[Region, ...]:
    known = dict[str, int]()
    found = list[Region]()
    for line, cells in reading.rows(REGIONS, _NAMED, set()) or ():
        reading.coded(REGIONS, line, cells, known)
        if not re.fullmatch(r"\d{2}(\d{2}){0,2}", cells["code"]):
            reading.wrong(REGIONS, line, "region_code", code=cells["code"])
        known[cells["code"]] = line
        found.append(Region(**cells))
    return tuple(found)


def _placed(reading: _Reading, about: Mapping[str, Any], own: Sequence[Region]) -> None:
    """Its own place and those that it lies in are on the nation's list or the folder's, by these names."""
    code, listed = about.get("code", ""), {one.code: one.name_zh for one in (*regions.nation(), *own)}
    for one in (code[:2], code[:4], code) if len(code) == 6 else ():
        if one not in listed:
            reading.wrong(ABOUT, 0, "region_missing", code=one)
    if code in listed and listed[code] != about.get("name_zh"):
        reading.wrong(ABOUT, 0, "region_name", code=code, name=listed[code])


def _list(reading: _Reading, name: str, district: str) -> tuple[FolderRow, ...] | None:
    file = f"{name}.csv"
    rows = reading.rows(file, COLUMNS[name], _OPTIONAL)
    if rows is None:
        return None
    known, found = dict[str, int](), list[FolderRow]()
    for position, (line, cells) in enumerate(rows, start=1):
        reading.coded(file, line, cells, known)
        kind, ended = cells.get("kind") or None, _ended(reading, file, line, cells)
        if name in KINDS and kind not in KINDS[name]:
            reading.wrong(file, line, "kind_unknown", code=cells["code"], known=", ".join(KINDS[name]))
        if name == "town" and not (cells["code"].isdigit() and cells["code"].startswith(district)):
            reading.wrong(file, line, "town_code", code=cells["code"], district=district)
        known[cells["code"]] = line
        item = ReferenceItem(
            list=name, code=cells["code"], parent=cells.get("parent") or None, kind=kind,
            name_zh=cells["name_zh"], name_en=cells["name_en"], position=position,
            tile_row=_tile(reading, file, line, cells, "tile_row"),
            tile_column=_tile(reading, file, line, cells, "tile_column"),
            active=not cells.get("successor") and ended is None, seq=0, valid_until=ended,
            successor=cells.get("successor") or None,
        )  # fmt: skip
        found.append(FolderRow(file, line, item))
    reading.faults += _among(name, found)
    return tuple(found)


def _among(name: str, found: Sequence[FolderRow]) -> Iterator[FolderFault]:
    """What rows say of one another: each successor goes on by itself, each parent is a section."""
    by_code, places = {row.item.code: row.item for row in found}, dict[tuple[int, int], int]()
    nation = {item.code for item in nations(name)}
    for row in found:
        item, into = row.item, by_code.get(row.item.successor or "")
        if item.successor and (into is None or not into.active or "leadership" in (item.kind, into.kind)):
            yield FolderFault(row.file, row.line, "successor_unknown", {"code": item.code, "into": item.successor})
        if name in ENDING and not item.active and item.code in nation:
            yield FolderFault(row.file, row.line, "of_the_nation", {"code": item.code})
        if item.parent and item.parent not in by_code and item.parent not in nation:
            yield FolderFault(row.file, row.line, "parent_unknown", {"code": item.code, "parent": item.parent})
        if item.tile_row is not None and item.tile_column is not None and item.active:
            first = places.setdefault((item.tile_row, item.tile_column), row.line)
            if first != row.line:
                yield FolderFault(row.file, row.line, "tile_taken", {"code": item.code, "first": first})


def _ended(reading: _Reading, file: str, line: int, cells: Cells) -> date | None:
    said = cells.get("valid_until")
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        reading.wrong(file, line, "day", code=cells["code"], day=said)
        return None


def _tile(reading: _Reading, file: str, line: int, cells: Cells, name: str) -> int | None:
    said = cells.get(name)
    if not said:
        return None
    if not said.isdecimal() or int(said) > _HIGHEST_TILE:
        reading.wrong(file, line, "tile", code=cells["code"], name=name, most=_HIGHEST_TILE)
        return None
    return int(said)


def _groups(reading: _Reading, lists: Mapping[str, Sequence[FolderRow] | None]) -> tuple[SampleGroup, ...] | None:
    rows = reading.rows(GROUPS, ("list", *_NAMED, "members"), set())
    if rows is None:
        return None
    known, found = dict[str, int](), list[SampleGroup]()
    for line, cells in rows:
        key = f"{cells['list']}:{cells['code']}"
        reading.coded(GROUPS, line, cells, {cells["code"]: known[key]} if key in known else {})
        if cells["list"] not in sampling.LISTS:
            reading.wrong(GROUPS, line, "group_list", name=cells["list"], known=", ".join(sampling.LISTS))
        known[key] = line
        found.append(SampleGroup(**{**cells, "members": tuple(cells["members"].split())}))  # type: ignore[arg-type]
    reading.faults += _covering(found, lists)
    return tuple(found)


def _covering(found: Sequence[SampleGroup], lists: Mapping[str, Sequence[FolderRow] | None]) -> Iterator[FolderFault]:
    """Each list has one group that takes the rest, or names every size; members are codes of the list, or how they
    begin."""
    sizes = [member for group in sampling.usual().of("size") for member in group.members]
    for name in sampling.LISTS:
        members = [member for one in found if one.list == name for member in one.members]
        if members.count(REST) != 1 and (name != "size" or set(members) != set(sizes)):
            yield FolderFault(GROUPS, 0, "group_rest", {"name": name, "rest": REST})
        codes = sizes if name == "size" else [row.item.code for row in lists[name] or ()]
        codes += [item.code for item in nations(name)]
        for strange in (one for one in members if one != REST and not any(code.startswith(one) for code in codes)):
            yield FolderFault(GROUPS, 0, "group_member", {"name": name, "code": strange})


def _is_questionnaire(name: str) -> bool:
    return name.startswith("questionnaire-") and name.endswith(".json")


def _questionnaire(reading: _Reading, name: str) -> dict[str, Any] | None:
    try:
        found = json.loads(reading.text(name) or "null")
    except ValueError as error:
        reading.wrong(name, getattr(error, "lineno", 0), "broken", why=str(error))
        return None
    if not isinstance(found, dict):
        reading.wrong(name, 0, "broken", why="{…}")
        return None
    return found


def _is_book(name: str) -> bool:
    return name.startswith(NAMES) and name.endswith(".toml")


def _book(reading: _Reading, name: str) -> dict[str, str]:
    language, said = name.removeprefix(NAMES).removesuffix(".toml"), reading.table(name) or {}
    if language not in i18n.LANGUAGES:
        reading.wrong(name, 0, "language_unknown", name=language, known=", ".join(i18n.LANGUAGES))
    for key, value in said.items():
        if not isinstance(value, str) or not value.strip():
            reading.wrong(name, 0, "name_empty", name=key)
    return said


def _logo(reading: _Reading) -> str:
    for name, kind in _LOGOS.items():
        path = reading.folder / name
        if not path.is_file():
            continue
        content = path.read_bytes()
        if len(content) > LARGEST_LOGO:
            reading.wrong(name, 0, "logo_large", most=LARGEST_LOGO // 1024)
        elif kind == "image/png" and not content.startswith(_PNG):
            reading.wrong(name, 0, "logo_broken")
        elif kind == "image/svg+xml" and (b"<svg" not in content or _UNSAFE.search(content)):
            reading.wrong(name, 0, "logo_unsafe" if b"<svg" in content else "logo_broken")
        return f"data:{kind};base64,{base64.b64encode(content).decode()}"
    return ""


def _calendar(reading: _Reading) -> tuple[bytes | None, calendar_corrections.Corrections]:
    path = reading.folder / CALENDAR
    try:
        found = calendar_corrections.read(path)
    except Refused as refused:
        reading.wrong(CALENDAR, 0, "broken", **refused.facts)
        return None, calendar_corrections.NO_CORRECTIONS
    return (path.read_bytes() if path.exists() else None), found
