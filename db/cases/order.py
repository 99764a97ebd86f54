"""The orders of a list of cases, and the places in them.

A page begins after the key of the row before it: alike fast on every page, and nothing is skipped or shown twice where
cases of an earlier page moved on meanwhile. Every order ends with the number, which no two cases share.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from db.sql import Row

_PARTED = "~"


@dataclass(frozen=True)
class ListPlace:
    """Where a page stands: after the row with a key (see `key_of`), or `back` before it, or the page of that number."""

    page: int = 1
    key: str = ""
    back: bool = False


FIRST = ListPlace()


@dataclass(frozen=True)
class By:
    """A column of an order: its expression on `cases c`, the field of a case, how its text is read."""

    column: str
    name: str
    read: Callable[[str], object]
    down: bool = False


_NUMBER = By("c.number", "number", str)
_LATEST_NUMBER = By("c.number", "number", str, down=True)
_SUBMITTED = By("c.submitted_at", "submitted_at", datetime.fromisoformat)
_LATEST = By("c.submitted_at", "submitted_at", datetime.fromisoformat, down=True)
_NEVER = date.max.isoformat()  # what is due on no day comes last
_DUE = By(f"coalesce(c.due_on, DATE '{_NEVER}')", "due_on", lambda text: date.fromisoformat(text or _NEVER))
_ENTERPRISE = By("e.name_zh", "enterprise_zh", str)

# Those that an address may name.
SORTS: Mapping[str, tuple[By, ...]] = MappingProxyType(
    {
        "due": (_DUE, _LATEST, _LATEST_NUMBER),
        "newest": (_LATEST, _LATEST_NUMBER),
        "oldest": (_SUBMITTED, _NUMBER),
        "number": (_LATEST_NUMBER,),
        "enterprise": (_ENTERPRISE, _LATEST_NUMBER),
    }
)


def key_of(sort: str, case: object) -> str:
    """The place of a case in the order, as an address keeps it."""
    values = (getattr(case, by.name) for by in SORTS[sort])
    return _PARTED.join(v.isoformat() if isinstance(v, date) else str(v or "") for v in values)


def read_key(sort: str, key: str) -> Row | None:
    """The parameters that `beyond` binds; None for a text that is no key of this order."""
    columns = SORTS[sort]
    texts = key.rsplit(_PARTED, len(columns) - 1)
    try:
        return {f"key_{n}": by.read(text) for n, (by, text) in enumerate(zip(columns, texts, strict=True))}
    except ValueError:
        return None


def in_order(sort: str, *, back: bool = False) -> str:
    """What follows ORDER BY; `back` turns the order round."""
    return ", ".join(f"{by.column} {'DESC' if by.down != back else 'ASC'}" for by in SORTS[sort])


def beyond(sort: str, *, back: bool = False) -> str:
    """The condition on rows that come after the key; `back`: before it."""
    condition = "false"
    for n, by in reversed(list(enumerate(SORTS[sort]))):
        sign = "<" if by.down != back else ">"
        condition = f"({by.column} {sign} $key_{n} OR ({by.column} = $key_{n} AND {condition}))"
    return condition


@dataclass(frozen=True)
class Part:
    """Which rows a page has: of those `beyond` the key or of all, in the order or back from its end."""

    total: int
    before: int
    beyond: bool
    back: bool
    limit: int
    offset: int


def likely(place: ListPlace, *, size: int) -> Part:
    """The rows of a page as they are read with the count: of a first page and behind a key it is known which ones."""
    known = place.key or place.page == 1
    return Part(0, 0, beyond=bool(place.key), back=place.back and bool(place.key), limit=size if known else 0, offset=0)


def same_rows(one: Part, read: Part) -> bool:
    """Whether the rows that were read are those of the part."""
    return (one.beyond, one.back, one.offset) == (read.beyond, read.back, read.offset) and one.limit <= read.limit


def part(place: ListPlace, *, total: int, there: int, size: int) -> Part:
    """The page at `place`, `there` of the `total` rows being beyond its key. Where none is after it any more it is the
    last page, where none is before it the first; what is nearer to the end is counted from there."""
    if there:
        before = max(0, there - size) if place.back else total - there
        return Part(total, before, beyond=True, back=place.back, limit=min(size, there), offset=0)
    last = max(1, -(-total // size))
    before = (min(max(last if place.key and not place.back else place.page, 1), last) - 1) * size
    limit = min(size, total - before)
    back = before > total - before
    return Part(total, before, beyond=False, back=back, limit=limit, offset=total - before - limit if back else before)
