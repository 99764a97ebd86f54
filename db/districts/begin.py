"""A district's folder into a store: what the store does not let happen, and what is written."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from db import events, references, sql
from db.districts.content import DistrictContent, FolderFault, FolderRow
from db.events import Event
from db.references import ReferenceItem
from db.sql import Connection
from db.survey import questionnaires, sample_groups
from db.survey.sampling import SampleGroup
from db.system import settings

OPERATOR, ROLE = "operator", "admin"
# Where a code of a list is used: rows of which it is the town, the body, …
_USES = {
    "town": ("enterprise.town_code", "cases.town_code", "account.town_code", "attendance.body_code"),
    "body": ("case_body.body_code", "account.body_code", "plan_step.body_code", "attendance.body_code"),
    "category": ("cases.category",),
    "sector": ("enterprise.sector_code", "cases.sector_code"),
}


def clashes(con: Connection, content: DistrictContent, today: date) -> Iterator[FolderFault]:
    """What is right by itself and cannot stand beside what the store holds."""
    for name, rows in content.lists.items():
        if rows is None:
            continue
        used = _used(con, name)
        for item in _left_out(con, name, rows):
            if item.code in used:
                yield FolderFault(f"{name}.csv", 0, "in_use", {"code": item.code, "n": used[item.code]})
        in_force = {item.code for item in references.items(con, name, active_only=True)} & used.keys()
        for row in rows:
            item = row.item
            if item.valid_until and item.valid_until >= today:
                yield FolderFault(row.file, row.line, "day_to_come", {"code": item.code})
            if item.valid_until and not item.successor and item.code in in_force:
                yield FolderFault(row.file, row.line, "in_use", {"code": item.code, "n": used[item.code]})
    for file, sheet in content.questionnaires.items():
        known = questionnaires.version(con, sheet["code"], sheet["version"])
        if known and known.content != events.canonical(dict(sheet)):
            yield FolderFault(file, 0, "questionnaire_stands", {"code": known.code, "version": known.version})


def put(con: Connection, content: DistrictContent, at: datetime) -> list[ReferenceItem]:
    """All of it but the calendar, which lies beside the store. What stands so already is not written again. Gives the
    entries that another is to take the place of from now on, as they still are: whose work that hands over ends them
    (casework.cases.reorganising)."""
    _name(con, content, at)
    ending = [item for name, rows in content.lists.items() if rows is not None for item in _list(con, name, rows, at)]
    if content.groups is not None:
        _group(con, content.groups, at)
    for sheet in content.questionnaires.values():
        if questionnaires.version(con, sheet["code"], sheet["version"]) is None:
            questionnaires.add(con, sheet, state="open", by=OPERATOR, at=at)
            subject = f"questionnaire:{sheet['code']}:{sheet['version']}"
            events.append(con, Event(at, "survey", "questionnaire_open", subject, 1, OPERATOR, ROLE))
    return ending


def _name(con: Connection, content: DistrictContent, at: datetime) -> None:
    about = {
        "code": content.code,
        "called": list(content.called),
        "languages": list(content.languages),
        "regions": [[one.code, one.name_zh, one.name_en] for one in content.regions],
    }
    said = {
        "district_zh": content.name_zh,
        "district_en": content.name_en,
        "district": events.canonical(about),
        "names": events.canonical(dict(content.names)),
        "logo": content.logo,
    }
    settings.describe_district(con, said, actor_id=OPERATOR, role=ROLE, at=at)


def _list(con: Connection, name: str, rows: Sequence[FolderRow], at: datetime) -> list[ReferenceItem]:
    known = {item.code: item for item in references.items(con, name)}
    named = {row.item.code for row in rows}
    before = sum(item.code not in named for item in references.nations(name))
    fresh, ending, by = list[ReferenceItem](), list[ReferenceItem](), {"actor_id": OPERATOR, "role": ROLE, "at": at}
    left_out = _left_out(con, name, rows)
    for row in rows:
        wanted, there = replace(row.item, position=row.item.position + before), known.get(row.item.code)
        if there is None:
            fresh.append(wanted)
        else:
            kept = _beside(wanted, there)
            if kept != there:
                references.save(con, kept, **by)
            if wanted.successor and there.active:
                ending.append(wanted)
    references.add(con, fresh, **by)
    for item in left_out:
        references.save(con, replace(item, active=False), **by)
    return ending


def _beside(wanted: ReferenceItem, there: ReferenceItem) -> ReferenceItem:
    """What the folder says of an entry that the store has. Of one that has ended the day stands as it is; one that is
    to be handed over stays in force until it is."""
    wanted = replace(wanted, seq=there.seq, parent=there.parent)
    if wanted.successor and there.active:
        return replace(wanted, active=True, valid_until=None, successor=None)
    handed_over = there.successor and wanted.successor == there.successor
    return replace(wanted, valid_until=there.valid_until) if handed_over else wanted


def _left_out(con: Connection, name: str, rows: Sequence[FolderRow]) -> list[ReferenceItem]:
    """Entries in force of which the folder's file says nothing, though it is the whole list. The bodies that the
    product names, and the nation's sectors, every district has."""
    if name == "sector":
        return []
    kept = {row.item.code for row in rows}
    kept |= {item.code for item in references.nations("body")} if name == "body" else set()
    return [item for item in references.items(con, name, active_only=True) if item.code not in kept]


def _used(con: Connection, name: str) -> dict[str, int]:
    """How many rows name each code."""
    places = [use.split(".") for use in _USES[name]]
    each = " UNION ALL ".join(f"SELECT {column} AS code FROM {table}" for table, column in places)
    return sql.pairs(con, f"SELECT code, count(*) FROM ({each}) AS used WHERE code IS NOT NULL GROUP BY code")


def _group(con: Connection, groups: tuple[SampleGroup, ...], at: datetime) -> None:
    """Waves that were drawn keep theirs: what differs is a version of its own."""
    known = sample_groups.current(con)
    if known.groups == groups:
        return
    waves = sql.scalar(con, "SELECT count(*) FROM wave")
    first = not waves and not sql.scalar(con, "SELECT count(*) FROM sample_group")
    made = sample_groups.add_version(con, 1 if first else known.version + 1, groups)
    said = {f"{one.list}:{one.code}": list(one.members) for one in groups}
    events.append(con, Event(at, "survey", "groups", "sample_group", made.version, OPERATOR, ROLE,
                             detail={"groups": said}))  # fmt: skip
