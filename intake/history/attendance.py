"""Who came to forums before this store: a row a person; the same name from the same place is the same person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from access.actor import Actor
from casework.forums.attendance import enter_list, read_within, register_of
from db.cases import entered
from db.refused import Refused
from db.sql import Connection
from intake.history.reading import OldRow

_IDS = UUID("6f3d2a10-95a7-4c3e-8b2d-51c7e2a00041")
_LINE = ("person_kind", "person", "organisation", "country", "office")


def _of_forums(con: Connection, rows: Sequence[OldRow]) -> Iterator[tuple[str, list[OldRow], list[str]]]:
    """The rows of each forum in the order of their numbers, with what each says; '' where there is no such forum."""
    held = entered.forum_ids(con)
    of: dict[int, list[OldRow]] = {}
    for row in rows:
        of.setdefault(row.values["forum"], []).append(row)
    for n, those in sorted(of.items()):
        yield held.get(n, ""), those, ["\t".join(row.values[part] or "" for part in _LINE) for row in those]


def known(_con: Connection, _rows: Sequence[OldRow]) -> set[int]:
    """Who is on the list already is found as a list is read: it needs the register."""
    return set()


def refused(con: Connection, actor: Actor, rows: Sequence[OldRow]) -> Mapping[int, tuple[str, Refused]]:
    found, register = dict[int, tuple[str, Refused]](), register_of(con, actor)
    for forum, those, texts in _of_forums(con, rows):
        if not forum:
            found |= {row.row: ("forum", Refused("forum_unknown")) for row in those}
            continue
        for row, read in zip(those, read_within(con, actor, register, forum, texts), strict=True):
            if read.refusal and read.refusal.code != "person_there":
                found[row.row] = ("person", read.refusal)
    return found


def keep(con: Connection, actor: Actor, rows: Sequence[OldRow], import_id: str, at: datetime) -> int:
    """A forum after the other, so that who came to the first is known at the next."""
    made, register = 0, register_of(con, actor)
    for forum, _, texts in _of_forums(con, rows):
        lines = [line for line in read_within(con, actor, register, forum, texts) if not line.refusal]
        if lines:  # who is there already stays as they are
            made += enter_list(con, actor, forum, str(uuid5(_IDS, f"{import_id}:{forum}")), lines, at)
    return made
