"""What an actor may see. Every read of cases takes one; forgetting it is a TypeError, not a leak."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["all", "enterprise", "body", "town", "officer", "case", "none"]


@dataclass(frozen=True)
class Scope:
    """`key` is the enterprise's, body's, town's, officer's or case's id; empty for `all` and `none`."""

    kind: Kind
    key: str = ""


ALL = Scope("all")
NONE = Scope("none")

_CASES: dict[str, str] = {
    "all": "true",
    "enterprise": "c.enterprise_id = $scope_key",
    "body": "c.id IN (SELECT case_id FROM case_body WHERE body_code = $scope_key)",
    "town": "c.town_code = $scope_key",
    "officer": "c.enterprise_id IN (SELECT id FROM enterprise WHERE officer_id = $scope_key)",
    "case": "c.id = $scope_key",
    "none": "false",
}
_ENTERPRISES: dict[str, str] = {
    "all": "true",
    "enterprise": "e.id = $scope_key",
    "town": "e.town_code = $scope_key",
    "officer": "e.officer_id = $scope_key",
    "body": "e.id IN (SELECT c.enterprise_id FROM cases c JOIN case_body b ON b.case_id = c.id "
    "WHERE b.body_code = $scope_key)",
    "case": "e.id IN (SELECT enterprise_id FROM cases WHERE id = $scope_key)",
    "none": "false",
}


def cases_within(scope: Scope) -> str:
    """The condition on `cases c` for a statement that also binds `scope_key`."""
    return _CASES[scope.kind]


def enterprises_within(scope: Scope) -> str:
    """The condition on `enterprise e` for a statement that also binds `scope_key`."""
    return _ENTERPRISES[scope.kind]
