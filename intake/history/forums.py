"""Forums that were held before this store, under the numbers that they had."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from access.actor import Actor
from casework.forums.forums import ForumPlan, enter_held
from casework.forums.rota import HOSTS
from db.cases import entered
from db.refused import Refused
from db.sql import Connection
from intake.history.reading import OldRow

_IDS = UUID("2c0b6b1e-7d0e-4f0e-9a1f-0d5a1f6b0041")


def forum_id(n: int) -> str:
    return str(uuid5(_IDS, f"forum:{n}"))


def known(con: Connection, rows: Sequence[OldRow]) -> set[int]:
    there = set(entered.forum_ids(con).values())
    return {row.row for row in rows if forum_id(row.values["forum"]) in there}


def refused(con: Connection, _: Actor, rows: Sequence[OldRow]) -> Mapping[int, tuple[str, Refused]]:
    taken = entered.forum_ids(con)
    wrong = {row.row: ("forum", Refused("forum_number_taken")) for row in rows if row.values["forum"] in taken}
    hosts = {row.row: ("host_body", Refused("forum_host")) for row in rows if row.values["host_body"] not in HOSTS}
    return hosts | wrong


def keep(con: Connection, actor: Actor, rows: Sequence[OldRow], import_id: str, at: datetime) -> int:
    held = dict[str, tuple[int, ForumPlan]]()
    for row in rows:
        v = row.values
        plan = ForumPlan(v["theme"], v["theme_en"] or v["theme"], v["sector"], v["held_on"], v["place"],
                         v["place_en"] or v["place"], v["format"], v["host_body"], v["host_office"])  # fmt: skip
        held[forum_id(v["forum"])] = (v["forum"], plan)
    return len(enter_held(con, actor=actor, held=held, at=at))
