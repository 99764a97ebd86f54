"""Versions of questionnaires, their states, and the items that can be answered in each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import events, sql
from db.refused import MovedOn
from db.sql import Connection, Row
from db.survey.kinds import CHOICE, LEVELS, NOTHING_ASKED
from i18n.names import Worded


@dataclass(frozen=True)
class Version:
    """One version: `state` is draft, open (waves may ask it) or closed. `content` is the JSON that intake reads."""

    code: str
    version: int
    content: str
    created_at: datetime
    state: str
    seq: int
    changed_at: datetime | None
    changed_by: str | None


@dataclass(frozen=True)
class QuestionnaireItem(Worded):
    """What one answer of this version is about. `series` is the same through all versions that map to one another."""

    questionnaire_code: str
    version: int
    item: str
    series: str
    kind: str
    dimension: str | None
    position: int
    zh: str
    en: str


def version(con: Connection, code: str, number: int) -> Version | None:
    statement = "SELECT * FROM questionnaire WHERE code = $code AND version = $version"
    return sql.first(con, Version, statement, {"code": code, "version": number})


def versions(con: Connection) -> list[Version]:
    """All of them, by code, newest first."""
    return sql.fetch(con, Version, "SELECT * FROM questionnaire ORDER BY code, version DESC")


def items(con: Connection, code: str, number: int) -> list[QuestionnaireItem]:
    """In the order in which they are asked. None for a draft: its items may still change."""
    return sql.fetch(
        con,
        QuestionnaireItem,
        "SELECT * FROM questionnaire_item WHERE questionnaire_code = $code AND version = $version ORDER BY position",
        {"code": code, "version": number},
    )


def waves_of(con: Connection, code: str, number: int) -> int:
    """How many waves ask, or asked, this version."""
    statement = "SELECT count(*) FROM wave WHERE questionnaire_code = $code AND questionnaire_version = $version"
    return sql.scalar(con, statement, {"code": code, "version": number})


def add(con: Connection, content: Mapping[str, Any], *, state: str, by: str, at: datetime) -> Version:
    """A new version from its content, which names its code and number."""
    added = Version(content["code"], content["version"], events.canonical(dict(content)), at, state, 1, at, by)
    sql.insert(con, "questionnaire", added)
    if state != "draft":
        _add_items(con, content)
    return added


def change(con: Connection, changed: Version, *, seen: int) -> None:
    """Put content and state in place of what was read at `seen`; a draft that is opened gets its items.

    Raises MovedOn where somebody was first.
    """
    written = {**vars(changed), "seq": seen + 1}
    sql.rewrite(con, "questionnaire", written, "content state changed_at changed_by", key="code version")
    if changed.state != "draft" and not items(con, changed.code, changed.version):
        _add_items(con, json.loads(changed.content))


def discard(con: Connection, code: str, number: int, *, seen: int) -> None:
    """A draft goes. Raises MovedOn where it was changed, or is no draft any more."""
    statement = "DELETE FROM questionnaire WHERE code = $code AND version = $version AND seq = $seq AND state = 'draft'"
    done = sql.scalar(con, statement, {"code": code, "version": number, "seq": seen})
    if done != 1:
        raise MovedOn()


def survey_import(con: Connection, digest: str) -> Row | None:
    """What became of a result file that was taken in before."""
    return sql.one(con, "SELECT * FROM survey_import WHERE digest = $digest", {"digest": digest})


def imported_waves(con: Connection, headings: str) -> list[str]:
    """Waves made of result files with these headings (their digest), the newest first."""
    statement = """
        SELECT wave_id FROM survey_import WHERE headings = $headings GROUP BY wave_id ORDER BY max(imported_at) DESC
        """
    return sql.column(con, statement, {"headings": headings})


def add_survey_import(con: Connection, row: Mapping[str, Any]) -> None:
    sql.insert(con, "survey_import", row)


def fill_items(con: Connection) -> None:
    """The items of versions that were stored before there was a list of them."""
    statement = """
        SELECT content FROM questionnaire q WHERE state <> 'draft' AND NOT EXISTS (
            SELECT 1 FROM questionnaire_item i WHERE i.questionnaire_code = q.code AND i.version = q.version)
        ORDER BY code, version
        """
    missing = sql.rows(con, statement)
    for row in missing:
        _add_items(con, json.loads(row["content"]))


def _add_items(con: Connection, content: Mapping[str, Any]) -> None:
    code, number = content["code"], content["version"]
    before = items(con, code, content["follows"]) if content.get("follows") else []
    series_before = {item.item: item.series for item in before}
    statement = "SELECT DISTINCT series FROM questionnaire_item WHERE questionnaire_code = $code"
    taken = set(sql.column(con, statement, {"code": code}))
    rows = [
        {
            "questionnaire_code": code,
            "version": number,
            "item": row["item"],
            "series": series_before.get(row["was"]) or _own_series(row["item"], number, taken),
            "kind": row["kind"],
            "dimension": row["dimension"],
            "position": position,
            "zh": row["zh"],
            "en": row["en"],
        }
        for position, row in enumerate(_answerable(content), start=1)
    ]
    sql.insert_many(con, "questionnaire_item", rows)


def _own_series(item: str, number: int, taken: set[str]) -> str:
    """An item mapped from none begins a series; a code that once meant something else does not go on with that."""
    return f"{item}@{number}" if item in taken else item


def _answerable(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Item, kind, dimension, words, and the item of the version before that it goes on with."""
    return [row for item in content["items"] if item["kind"] != NOTHING_ASKED for row in _rows_of(item)]


def _rows_of(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    whole = {"item": item["code"], "was": item.get("was"), "dimension": item.get("dimension")}
    if not item.get("rows"):
        return [{**whole, "kind": item["kind"], "zh": item["zh"], "en": item["en"]}]
    levels = all(option.get("value") is not None for option in item.get("options") or ())
    return [
        {
            "item": f"{item['code']}.{row['code']}",
            "was": f"{item['was']}.{row['code']}" if item.get("was") else None,
            "dimension": item.get("dimension"),
            "kind": LEVELS if levels else CHOICE,
            "zh": f"{item['zh']} — {row['zh']}",
            "en": f"{item['en']} — {row['en']}",
        }
        for row in item["rows"]
    ]
