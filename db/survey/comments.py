"""What was said in free words, by nobody's name; a person reads each before a leader does."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.sql import Connection
from db.survey.kinds import WORDS
from db.survey.surveys import Wave


@dataclass(frozen=True)
class Comment:
    """`by`: who released it, None while nobody did."""

    id: str
    text: str
    by: str | None


def of_wave(con: Connection, wave: Wave) -> list[Comment]:
    """In an order that says nothing."""
    given = {"wave": wave.id, "code": wave.questionnaire_code, "version": wave.questionnaire_version, "words": WORDS}
    statement = """
        SELECT c.id, c.text, coalesce(a.name, r.released_by) AS by FROM comment c
        JOIN questionnaire_item q ON q.item = c.item AND q.questionnaire_code = $code AND q.version = $version
        LEFT JOIN comment_release r ON r.comment_id = c.id LEFT JOIN account a ON a.id = r.released_by
        WHERE c.wave_id = $wave AND q.kind = $words ORDER BY c.id
        """
    return sql.fetch(con, Comment, statement, given)


def release(con: Connection, ids: Collection[str], *, by: str, at: datetime) -> None:
    rows = [{"comment_id": one, "released_by": by, "released_at": at} for one in sorted(ids)]
    sql.insert_many(con, "comment_release", rows)
