"""Paper forms as they were keyed in, and their second keying."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.sql import Connection
from db.survey.surveys import Answer


@dataclass(frozen=True)
class PaperForm:
    """`answers` is the JSON of what stands on the paper, also where a skip rule makes it void."""

    response_id: str
    wave_id: str
    serial: int
    answers: str
    entered_by: str
    entered_at: datetime
    checked_by: str | None = None
    checked_at: datetime | None = None
    corrected: int | None = None


def of_serial(con: Connection, *, wave_id: str, serial: int) -> PaperForm | None:
    statement = "SELECT * FROM paper_form WHERE wave_id = $wave_id AND serial = $serial"
    return sql.first(con, PaperForm, statement, {"wave_id": wave_id, "serial": serial})


def of_wave(con: Connection, wave_id: str) -> tuple[int, int]:
    """(entered, keyed a second time)."""
    statement = "SELECT count(*) AS n, count(checked_at) AS checked FROM paper_form WHERE wave_id = $wave_id"
    row = sql.one(con, statement, {"wave_id": wave_id})
    return (row["n"], row["checked"]) if row else (0, 0)


def add(con: Connection, form: PaperForm) -> None:
    sql.insert(con, "paper_form", form)


def mark_checked(con: Connection, form: PaperForm) -> None:
    """Keep who keyed it a second time, when, how many answers that changed, and what stands now."""
    statement = """
        UPDATE paper_form SET answers = $answers, checked_by = $checked_by, checked_at = $checked_at,
            corrected = $corrected WHERE response_id = $response_id
        """
    sql.run(con, statement, vars(form))


def replace_answers(con: Connection, response_id: str, answers: Sequence[Answer]) -> None:
    """A slip of the keying is mended; the paper form keeps that it was, and the history too."""
    sql.run(con, "DELETE FROM answer WHERE response_id = $id", {"id": response_id})
    sql.insert_many(con, "answer", answers)
