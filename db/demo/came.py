"""One who answered a survey of the demonstration, before it is kept as the store keeps it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import sql
from db.demo.people import id_of
from db.events import Event
from db.sql import Connection, Row
from db.survey import ballots, comments, separation
from db.survey.ballots import AnswerSheet, Participation
from db.survey.surveys import Answer, Wave


@dataclass(frozen=True)
class Came:
    """As which enterprise, when, how and in which language."""

    id: str
    number: int
    wave_id: str
    enterprise_id: str | None
    sector_code: str
    town_code: str
    size: str
    language: str
    notice_version: int
    started_at: datetime | None
    submitted_at: datetime
    source: str = "link"
    address_hash: str | None = None
    open_link_id: str | None = None


def keep(con: Connection, came: Sequence[Came], answers: Iterable[Answer], typed: dict[str, dict[str, Any]]) -> None:
    """Sealed; `typed` is what stands on paper."""
    own: dict[str, list[Row]] = {one.id: [] for one in came}
    for answer in answers:
        row = vars(answer)
        own[answer.response_id].append({name: row[name] for name in ("item", "value", "choice", "text")})
    ballots.cast(
        con, [(_took_part(o), AnswerSheet(o.language, o.started_at, own[o.id], typed.get(o.id, {}))) for o in came]
    )


def separate(con: Connection, waves: Sequence[Wave]) -> list[Event]:
    """Of these waves, which are over; staff have read what was said."""
    told = [separation.separate(con, wave, lambda words, _: words, wave.closes_at) for wave in waves]
    for wave in waves:
        said = sql.column(con, "SELECT id FROM comment WHERE wave_id = $wave", {"wave": wave.id})
        comments.release(con, said, by=id_of("staff"), at=wave.closes_at)
    return told


def _took_part(one: Came) -> Participation:
    row = vars(one)
    own: dict[str, Any] = {name: row.get(name) for name in Participation.__dataclass_fields__}
    return Participation(**own)
