"""What a district's folder holds, and what may be wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db.calendar.calendar_corrections import NO_CORRECTIONS, Corrections
from db.references import ReferenceItem
from db.regions import Region
from db.survey.sampling import SampleGroup


@dataclass(frozen=True)
class FolderFault:
    """Something wrong at `line` of `file` (0: the whole file), said by `district.wrong.<code>`."""

    file: str
    line: int
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class FolderRow:
    """A list's row with the line that it stands on."""

    file: str
    line: int
    item: ReferenceItem


@dataclass(frozen=True)
class DistrictContent:
    """What the files say. A list, or groups, that the folder has no file of is None: the store's own stays.

    `names`: language → name in Chinese → name. `logo`: an image's address with its data in it, or empty. `calendar`:
    the file as it is, for beside the store.
    """

    name_zh: str = ""
    name_en: str = ""
    code: str = ""
    called: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    lists: Mapping[str, tuple[FolderRow, ...] | None] = field(default_factory=dict)
    groups: tuple[SampleGroup, ...] | None = None
    questionnaires: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # by file
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    logo: str = ""
    calendar: bytes | None = None
    corrections: Corrections = NO_CORRECTIONS
