"""Towns, bodies, sectors and categories, and what the district is called: an administrator's to edit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from access.actor import Actor
from access.typed import proper_name
from access.verbs import writes
from db import references
from db.references import CODE, KINDS, LISTS, LONGEST_NAME, ReferenceItem
from db.refused import MovedOn, Refused, Wrong
from db.sql import Connection


@dataclass(frozen=True)
class ReferenceEntry:
    """What an administrator may say of an item. A code never changes: records hold it."""

    name_zh: str
    name_en: str
    kind: str | None = None
    parent: str | None = None
    tile_row: int | None = None
    tile_column: int | None = None
    active: bool = True


def enter_items(
    con: Connection, *, actor: Actor, list_name: str, entries: Mapping[str, ReferenceEntry], at: datetime
) -> list[ReferenceItem]:
    """By code, at the end of their list, within the caller's transaction. Raises as `add_item`."""
    known = references.items(con, list_name)
    there, last = {item.code for item in known}, max((item.position for item in known), default=0)
    sections, made = {item.code for item in known if item.parent is None}, list[ReferenceItem]()
    for position, (code, entry) in enumerate(entries.items(), start=last + 1):
        wrong = _wrong(list_name, code, entry)
        wrong.unless(code not in there, "code_taken", code=code)
        wrong.unless(not entry.parent or entry.parent in sections, "parent_unknown")
        wrong.refuse()
        made.append(_as_item(list_name, code, entry, position=position))
    return references.add(con, made, actor_id=actor.id, role=actor.role, at=at)


@writes("edit_reference")
def add_item(
    con: Connection, *, actor: Actor, list_name: str, code: str, entry: ReferenceEntry, at: datetime
) -> ReferenceItem:
    """At the end of its list. Raises Refused('code_invalid' | 'code_taken' | 'names_missing' | 'kind_unknown')."""
    return enter_items(con, actor=actor, list_name=list_name, entries={code: entry}, at=at)[0]


@writes("edit_reference")
def change_item(
    con: Connection, *, actor: Actor, list_name: str, code: str, entry: ReferenceEntry, seen: int, at: datetime
) -> ReferenceItem:
    """Other names, another kind, switched on or off. Raises as `add_item`, and MovedOn."""
    _wrong(list_name, code, entry).refuse()
    item = _found(con, list_name, code)
    if item.seq != seen:
        raise MovedOn(code=code)
    wanted = _as_item(list_name, code, entry, position=item.position)
    kept = {"parent": item.parent, "valid_until": item.valid_until, "successor": item.successor}
    return _saved(con, actor, at, replace(wanted, **kept, seq=item.seq))


@writes("edit_reference")
def move_item(con: Connection, *, actor: Actor, list_name: str, code: str, step: int, at: datetime) -> ReferenceItem:
    """One place up (-1) or down (1) among its siblings; at the end of the list it stays where it is."""
    item = _found(con, list_name, code)
    siblings = [other for other in references.items(con, list_name) if other.parent == item.parent]
    place = siblings.index(item) + step
    if not 0 <= place < len(siblings):
        return item
    other = siblings[place]
    if other.position == item.position:  # two that shared a place: the code had decided
        return _saved(con, actor, at, replace(item, position=item.position + step))
    _saved(con, actor, at, replace(other, position=item.position))
    return _saved(con, actor, at, replace(item, position=other.position))


def retire_for(
    con: Connection, *, actor: Actor, item: ReferenceItem, successor: str, valid_until: date, at: datetime
) -> None:
    """It is no more after this day, and another stands in its place. Within the caller's transaction, who asked for the
    permission. Raises MovedOn."""
    _saved(con, actor, at, replace(item, active=False, valid_until=valid_until, successor=successor))


def both_names(name_zh: str, name_en: str) -> tuple[str, str]:
    """Raises Refused('names_missing') unless both are there and short enough."""
    zh, en = proper_name(name_zh), proper_name(name_en)
    if not zh or not en or max(len(zh), len(en)) > LONGEST_NAME:
        raise Refused("names_missing", longest=LONGEST_NAME)
    return zh, en


def _as_item(list_name: str, code: str, entry: ReferenceEntry, *, position: int) -> ReferenceItem:
    zh, en = both_names(entry.name_zh, entry.name_en)
    tile = (entry.tile_row, entry.tile_column) if list_name == "town" else (None, None)
    kind = entry.kind if list_name in KINDS else None
    parent = entry.parent if list_name == "sector" else None
    return ReferenceItem(list_name, code, parent, kind, zh, en, position, *tile, entry.active, seq=0)


def _saved(con: Connection, actor: Actor, at: datetime, item: ReferenceItem) -> ReferenceItem:
    references.save(con, item, actor_id=actor.id, role=actor.role, at=at)
    return replace(item, seq=item.seq + 1)


def _found(con: Connection, list_name: str, code: str) -> ReferenceItem:
    item = references.get(con, list_name, code)
    if item is None:
        raise Refused("code_unknown_in_list", code=code)
    return item


def code_of(typed: str) -> str:
    """Raises Refused('code_invalid')."""
    if not CODE.fullmatch(typed):
        raise Refused("code_invalid")
    return typed


def _wrong(list_name: str, code: str, entry: ReferenceEntry) -> Wrong:
    wrong = Wrong()
    if list_name not in LISTS:  # no form can send that
        raise Refused("code_invalid")
    wrong.tried(lambda: code_of(code), code)
    wrong.tried(lambda: both_names(entry.name_zh, entry.name_en), ("", ""))
    wrong.unless(list_name not in KINDS or entry.kind in KINDS[list_name], "kind_unknown")
    return wrong
