"""Forums that were held before this store, under the numbers that they had."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from access.actor import Actor
from casework.forums.forums import FORMATS, OFFICES, ForumPlan, enter_held
from casework.forums.rota import HOSTS
from db.cases import entered
from db.refused import Refused
from db.sql import Connection
from intake.history.reading import LedgerSheet, OldCell, OldRow, Values, day, line, number, of_list, of_words

_IDS = UUID("2c0b6b1e-7d0e-4f0e-9a1f-0d5a1f6b0041")


def _wrong(values: Values) -> Iterator[tuple[str, Refused]]:
    if OFFICES[values["host_office"]] not in (None, values["host_body"]):
        yield "host_office", Refused("forum_office")


SHEET = LedgerSheet(
    {
        "forum": OldCell(("场次", "forum", "number"), number, needed=True, example=1),
        "theme": OldCell(("主题", "theme"), line, needed=True, example="纺织印染"),
        "theme_en": OldCell(("英文主题", "theme (english)"), line, example="Textile dyeing"),
        "held_on": OldCell(("日期", "举办日期", "held on", "date"), day, needed=True, example="2018-12-20"),
        "place": OldCell(("地点", "place"), line, needed=True, example="区行政中心"),
        "place_en": OldCell(("英文地点", "place (english)"), line, example="District hall"),
        "format": OldCell(("形式", "format"), of_words(FORMATS, "forum.format"), needed=True, example="多对多"),
        "host_body": OldCell(("主持班子", "host"), of_list("body", "old_body_unknown"), True, "district_committee"),
        "host_office": OldCell(("主持人职务", "office"), of_words(tuple(OFFICES), "host_office"), True, "区委书记"),
        "sector": OldCell(("行业", "sector"), of_list("sector", "old_sector_unknown")),
    },
    lambda values: values["forum"],
    _wrong,
)


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
