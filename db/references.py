"""Towns, bodies, sectors and categories. What every district has is loaded from `db/reference/`, the rest comes from
the district's folder (db/districts) or an administrator, whose to edit all of it is."""

import csv
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from db import clock, events, sql
from db.events import Event
from db.refused import MovedOn
from db.sql import Connection
from db.survey import questionnaires
from i18n.names import Named

FOLDER = Path(__file__).parent / "reference"
LISTS = ("town", "body", "sector", "category")
ENDING = ("town", "body")  # whose entries another may take the place of
LONGEST_NAME = 80
CODE = re.compile(r"[A-Za-z0-9_]{1,40}")
KINDS: dict[str, tuple[str, ...]] = {
    "town": ("street", "town"),
    "body": ("leadership", "department", "association", "utility", "bank", "platform"),
}
# In SQL, a table: each body beside itself (`now`) and beside whatever took its place since, one after another.
SUCCESSION = """(
    WITH RECURSIVE followed(code, now) AS (
        SELECT code, code FROM reference_item WHERE list = 'body'
        UNION
        SELECT f.code, r.successor FROM followed f
        JOIN reference_item r ON r.list = 'body' AND r.code = f.now AND r.successor IS NOT NULL)
    SELECT code, now FROM followed)"""


@dataclass(frozen=True)
class ReferenceItem(Named):
    """One entry of a list. `seq` is its version; `tile_*` is a town's place on the tile map. `valid_until`: the last
    day of a body or a town that another, the `successor`, took the place of.
    """

    list: str
    code: str
    parent: str | None
    kind: str | None
    name_zh: str
    name_en: str
    position: int
    tile_row: int | None
    tile_column: int | None
    active: bool
    seq: int
    valid_until: date | None = None
    successor: str | None = None

    def short_name(self, language: str) -> str:
        """A town's name where there is little room: without the word for street or town."""
        return self.say(language).removesuffix("街道").removesuffix("镇")


def load(con: Connection) -> None:
    """Add what the lists lack. What an administrator changed or switched off stays as it is."""
    added = _load_items(con) + _load_indicators(con) + _load_questionnaires(con)
    if added:
        event = Event(clock.now(), "reference", "load", "reference", added, detail={"added": added})
        events.append(con, event)


def items(con: Connection, list_name: str, *, active_only: bool = False) -> list[ReferenceItem]:
    statement = """
        SELECT * FROM reference_item
        WHERE list = $list AND (active OR NOT $active_only)
        ORDER BY position, code
        """
    return sql.fetch(con, ReferenceItem, statement, {"list": list_name, "active_only": active_only})


def get(con: Connection, list_name: str, code: str) -> ReferenceItem | None:
    statement = "SELECT * FROM reference_item WHERE list = $list AND code = $code"
    return sql.first(con, ReferenceItem, statement, {"list": list_name, "code": code})


def save(con: Connection, item: ReferenceItem, *, actor_id: str, role: str, at: datetime) -> None:
    """Add an item (`seq` 0) or change one as it was read (`seq` its version). Raises MovedOn."""
    if item.seq == 0:
        add(con, [item], actor_id=actor_id, role=role, at=at)
        return
    saved = replace(item, seq=item.seq + 1)
    columns = "name_zh name_en kind position tile_row tile_column active valid_until successor"
    sql.rewrite(con, "reference_item", saved, columns, key="list code", code=item.code)
    events.append(con, _event(saved, actor_id, role, at))


def add(
    con: Connection, items: Sequence[ReferenceItem], *, actor_id: str, role: str, at: datetime
) -> list[ReferenceItem]:
    """New items, of one list or of several. Raises MovedOn where one of them is there."""
    saved = [replace(item, seq=1) for item in items]
    statement = "SELECT list || ':' || code FROM reference_item WHERE list || ':' || code = ANY($subjects)"
    there = sql.column(con, statement, {"subjects": [_subject(item) for item in items]})
    if there:
        raise MovedOn(code=there[0].partition(":")[2])
    sql.insert_many(con, "reference_item", saved)
    events.append(con, *(_event(item, actor_id, role, at) for item in saved))
    return saved


def _subject(item: ReferenceItem) -> str:
    return f"{item.list}:{item.code}"


def _event(saved: ReferenceItem, actor_id: str, role: str, at: datetime) -> Event:
    detail = {k: getattr(saved, k) for k in ("list", "code", "name_zh", "name_en", "kind", "position", "active")}
    detail |= {k: getattr(saved, k) for k in ("valid_until", "successor") if getattr(saved, k)}
    return Event(at, "reference", "save", _subject(saved), saved.seq, actor_id, role, detail=detail)


def nations(list_name: str) -> list[ReferenceItem]:
    """The entries that every district begins with: sectors, the usual categories, the bodies that the product names."""
    if not (FOLDER / f"{list_name}.csv").exists():
        return []
    return [
        ReferenceItem(
            list=list_name, code=row["code"], parent=row.get("parent") or None, kind=row.get("kind") or None,
            name_zh=row["name_zh"], name_en=row["name_en"], position=position, tile_row=None, tile_column=None,
            active=True, seq=1,
        )
        for position, row in enumerate(_csv(list_name), start=1)
    ]  # fmt: skip


def _load_items(con: Connection) -> int:
    known = {(r["list"], r["code"]) for r in sql.rows(con, "SELECT list, code FROM reference_item")}
    fresh = [item for name in LISTS for item in nations(name) if (item.list, item.code) not in known]
    sql.insert_many(con, "reference_item", fresh)
    return len(fresh)


def _load_indicators(con: Connection) -> int:
    known = {r["code"] for r in sql.rows(con, "SELECT code FROM indicator")}
    fresh = [
        {**row, "has_level": row["has_level"] == "true", "position": position}
        for position, row in enumerate(_csv("indicator"), start=1)
        if row["code"] not in known
    ]
    sql.insert_many(con, "indicator", fresh)
    return len(fresh)


def _load_questionnaires(con: Connection) -> int:
    known = {(r["code"], r["version"]) for r in sql.rows(con, "SELECT code, version FROM questionnaire")}
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("questionnaire-*.json"))]
    fresh = [
        {"code": q["code"], "version": q["version"], "content": events.canonical(q), "created_at": clock.now()}
        for q in found
        if (q["code"], q["version"]) not in known
    ]
    sql.insert_many(con, "questionnaire", fresh)
    questionnaires.fill_items(con)
    return len(fresh)


def _csv(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
