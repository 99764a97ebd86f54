"""Who is here, as the store says at this very run."""

from dataclasses import dataclass

from access.roles import PERMISSIONS, VISITOR
from db.refused import Refused
from db.scope import ALL, NONE, Scope

OFFICE = "staff"  # the desk of the programme office; others by what they belong to
BODY, TOWN, ENTERPRISE, ACCOUNT = "body:", "town:", "enterprise:", "account:"


@dataclass(frozen=True)
class Actor:
    """A person, or an enterprise that came by a link. `way` is account, invitation, follow, open or screen.

    `id` is the account's id, or `invitation:ID` / `follow:CASE` / `open:BROWSER` for those without one.
    """

    id: str
    role: str
    name: str
    way: str = "account"
    enterprise_id: str | None = None
    body_code: str | None = None
    town_code: str | None = None
    case_id: str | None = None
    invitation_id: str | None = None
    wave_id: str | None = None
    open_link_id: str | None = None
    address_hash: str | None = None
    named: tuple[str, ...] = ()  # the confidential cases that they are named for
    stands_for: tuple[str, ...] = ()  # the accounts in whose place they are today

    @property
    def permissions(self) -> frozenset[str]:
        return VISITOR[self.way] if self.way in VISITOR else PERMISSIONS[self.role]

    @property
    def in_house(self) -> bool:
        """Whether their pages are others than the enterprise's."""
        return self.role != "enterprise"

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    def must(self, permission: str) -> None:
        """Raises Refused('forbidden')."""
        if not self.may(permission):
            raise Refused("forbidden")

    @property
    def scope(self) -> Scope:
        """The cases and enterprises that this actor may see."""
        if self.way == "follow":
            return Scope("case", self.case_id or "")
        if self.way in ("invitation", "open"):
            return NONE
        return {
            "enterprise": Scope("enterprise", self.enterprise_id or ""),
            "department": Scope("body", self.body_code or "", self.named),
            "town": Scope("town", self.town_code or "", self.named),
            "officer": Scope("officer", self.id, self.named, self.stands_for),
            "staff": Scope("all", named=self.named),
            "leader": Scope("all", named=self.named),
            "admin": NONE,
        }[self.role]

    @property
    def desk(self) -> str:
        """Those with whom this person shares their work: the office, a body, a town or an enterprise; '' for whoever
        works alone."""
        belongs = {"department": self.body_code, "town": self.town_code, "enterprise": self.enterprise_id}
        kind = {"department": BODY, "town": TOWN, "enterprise": ENTERPRISE}.get(self.role, "")
        return OFFICE if self.role == "staff" else f"{kind}{belongs[self.role]}" if kind else ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where this person is told of something inside the house: by themselves, in the place of others, and with
        their desk."""
        own = tuple(f"{ACCOUNT}{one}" for one in (self.id, *self.stands_for)) if self.way == "account" else ()
        return (*own, self.desk) if own and self.desk else own

    @property
    def enterprise_scope(self) -> Scope:
        """The enterprises that this actor may see: an administrator keeps the register, but reads no case."""
        return ALL if self.may("edit_enterprise") else self.scope
