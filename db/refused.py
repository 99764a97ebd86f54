"""The one family of errors that a person is shown. Everything else is a fault and is logged."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


class Refused(Exception):
    """Something that the rules do not allow, said in the reader's language by `error.<code>`.

    `code` names a text of the catalogue; `facts` fill its placeholders.
    """

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    @property
    def each(self) -> Sequence["Refused"]:
        """Itself, or all that is wrong where several things are."""
        return (self,)


class SeveralRefused(Refused):
    """Several things are wrong with a form or with what came with it; the first of them is its own code."""

    def __init__(self, each: Sequence[Refused]) -> None:
        super().__init__(each[0].code, **each[0].facts)
        self._each = tuple(each)

    @property
    def each(self) -> Sequence[Refused]:
        return self._each


class MovedOn(Refused):
    """Somebody else changed the record since it was read. Nothing was written."""

    def __init__(self, **facts: object) -> None:
        super().__init__("moved_on", **facts)


class StoreUnavailable(Refused):
    """The store cannot answer or write just now; what was typed is kept by the page."""

    def __init__(self, code: str = "store_unavailable") -> None:
        super().__init__(code)


class StoreReadOnly(StoreUnavailable):
    """The store lacks what its journal cannot bring back: until an operator does, everything can be read only."""

    def __init__(self) -> None:
        super().__init__("store_read_only")


class FilesUnavailable(StoreUnavailable):
    """Where files lie, outside the store, nothing answers just now: no row of them was written."""

    def __init__(self) -> None:
        super().__init__("files_unavailable")


class Wrong:
    """What is wrong with a form: looked for in each of its fields, in their order, and said at once."""

    def __init__(self) -> None:
        self._found: list[Refused] = []

    def unless(self, right: object, code: str, /, **facts: object) -> None:
        """Refused(code, **facts) where it is not right."""
        if not right:
            self._found.append(Refused(code, **facts))

    def tried(self, check: Callable[[], T], otherwise: T) -> T:
        """What the check gives back; where it refuses, `otherwise`, with which nothing is done but further checks."""
        try:
            return check()
        except StoreUnavailable:
            raise
        except Refused as refusal:
            self._found.extend(refusal.each)
            return otherwise

    def refuse(self) -> None:
        """Raises the one Refused that was found, or SeveralRefused."""
        if self._found:
            raise self._found[0] if len(self._found) == 1 else SeveralRefused(self._found)
