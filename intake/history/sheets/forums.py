"""A ledger of forums that were held before this store."""

from collections.abc import Iterator

from casework.forums.rota import OFFICES
from db.forums.forums import FORMATS
from db.refused import Refused
from intake.history.reading import LedgerSheet, OldCell, Values, day, line, number, of_list, of_words


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
