"""The one family of errors that a person is shown. Everything else is a fault and is logged."""


class Refused(Exception):
    """Something that the rules do not allow, said in the reader's language by `error.<code>`.

    `code` names a text of the catalogue; `facts` fill its placeholders.
    """

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


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
