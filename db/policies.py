"""Special policies: the cases that each answers, and the enterprises that benefited, counted once by credit code."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from db import sql
from db.scope import Scope, cases_within, enterprises_within
from db.shared_fields import OfEnterprise, WithTitle
from db.sql import Connection


@dataclass(frozen=True)
class Policy(WithTitle):
    """One policy of the series. `seq` is its version, which its cases and beneficiaries move too."""

    id: str
    number: int
    title_zh: str
    title_en: str
    body_code: str
    issued_on: date
    seq: int


@dataclass(frozen=True)
class Benefit:
    """An enterprise, in the register or not, and the day from which it benefited."""

    policy_id: str
    uscc: str
    benefited_on: date


@dataclass(frozen=True)
class PolicyFilter:
    """Which policies: by year of issue, by the body that issued; None is all."""

    year: int | None = None
    body: str | None = None


@dataclass(frozen=True)
class PolicyCounts:
    """For each filter, how many policies each choice would leave. Years as the address writes them."""

    year: dict[str, int]
    body: dict[str, int]


@dataclass(frozen=True)
class PolicyLine:
    """A policy of the list: `cases` count what the reader may see, `beneficiaries` distinct credit codes."""

    policy: Policy
    cases: int
    beneficiaries: int


@dataclass(frozen=True)
class Reach:
    """`enterprises` counts each credit code once over all policies, `benefits` once a policy."""

    policies: int
    enterprises: int
    benefits: int


@dataclass(frozen=True)
class AnsweredCase(OfEnterprise):
    """A case that a policy answers."""

    id: str
    number: str
    title: str
    state: str
    submitted_at: datetime


_YEAR = "CAST(extract(year FROM p.issued_on) AS INTEGER)"
_WANTED = f"""(CAST($year AS INTEGER) IS NULL OR {_YEAR} = $year)
    AND (CAST($body AS VARCHAR) IS NULL OR p.body_code = $body)"""


def get(con: Connection, policy_id: str) -> Policy | None:
    return sql.first(con, Policy, "SELECT * FROM policy WHERE id = $id", {"id": policy_id})


def numbered(con: Connection, number: int) -> Policy | None:
    return sql.first(con, Policy, "SELECT * FROM policy WHERE number = $number", {"number": number})


def add(con: Connection, made: Sequence[Policy]) -> None:
    sql.insert_many(con, "policy", made)


def change(con: Connection, policy: Policy) -> None:
    """Write the policy over the version before its own. Raises MovedOn."""
    sql.rewrite(con, "policy", policy, "title_zh title_en body_code issued_on", number=policy.number)


def find(con: Connection, scope: Scope, wanted: PolicyFilter, *, limit: int, offset: int) -> list[PolicyLine]:
    """The latest of the series first."""
    return sql.fetch_lines(
        con,
        PolicyLine,
        ("policy", Policy),
        f"""
        SELECT p.*, coalesce(l.cases, 0) AS cases, coalesce(b.beneficiaries, 0) AS beneficiaries
        FROM policy p
        LEFT JOIN (SELECT l.policy_id, count(DISTINCT c.id) AS cases
                   FROM policy_case l JOIN cases c ON c.id = l.case_id
                   WHERE {cases_within(scope)} GROUP BY l.policy_id) l ON l.policy_id = p.id
        LEFT JOIN (SELECT policy_id, count(DISTINCT uscc) AS beneficiaries
                   FROM policy_beneficiary GROUP BY policy_id) b ON b.policy_id = p.id
        WHERE {_WANTED} ORDER BY p.number DESC LIMIT $limit OFFSET $offset
        """,
        {**vars(wanted), "scope_key": scope.key, "limit": limit, "offset": offset},
    )


def count(con: Connection, wanted: PolicyFilter) -> int:
    return sql.scalar(con, f"SELECT count(*) FROM policy p WHERE {_WANTED}", vars(wanted))


def counts(con: Connection, wanted: PolicyFilter) -> PolicyCounts:
    """How many policies each choice of a filter would leave, the other filter applied."""
    years = _counts(con, replace(wanted, year=None), _YEAR)
    return PolicyCounts(
        year={str(year): n for year, n in years.items()},
        body=_counts(con, replace(wanted, body=None), "p.body_code"),
    )


def reach(con: Connection) -> Reach:
    statement = """
        SELECT (SELECT count(*) FROM policy) AS policies, count(DISTINCT uscc) AS enterprises,
               count(DISTINCT policy_id || ':' || uscc) AS benefits
        FROM policy_beneficiary
        """
    return sql.fetch(con, Reach, statement)[0]


def cases_of(con: Connection, scope: Scope, policy_id: str) -> list[AnsweredCase]:
    """The cases that a policy answers, as far as the reader may see them, the earliest first."""
    statement = f"""
        SELECT c.id, c.number, c.title, c.state, c.submitted_at,
               e.name_zh AS enterprise_zh, e.name_en AS enterprise_en
        FROM cases c JOIN enterprise e ON e.id = c.enterprise_id
        WHERE c.id IN (SELECT case_id FROM policy_case WHERE policy_id = $id) AND {cases_within(scope)}
        ORDER BY c.submitted_at, c.number
        """
    return sql.fetch(con, AnsweredCase, statement, {"id": policy_id, "scope_key": scope.key})


def linked(con: Connection, policy_id: str) -> set[str]:
    """The ids of the cases that the policy answers."""
    return set(sql.column(con, "SELECT case_id FROM policy_case WHERE policy_id = $id", {"id": policy_id}))


def link(con: Connection, policy_id: str, case_ids: Sequence[str]) -> None:
    sql.insert_many(con, "policy_case", [{"policy_id": policy_id, "case_id": case_id} for case_id in case_ids])


def unlink(con: Connection, policy_id: str, case_id: str) -> None:
    statement = "DELETE FROM policy_case WHERE policy_id = $policy_id AND case_id = $case_id"
    sql.run(con, statement, {"policy_id": policy_id, "case_id": case_id})


def beneficiaries(con: Connection, policy_id: str, codes: Sequence[str]) -> set[str]:
    """Those of these credit codes that the policy's list has already."""
    statement = "SELECT DISTINCT uscc FROM policy_beneficiary WHERE policy_id = $id AND uscc = ANY($codes)"
    return set(sql.column(con, statement, {"id": policy_id, "codes": list(codes)}))


def add_beneficiaries(con: Connection, benefits: Sequence[Benefit]) -> None:
    """The caller has left out those that are there: an enterprise stands once in a policy's list."""
    sql.insert_many(con, "policy_beneficiary", benefits)


def beneficiaries_by_year(con: Connection, policy_id: str) -> list[tuple[int, int]]:
    """(year, enterprises) by the year in which each first benefited: the counts add up to the distinct ones."""
    statement = """
        SELECT year, count(*) AS n FROM (
            SELECT uscc, CAST(extract(year FROM min(benefited_on)) AS INTEGER) AS year
            FROM policy_beneficiary WHERE policy_id = $id GROUP BY uscc) AS firsts
        GROUP BY year ORDER BY year
        """
    return sql.run(con, statement, {"id": policy_id}).fetchall()


def registered_beneficiaries(con: Connection, scope: Scope, policy_id: str) -> int:
    """How many of them the register knows."""
    statement = f"""
        SELECT count(DISTINCT b.uscc) FROM policy_beneficiary b JOIN enterprise e ON e.uscc = b.uscc
        WHERE b.policy_id = $id AND {enterprises_within(scope)}
        """
    return sql.scalar(con, statement, {"id": policy_id, "scope_key": scope.key})


def _counts(con: Connection, wanted: PolicyFilter, column: str) -> dict:
    """`column` is one of ours."""
    statement = f"""
        SELECT {column} AS choice, count(*) AS n FROM policy p WHERE {_WANTED}
        GROUP BY {column} ORDER BY choice DESC
        """
    return sql.pairs(con, statement, vars(wanted))
