"""The bodies that handle cases: the four leadership bodies chair and lead forums, they own no case and no step."""

from collections.abc import Iterable

from db import references
from db.references import ReferenceItem
from db.refused import Refused
from db.sql import Connection


def handling_bodies(con: Connection) -> list[ReferenceItem]:
    """The active ones, in their order."""
    return [item for item in references.items(con, "body", active_only=True) if item.kind != "leadership"]


def check_bodies(con: Connection, codes: Iterable[str], refusal: str = "body_unknown") -> None:
    """Raises Refused(refusal) where one of them handles no cases."""
    if not set(codes) <= {item.code for item in handling_bodies(con)}:
        raise Refused(refusal)
