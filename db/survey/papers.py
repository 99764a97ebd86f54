"""Paper forms as they were keyed in, and their second keying."""

from dataclasses import dataclass
from datetime import datetime

from db import sql
from db.sql import Connection


@dataclass(frozen=True)
class PaperForm:
    """That it was keyed, by whom and when; what stands on the paper is sealed with its answers."""

    response_id: str
    wave_id: str
    serial: int
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
    """Keep who keyed it a second time, when, and how many answers that changed."""
    statement = """
        UPDATE paper_form SET checked_by = $checked_by, checked_at = $checked_at,
            corrected = $corrected WHERE response_id = $response_id
        """
    sql.run(con, statement, vars(form))
