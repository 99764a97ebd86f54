"""Answers of a store from before they were sealed: sealed now, so that they take the way that all take."""

import json
from collections.abc import Mapping
from typing import Any

from db import sql
from db.sql import Connection, Row
from db.survey import ballots, surveys
from db.survey.ballots import AnswerSheet, Participation
from db.survey.surveys import Answer, Response


def waits(con: Connection) -> bool:
    """Whether migration 0030 left such answers."""
    return "response_before" in sql.tables(con)


def carry_over(con: Connection) -> None:
    given: dict[str, list[Row]] = {}
    for row in sql.rows(con, "SELECT response_id, item, value, choice, text FROM answer_before ORDER BY response_id"):
        given.setdefault(row.pop("response_id"), []).append(row)
    typed = sql.pairs(con, "SELECT response_id, answers FROM paper_before")
    before = sql.rows(con, "SELECT * FROM response_before ORDER BY submitted_at, id")
    imported = [row for row in before if row["source"] == "import"]
    surveys.add_responses(con, [_imported(row) for row in imported], [
        Answer(row["id"], row["wave_id"], **answer) for row in imported for answer in given.get(row["id"], ())
    ])  # fmt: skip
    for wave_id in {row["wave_id"] for row in imported}:
        surveys.keep_comments(con, wave_id)
    ballots.cast(con, [
        (_took_part(row), AnswerSheet(row["language"], row["started_at"], given.get(row["id"], []), _typed(typed, row)))
        for row in before if row["source"] != "import"
    ])  # fmt: skip
    sql.run(con, "UPDATE participation SET sealed = NULL")  # their events know of no seal
    sql.run(con, "DELETE FROM draft WHERE form LIKE 'survey:%'")  # in plain words; an open form begins again
    for table in ("response_before", "answer_before", "paper_before"):
        sql.run(con, f"DROP TABLE {table}")


def _imported(row: Mapping[str, Any]) -> Response:
    cells = {name: row[name] for name in ("sector_code", "town_code", "size")}
    return Response(row["id"], row["wave_id"], "import", **cells, started_at=row["started_at"],
                    submitted_at=row["submitted_at"])  # fmt: skip


def _took_part(row: Mapping[str, Any]) -> Participation:
    own: dict[str, Any] = {name: row.get(name) for name in Participation.__dataclass_fields__}
    return Participation(**own)


def _typed(typed: Mapping[str, str], row: Mapping[str, Any]) -> dict[str, Any]:
    return json.loads(typed.get(row["id"], "{}"))
