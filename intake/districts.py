"""`python -m db district new|check|template FOLDER`: a district begins, or is brought up to date, from a folder of
files (docs/districts.md). Everything that is wrong is said in both languages, and then nothing is written."""

import shutil
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import i18n
from access.actor import Actor
from casework.cases import reorganising
from db import clock, loading, references
from db.address import path_of
from db.calendar import calendar_corrections
from db.districts import begin, folder
from db.districts.content import DistrictContent, FolderFault
from db.references import LISTS
from db.sql import Connection
from db.store import Store
from i18n.names import STORED
from intake.questionnaires.check import problems, stopping
from intake.questionnaires.questionnaire import read_questionnaire

EXAMPLES = Path(folder.__file__).with_name("template")
QUESTION = "question"  # a fault that the designer of questionnaires says too
ADMIN = Actor(begin.OPERATOR, begin.ROLE, begin.OPERATOR)


def read(where: Path) -> tuple[DistrictContent, list[FolderFault]]:
    """The folder, with what is wrong with its questionnaires too. Raises OSError where it cannot be read."""
    content, faults = folder.read(where)
    return content, faults + [one for file in content.questionnaires for one in _asked(where, file)]


def wrong(store: Store, content: DistrictContent, at: datetime) -> list[FolderFault]:
    """What this store does not let happen."""
    return store.read(lambda con: list(begin.clashes(con, content, clock.day_of(at))))


def new(store: Store, content: DistrictContent, at: datetime) -> None:
    """A folder without faults becomes the store's district, all of it or nothing; what another body or town takes the
    place of hands its work over. Raises Refused, OSError."""
    beside = path_of().parent / calendar_corrections.NAME
    unfinished = beside.with_name(f"{beside.name}.unfinished")
    if content.calendar is not None:
        unfinished.write_bytes(content.calendar)
    store.write(partial(_written, content=content, at=at))
    if content.calendar is not None:
        unfinished.replace(beside)
    loading.speak(store)


def _written(con: Connection, content: DistrictContent, at: datetime) -> None:
    for ending in begin.put(con, content, at):
        there, into = (references.get(con, ending.list, code or "") for code in (ending.code, ending.successor))
        if there and into:
            reorganising.hand_over(con, ADMIN, there, into, at)


def template(where: Path) -> None:
    """A folder with every file, its headings and one row each, of a place that does not exist. Raises OSError, and
    FileExistsError where something is there."""
    shutil.copytree(EXAMPLES, where)


def said(faults: Sequence[FolderFault]) -> str:
    """Each on a line of its own in Chinese and one in English, behind where it is."""
    return "\n".join(f"{_place(one)}: {_sentence(one, language)}" for one in faults for language in STORED)


def told(content: DistrictContent, key: str) -> str:
    """What the folder holds, in both languages."""
    counts = {name: len(content.lists.get(name) or ()) for name in LISTS} | {"sheets": len(content.questionnaires)}
    names = {"zh": content.name_zh, "en": content.name_en}
    return "\n".join(i18n.text(f"district.{key}", one, district=names[one], **counts) for one in STORED)


def begun(store: Store, where: Path, at: datetime) -> tuple[bool, str]:
    """Whether the folder is the store's district now, and what there is to say. Raises OSError."""
    content, faults = read(where)
    if faults := faults or wrong(store, content, at):
        return False, said(faults)
    new(store, content, at)
    return True, told(content, "new")


def checked(store: Store | None, where: Path, at: datetime) -> tuple[bool, str]:
    """The same with nothing written; without a store the folder alone. Raises OSError."""
    content, faults = read(where)
    if faults := faults or (wrong(store, content, at) if store else []):
        return False, said(faults)
    return True, told(content, "check" if store else "check_alone")


def _asked(where: Path, file: str) -> list[FolderFault]:
    try:
        found = read_questionnaire((where / file).read_text(encoding="utf-8-sig"))
    except ValueError as error:
        return [FolderFault(file, 0, "broken", {"why": " ".join(str(error).split())})]
    stops = stopping(problems(found))
    return [FolderFault(file, 0, QUESTION, {**one.facts, "item": one.item, "problem": one.code}) for one in stops]


def _place(fault: FolderFault) -> str:
    return f"{fault.file}:{fault.line}" if fault.line else fault.file


def _sentence(fault: FolderFault, language: str) -> str:
    facts = dict(fault.facts)
    if fault.code == QUESTION:
        asked = dict(facts)
        if part := asked.get("part"):
            asked["part"] = i18n.text(f"problem.part.{part}", language)
        facts = {"item": facts["item"], "problem": i18n.text(f"problem.{facts['problem']}", language, **asked)}
    return i18n.text(f"district.wrong.{fault.code}", language, **facts)
