"""Who came to forums before this store: a row a person; the same name from the same place is the same person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from access.actor import Actor
from casework.forums.attendance import PastedLine, enter_list, read_within
from db.cases import entered
from db.refused import Refused
from db.sql import Connection
from intake.history.reading import Column, OldRow, Sheet, Values, line, name, number

_IDS = UUID("6f3d2a10-95a7-4c3e-8b2d-51c7e2a00041")
_LINE = ("person_kind", "person", "organisation", "country", "office")


def _wrong(_: Values) -> Iterator[tuple[str, Refused]]:
    yield from ()


SHEET = Sheet(
    {
        "forum": Column(("场次", "forum"), number, needed=True, example=1),
        "person_kind": Column(("类别", "kind"), line, needed=True, example="企业家"),
        "person": Column(("姓名", "name"), name, needed=True, example="示例"),
        "organisation": Column(("单位", "企业或单位", "organisation"), line, example="示例纺织有限公司"),
        "country": Column(("国别", "country"), line, example="中国"),
        "office": Column(("职务", "office"), line, example="总经理"),
    },
    _wrong,
    lambda values: tuple(values.values()),
)


def _lines(con: Connection, actor: Actor, rows: Sequence[OldRow]) -> Iterator[tuple[OldRow, str, PastedLine | None]]:
    """Each row with its forum and how it is read there; no forum of that number: nothing."""
    held = entered.forum_ids(con)
    of: dict[str, list[OldRow]] = {}
    for row in rows:
        of.setdefault(held.get(row.values["forum"], ""), []).append(row)
    for forum, those in of.items():
        texts = ["\t".join(row.values[part] or "" for part in _LINE) for row in those]
        read = read_within(con, actor, forum, texts) if forum else [None] * len(those)
        yield from ((row, forum, line) for row, line in zip(those, read, strict=True))


def known(con: Connection, rows: Sequence[OldRow]) -> set[int]:
    """Who is on the list is found with what is refused: it needs the register."""
    return set()


def refused(con: Connection, actor: Actor, rows: Sequence[OldRow]) -> Mapping[int, tuple[str, Refused]]:
    found: dict[int, tuple[str, Refused]] = {}
    for row, _, read in _lines(con, actor, rows):
        if read is None:
            found[row.row] = ("forum", Refused("forum_unknown"))
        elif read.refusal and read.refusal.code != "person_there":
            found[row.row] = ("person", read.refusal)
    return found


def keep(con: Connection, actor: Actor, rows: Sequence[OldRow], import_id: str, at: datetime) -> int:
    of: dict[str, list[PastedLine]] = {}
    for _, forum, read in _lines(con, actor, rows):
        if read and not read.refusal:  # who is there already stays as they are
            of.setdefault(forum, []).append(read)
    for forum, lines in of.items():
        enter_list(con, actor, forum, str(uuid5(_IDS, f"{import_id}:{forum}")), lines, at)
    return sum(map(len, of.values()))
