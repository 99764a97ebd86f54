"""What an actor may see. Every read of cases takes one; forgetting it is a TypeError, not a leak."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["all", "enterprise", "body", "town", "officer", "case", "none"]


@dataclass(frozen=True)
class Scope:
    """`key` is the enterprise's, body's, town's, officer's or case's id; empty for `all` and `none`.

    `named`: the confidential cases that this person is named for, whose others they do not read. None reads all of
    them: what has no reader. `also`: the officers in whose place an officer is.
    """

    kind: Kind
    key: str = ""
    named: tuple[str, ...] | None = ()
    also: tuple[str, ...] = ()


ALL = Scope("all")
NONE = Scope("none")
EVERY = Scope("all", named=None)  # of what keeps the store: never of a person
_OWN = ("enterprise", "case", "none")  # an enterprise reads what it raised

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
    whose, hidden = counted_within(scope), _hidden(scope)
    return f"{whose} AND NOT {hidden}" if hidden else whose


def counted_within(scope: Scope) -> str:
    """The same for what is counted and not shown: a figure is one number, whoever looks at it."""
    return _of(scope, _CASES)


def shown_to(scope: Scope, column: str = "id") -> str:
    """Of what was counted: the condition, on the column of a case's id, that it may be shown."""
    hidden = _hidden(scope)
    return f"{column} NOT IN (SELECT c.id FROM cases c WHERE {hidden})" if hidden else "true"


def _hidden(scope: Scope) -> str:
    if scope.named is None or scope.kind in _OWN:
        return ""
    named = _listed(scope.named)
    return f"(c.confidential AND c.id NOT IN ({named}))" if named else "c.confidential"


def enterprises_within(scope: Scope) -> str:
    """The condition on `enterprise e` for a statement that also binds `scope_key`."""
    return _of(scope, _ENTERPRISES)


def _of(scope: Scope, conditions: dict[str, str]) -> str:
    among = f"IN ($scope_key, {_listed(scope.also)})" if scope.also else "= $scope_key"
    return conditions[scope.kind].replace("= $scope_key", among)


def _listed(ids: tuple[str, ...]) -> str:
    return ", ".join("'" + one.replace("'", "''") + "'" for one in ids)
